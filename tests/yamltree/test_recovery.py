"""Broken files are read on behind what breaks them."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.text import Source
from flowlang.yamltree import Mapping, Node, Scalar, Sequence, parse, walk
from flowlang.yamltree.recovery import mend, recover, unclosed


def plain(node: Node | None) -> object:
    """A tree as Python's collections."""
    if isinstance(node, Mapping):
        return {str(plain(pair.key)): plain(pair.value) for pair in node.pairs}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else None


JOBS = """\
kind: live
jobs:
  a:
    image: ubuntu
%s
  b:
    image: debian
"""


@pytest.mark.parametrize(
    ("lines", "job"),
    [
        ("    cmd", {"image": "ubuntu"}),
        ("    cmd\n    env: {A: 1}", {"image": "ubuntu", "env": {"A": "1"}}),
        ("    env: {A: 1", {"image": "ubuntu", "env": {"A": "1"}}),
        ("    env: {A: [1, 2", {"image": "ubuntu", "env": {"A": ["1", "2"]}}),
        ("    tags: [1, 'a, b", {"image": "ubuntu", "tags": ["1", "a, b"]}),
        ('    cmd: "${{ images.', {"image": "ubuntu", "cmd": "${{ images."}),
        ("    env\n      A: 1", {"image": "ubuntu", "env": {"A": "1"}}),
        ("    cmd: a: b", {"image": "ubuntu"}),
        ("   cmd: x", {"image": "ubuntu"}),
        ("\tcmd: x", {"image": "ubuntu"}),
        ("    cmd: `x`", {"image": "ubuntu"}),
        ("    cmd: *nothing", {"image": "ubuntu"}),
        ("    - x", {"image": "ubuntu"}),
        ("    env: {A: 1}}", {"image": "ubuntu"}),
        ("    cmd: 'a' b\n    tags: [x", {"image": "ubuntu", "tags": ["x"]}),
        ("    %", {"image": "ubuntu"}),
    ],
)
def test_the_rest_is_read(lines: str, job: object) -> None:
    source = Source("live.yml", JOBS % lines)
    broken = parse(source)
    assert not broken.complete
    tree = recover(broken)
    assert plain(tree.root) == {"kind": "live", "jobs": {"a": job, "b": {"image": "debian"}}}
    assert not tree.complete
    assert tree.problems == broken.problems
    for node in walk(tree.root):
        if isinstance(node, Scalar) and not node.style and "\n" not in node.value:
            assert source.slice(node.span) == node.value


def test_a_name_with_something_below_it_is_a_key() -> None:
    text = dedent("""\
        jobs:
          a:
            image: x
          b
            image: y
            cmd: z
          c: {image: z}
        """)
    source = Source("live.yml", text)
    tree = recover(parse(source))
    assert plain(tree.root) == {"jobs": {"a": {"image": "x"}, "b": {"image": "y", "cmd": "z"}, "c": {"image": "z"}}}
    words = [source.slice(node.span) for node in walk(tree.root) if isinstance(node, Scalar)]
    assert " ".join(words) == "jobs a image x b image y cmd z c image z"


@pytest.mark.parametrize(
    ("line", "closers"),
    [
        ("a: {b: [1", "]}"),
        ("a: 'x", "'"),
        ('a: "x', '"'),
        ("a: {b: 'x", "'}"),
        ("a: it's", ""),
        ("a: x[0", ""),
        ("- [a, b", "]"),
        ("a: ${{ x", ""),
        ("a: {b: 1} # {", ""),
        ("a: 'it''s", "'"),
        ('a: "\\"', '"'),
        ("'a", "'"),
        ("", ""),
        ("a: 'x' {", ""),
    ],
)
def test_what_a_line_leaves_open(line: str, closers: str) -> None:
    assert unclosed(line) == closers


def test_a_whole_file_stays_as_it_is() -> None:
    tree = parse(Source("a.yml", "a: 1\n"))
    assert recover(tree) is tree


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(JOBS)), st.integers(0, 12), st.text("{}[]'\":#-\t\n $&*%a,é", max_size=5))
def test_it_is_total_and_its_places_are_in_the_text(at: int, length: int, put: str) -> None:
    text = JOBS.replace("%s", "    env: {A: '1', \"B\": [x, y]}\n    cmd: é | x")
    text = text[:at] + put + text[at + length :]
    source = Source("live.yml", text)
    for node in walk(recover(parse(source)).root):
        assert 0 <= node.start <= node.end <= len(text)
        if isinstance(node, Scalar) and not node.style and len(source.slice(node.span).splitlines()) == 1:
            assert source.slice(node.span) == node.value


def test_of_many_mistakes_some_are_mended() -> None:
    """Each mend reads the whole text again."""
    few, many = ("".join(f"k{number}\n  b: 1\n" for number in range(count)) for count in (5, 40))
    assert mend(few).text == few.replace("\n  b", ":\n  b")
    assert mend(many).text.count(":\n  b") == 12
