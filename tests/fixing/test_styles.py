"""The fixes of all pages, on files in every style: what they promise holds, and they say the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flowlang.diagnostics import Diagnostic, Fixable
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.fixing import Fixed, fix
from flowlang.linting import lint
from flowlang.rules.registry import all_pages
from flowlang.runs import Options
from flowlang.text import Source
from flowlang.yamltree import Mapping, Node, Scalar, parse
from tests.fixing.styles import STYLES, TEXTS, restyled
from tests.workspaces import write

FIXABLE = [row.name for row in CATALOGUE if row.fixable is not Fixable.NO and all_pages()[row.name].examples("Bad")]

# What they find is in the text itself, which a style does not keep.
TEXT_ALONE = {"comment-cuts-expression"}


def meaning(text: str) -> object:
    """What a YAML text says: scalars as texts, whatever their quotes."""

    def value(node: Node) -> object:
        if isinstance(node, Scalar):
            return node.value.rstrip("\n")  # a block at the end of a file may lack its last break
        if isinstance(node, Mapping):
            return [(value(pair.key), value(pair.value)) for pair in node.pairs]
        return [value(item) for item in node.items]  # type: ignore[attr-defined]

    tree = parse(Source("a.yml", text))
    return value(tree.root) if tree.root is not None else None


def values_alone(found: object) -> object:
    """The same without telling quoted and plain texts apart, nor keys in one order from those in another."""
    if isinstance(found, tuple) and len(found) == 2 and isinstance(found[1], bool):
        return found[0]
    if isinstance(found, list) and all(
        isinstance(entry, tuple) and len(entry) == 2 and isinstance(entry[0], tuple) and not isinstance(entry[1], bool) for entry in found
    ):
        return [(values_alone(key), values_alone(value)) for key, value in found]
    return [values_alone(entry) for entry in found] if isinstance(found, list) else found


class Mended:
    """A workspace in one style, its findings of one rule fixed, the unsafe ones too."""

    def __init__(self, folder: Path, files: dict[str, str], rule: str) -> None:
        self.root = write(folder, {})
        self.root.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(text.encode("utf-8"))
        self.files = files
        self.rule = rule
        self.fixed = self.again()
        self.after = {**files, **{os.path.relpath(each.path, os.path.realpath(self.root)).replace(os.sep, "/"): each.after for each in self.fixed.changed}}

    def again(self, texts: dict[str, bytes] | None = None) -> Fixed:
        """Fix, with these contents in place of the files'."""
        options = Options(actions_dirs=(str(self.root / "actions"),))
        return fix(
            lambda overlay: lint([str(self.root)], options, overlay={**(texts or {}), **overlay}),
            lambda found: [each for each in found if each.rule.name == self.rule],
            lambda path: True,
            unsafe=True,
        )

    @property
    def left(self) -> list[Diagnostic]:
        """The findings of the rule that remain."""
        return [found for found in self.fixed.report.diagnostics if found.rule.name == self.rule]


@pytest.mark.parametrize("rule", FIXABLE)
def test_fixes_hold_in_every_style(rule: str, tmp_path: Path) -> None:
    bad = {example.path: example.text for example in all_pages()[rule].examples("Bad")}
    plain = Mended(tmp_path / "plain", bad, rule)
    assert plain.fixed.notes == ()
    styles = {**TEXTS, **({name: lambda text, style=style: restyled(text, style) for name, style in STYLES.items()} if rule not in TEXT_ALONE else {})}
    for number, (name, change) in enumerate(styles.items()):
        files = {path: change(text) for path, text in bad.items()}
        if any(text is None for text in files.values()):
            continue
        mended = Mended(tmp_path / str(number), files, rule)
        context = f"{rule}, {name}: {mended.after}"
        assert mended.fixed.notes == (), context
        assert len(mended.left) <= len(plain.left) or name in STYLES, context
        if len(mended.left) > len(plain.left):
            # there may be no fix where it would lose a comment, say: then there is none to offer either
            assert not any(found.fixes for found in mended.left), context
            continue
        for path, text in mended.after.items():
            assert meaning(text) == meaning(plain.after[path]), context
            assert text.startswith("\ufeff") == files[path].startswith("\ufeff"), context
            assert "\r\n" not in files[path] or text.count("\n") == text.count("\r\n"), context
        if name not in TEXTS:
            continue
        again = mended.again({os.path.realpath(mended.root / path): text.encode() for path, text in mended.after.items()})
        assert again.changed == (), context
