"""A project that reads all kinds of files, with something to fix in two of them; and the commands on it in this process."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from tests.workspaces import write

FILES = {
    "flowlint.toml": '[tool.flowlint]\nbaseline = "accepted.json"\n',
    "accepted.json": '{"version": 1, "findings": []}\n',
    ".neuro/project.yml": "id: demo\n",
    ".neuro/live.yml": """\
        kind: live
        volumes:
          data: {remote: 'storage:data', mount: /data, local: data}
        jobs:
          train:
            image: ubuntu:22.04
            life_span: 1d
            volumes: ["${{ volumes.data.ref }}"]
            env:
              HASH: "${{ hash_files('data/*') }}"
            cmd: python train.py ${{ flow.title && 'x' }}
          called:
            action: ws:job
        """,
    ".neuro/b.yml": """\
        kind: batch
        tasks:
          - id: one
            image: ubuntu:22.04
            life_span: 1d
            cmd: echo ${{ flow.title && 'x' }}
          - action: ws:steps
            id: two
        """,
    "job.yml": "kind: live\njob: {image: 'ubuntu:22.04', life_span: 1d, cmd: echo}\n",
    "steps.yml": "kind: batch\ntasks:\n  - {id: t, image: 'ubuntu:22.04', life_span: 1d, cmd: echo}\n",
    "data/one.txt": "1\n",
    "data/two.txt": "2\n",
}
FLOWS = (".neuro/live.yml", ".neuro/b.yml")
"""The files in which something can be fixed."""


def project(folder: Path) -> Path:
    """The project, written below `folder`; gives its path with links resolved."""
    return Path(os.path.realpath(write(folder, FILES)))


def texts(root: Path) -> dict[str, bytes]:
    """All files below `root`, by path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def flowlint(*arguments: str) -> Result:
    """Run `flowlint` in this process, without its cache."""
    from flowlang.cli.lint import command

    return CliRunner().invoke(command, ["--no-cache", *arguments])


def flowlang(*arguments: str) -> Result:
    """Run `flowlang` in this process."""
    from flowlang.cli.group import command

    return CliRunner().invoke(command, arguments)


def ended_well(result: Result, statuses: Sequence[int] = (0, 1)) -> None:
    """The run ended with one of these statuses, and told no mistake of its own."""
    assert result.exit_code in statuses, result.output
    assert "internal error" not in result.output, result.output
    assert "Traceback" not in result.output, result.output
