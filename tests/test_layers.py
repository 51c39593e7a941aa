"""The imports keep to the layers of the design."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "flowlang"

# A part imports parts of a lower rank alone, itself excepted; parts of one rank do not know one another.
RANKS = {
    "light": -1,
    "signals": -1,
    "disk": 0,
    "filesystem": 0,
    "patterns": 0,
    "resources": 0,
    "text": 1,
    "diagnostics": 2,
    "yamltree": 3,
    "expr": 3,
    "schema": 4,
    "model": 5,
    "project": 6,
    "semantics": 7,
    "rules": 8,
    "compiler": 8,
    "suppression": 8,
    "shellcheck": 8,
    "runs": 9,
    "cache": 10,
    "analysis": 11,
    "fixing": 12,
    "reporting": 12,
    "graphing": 13,
    "library": 13,
    "settings": 13,
    "fetching": 13,
    "queries": 13,
    "lsp": 14,
    "cli": 15,
}

# Top modules that are one part with another: the pipeline's last steps, in files of their own.
_SAME = {"compiling": "analysis", "linting": "analysis", "processes": "analysis"}

# The one door to each third-party package: a module, or a package with all that is in it.
DOORS = {
    "yaml": "flowlang.yamltree.reader",
    "lark": "flowlang.expr.grammar",
    "yarl": "flowlang.expr.uri",
    "jsonschema": "flowlang.schema.judge",
    "referencing": "flowlang.schema.judge",  # jsonschema's own registry
    "pygls": "flowlang.lsp",
    "lsprotocol": "flowlang.lsp",
    "tomli": "flowlang.settings",
    "click": "flowlang.cli",
}


class Import(NamedTuple):
    module: str  # who imports
    line: int
    target: str  # what is imported, as far as it is a module

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(module: str, path: Path) -> Iterator[Import]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} has a relative import"
            assert node.module is not None
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield Import(module, node.lineno, full if full in MODULES else node.module)


IMPORTS = [found for module, path in MODULES.items() for found in imports_of(module, path)]
OURS = [found for found in IMPORTS if found.target.partition(".")[0] == "flowlang"]


def part(module: str) -> str:
    """The part a module belongs to: ``model`` of ``flowlang.model.build``; '' of the package itself."""
    name = module.partition(".")[2].partition(".")[0]
    return _SAME.get(name, name)


def test_every_part_has_a_rank() -> None:
    assert {part(module) for module in MODULES} - {""} <= set(RANKS)


def test_lower_parts_never_import_upper_ones() -> None:
    wrong = [
        str(found)
        for found in OURS
        if part(found.module) and part(found.target) and part(found.module) != part(found.target) and RANKS[part(found.target)] >= RANKS[part(found.module)]
    ]
    assert wrong == []


def test_the_package_itself_gives_its_version_alone() -> None:
    names = {
        alias.name
        for path in MODULES.values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "flowlang"
        for alias in node.names
    }
    assert names <= {"__version__", *RANKS}


@pytest.mark.parametrize(("who", "whom"), [("expr", "yamltree"), ("yamltree", "expr"), ("compiler", "rules"), ("rules", "compiler"), ("reporting", "analysis")])
def test_strangers(who: str, whom: str) -> None:
    assert [str(found) for found in OURS if part(found.module) == who and part(found.target) == whom] == []


def test_rules_never_import_one_another() -> None:
    """A rule knows the frame alone; the registry, and a package's `__init__`, may gather what lies below."""
    wrong = []
    for found in OURS:
        if part(found.module) != "rules" or part(found.target) != "rules":
            continue
        gathers = MODULES[found.module].name == "__init__.py" and found.target.startswith(f"{found.module}.")
        gathers = gathers or found.module == "flowlang.rules.registry"
        if not gathers and not f"{found.target}.".startswith("flowlang.rules.frame."):
            wrong.append(str(found))
    assert wrong == []


def test_third_party_packages_have_one_door_each() -> None:
    wrong = []
    for found in IMPORTS:
        package = found.target.partition(".")[0]
        if package in ("flowlang", "tomllib") or package in sys.stdlib_module_names:  # tomllib: from 3.11 on
            continue
        door = DOORS.get(package)
        if door is None or not f"{found.module}.".startswith(f"{door}."):
            wrong.append(str(found))
    assert wrong == []


def test_the_protocol_has_one_module_at_its_door() -> None:
    assert len({found.module for found in IMPORTS if found.target.partition(".")[0] == "pygls"}) == 1
