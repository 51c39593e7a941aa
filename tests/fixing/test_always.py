"""What holds of every fixed file, whatever was in it."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowlang.diagnostics import Diagnostic
from flowlang.fixing import Fixed, fix
from flowlang.fixing.shift import Shift
from flowlang.linting import lint
from flowlang.runs import Options
from flowlang.text import Edit, Span, apply_edits
from tests.conformance.workspace_damage import damage
from tests.conformance.workspace_flows import FILES
from tests.conformance.workspace_random import make_workspace
from tests.fixing.styles import TEXTS
from tests.workspaces import write

fast = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(root: Path, texts: Mapping[str, str], *, unsafe: bool) -> Fixed:
    """All fixes of a workspace with these contents, by real path, in place of the disk's."""
    data = {path: text.encode("utf-8") for path, text in texts.items()}
    return fix(lambda overlay: lint([str(root)], Options(), overlay={**data, **overlay}), lambda found: found, lambda path: True, unsafe=unsafe)


def shifts(fixed: Fixed, path: str, text: str) -> list[tuple[str, Shift]]:
    """What was made of a file in each round: the text before it, and the way to places in the text after it.

    The last text is the fixed one: so nothing has changed but by the edits of the fixes.
    """
    rounds: list[tuple[str, Shift]] = []
    waiting = [(part.source.text, part.edit) for each in fixed.candidates for part in each.fix.edits if os.path.realpath(part.source.path) == path]
    while waiting:
        edits: list[Edit] = []
        while waiting and waiting[0][0] == text:
            edit = waiting.pop(0)[1]
            if edit not in edits:
                edits.append(edit)
        assert edits, "an edit of a text that never was"
        rounds.append((text, Shift(edits)))
        text = apply_edits(text, edits)
    assert text == next((each.after for each in fixed.changed if each.path == path), text)
    return rounds


def holds(root: Path, texts: Mapping[str, str], *, unsafe: bool) -> None:
    """Check all of it for a workspace whose files have these texts, by real path."""
    fixed = made(root, texts, unsafe=unsafe)
    rounds = {path: shifts(fixed, path, text) for path, text in texts.items()}
    after = {**texts, **{each.path: each.after for each in fixed.changed}}
    for path, text in after.items():
        assert text.startswith("\ufeff") == texts[path].startswith("\ufeff")
        if "\r\n" in texts[path] and "\n" not in texts[path].replace("\r\n", ""):
            assert "\n" not in text.replace("\r\n", "")

    left = fixed.report.diagnostics
    if not fixed.notes:
        assert not [found.message for found in left for each in found.fixes if each.safe or unsafe]
    for each in fixed.candidates:
        span = each.finding.span
        begun = False
        for text, shift in rounds.get(each.path, ()):
            begun = begun or text == each.finding.source.text
            span = shift.place(span) if begun else span
        again = [found for found in left if os.path.realpath(found.source.path) == each.path and found.rule == each.finding.rule]
        assert not [found for found in again if found.message == each.finding.message and found.span == span]

    second = made(root, after, unsafe=unsafe)
    assert (second.changed, second.candidates) == ((), ())
    assert [told(found) for found in second.report.diagnostics] == [told(found) for found in left]


def told(found: Diagnostic) -> tuple[str, str, Span, str]:
    """What a report says of a finding."""
    return found.source.path, found.rule.code, found.span, found.message


EXPRESSIONS = [
    "${{ params.n=='a' }}",
    "${{ parms.n }}",
    "${{ params.n && 'é' }}",
    "${{ upper(params.n,) }}",
    "${{ not params.n=='🚀' }}",
    "${{ params['n'] }}",
    "${{ lowr(params.n) }}",
    "${{params.n}}",
]
WORDS = ["echo", "é", "🚀", "--rate=1", "$HOME", "e\u0301", *EXPRESSIONS]


@st.composite
def scalars(draw: st.DrawFn, indent: int) -> str:
    """A text with expressions in any style, behind a colon."""
    words = ["run", *draw(st.lists(st.sampled_from(WORDS), max_size=5))]
    style = draw(st.sampled_from(["plain", "'", '"', "|", ">", "|-", ">+", "|2", "over lines"]))
    comment = draw(st.sampled_from(["", "  # why", " #\ttab 🕜"]))
    if style == "plain":
        return " ".join(words) + comment
    if style == "'":
        return "'" + " ".join(words).replace("'", "''") + "'" + comment
    if style == '"':
        return '"' + draw(st.sampled_from([" ", "\\t", "\\u0020"])).join(words) + '"' + comment
    blanks = "\n" + " " * (indent + 2)
    if style == "over lines":
        return '"' + draw(st.sampled_from([blanks, "\n" + blanks, " \\" + blanks])).join(words) + '"' + comment
    return style + comment + blanks + draw(st.sampled_from([" ", blanks, "\n" + blanks, blanks + "  "])).join(words)


@st.composite
def attributes(draw: st.DrawFn) -> list[str]:
    """Lines of a job, with mistakes that have fixes in many of them."""
    lines = [
        f"cmd: {draw(scalars(4))}",
        f"life_span: {draw(st.sampled_from(['1h 30m', chr(39) + '1h 30m' + chr(39), '1h30m', '90 m']))}\t# 🕜",
        f"tags: {draw(st.sampled_from(['nightly', chr(34) + 'a b' + chr(34), '[a, 🌙]', '', '[${{ parms.n }}]']))}",
        f"volumes: {draw(st.sampled_from(['storage:a:/b', '[storage:a:/b]', '', chr(39) + 'storage:a:/b' + chr(39)]))} # where",
        f"env: {{A: \"🐍 {draw(st.sampled_from(EXPRESSIONS))}\", 'B': x,}}",
        f"titel: {draw(scalars(4))}",
        f"pass_config: {draw(st.sampled_from(['yes', chr(34) + 'no' + chr(34), 'false']))}",
    ]
    return ["image: ubuntu", 'params: {n: ""}', *draw(st.lists(st.sampled_from(lines), unique_by=lambda line: line[:3]))]


@st.composite
def files(draw: st.DrawFn) -> str:
    """A live flow with mistakes, in any style."""
    jobs = "".join(
        f"  j{number}:\n" + "".join(f"    {line}\n" for line in job) for number, job in enumerate(draw(st.lists(attributes(), min_size=1, max_size=3)))
    )
    text = draw(st.sampled_from(["kind: live\n", "", "kind: live\t# 🚀\n"])) + f"jobs:\n{jobs}"
    return TEXTS[draw(st.sampled_from(sorted(TEXTS)))](text)


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_files_in_any_style(unsafe: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = write(tmp_path_factory.mktemp("any"), {".neuro/live.yml": ""})
    path = os.path.realpath(root / ".neuro/live.yml")

    @fast
    @given(files())
    def always(text: str) -> None:
        holds(root, {path: text}, unsafe=unsafe)

    always()


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("kind", ["live", "batch"])
@pytest.mark.parametrize("seed", range(15))
def test_damaged_workspaces(seed: int, kind: str, unsafe: bool, tmp_path: Path) -> None:
    luck = random.Random(f"always.{seed}")
    workspace, _ = damage(make_workspace(luck, frozenset({kind, "actions"})), luck)
    change = TEXTS[luck.choice(sorted(TEXTS))]
    files = {**FILES, **{name: change(text) for name, text in workspace.files().items() if not name.startswith("../")}}
    for name, text in files.items():
        path = tmp_path / workspace.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    flows = {os.path.realpath(tmp_path / workspace.name / name): text for name, text in files.items() if name.endswith((".yml", ".yaml"))}
    holds(tmp_path / workspace.name, flows, unsafe=unsafe)
