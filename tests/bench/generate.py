"""Flow files to measure with: realistic, without mistakes, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

SIZE = 8_000
"""Characters that a file has at least; the last job makes it a little longer."""

_WORDS = ("train", "prepare", "evaluate", "serve", "export", "split", "clean", "tune", "report", "label")
_PRESETS = ("cpu-small", "cpu-large", "gpu-small", "gpu-large")


def flow(chance: random.Random) -> str:
    """One live flow."""
    volumes = [f"vol{number}" for number in range(chance.randint(3, 6))]
    images = [f"img{number}" for number in range(chance.randint(1, 3))]
    lines = ["kind: live", "title: Generated flow", "", "defaults:", "  life_span: 1d", "  env:", '    PYTHONUNBUFFERED: "1"', "", "images:"]
    for name in images:
        lines += [
            f"  {name}:",
            f"    ref: image:${{{{ project.id }}}}/{name}:v{chance.randint(1, 9)}",
            "    context: ${{ flow.workspace }}",
            "    dockerfile: ${{ flow.workspace }}/Dockerfile",
        ]
    lines += ["", "volumes:"]
    for name in volumes:
        lines += [f"  {name}:", f"    remote: storage:${{{{ project.id }}}}/{name}", f"    mount: /project/{name}", f"    local: {name}"]
    lines += ["", "mixins:", "  common:", f"    image: ${{{{ images.{images[0]}.ref }}}}", "    env:", "      LOG_LEVEL: info", "", "jobs:"]
    number = 0
    while sum(map(len, lines)) + len(lines) < SIZE:
        number += 1
        lines += _job(chance, f"{chance.choice(_WORDS)}_{number}", images, volumes)
    return "\n".join(lines) + "\n"


def _job(chance: random.Random, name: str, images: list[str], volumes: list[str]) -> Iterator[str]:
    mounted = chance.sample(volumes, 2)
    yield from (
        f"  {name}:",
        "    title: One of the jobs of this flow, all of which are alike but for their names, their volumes and some numbers",
        "    tags: [generated, alike]",
        "    mixins: [common]",
        f"    image: ${{{{ images.{chance.choice(images)}.ref }}}}",
        f"    preset: {chance.choice(_PRESETS)}",
        f"    life_span: {chance.randint(1, 23)}h",
        "    params:",
        "      epochs:",
        f'        default: "{chance.randint(1, 100)}"',
        "        descr: Passes over the data, the more the better, up to a point  # kept short",
        "    volumes:",
        f"      - ${{{{ upload(volumes.{mounted[0]}).ref_ro }}}}",
        f"      - ${{{{ volumes.{mounted[1]}.ref_rw }}}}",
        "    env:",
        "      EPOCHS: ${{ params.epochs }}",
        f"      DATA: /project/{mounted[1]}/input",
        f'      SEED: "{chance.randint(0, 9999)}"',
    )
    if chance.random() < 0.5:
        yield f"    cmd: python /project/{mounted[0]}/{name}.py --verbose --output /project/{mounted[1]}/{name}"
    else:
        yield from ("    bash: |", f"      cd /project/{mounted[0]}", f'      python {name}.py --epochs "$EPOCHS" --data "$DATA"')
    yield ""


def batch(chance: random.Random, size: int = SIZE) -> str:
    """One batch flow: tasks in a row, some of them with outputs that later ones read."""
    lines = ["kind: batch", "title: Generated flow", "", "defaults:", "  life_span: 1d", "  preset: cpu-small", "", "images:"]
    for name in ("base", "train"):
        lines += [f"  {name}:", f"    ref: image:{name}:v{chance.randint(1, 9)}"]
    lines += ["", "volumes:", "  data:", "    remote: storage:data", "    mount: /data", "  results:", "    remote: storage:results", "    mount: /results"]
    lines += ["", "params:", "  rate:", '    default: "0.1"', "    descr: The rate that all tasks learn with", "", "tasks:"]
    number = 0
    while sum(map(len, lines)) + len(lines) < size:
        number += 1
        lines += _task(chance, number)
    return "\n".join(lines) + "\n"


def _task(chance: random.Random, number: int) -> Iterator[str]:
    name = chance.choice(_WORDS)
    yield from (
        f"  - id: {name}_{number}",
        "    title: One of the tasks of this flow, all of which are alike but for their names, their images and some numbers",
        f"    image: ${{{{ images.{chance.choice(('base', 'train'))}.ref }}}}",
        f"    preset: {chance.choice(_PRESETS)}",
        "    volumes:",
        "      - ${{ volumes.data.ref_ro }}",
        "      - ${{ volumes.results.ref_rw }}",
        "    env:",
        f"      RATE: {'${{ params.rate }}' if number % 2 else 'slow'}",
        f'      SEED: "{chance.randint(0, 9999)}"',
        "      RETRIES: three times, an hour apart, then the task counts as failed",
        "      LOG_FORMAT: json lines, one for each step, with the time in seconds",
        f"    cmd: python /data/{name}.py --verbose --output /results/{name}_{number} --steps {chance.randint(10, 5000)}",
        "",
    )


def matrix(rows: int) -> str:
    """A batch flow with one task of so many rows."""
    values = ", ".join(map(str, range(rows)))
    return f"""\
kind: batch
life_span: 1d
volumes:
  data: {{remote: storage:data, mount: /data}}
params:
  rate: {{default: "0.1"}}
tasks:
  - id: train_${{{{ matrix.seed }}}}
    strategy:
      matrix:
        seed: [{values}]
    image: image:train:v1
    preset: gpu-small
    volumes: ["${{{{ volumes.data.ref_rw }}}}"]
    env:
      SEED: ${{{{ matrix.seed }}}}
      RATE: ${{{{ params.rate }}}}
    cmd: python train.py --seed ${{{{ matrix.seed }}}}
"""


def workflow(chance: random.Random) -> str:
    """A GitHub workflow of as many bytes, and about as many expressions, as a flow has."""
    lines = ["name: generated", "on: push", "permissions: {}", "jobs:"]
    number = 0
    while sum(map(len, lines)) + len(lines) < SIZE:
        number += 1
        name = f"{chance.choice(_WORDS)}_{number}"
        lines += [
            f"  {name}:",
            "    name: One of the jobs of this workflow, all of which are alike and have names of some length",
            "    runs-on: ubuntu-24.04",
            f"    timeout-minutes: {chance.randint(1, 60)}",
            "    permissions:",
            "      contents: read",
            "    env:",
            "      EPOCHS: ${{ vars.EPOCHS }}",
            f'      SEED: "{chance.randint(0, 9999)}"',
            "      COMMIT: ${{ github.sha }}",
            "      LOG_FORMAT: json lines, one for each step, with the time in seconds",
            "    steps:",
            f"      - name: Run the script {name} of the workflow's repository with all that it needs to be told",
            "        env:",
            "          RUN: ${{ github.run_id }}",
            "          WHERE: ${{ runner.temp }}",
            f'        run: python {name}.py --epochs "$EPOCHS" --run "$RUN" --output "$WHERE"',
            "",
        ]
    return "\n".join(lines) + "\n"


def write(folder: Path, files: int = 100, seed: int = 1) -> list[Path]:
    """Write workspaces of one live and one batch flow below `folder`, so many files in all; gives the paths of the flows."""
    chance = random.Random(seed)
    paths = []
    for number in range(files):
        config = folder / f"project_{number // 2:04}" / ".neuro"
        config.mkdir(parents=True, exist_ok=True)
        path = config / ("train.yml" if number % 2 else "live.yml")
        path.write_text(batch(chance) if number % 2 else flow(chance), encoding="utf-8")
        paths.append(path)
    return paths


def write_workflows(folder: Path, files: int, seed: int = 1) -> list[Path]:
    """Write that many GitHub workflows into `folder`; gives their paths."""
    chance = random.Random(seed)
    paths = [folder / f"workflow_{number:04}.yml" for number in range(files)]
    for path in paths:
        path.write_text(workflow(chance), encoding="utf-8")
    return paths
