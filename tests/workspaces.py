"""Workspaces made of texts, and what is found in them, for tests."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from flowlang.compiling import compile_path
from flowlang.diagnostics import Diagnostic
from flowlang.linting import lint
from flowlang.runs import Options
from flowlang.semantics import Environment


def write(folder: Path, files: dict[str, str]) -> Path:
    """A workspace `demo` below `folder` with these files (texts are dedented); gives its path."""
    root = folder / "demo"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8", newline="")
    return root


def live(text: str) -> dict[str, str]:
    """The files of a workspace that has a live flow alone."""
    return {".neuro/live.yml": text}


UNUSED = frozenset({"unused-image", "unused-volume", "unused-param", "unused-input", "unused-mixin"})
"""Rules about names that nothing uses: the workspaces of tests define much for the sake of itself."""


def findings(folder: Path, files: dict[str, str], options: Options | None = None, *, unused: bool = False) -> list[Diagnostic]:
    """Everything found in a workspace of these files; without `unused`, but for names that nothing uses."""
    report = lint([str(write(folder, files))], options or Options())
    return [diagnostic for diagnostic in report.diagnostics if unused or diagnostic.rule.name not in UNUSED]


def marked(diagnostic: Diagnostic) -> str:
    """The text under a finding's carets."""
    return diagnostic.source.slice(diagnostic.span)


def told(diagnostics: list[Diagnostic]) -> list[tuple[str, str, str]]:
    """Name, text under the carets and message of each finding."""
    return [(diagnostic.rule.name, marked(diagnostic), diagnostic.message) for diagnostic in diagnostics]


def compiled(folder: Path, files: dict[str, str], *, keep_going: bool = False, relocatable: bool = True, **facts: object) -> dict[str, object]:
    """The compiled document of a workspace of these files; facts are those of the environment."""
    given = {"project_name": "mine", "cluster": "default", **facts}
    options = Options(environment=Environment(**given), keep_going=keep_going, relocatable=relocatable)  # type: ignore[arg-type]
    result = compile_path(str(write(folder, files)), options)
    assert result.document is not None, told(list(result.diagnostics))
    return result.document
