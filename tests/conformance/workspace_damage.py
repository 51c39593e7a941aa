"""One damage to a workspace: as a slip of the pen, of the memory, or of the editor would do it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

from tests.conformance.workspace_flows import Workspace
from tests.conformance.workspace_yaml import Again, Raw, Tree, dump

Path = tuple[Any, ...]

_KEYS = (
    "image",
    "cmd",
    "jobs",
    "mixin",
    "mixins",
    "param",
    "inputs",
    "volume",
    "tasks",
    "needs",
    "remote",
    "ref",
    "args",
    "x",
    "default",
    "type",
    "kind",
    "multi",
    "enable",
)
_VALUES: tuple[Tree, ...] = (
    None,
    "",
    "text",
    "a-b",
    7,
    1.5,
    True,
    [],
    {},
    ["a"],
    [None],
    {"a": "b"},
    {"a": {"b": 1}},
    [["a"]],
    [{}],
    *map(Raw, ("12:30", "2001-12-14", "!!binary aGk=", "!x y")),
)
_TEMPLATES = (
    *(
        "${{ nope }}",
        "${{ flow.nope }}",
        "${{ params.nope }}",
        "${{ images.nope.ref }}",
        "${{ volumes.nope }}",
        "${{ env.NOPE }}",
        "${{ inputs.x }}",
        "${{ needs.x }}",
    ),
    *(
        "${{ None }}",
        "${{ 1 }}",
        "${{ '' }}",
        "${{ [] }}",
        "${{ {} }}",
        "${{ 1 / 0 }}",
        "${{ 'a' + 1 }}",
        "${{ matrix.x }}",
        "${{ multi.suffix }}",
        "${{ git.sha }}",
    ),
    *(
        "${{ len(1) }}",
        "${{ nope() }}",
        "${{ lower() }}",
        "${{ [1, 'a', None] }}",
        "${{ {'a': None} }}",
        "${{ env['x'] }}",
        "${{ volumes }}",
        "${{ project }}",
        "a${{",
        "${{ }}",
    ),
    *(
        "${{ int('x') }}",
        "${{ range(300) }}",
        "${{ success() }}",
        "${{ always() }}",
        "${{ hash_files('/x') }}",
        "${{ parse_volume('x') }}",
        "${{ fmt('{}') }}",
        "${{ state.x }}",
    ),
    *(
        "${{ from_json('{') }}",
        "${{ {1: 2} }}",
        "${{ flow['title'] }}",
        "${{ project.id.x }}",
        "${{ tags[0] }}",
        "${{ 'a'[5] }}",
        "${{ -x }}",
        "$[[ nope ]]",
        "${{ nothing() }}",
    ),
)


def damage(workspace: Workspace, random: Random) -> tuple[Workspace, str]:
    """A copy of the workspace with one damage, and what was done."""
    name = random.choice(list(workspace.trees))
    if random.random() < 0.25:
        text, done = _text_damage(dump(workspace.trees[name], f"{workspace.seed}{name}"), random)
        return replace(workspace, texts={**workspace.texts, name: text}), f"{done} in {name}"
    for _ in range(20):
        tree = copy.deepcopy(workspace.trees[name])
        done = random.choice(_TREE_DAMAGES)(tree, random)
        if done:
            return replace(workspace, trees={**workspace.trees, name: tree}), f"{done} in {name}"
    return workspace, "nothing"


def _places(tree: Tree, path: Path = ()) -> Iterator[Path]:
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield (*path, key)
        yield from _places(tree[key], (*path, key))


def _at(tree: Tree, path: Path) -> Tree:
    for step in path:
        tree = tree[step]
    return tree


def _pick(tree: Tree, random: Random, wanted: Callable[[Tree, Tree], bool] = lambda owner, value: True) -> tuple[Tree, Any] | None:
    """The owner and key of a random place whose value is as wanted."""
    places = [(_at(tree, path[:-1]), path[-1]) for path in _places(tree)]
    places = [(owner, key) for owner, key in places if wanted(owner, owner[key])]
    return random.choice(places) if places else None


def _rename(owner: dict[Any, Tree], key: Any, name: Any) -> None:
    pairs = [(name if old == key else old, value) for old, value in owner.items() if old == key or old != name]
    owner.clear()
    owner.update(pairs)


def _key_renamed(tree: Tree, random: Random) -> str:
    place = _pick(tree, random, lambda owner, value: isinstance(owner, dict))
    if place is None:
        return ""
    owner, key = place
    text = str(key)
    name = random.choice(
        (
            text + "s",
            text[:-1] or "q",
            text.upper(),
            text.replace("_", "-") + "-x",
            text[1:] + text[:1],
            "x " + text,
            random.choice(_KEYS),
            Raw("1"),
            Raw("on"),
            Raw("~"),
        )
    )
    _rename(owner, key, name)
    return f"{text} became {name}"


def _value_replaced(tree: Tree, random: Random) -> str:
    place = _pick(tree, random)
    if place is None:
        return ""
    owner, key = place
    owner[key] = copy.deepcopy(random.choice(_VALUES))
    return f"{key} is {owner[key]!r}"


def _expression_put(tree: Tree, random: Random) -> str:
    place = _pick(tree, random, lambda owner, value: not isinstance(value, dict | list) or random.random() < 0.2)
    if place is None:
        return ""
    owner, key = place
    template = random.choice(_TEMPLATES)
    old = owner[key]
    owner[key] = random.choice((template, template, f"{old} {template}" if isinstance(old, str) else template, f"x {template}"))
    return f"{key} is {owner[key]!r}"


def _is_template(owner: Tree, value: Tree) -> bool:
    return isinstance(value, str) and ("${{" in value or "$[[" in value)


def _reference_broken(tree: Tree, random: Random) -> str:
    place = _pick(tree, random, lambda owner, value: isinstance(value, str) and not isinstance(value, Raw))
    if place is None:
        return ""
    owner, key = place
    words = list(re.finditer(r"\w+", owner[key]))
    if not words:
        return ""
    word = random.choice(words)
    new = random.choice((word[0] + "x", word[0][:-1], "nope", word[0][::-1], "_" + word[0], word[0].swapcase()))
    owner[key] = owner[key][: word.start()] + new + owner[key][word.end() :]
    return f"{word[0]} became {new}"


def _expression_damaged(tree: Tree, random: Random) -> str:
    place = _pick(tree, random, _is_template)
    if place is None:
        return ""
    owner, key = place
    owner[key] = _slip(owner[key], random, "${}[]().,'\"+=<> \n|x1_-")
    return f"{key} is {owner[key]!r}"


def _slip(text: str, random: Random, letters: str) -> str:
    at = random.randrange(len(text) + 1)
    what = random.random()
    if what < 0.4:
        return text[:at] + random.choice(letters) + text[at:]
    if what < 0.8:
        return text[: max(0, at - 1)] + text[at:]
    return text[: max(0, at - 1)] + text[at : at + 1] + text[max(0, at - 1) : at] + text[at + 1 :]


def _deleted(tree: Tree, random: Random) -> str:
    place = _pick(tree, random)
    if place is None:
        return ""
    owner, key = place
    del owner[key]
    return f"no {key}"


def _moved(tree: Tree, random: Random) -> str:
    place = _pick(tree, random)
    if place is None:
        return ""
    owner, key = place
    value = owner[key]
    del owner[key]
    target = _pick(tree, random, lambda owner, value: isinstance(value, dict | list))
    if target is None or not isinstance(tree, dict):
        tree[key] = value
        return f"{key} moved to the top" if owner is not tree else ""
    there = target[0][target[1]]
    if isinstance(there, dict):
        there[key if isinstance(key, str) else f"k{key}"] = value
    else:
        there.append(value)
    return f"{key} moved into {target[1]}"


def _doubled(tree: Tree, random: Random) -> str:
    place = _pick(tree, random, lambda owner, value: isinstance(owner, dict) and isinstance(value, dict))
    if place is None:
        return ""
    owner, key = place
    other = random.choice(list(owner))
    owner[other] = copy.deepcopy(owner[key])
    return f"{other} is a copy of {key}" if other != key else ""


def _shared(tree: Tree, random: Random) -> str:
    """The same value at another place as well: an alias."""
    place = _pick(tree, random, lambda owner, value: isinstance(value, dict | list) and bool(value))
    if place is None:
        return ""
    owner, key = place
    value = owner[key]
    target = _pick(tree, random, lambda other, old: old is not value and not _holds(value, other) and not _holds(old, value))
    if target is None:
        return ""
    target[0][target[1]] = value
    return f"{target[1]} is an alias of {key}"


def _holds(tree: Tree, wanted: Tree) -> bool:
    """Whether a value is another, or holds it."""
    return tree is wanted or any(_holds(item, wanted) for item in (tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()))


def _twice(tree: Tree, random: Random) -> str:
    """A key written twice, the first time with a damaged value."""
    place = _pick(tree, random, lambda owner, value: isinstance(owner, dict))
    if place is None:
        return ""
    owner, key = place
    holder = {"first": copy.deepcopy(owner[key])}
    done = random.choice((_value_replaced, _expression_put, _key_renamed, _deleted, _reference_broken))(holder, random)
    if not done or "first" not in holder:
        return ""
    pairs = list(owner.items())
    owner.clear()
    for name, value in pairs:
        if name == key:
            owner[Again(name)] = holder["first"]
        owner[name] = value
    return f"{key} twice, first damaged: {done}"


_TREE_DAMAGES: tuple[Callable[[Tree, Random], str], ...] = (
    _key_renamed,
    _value_replaced,
    _value_replaced,
    _expression_put,
    _expression_put,
    _reference_broken,
    _expression_damaged,
    _deleted,
    _moved,
    _doubled,
    _shared,
    _twice,
)


def _text_damage(text: str, random: Random) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    at = random.randrange(len(lines))
    line = lines[at]
    indented = [" " + line, "  " + line, line[1:], line[2:], "\t" + line, line.replace("  ", "\t", 1), line.lstrip(" ")]
    tabs = [line.replace(" ", "\t", 1), line.replace("\n", "\t\n"), line.replace(": ", ":\t", 1), line.replace(": ", ":", 1), line.replace("- ", "-", 1)]
    cut = random.randrange(max(1, len(text)))
    punctuation = [_slip(line, random, "'\"[]{}:,&*!|>%@`#-? \n\x07\u2028\ufeff=<")] * 8
    marks = [line.replace(mark, "", 1) for mark in "'\"[]{}:,&*" if mark in line]
    whole = [
        (text[:cut], "cut off"),
        (text.replace("\n", "\r\n"), "CRLF"),
        (text + "...\n---\na: 1\n", "two documents"),
        ("\ufeff" + text, "a BOM"),
        ("", "emptied"),
        (text + line, "a line again"),
    ]
    if random.random() < 0.1:
        return random.choice(whole)
    lines[at] = random.choice(random.choice((indented, tabs, punctuation, marks or indented)))
    if random.random() < 0.05:
        lines[at] = line
        lines.insert(at, random.choice(("<<: *a0\n", "%YAML 1.1\n", "---\n", "?\n", "- x\n", "x\n", "=: 1\n")))
    return "".join(lines), f"line {at + 1} is {lines[at]!r}"
