"""Pairs of projects before and after their fixes: `fixtures/fix/NAME/before`, and beside it `safe` and `unsafe`.

``python -m tests.fixing.pairs`` writes what comes after anew: look at what changes.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner

FOLDER = Path(__file__).parents[2] / "fixtures" / "fix"
LIVE = ".neuro/live.yml"
KINDS = {"safe": (), "unsafe": ("--unsafe-fixes",)}
"""The folders of what comes after, and the options beside ``--fix`` that make it."""


def names() -> list[str]:
    """The names of the pairs."""
    return sorted(path.name for path in FOLDER.iterdir())


def renew() -> None:
    """Write what comes of each pair's project."""
    from flowlang.cli.lint import command

    for name in names():
        for kind, options in KINDS.items():
            shutil.rmtree(FOLDER / name / kind, ignore_errors=True)
            shutil.copytree(FOLDER / name / "before", FOLDER / name / kind)
            CliRunner().invoke(command, [str(FOLDER / name / kind), "--fix", *options])


if __name__ == "__main__":
    renew()
