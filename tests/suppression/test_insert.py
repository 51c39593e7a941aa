"""Comments written for a finding: they cover it, and the file stays what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.diagnostics import Diagnostic
from flowlang.linting import lint
from flowlang.rules.frame import RulePage
from flowlang.suppression.insert import ignoring, ignoring_in_file
from flowlang.text import Source, Span, apply_edits
from flowlang.yamltree import parse
from tests.rules.test_pages import SHOWN, files, options_for
from tests.workspaces import write

NAME = "looks-like-expression"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  b: «x\n", "a:\n  b: x  # flowlint: ignore[N]\n"),
        ("a:\n  b: «x", "a:\n  b: x  # flowlint: ignore[N]"),
        ("a:\r\n  b: «x\r\nc: d\r\n", "a:\r\n  b: x  # flowlint: ignore[N]\r\nc: d\r\n"),
        ("a:\n  b: «x # why\n", "a:\n  # flowlint: ignore[N]\n  b: x # why\n"),
        ("a:\n  b: «x # flowlint: ignore[M] why\n", "a:\n  b: x # flowlint: ignore[M, N] why\n"),
        ("a:\n  # flowlint: ignore[M]\n  b: «x\n", "a:\n  # flowlint: ignore[M, N]\n  b: x\n"),
        ("a:\n  b: |\n    x\n    «y\n", "a:\n  b: |  # flowlint: ignore[N]\n    x\n    y\n"),
        ("a:\n  b: x\n    «y\n", "a:\n  # flowlint: ignore[N]\n  b: x\n    y\n"),
        ("a:\n  b: 'x\n    «y'\n", "a:\n  # flowlint: ignore[N]\n  b: 'x\n    y'\n"),
        ("a:\n  b: {c: «d}\n", "a:\n  b: {c: d}  # flowlint: ignore[N]\n"),
        ("a:\n- b: «x\n  c: d\n", "a:\n- b: x  # flowlint: ignore[N]\n  c: d\n"),
        ("a:\n- «b\n- c\n", "a:\n- b  # flowlint: ignore[N]\n- c\n"),
        ("«a:\n  b: x\n", "a:  # flowlint: ignore[N]\n  b: x\n"),
        ("\ufeffa: «x # y\n", "\ufeff# flowlint: ignore[N]\na: x # y\n"),
    ],
)
def test_where_the_comment_goes(before: str, after: str) -> None:
    at = before.index("«")
    text = before.replace("«", "")
    tree = parse(Source("x.yml", text))
    edit = ignoring(tree, Span(at, at), "N")
    assert edit is not None
    assert apply_edits(text, [edit]) == after


def test_a_comment_for_the_whole_file() -> None:
    tree = parse(Source("x.yml", "\ufeffa: x\n"))
    assert apply_edits("\ufeffa: x\n", [ignoring_in_file(tree, "N")]) == "\ufeff# flowlint: ignore-file[N]\na: x\n"
    text = "# flowlint: ignore-file[M] why\na: x\n"
    assert apply_edits(text, [ignoring_in_file(parse(Source("x.yml", text)), "N")]) == "# flowlint: ignore-file[M, N] why\na: x\n"


def _linted(page: type[RulePage], root: Path) -> list[Diagnostic]:
    found = lint([str(root)], options_for(page, root)).diagnostics
    return [d for d in found if d.rule.name != "ignore-without-reason"]


@pytest.mark.parametrize("page", [page for page in SHOWN if not page.row().code.startswith("FL9")], ids=lambda page: page.name)
def test_every_rule_can_be_ignored_where_it_is_found(page: type[RulePage], tmp_path: Path) -> None:
    texts = files(page, "Bad")
    root = write(tmp_path, texts)
    found = [d for d in _linted(page, root) if d.rule.name == page.name]
    tree = parse(found[0].source)
    edit = ignoring(tree, found[0].span, found[0].rule.name)
    if edit is None or found[0].rule.code.startswith("FL0") or tree.root is None or not tree.complete:
        return
    path = root / found[0].source.path.rpartition("demo/")[2]
    path.write_bytes(apply_edits(found[0].source.text, [edit]).encode())
    after = _linted(page, root)
    assert [d.rule.name for d in after if d.rule.code.startswith("FL9")] == []
    assert len([d for d in after if d.rule.name == found[0].rule.name]) < len(found)
