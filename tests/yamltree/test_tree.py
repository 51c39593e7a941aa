"""Trees: tight places, comments, aliases, merge keys, parts of broken files, limits."""

from __future__ import annotations

import time

import pytest

from flowlang.text import Span, apply_edits
from flowlang.yamltree import Mapping, Node, Scalar, Sequence, Tree, parse, resolve, walk
from flowlang.yamltree.unquoted import cut_by_comment
from tests.yamltree.engine import of_ours, source


def tree(text: str) -> Tree:
    """The tree of a text."""
    return parse(source(text))


def pieces(text: str) -> list[str]:
    """The source of every node, parents first."""
    return [text[node.start : node.end] for node in walk(tree(text).root)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b  # c\n", ["a: b", "a", "b"]),
        ("a: 'b' \n", ["a: 'b'", "a", "'b'"]),
        ("a: |  # c\n  x\n\n  y  \n\n\nb: 1\n", ["a: |  # c\n  x\n\n  y  \n\n\nb: 1", "a", "|  # c\n  x\n\n  y  ", "b", "1"]),
        ("a: >+2\n\n\nb: 1\n", ["a: >+2\n\n\nb: 1", "a", ">+2", "b", "1"]),
        ("a: |\n  x", ["a: |\n  x", "a", "|\n  x"]),
        ("a:\n- b\n- c\n\n\nd: e\n", ["a:\n- b\n- c\n\n\nd: e", "a", "- b\n- c", "b", "c", "d", "e"]),
        ("a: [ b, c ] # x\n", ["a: [ b, c ]", "a", "[ b, c ]", "b", "c"]),
        ("a: {b: c,\n d}\n", ["a: {b: c,\n d}", "a", "{b: c,\n d}", "b", "c", "d", ""]),
        ("a: &x !!map\n  b: c\n", ["a: &x !!map\n  b: c", "a", "b: c", "b", "c"]),
        ("&x a: &y 'b'\n", ["a: &y 'b'", "a", "'b'"]),
        ("a: &x # c\n  - b\n", ["a: &x # c\n  - b", "a", "- b", "b"]),
        ("[a: b]\n", ["[a: b]", "a: b", "a", "b"]),
        ("? a\n: b\n", ["? a\n: b", "a", "b"]),
    ],
)
def test_places_are_tight(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [("a:\n", 2), ("a: \nb: 1\n", 2), ("a:   # c\n", 2), ("{a}\n", 2), ("{a: }\n", 3), ("a: &x\nb: 1\n", 5), ("? a\nb: 1\n", 3), ("a :\n", 3)],
)
def test_a_value_that_is_not_there_is_behind_the_colon(text: str, place: int) -> None:
    root = tree(text).root
    assert isinstance(root, Mapping)
    assert root.pairs[0].value.span == Span(place, place)


def test_an_empty_item_is_behind_the_dash() -> None:
    root = tree("-\n- a\n-\n").root
    assert isinstance(root, Sequence)
    assert [item.span for item in root.items] == [Span(1, 1), Span(4, 5), Span(7, 7)]


def test_get_gives_the_last_pair() -> None:
    root = tree("a: 1\nb: 2\na: 3\n").root
    assert isinstance(root, Mapping)
    pair = root.get("a")
    assert pair is not None
    assert isinstance(pair.value, Scalar)
    assert pair.value.value == "3"
    assert root.get("c") is None


def test_comments() -> None:
    text = "\ufeff# one\na: b # two\n  # three\nc: 'x # no' #four\nd: | # five\n  # no\n\n# six\ne: [f, # seven\n  g]#eight\nh: i#no\n# nine"
    found = [(comment.text, comment.own_line) for comment in tree(text).comments()]
    assert found == [
        ("# one", True),
        ("# two", False),
        ("# three", True),
        ("#four", False),
        ("# five", False),
        ("# six", True),
        ("# seven", False),
        ("#eight", False),
        ("# nine", True),
    ]
    for comment in tree(text).comments():
        assert text[comment.span.start : comment.span.end] == comment.text


def test_comments_of_a_broken_file_end_where_it_breaks() -> None:
    assert [comment.text for comment in tree("# a\nb: c # d\ne: 'f # g\n# h\n").comments()] == ["# a", "# d"]
    assert [comment.text for comment in tree("# a\nb: c # d\n---\ne: 'f' # g\n").comments()] == ["# a", "# d"]


def test_aliases_are_transparent() -> None:
    text = "a: &x {b: c}\nd: *x\n"
    found = tree(text)
    root = found.root
    assert isinstance(root, Mapping)
    assert root.pairs[0].value is root.pairs[1].value
    assert [(alias.name, text[alias.span.start : alias.span.end]) for alias in found.aliases] == [("x", "*x")]
    assert [(anchor.name, text[anchor.span.start : anchor.span.end]) for anchor in found.anchors] == [("x", "&x")]
    assert root.span == Span(0, 18)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("a: 1\nb: c: d\n", {"a": "1"}),
        ("a: 1\nb: c:d\n  e: f\n", {"a": "1"}),
        ("a: 1\nb: 'c' d\n", {"a": "1"}),
        ("a:\n  - 1\n  - 2: 3: 4\n", {"a": ["1", {}]}),
        ("a b\nc: d\n", None),
        ("a:\n  b: 1\n  c: [1, 2\nd: 3\n", {"a": {"b": "1", "c": ["1"]}}),
        ("a: 1\nb: *x\n", {"a": "1"}),
        ("a: 1\nb: 'x\n", {"a": "1"}),
        ("a: 1\nb:\n\t- c\n", {"a": "1"}),
        ("a: 1\n---\nb: 1\n", {"a": "1"}),
    ],
)
def test_a_broken_file_yields_the_part_before(text: str, root: object) -> None:
    found = tree(text)
    assert found.problems
    assert found.complete == (found.problems[0].rule == "multiple-documents")
    assert found.reach <= len(text)
    assert plain(found.root) == root


def plain(node: Node | None) -> object:
    """A node as plain values."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {plain(pair.key): plain(pair.value) for pair in node.pairs}
    return None


@pytest.mark.parametrize("text", ["", "\n", "# c\n", "---\n", "\ufeff", " \n\n", "---\n...\n", "--- # c\n"])
def test_nothing_is_an_empty_file(text: str) -> None:
    found = tree(text)
    assert found.root is None
    assert [problem.rule for problem in found.problems] == ["empty-file"]


MERGES = [
    ("a: &x\n  b: 1\n  c: |\n    d\n\n    e\nf:\n  <<: *x\n  b: 2\n", "a: &x\n  b: 1\n  c: |\n    d\n\n    e\nf:\n  c: |\n    d\n\n    e\n  b: 2\n"),
    ("a: &x\n    b:\n      - 1\nd:\n - <<: *x\n", "a: &x\n    b:\n      - 1\nd:\n - b:\n     - 1\n"),
    ("a: &x\n  b: 1\nd:\n  b: 2\n  <<: *x\ne: 1\n", "a: &x\n  b: 1\nd:\n  b: 2\ne: 1\n"),
    ("a: &x\r\n  b: 1\r\n  c: 2\r\nd:\r\n  <<: *x\r\n", "a: &x\r\n  b: 1\r\n  c: 2\r\nd:\r\n  b: 1\r\n  c: 2\r\n"),
    ("a: &x {b: 1}\nd: {<<: *x}\n", None),
    ("a: &x\n  b: 1\nd:\n  <<: [*x]\n", None),
    ("d:\n  <<: {a: 1}\n", None),
]


@pytest.mark.parametrize(("text", "mended"), MERGES)
def test_merge_keys_are_read_as_meant_and_written_out(text: str, mended: str | None) -> None:
    found = tree(text)
    (problem,) = found.problems
    assert problem.rule == "merge-key"
    assert text[problem.span.start : problem.span.end] == "<<"
    assert found.complete
    if mended is None:
        assert problem.fixes == ()
        return
    assert apply_edits(text, problem.fixes[0].edits) == mended
    after = tree(mended)
    assert not after.problems
    assert plain(found.root) == plain(after.root)


def test_own_keys_win_over_merged_ones_and_chains_are_followed() -> None:
    text = "a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2, z: 2}\nc: {<<: [*b, *a], z: 3}\n"
    found = tree(text)
    root = plain(found.root)
    assert isinstance(root, dict)
    assert root["c"] == {"z": "3", "y": "2", "x": "1"}
    assert [problem.rule for problem in found.problems] == ["merge-key", "merge-key"]


@pytest.mark.parametrize("text", ["a: '<<'\n", "'<<': a\n", "a: cat <<EOF\n", "a: |\n  cat <<:\n", "a: <<\n"])
def test_other_double_less_than_signs_are_left_alone(text: str) -> None:
    assert not tree(text).problems


def test_an_expression_cut_in_two_is_read_as_the_text_that_was_meant() -> None:
    text = "a:\n  - ${{ {'b': 1} }}\n  - c\n"
    found = tree(text)
    assert [problem.rule for problem in found.problems] == ["unquoted-expression"]
    assert plain(found.root) == {"a": ["${{ {'b': 1} }}", "c"]}


@pytest.mark.parametrize(
    ("text", "cut", "mended"),
    [
        ("a: ${{ fmt('b #c', 1) }}\n", "#c', 1) }}", "a: \"${{ fmt('b #c', 1) }}\"\n"),
        ("a: x $[[ '  #' ]] y # z\n", "#' ]]", "a: \"x $[[ '  #' ]] y\" # z\n"),
        ("a: ${{ b }} # c }}\n", None, None),
        ("a: ${{ b # c\n", None, None),
        ("a: '${{ b' # }}\n", None, None),
        ("a: b\n", None, None),
    ],
)
def test_comments_that_cut_expressions(text: str, cut: str | None, mended: str | None) -> None:
    found = tree(text)
    root = found.root
    assert isinstance(root, Mapping)
    value = root.pairs[0].value
    assert isinstance(value, Scalar)
    problem = cut_by_comment(found.source, value)
    if cut is None:
        assert problem is None
        return
    assert problem is not None
    assert problem.rule == "comment-cuts-expression"
    assert text[problem.span.start : problem.span.end] == cut
    assert apply_edits(text, problem.fixes[0].edits) == mended


@pytest.mark.parametrize("depth", [1, 100, 199, 200])
@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")])
def test_deep_files_are_read(depth: int, opened: str, closed: str) -> None:
    found = tree(opened * depth + "x" + closed * depth)
    assert not found.problems
    assert sum(not isinstance(node, Scalar) for node in walk(found.root)) == depth


@pytest.mark.parametrize("depth", [201, 300, 1000, 20_000, 200_000])
@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("[\n", "]")])
def test_too_deep_files_are_refused_and_crash_nothing(depth: int, opened: str, closed: str) -> None:
    before = time.perf_counter()
    found = tree(opened * depth + "x" + closed * depth)
    assert time.perf_counter() - before < 10
    assert [problem.rule for problem in found.problems] == ["too-deep"]
    assert not found.complete


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    found = tree("\n".join(lines))
    assert [problem.rule for problem in found.problems] == ["too-deep"]


def test_special_characters() -> None:
    text = "a: \x07b\x00\nc: d\x07\n"
    found = tree(text)
    assert [(problem.rule, problem.span) for problem in found.problems] == [("special-character", Span(3, 4)), ("special-character", Span(5, 6))]
    assert of_ours(found.root) == ("mapping", [(("scalar", "a", ""), ("scalar", "\ufffdb\ufffd", "")), (("scalar", "c", ""), ("scalar", "d\ufffd", ""))])
    assert [problem.rule for problem in tree("a: \x07\nb: c: d\n").problems] == ["special-character", "yaml-syntax"]


def test_unknown_tags_are_told_and_left_out_of_account() -> None:
    found = tree("a: !foo 12\n")
    assert [problem.rule for problem in found.problems] == ["unknown-tag"]
    root = found.root
    assert isinstance(root, Mapping)
    value = root.pairs[0].value
    assert isinstance(value, Scalar)
    assert resolve(value) == "12"
