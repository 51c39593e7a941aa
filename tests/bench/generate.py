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
        "    mixins: [common]",
        f"    image: ${{{{ images.{chance.choice(images)}.ref }}}}",
        f"    preset: {chance.choice(_PRESETS)}",
        f"    life_span: {chance.randint(1, 23)}h",
        "    params:",
        "      epochs:",
        f'        default: "{chance.randint(1, 100)}"',
        "        descr: Passes over the data  # kept short",
        "    volumes:",
        f"      - ${{{{ upload(volumes.{mounted[0]}).ref_ro }}}}",
        f"      - ${{{{ volumes.{mounted[1]}.ref_rw }}}}",
        "    env:",
        "      EPOCHS: ${{ params.epochs }}",
        f"      DATA: ${{{{ volumes.{mounted[1]}.mount }}}}/input",
        f'      SEED: "{chance.randint(0, 9999)}"',
    )
    if chance.random() < 0.5:
        yield f"    cmd: python ${{{{ volumes.{mounted[0]}.mount }}}}/{name}.py --verbose"
    else:
        yield from ("    bash: |", f"      cd ${{{{ volumes.{mounted[0]}.mount }}}}", f'      python {name}.py --epochs "$EPOCHS" --data "$DATA"')
    yield ""


def write(folder: Path, files: int = 100, seed: int = 1) -> list[Path]:
    """Write that many workspaces of one live flow below `folder`; gives the paths of the flows."""
    chance = random.Random(seed)
    paths = []
    for number in range(files):
        config = folder / f"project_{number:03}" / ".neuro"
        config.mkdir(parents=True)
        path = config / "live.yml"
        path.write_text(flow(chance), encoding="utf-8")
        paths.append(path)
    return paths
