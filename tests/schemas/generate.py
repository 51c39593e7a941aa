"""Random documents from the schemas' own vocabulary, and structural damage to them."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from random import Random
from typing import Any

from jsonschema import Draft202012Validator

from tests.schemas.vocabulary import Json, accepts, document, resolved

Path = tuple[str | int, ...]

# Values that are good for the engine too, by value type; those with an expression last.
POOLS: dict[str, tuple[list[Any], list[Any]]] = {
    "str": ([None, "", "text", "a b", "no", 1, 1.5, True], ["${{ a.b }}", "x-$[[ a ]]-y"]),
    "image": ([None, "image:a:v1", "ubuntu", 3.5], ["${{ images.a.ref }}"]),
    "bash": ([None, "echo it's", "set -e\nls\n", 1], ["echo ${{ params.a }}"]),
    "python": ([None, "print(1)", 1], ["print('${{ params.a }}')"]),
    "bool": ([None, True, False, 0, 2.5, "yes"], ["${{ True }}", "$[[ params.a ]]"]),
    "enable": ([True, False, 1, "always()", "yes"], ["${{ success() }}"]),
    "int": ([None, 0, 80, 2.5, True, "80", " 8_0 "], ["${{ 5 }}"]),
    "timespan": ([None, 0, 60, 1.5, True, "1d2h3m4s", "4m", "3600", "1e3", "-5", " .5 ", "inf"], ["${{ 60 }}"]),
    "uri": (["storage:a", "disk:a", "secret:a"], ["storage:${{ flow.flow_id }}"]),
    "remote-path": ([None, "", "/a", "a/b"], ["/${{ flow.flow_id }}"]),
    "local-path": ([None, "", "a", "/a/b"], ["${{ flow.flow_id }}"]),
    "context-path": ([None, "a", "storage:a", 1], ["${{ flow.flow_id }}"]),
    "port-pair": (["2222:22"], ["${{ params.a }}:22"]),
    "restart": ([None, "never", "on-failure", "always"], ["${{ params.a }}", "on-${{ params.a }}"]),
    "id": ([None, "a", "b_1", "aB", "ü"], ["${{ matrix.x }}", "t_${{ matrix.x }}"]),
    "ref": (["ws:a", "gh:a/b@v1"], []),
    "primitive": (["a", "", 1, 1.5, True], ["${{ 1 }}"]),
    "mixin-name": (["a"], ["${{ 'a' }}"]),
    "expression": ([], ["${{ a }}", "$[[ [1] ]]"]),
}
POOLS["map"] = ([None], [])
PLACES = ("a", "b_1", "job1", "tRain")
RAW: list[Any] = [None, "text", 1, True, [], {}, ["a"], {"a": {"b": 1}}]
# A default must be of the input's type, which no schema says.
DEFAULTS: dict[str, list[Any]] = {"int": [1, None], "float": [1.5], "bool": [True, False], "str": ["a", "", None]}

# Scalars to try anywhere: what their patterns refuse the engine must refuse too.
SURPRISES: list[Any] = [
    *(None, True, False, 0, 1, -1, 1.5, 2.5e30, "", " ", "\n", "text", "a b", "a-b", "a_b", "a·", "ª", "²", "٣", "AB", "_", "1a", "ünï", "a\n", "=", "~"),
    *("5", " 5 ", "+5", "-5", "1_0", "1__0", "_1", "0x1", "5.", ".5", "1.5", "1e3", "1e", "1_0.5", "1_.5", "nan", "-inf", "Infinity", "infinit", "５", "5\n"),
    *("1d", "1d2h3m4s", "2h1d", "1D", "1w", "1d ", "1d\n", "1.5h", "d"),
    *("1:2", "22:22", "1:2\n", "1:", "a:b", " 1:2", "1:2:3"),
    *("never", "always", "on-failure", "Never", "always\n", "no", "none", "default", "inherit", "live", "batch", "stateful", "local"),
    *("running", "completed", "int", "float", "bool", "str"),
    *("${{ x }}", "$[[ x ]]", "a${{ x }}", "${{ x }} ", "storage:a", "ws:a", "/a/b"),
]


@dataclass
class Site:
    """A place in a generated document, and what the schema wants there."""

    path: Path
    kind: str  # block, map, list, scalar, choice
    node: Json


@dataclass
class Document:
    value: Any
    sites: list[Site] = field(default_factory=list)


def put(document: Any, path: Path, value: Any) -> Any:
    """A copy of the document with another value at the place."""
    if not path:
        return value
    document = copy.deepcopy(document)
    owner = document
    for step in path[:-1]:
        owner = owner[step]
    owner[path[-1]] = value
    return document


class Generator:
    def __init__(self, kind: str, random: Random) -> None:
        self.kind = kind
        self.random = random

    def document(self) -> Document:
        """A document that the schema accepts."""
        while True:
            sites: list[Site] = []
            value = self._value(self.kind, document(self.kind), (), "none", sites)
            if accepts(self.kind, value):
                return Document(value, sites)

    def damaged(self) -> tuple[Any, Site, str]:
        """A document with one structural damage, where it is, and what was done there."""
        made = self.document()
        site = self.random.choice(made.sites)
        here = made.value
        for step in site.path:
            here = here[step]
        done, value = self.random.choice(self._damages(here, site))
        return put(made.value, site.path, value), site, done

    def surprised(self) -> tuple[Any, Site, Any]:
        """A document with another scalar in place of one of its values, where that is, and the scalar."""
        while True:
            made = self.document()
            sites = [site for site in made.sites if site.kind in ("scalar", "choice") and site.path]
            if sites:
                site = self.random.choice(sites)
                scalar = self.random.choice(SURPRISES)
                return put(made.value, site.path, scalar), site, scalar

    def _value(self, file: str, node: Json, path: Path, scope: str, sites: list[Site]) -> Any:
        file, node = resolved(file, node)
        scope = node.get("x-flow", {}).get("scope", scope)
        if "if" in node:
            return self._branch(file, node, path, scope, sites)
        if "enum" in node:
            # false and zero are empty sections too, but only where the engine takes a closer look later (rows in test_rows)
            sites.append(Site(path, "choice", node))
            return self.random.choice([value for value in node["enum"] if value is not False and value != 0])
        if node.get("x-flow", {}).get("type") == "any":
            return copy.deepcopy(self.random.choice(RAW))
        if node["type"] == "array":
            sites.append(Site(path, "list", node))
            return [self._value(file, node["items"], (*path, index), scope, sites) for index in range(self.random.choice((0, 1, 1, 2)))]
        if node["type"] == "object":
            return self._object(file, node, path, scope, sites)
        sites.append(Site(path, "scalar", node))
        return self._scalar(node, scope)

    def _branch(self, file: str, node: Json, path: Path, scope: str, sites: list[Site]) -> Any:
        arm = self.random.choice(("then", "then", "else"))
        own: list[Site] = []
        value = self._value(file, node[arm], path, scope, own)
        if Draft202012Validator(node["if"]).is_valid(value) != (arm == "then"):
            return self._branch(file, node, path, scope, sites)
        sites += own
        return value

    def _object(self, file: str, node: Json, path: Path, scope: str, sites: list[Site]) -> Any:
        fields, free = node.get("properties", {}), node["additionalProperties"]
        sites.append(Site(path, "block" if free is False else "map", node))
        notes = node.get("x-flow", {})
        skipped = {key for group in notes.get("exclusive", ()) for key in self.random.sample(group, len(group) - 1)}
        wanted = {*node.get("required", ()), *(key for group in notes.get("one-of", ()) for key in group)} - skipped
        chance = min(1.0, 4 / (len(fields) or 1))
        keys = [key for key in fields if key in wanted or (key not in skipped and self.random.random() < chance)]
        made = {key: self._value(file, fields[key], (*path, key), scope, sites) for key in keys}
        if free is not False:
            for key in self.random.sample(PLACES, self.random.choice((0, 1, 1, 2))):
                made[key] = self._value(file, free, (*path, key), scope, sites)
        if notes.get("name") == "input" and "default" in made:
            made["default"] = self.random.choice(DEFAULTS[made.get("type", "str")])
        return made

    def _scalar(self, node: Json, scope: str) -> Any:
        plain, templates = POOLS[node.get("x-flow", {}).get("type", "str")]
        fits = Draft202012Validator({key: node[key] for key in ("type", "pattern") if key in node})
        pool = [value for value in [*plain, *(templates if scope != "none" else ())] if fits.is_valid(value)]
        return self.random.choice(pool)

    def _damages(self, here: Any, site: Site) -> list[tuple[str, Any]]:
        options: list[tuple[str, Any]] = [("null", None)]
        if site.kind != "scalar":
            options += [("text", "text"), ("number", 7)]
        if site.kind != "list":
            options.append(("list", ["a"]))
        if site.kind not in ("block", "map"):
            options.append(("mapping", {"a": "b"}))
        if site.kind == "choice":
            options.append(("other", "bogus"))
        if site.kind == "block":
            options += [("unknown key", {**here, "bogus": 1})] * 3
            options += [(f"no {key}", {k: v for k, v in here.items() if k != key}) for key in site.node.get("required", ())]
        if site.kind == "map" and "propertyNames" in site.node and here:
            options.append(("bad name", {**here, "not-a-name": next(iter(here.values()))}))
        return options
