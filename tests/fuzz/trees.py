"""Random documents made of the language's own keys, with values of every kind in every place."""

from __future__ import annotations

import json
import re
from functools import cache
from random import Random

from flowlang.schema.tables import document
from tests.fuzz.mutate import TOKENS, expression

_KINDS = ("live", "batch", "action", "project", "common")
_PLAIN = re.compile(r"[\w./-]+(?: [\w./-]+)*")
_VALUES = (None, True, False, 0, -1, 1.5, 10**30, "", "a", "1", "1d", "image:a:b", "storage:a", "/a", "ws:a", "gh:a/b@c", "8080:80", "batch", "live", "local")


@cache
def keys() -> tuple[str, ...]:
    """All keys that the schemas name."""
    found: set[str] = set()

    def look(schema: object) -> None:
        if isinstance(schema, dict):
            properties = schema.get("properties")
            found.update(properties if isinstance(properties, dict) else ())
            for part in schema.values():
                look(part)
        elif isinstance(schema, list):
            for part in schema:
                look(part)

    for kind in _KINDS:
        look(document(kind))
    return tuple(sorted(found))


def tree(random: Random) -> str:
    """A document as text."""
    top = {"kind": random.choice(("live", "batch", "stateful", "local")), **{random.choice(keys()): _value(random, 0) for _ in range(random.randint(1, 5))}}
    if random.random() < 0.5:
        top[random.choice(("jobs", "tasks", "images", "volumes", "defaults", "mixins"))] = {"a": _value(random, 1), "b": _value(random, 1)}
    return json.dumps(top) if random.random() < 0.2 else _block(random, top, 0)


def _value(random: Random, depth: int) -> object:
    kind = random.random()
    if depth > 4 or kind < 0.3:
        return random.choice(_VALUES)
    if kind < 0.4:
        return f"${{{{ {expression(random)} }}}}"
    if kind < 0.45:
        return random.choice(TOKENS)
    if kind < 0.6:
        return [_value(random, depth + 1) for _ in range(random.randint(0, 3))]
    return {random.choice((*keys(), "a", "b")): _value(random, depth + 1) for _ in range(random.randint(0, 4))}


def _block(random: Random, value: object, indent: int) -> str:
    """A value in block style, with some of it in flow style."""
    if isinstance(value, dict) and value and random.random() < 0.9:
        return "".join(f"{' ' * indent}{_plain(random, key)}:{_below(random, item, indent)}" for key, item in value.items())
    if isinstance(value, list) and value and random.random() < 0.9:
        return "".join(f"{' ' * indent}-{_below(random, item, indent)}" for item in value)
    return f"{' ' * indent}{_flow(random, value)}\n"


def _below(random: Random, value: object, indent: int) -> str:
    if isinstance(value, dict | list) and value:
        return "\n" + _block(random, value, indent + 2)
    if isinstance(value, str) and random.random() < 0.2:
        lines = value.split("\n")
        return f" {random.choice('|>')}{random.choice(('', '-', '+'))}\n" + "".join(f"{' ' * indent}  {line}\n" for line in lines)
    return f" {_flow(random, value)}\n"


def _flow(random: Random, value: object) -> str:
    return _plain(random, value) if isinstance(value, str) else json.dumps(value)


def _plain(random: Random, text: str) -> str:
    if _PLAIN.fullmatch(text) and random.random() < 0.9:
        return text
    return json.dumps(text) if random.random() < 0.5 else "'" + text.replace("'", "''") + "'"
