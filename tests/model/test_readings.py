"""Aliases in the place of sections: the engine reads them as it reads their anchors. Every case was asked of the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.diagnostics import Diagnostic, Effect
from flowlang.text import apply_edits
from tests.workspaces import findings, marked

FLOW = """\
kind: batch
defaults: {env: &env {}, tags: &tags [one], volumes: &none []}
mixins:
  m: &mixin {image: x, strategy: {matrix: {a: [1]}}}
tasks:
- id: &id one
  image: ubuntu
"""


def misread(folder: Path, text: str) -> list[Diagnostic]:
    """The findings about aliases; no other may be there that the engine would refuse."""
    found = findings(folder, {".neuro/live.yml" if "kind: live" in text else ".neuro/train.yml": text})
    refused = [diagnostic for diagnostic in found if diagnostic.effect is Effect.REFUSED]
    assert {diagnostic.rule.name for diagnostic in refused} <= {"misread-alias"}
    return refused


@pytest.mark.parametrize(
    ("task", "place", "message"),
    [
        ("{image: x, needs: *tags }", "*tags", "'*tags' is not read as 'needs'"),
        ("{image: x, needs: *none }", "*none", "'*none' is not read as 'needs'"),
        ("{image: x, needs: {*id : completed}}", "*id", "'*id' is not read as the name of a need"),
        ("{image: x, cache: *env }", "*env", "'*env' is not read as 'cache'"),
        ("{image: x, strategy: {matrix: *env }}", "*env", "'*env' is not read as 'matrix'"),
        ("*mixin", "*mixin", "'*mixin' is not read as a task"),
        ("{image: x, needs: &n {one: completed}}\n- {image: x, env: *n }", "*n", "a key in '*n' is read as the name of a need"),
    ],
)
def test_what_is_no_section_at_its_anchor_is_none_at_an_alias(tmp_path: Path, task: str, place: str, message: str) -> None:
    (found,) = misread(tmp_path, f"{FLOW}- {task}\n")
    assert marked(found) == place
    assert found.message == f"{message}: an alias keeps the reading of the place where its anchor stands"


def test_a_section_inside_an_alias_is_told_at_the_alias(tmp_path: Path) -> None:
    text = "kind: live\nmixins: {m: &m {image: x, params: {a: b}}}\njobs:\n  one: {image: x}\n  two: *m\n"
    (found,) = misread(tmp_path, text)
    assert (marked(found), found.related[0].span.start) == ("*m", text.index("&m"))
    assert found.message.startswith("in '*m', 'params' is not read as such: ")


@pytest.mark.parametrize(
    "task",
    [
        "{image: x, needs: &n {one: completed}}\n- {image: x, needs: *n }",
        "{image: x, needs: &n [one]}\n- {image: x, needs: *n , tags: *n , mixins: []}",
        "{image: x, needs: [*id ]}",
        "{image: x, needs: *env }",
        "{image: x, env: *env , tags: &v ['storage:a:/a'], volumes: *v }",
        "&t {image: x, strategy: &s {matrix: {a: [1]}}, cache: &c {strategy: none}}\n- *t\n- {image: x, strategy: *s , cache: *c }",
    ],
)
def test_what_is_read_alike_at_both_places_may_be_repeated(tmp_path: Path, task: str) -> None:
    assert not misread(tmp_path, f"{FLOW}- {task}\n")


def test_both_units_of_a_stateful_action_are_read_alike(tmp_path: Path) -> None:
    files = {".neuro/train.yml": "kind: batch\ntasks: [{action: 'ws:act', args: {}}]\n", "act.yml": "kind: stateful\nmain: &m {image: x}\npost: *m\n"}
    assert not findings(tmp_path, files)


def test_the_value_can_be_written_out(tmp_path: Path) -> None:
    (found,) = misread(tmp_path, f"{FLOW}- {{image: x, needs: *tags }}\n")
    (fix,) = found.fixes
    assert apply_edits(found.source.text, [edit.edit for edit in fix.edits]).endswith("- {image: x, needs: [one] }\n")


def test_outputs_that_are_none_are_lost(tmp_path: Path) -> None:
    # the engine looks at them while a plain collection is still empty
    act = "kind: stateful\nmain: {image: x, env: &e {a: b}}\noutputs: *e\n"
    found = findings(tmp_path, {".neuro/train.yml": "kind: batch\ntasks: [{action: 'ws:act'}]\n", "act.yml": act})
    assert ("misread-alias", Effect.BETRAYED) in [(diagnostic.rule.name, diagnostic.effect) for diagnostic in found]


@pytest.mark.parametrize(
    ("action", "refused"),
    [
        ("kind: stateful\nmain: {image: x, tags: &a [b]}\n", True),
        ("kind: stateful\nmain: {image: x, tags: &a []}\n", True),
        ("kind: batch\ntasks: [{image: x, tags: &a [b]}]\n", True),
        ("kind: batch\ntasks: [{image: x, env: &a {b: c}}]\n", True),
        ("kind: batch\ntasks: [{image: x, tags: &a []}]\n", False),
        ("kind: batch\ntasks: [{image: x, env: &a {}}]\n", False),
        ("kind: local\ninputs: &a []\ncmd: ls\n", False),
    ],
)
def test_outputs_that_are_none_break_what_looks_at_them(tmp_path: Path, action: str, refused: bool) -> None:
    found = findings(tmp_path, {".neuro/train.yml": "kind: batch\ntasks: [{action: 'ws:act'}]\n", "act.yml": f"{action}outputs: *a\n"})
    assert ("misread-alias" in [diagnostic.rule.name for diagnostic in found if diagnostic.effect is Effect.REFUSED]) == refused


def test_a_collection_in_place_of_a_text_has_one_place(tmp_path: Path) -> None:
    found = findings(tmp_path, {".neuro/live.yml": "kind: live\njobs: {a: {image: [x]}}\n"})
    assert {(diagnostic.rule.name, marked(diagnostic)) for diagnostic in found} >= {("collection-for-scalar", "[x]")}
    assert not any(diagnostic.rule.name == "internal-error" for diagnostic in found)
