"""Regular expressions that are compiled at first use are those that `re` compiles."""

from __future__ import annotations

import ast
import re
from importlib import import_module

import pytest

from flowlang.patterns import pattern
from tests.test_layers import MODULES


def test_the_same_as_compiled() -> None:
    late, now = pattern(r"(?P<a>x+)|y", re.I), re.compile(r"(?P<a>x+)|y", re.I)
    for text in ("", "XX", "y", "zxx"):
        for name in ("match", "fullmatch", "search", "findall", "split"):
            mine, its = getattr(late, name)(text), getattr(now, name)(text)
            assert (mine.span(), mine.groupdict()) == (its.span(), its.groupdict()) if isinstance(mine, re.Match) else mine == its
        assert late.sub("b", text) == now.sub("b", text)
    assert (late.pattern, late.flags, late.groups, late.groupindex) == (now.pattern, now.flags, now.groups, now.groupindex)
    assert not hasattr(late, "nothing")


WITH_PATTERNS = sorted(name for name, path in MODULES.items() if "= pattern(" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", WITH_PATTERNS)
def test_every_pattern_is_one(module: str) -> None:
    """What is compiled late is wrong late as well."""
    found = [value for value in vars(import_module(module)).values() if type(value).__name__ == "_Uncompiled"]
    assert found
    for each in found:
        assert isinstance(re.compile(each.pattern, each.flags & ~re.U), re.Pattern)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_modules_compile_nothing_when_they_are_loaded(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    loaded = [node.value for node in tree.body if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None]
    calls = [ast.unparse(node.func) for value in loaded for node in ast.walk(value) if isinstance(node, ast.Call)]
    assert "re.compile" not in calls
