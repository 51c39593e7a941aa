"""Trees of values as YAML, each part in one of the styles that YAML has for it."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

import yaml

Tree = Any
"""Mappings, lists and scalars; `Raw` for a plain scalar that is written as it is."""

Path = tuple[Any, ...]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Raw(str):
    """A plain scalar by its text: ``010``, ``yes``, ``1.10``."""

    __slots__ = ()


class Again:
    """A key that the mapping holds a second time: written like the key it stands for, and never equal to it."""

    def __init__(self, key: Any) -> None:
        self.key = key

    def __repr__(self) -> str:
        return f"Again({self.key!r})"


def meaning(tree: Tree) -> Any:
    """What a YAML reader makes of the tree."""
    if isinstance(tree, Raw):
        return yaml.load(str(tree), _Loader)
    if isinstance(tree, dict):
        return {meaning(key): meaning(value) for key, value in tree.items()}
    return [meaning(item) for item in tree] if isinstance(tree, list) else tree


def dump(tree: Tree, seed: str) -> str:
    """The tree as YAML text; the same seed gives each part the same style, whatever its neighbours."""
    return _Dumper(seed).document(tree)


class _Dumper:
    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._counts: dict[int, int] = {}
        self._anchors: dict[int, str] = {}

    def document(self, tree: Tree) -> str:
        self._count(tree)
        random = self._random(())
        head = "---\n" if random.random() < 0.1 else ""
        width = random.choice((2, 2, 2, 4))
        if isinstance(tree, dict | list) and tree:
            return head + "".join(f"{line}\n" for line in self._block(tree, 0, (), width))
        return head + self._inline(tree, (), True) + "\n"

    def _random(self, path: Path) -> Random:
        return Random(f"{self._seed}{path}")

    def _count(self, tree: Tree) -> None:
        if isinstance(tree, dict | list) and tree:
            self._counts[id(tree)] = self._counts.get(id(tree), 0) + 1
            for item in tree.values() if isinstance(tree, dict) else tree:
                self._count(item)

    def _anchor(self, tree: Tree) -> tuple[str, bool]:
        """What stands before a collection, and whether that is all: an alias."""
        if self._counts.get(id(tree), 0) < 2:
            return "", False
        if id(tree) in self._anchors:
            return f"*{self._anchors[id(tree)]}", True
        self._anchors[id(tree)] = name = f"a{len(self._anchors)}"
        return f"&{name}", False

    def _block(self, tree: Tree, indent: int, path: Path, width: int) -> list[str]:
        pad = " " * indent
        lines: list[str] = []
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            here = (*path, key)
            random = self._random(here)
            if random.random() < 0.03:
                lines += random.choice(([""], [f"{pad}# a note"], ["# far left: 'note"]))
            opener = f"{pad}{self._key(key, random)}:" if isinstance(tree, dict) else f"{pad}-"
            lines += self._value(value, opener, indent, here, width, random, isinstance(tree, list))
        return lines

    def _key(self, key: Any, random: Random) -> str:
        if isinstance(key, Again):
            return self._key(key.key, random)
        if isinstance(key, Raw) or not isinstance(key, str):
            return str(key)
        return self._scalar(key, random, ("plain",) * 10 + ("single", "double"), False)

    def _value(self, value: Tree, opener: str, indent: int, path: Path, width: int, random: Random, item: bool) -> list[str]:
        if isinstance(value, dict | list) and value and random.random() < 0.85:
            anchor, alias = self._anchor(value)
            if alias:
                return [f"{opener} {anchor}"]
            if not anchor and item and random.random() < 0.8:
                inner = self._block(value, indent + 2, path, width)
                if inner[0].startswith(" " * (indent + 2)) and not inner[0].lstrip().startswith("#"):
                    return [f"{opener} {inner[0].lstrip()}", *inner[1:]]
            deeper = indent if isinstance(value, list) and not item and random.random() < 0.3 else indent + width
            return [f"{opener} {anchor}".rstrip(), *self._block(value, deeper, path, width)]
        if isinstance(value, str) and not isinstance(value, Raw):
            lines = self._text(value, indent + width, random)
            if lines is not None:
                return [f"{opener} {lines[0]}", *lines[1:]]
        text = self._inline(value, path, False)
        return [f"{opener} {text}".rstrip() + ("  # a note" if random.random() < 0.04 else "")]

    def _text(self, value: str, indent: int, random: Random) -> list[str] | None:
        """A text over several lines, if it is one that can be and luck has it."""
        pad = " " * indent
        if not value.strip() or value[0] in " \n" or re.search(r"[^\n\x20-\x7e\xa0-\ud7ff]|[\x85\u2028\u2029]", value):
            return None
        body = value.rstrip("\n")
        chomp = ("-", "", "+")[min(len(value) - len(body), 2)]
        if "\n" in value or random.random() < 0.05:
            if random.random() < 0.15 or body[-1] == " ":
                return None
            return [
                f"|{chomp}",
                *((pad + line).rstrip(" ") if not line.strip() else pad + line for line in body.split("\n")),
                *([""] * (len(value) - len(body) - 1)),
            ]
        words = value.split(" ")
        if len(words) < 2 or "" in words or random.random() < 0.8:
            return None
        cut = random.randrange(1, len(words))
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        style = random.choice((">", ">", "'", '"'))
        if style == ">":
            return [">-", pad + first, pad + second]
        if style == "'":
            return ["'" + first.replace("'", "''"), pad + second.replace("'", "''") + "'"]
        return ['"' + json.dumps(first, ensure_ascii=False)[1:-1], pad + json.dumps(second, ensure_ascii=False)[1:-1] + '"']

    def _inline(self, value: Tree, path: Path, within: bool) -> str:
        random = self._random(path)
        if isinstance(value, dict | list) and value:
            anchor, alias = self._anchor(value)
            if alias:
                return anchor + " "
            if isinstance(value, dict):
                pairs = ", ".join(f"{self._flow_key(key, random)}: {self._inline(item, (*path, key), True)}" for key, item in value.items())
                return f"{anchor} {{{pairs}}}".lstrip()
            return f"{anchor} [{', '.join(self._inline(item, (*path, index), True) for index, item in enumerate(value))}]".lstrip()
        if value is None:
            return random.choice(("null", "~", "null") if within else ("null", "~", ""))
        if isinstance(value, dict | list):
            return "{}" if isinstance(value, dict) else "[]"
        if isinstance(value, Raw):
            return value
        if isinstance(value, bool):
            return random.choice(("true", "True", "yes", "on") if value else ("false", "False", "no", "off"))
        if isinstance(value, str):
            return self._scalar(value, random, ("plain", "plain", "single", "double"), within)
        return str(value)

    def _flow_key(self, key: Any, random: Random) -> str:
        if isinstance(key, Again):
            return self._flow_key(key.key, random)
        return str(key) if isinstance(key, Raw) or not isinstance(key, str) else self._scalar(key, random, ("plain",), True)

    def _scalar(self, text: str, random: Random, styles: tuple[str, ...], within: bool) -> str:
        style = random.choice(styles)
        if style == "plain" and _is_plain(text, within):
            return text
        if style != "double" and not re.search(r"[^\x20-\x7e\xa0-\ud7ff]|[\x85\u2028\u2029]", text):
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=False)


def _is_plain(text: str, within: bool) -> bool:
    """Whether the text written without quotes is the same text again."""
    if not text or text != text.strip() or "\n" in text or re.search(r"[^\x20-\x7e\xa0-\ud7ff]", text):
        return False
    try:
        loaded = yaml.load(f"[{text}]\n" if within else f"k: {text}\n", _Loader)
        key = yaml.load(f"{{{text}: 1}}\n" if within else f"{text}: 1\n", _Loader)
    except (yaml.YAMLError, ValueError):
        return False
    return bool(loaded == ([text] if within else {"k": text}) and key == {text: 1})
