"""Indexes of workspaces made of marked texts."""

from __future__ import annotations

from pathlib import Path

from flowlang.lsp.features import Index
from flowlang.model import ACTION, PROJECT, load, recovered
from flowlang.semantics import Analysis, Environment, FileAnalysis
from flowlang.text import Source
from tests.marked import Marked, analysis_of, unmark

KNOWN = Environment(project_name="mine", cluster="default", username="ann", git_sha="abc")


def indexed(folder: Path, files: dict[str, str], environment: Environment = KNOWN) -> tuple[Index, Marked]:
    """The index of a workspace of marked texts, and what the marks say."""
    marked = unmark(files)
    return Index(analysis_of(folder, marked.files, environment)), marked


def with_text(index: Index, path: str, text: str) -> Index:
    """The same workspace with another text in one file, as if that had been analysed (its flows are elaborated when they are asked for)."""
    known = index.configs.get(path)
    read = load(Source(path, text), known.kind if known is not None and known.kind in (ACTION, PROJECT) else None)
    files = [file for file in index.analysis.files if file.config.source.path != path]
    known_to = index.analysis
    made = Index(Analysis(known_to.workspace, known_to.project, [*files, FileAnalysis(read)], known_to.actions))
    return made.replacing(recovered(read))


NOTATIONS = (("${{ ", " }}"), ("$[[ ", " ]]"), ("$<< ", " >>"))
"""The three notations, as what stands before and after an expression."""

STYLES = ("'{}'", '"{}"', "{}", "|\n      {}", ">-\n      {}", "'a b {} c'", '"\\x41{}"', "|2\n       a\n       {}\n")
"""Scalars of every style with a text in them, as the value of a key that is indented by four."""
