"""Where aliases put what stands elsewhere, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.model import Item, Leaf, load
from flowlang.text import Source
from tests.workspaces import findings, live, marked

FLOW = """\
kind: live
defaults: &all
  tags: &tags [&one a, *one, b]
  env: {A: &text b, B: *text }
mixins:
  m: {tags: *tags, env: {C: d, B: *text }}
  n: *all
jobs: {}
"""


def leaves(item: Item) -> list[Leaf]:
    """The scalars in an item, in the order of the file."""
    return list(item.leaves())


def test_every_item_knows_the_outermost_alias_that_puts_it_there() -> None:
    source = Source("live.yml", FLOW)
    block = load(source).block
    assert block is not None
    uses = [(leaf.value, leaf.use and source.position(leaf.use.start).line, leaf.use and source.slice(leaf.use)) for leaf in leaves(block)]
    assert uses == [
        ("live", None, None),
        *[("a", None, None), ("a", 3, "*one"), ("b", None, None)],
        *[("b", None, None), ("b", 4, "B")],
        *[("a", 6, "tags"), ("a", 6, "tags"), ("b", 6, "tags"), ("d", None, None), ("b", 6, "B")],
        *[("a", 7, "n"), ("a", 7, "n"), ("b", 7, "n"), ("b", 7, "n"), ("b", 7, "n")],
    ]


@pytest.mark.parametrize(
    ("flow", "told"),
    [
        # right where it is written, wrong where an alias puts it: told where it is written, with the alias beside it
        ("defaults: &a {preset: x}\nimages: {i: *a }\njobs: {}", [("unknown-key", "preset", "i"), ("missing-key", "preset", "i")]),
        ("jobs:\n  a: {image: &i x, life_span: *i }", [("bad-timedelta", "x", "life_span")]),
        ("jobs:\n  a: {image: &i x, port_forward: ['1:1', *i ]}", [("bad-port-pair", "x", "*i")]),
        ("jobs:\n  a: {image: x, tags: &t [b, c], http_port: *t }", [("wrong-type", "[b, c]", "http_port")]),
        ("jobs:\n  a: {image: x, params: {p: q}, cmd: &c 'a ${{ params.p }}'}\n  b: {image: x, cmd: *c }", [("unknown-param", "p", "cmd")]),
        ("mixins:\n  m: &m {cmd: x}\njobs:\n  a: *m", [("missing-image", "cmd", "a")]),
        ("images:\n  i: {ref: &r 'image:a', dockerfile: *r }\njobs: {}", [("image-missing-dockerfile", "dockerfile", "'image:a'")]),
        ("defaults: &d {env: {A: b}}\njobs:\n  a: {module: *d , args: {}}", [("wrong-type", "module", "{env: {A: b}}")]),
        # wrong where it is written: told of that alone
        ("jobs:\n  a: {image: x, cmd: &c 'a ${{ nope }}'}\n  b: {image: x, cmd: *c }", [("unknown-context", "nope", None)]),
        ("volumes:\n  v: &v {remote: 'storage:x', mont: /x, mount: /y}\n  w: *v\njobs: {}", [("unknown-key", "mont", None)]),
        ("jobs:\n  a: {image: x, life_span: &s soon}\n  b: {image: x, life_span: *s }", [("bad-timedelta", "soon", None)]),
    ],
)
def test_what_is_wrong_where_an_alias_puts_it_is_told_with_the_alias(tmp_path: Path, flow: str, told: list[tuple[str, str, str | None]]) -> None:
    found = [each for each in findings(tmp_path, live(f"kind: live\n{flow}\n")) if each.severity.value == "error"]
    places = [(each.rule.name, marked(each), each.source.slice(each.related[0].span) if each.use else None) for each in found]
    assert sorted(places, key=str) == sorted(told, key=str)
    assert not any(each.fixes for each in found if each.use)


def test_rows_that_an_alias_puts_into_a_matrix_are_told_there(tmp_path: Path) -> None:
    flow = "kind: batch\nvolumes:\n  v: &v {remote: 'storage:x', mount: /x}\ntasks:\n- {image: x, strategy: {matrix: {k: [1], include: [*v ]}}}\n"
    (found,) = [each for each in findings(tmp_path, {".neuro/train.yml": flow}) if each.rule.name == "matrix-include-keys"]
    assert (marked(found), found.source.slice(found.related[0].span)) == ("*v", "remote")


def test_a_value_whose_key_is_written_again_is_judged_wherever_an_alias_puts_it(tmp_path: Path) -> None:
    flow = "images:\n  i:\n    ref: &v\n      remote: {a: b}\n      remote: storage:x\n      mount: /x\nvolumes: {v: *v }\njobs: {}"
    wrong = [each for each in findings(tmp_path, live(f"kind: live\n{flow}\n")) if each.rule.name == "wrong-type"]
    assert [(marked(each), each.source.slice(each.related[0].span)) for each in wrong] == [("{a: b}", "v")]


def test_a_finding_that_is_accepted_where_it_is_written_is_not_told_again(tmp_path: Path) -> None:
    jobs = "  a:\n    image: x\n    life_span: &s soon  # flowlint: ignore[bad-timedelta] a test\n  b: {image: x, life_span: *s }\n"
    assert findings(tmp_path, live(f"kind: live\njobs:\n{jobs}")) == []
