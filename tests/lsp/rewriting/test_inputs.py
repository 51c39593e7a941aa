"""Inputs that a call lacks: what is added is enough for the action."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from flowlang.analysis import analyze, judge
from flowlang.lsp.rewriting.inputs import add_missing_inputs
from flowlang.project import FileStore, workspace_of
from flowlang.runs import Options
from flowlang.text import Span, apply_edits
from tests.workspaces import write

ACTION = """\
    kind: live
    inputs:
      text: {descr: what to tell}
      times: {type: int}
      rate: {type: float}
      loud: {type: bool}
      more: {default: x}
    job:
      image: ubuntu
      cmd: echo ${{ inputs.text }} ${{ inputs.times }} ${{ inputs.rate }} ${{ inputs.loud }} ${{ inputs.more }}
    """
HEAD = "kind: live\njobs:\n  tell:\n"


def completed(folder: Path, text: str, at: str = "action") -> str | None:
    """The flow with the missing inputs of the call where `at` stands; None when nothing is offered."""
    root = write(folder, {".neuro/live.yml": text, ".neuro/tell.yml": ACTION})
    found = workspace_of(str(root))
    assert found is not None
    analysis = analyze(found, Options(), FileStore(str(root)))
    (file,) = [file for file in analysis.files if file.config.stem == "live"]
    start = file.config.source.text.index(at)
    offers = list(add_missing_inputs(file, analysis.actions, Span(start, start)))
    if not offers:
        return None
    (offer,) = offers
    assert offer.title == "Add the inputs that 'ws:.neuro/tell' needs"
    return apply_edits(file.config.source.text, [offer.edit.edit])


@pytest.mark.parametrize(
    ("call", "after"),
    [
        (
            "    action: ws:.neuro/tell  # who\n",
            '    action: ws:.neuro/tell  # who\n    args:\n      text: ""\n      times: ${{ 0 }}\n      rate: ${{ 0.0 }}\n      loud: ${{ False }}\n',
        ),
        (
            "    action: ws:.neuro/tell\n    args:\n",
            '    action: ws:.neuro/tell\n    args:\n      text: ""\n      times: ${{ 0 }}\n      rate: ${{ 0.0 }}\n      loud: ${{ False }}\n',
        ),
        (
            "    action: ws:.neuro/tell\n    args:\n        loud: ${{ True }}\n        text: |\n          long\n          text\n",
            "    action: ws:.neuro/tell\n    args:\n        times: ${{ 0 }}\n        rate: ${{ 0.0 }}\n"
            "        loud: ${{ True }}\n        text: |\n          long\n          text\n",
        ),
        (
            "    action: ws:.neuro/tell\n    args: {}\n",
            '    action: ws:.neuro/tell\n    args: {text: "", times: "${{ 0 }}", rate: "${{ 0.0 }}", loud: "${{ False }}"}\n',
        ),
        (
            "    action: ws:.neuro/tell\n    args: {text: x, more: y}\n",
            '    action: ws:.neuro/tell\n    args: {text: x, more: y, times: "${{ 0 }}", rate: "${{ 0.0 }}", loud: "${{ False }}"}\n',
        ),
    ],
)
def test_what_is_added(tmp_path: Path, call: str, after: str) -> None:
    found = completed(tmp_path, HEAD + call)
    assert found == HEAD + after
    root = write(tmp_path / "again", {".neuro/live.yml": found, ".neuro/tell.yml": dedent(ACTION)})
    workspace = workspace_of(str(root))
    assert workspace is not None
    told = judge(analyze(workspace, Options(), FileStore(str(root))), Options()).diagnostics
    assert [each.message for each in told if each.severity == "error"] == []


def test_ends_of_lines_stay(tmp_path: Path) -> None:
    found = completed(tmp_path, (HEAD + "    action: ws:.neuro/tell\n").replace("\n", "\r\n"))
    assert found is not None
    assert "\n" not in found.replace("\r\n", "")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (HEAD + '    action: ws:.neuro/tell\n    args: {text: a, times: "${{ 1 }}", rate: "${{ 1.0 }}", loud: "${{ True }}"}\n', "action"),
        (HEAD + "    action: ws:.neuro/tell\n", "jobs"),
        (HEAD + "    action: ws:.neuro/none\n", "action"),
        (HEAD + "    {action: ws:.neuro/tell}\n", "action"),
        (HEAD + "    action: ws:.neuro/tell\n    args: [a]\n", "action"),
        ("jobs: [", "jobs"),
    ],
)
def test_where_nothing_is_offered(tmp_path: Path, text: str, at: str) -> None:
    assert completed(tmp_path, text, at) is None
