"""One YAML document in many styles: what fixes must be able to stand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flowlang.text import Source
from flowlang.yamltree import Mapping, Node, Scalar, Sequence, parse


class Style(NamedTuple):
    """How collections are written."""

    step: int = 2  # blanks that a mapping is indented by
    item: int = 2  # blanks that the dash of an item is indented by
    quoted_keys: str = ""
    comments: bool = False  # at the end of every line
    between: bool = False  # comments and empty lines between lines
    flow: int = 99  # from this depth on collections are written with brackets
    anchors: bool = False  # every value in a block has one
    wide: bool = False  # blanks before colons and behind them


STYLES = {
    "deep": Style(step=7, item=3),
    "flat lists": Style(item=0),
    "double-quoted keys": Style(quoted_keys='"'),
    "single-quoted keys": Style(quoted_keys="'", step=4),
    "comments at the ends": Style(comments=True),
    "comments between": Style(between=True, item=0),
    "anchors": Style(anchors=True),
    "brackets all over": Style(flow=0),
    "brackets in sections": Style(flow=1),
    "brackets in jobs": Style(flow=2, comments=True),
    "brackets in attributes": Style(flow=3),
    "wide": Style(wide=True, step=3),
}


def restyled(text: str, style: Style) -> str | None:
    """The document in another style; None where it is no YAML, or the style cannot hold it."""
    tree = parse(Source("a.yml", text))
    if tree.root is None or not tree.complete or tree.aliases or tree.anchors:
        return None
    try:
        written = _Writer(text, style).block(tree.root, 0, 0)
    except _CannotHold:
        return None
    return written.lstrip("\n") + "\n"


class _CannotHold(Exception):
    """A block scalar within brackets, say."""


class _Writer:
    def __init__(self, text: str, style: Style) -> None:
        self.text = text
        self.style = style
        self.count = 0

    def block(self, node: Node, depth: int, indent: int) -> str:
        """A collection on lines of its own, or a value behind what stands before it on its line."""
        if isinstance(node, Scalar):
            return self._end(self.scalar(node, indent), node)
        if depth >= self.style.flow or not self._children(node):
            return self._end(" " + self.flow(node), node)
        lines = []
        for child in self._children(node):
            if self.style.between:
                lines.append(f"\n\n{' ' * indent}# between")
            if isinstance(node, Mapping):
                colon = " :  " if self.style.wide else ":"
                key = self.key(child.key)
                lines.append(f"\n{' ' * indent}{key}{colon}{self._anchor(depth)}{self._below(child.value, depth, indent)}")
            else:
                inner = self.block(child, depth + 1, indent + 2)
                lines.append(f"\n{' ' * indent}-" + (" " + inner.lstrip("\n ") if inner.startswith("\n") and not self.style.between else inner))
        return ("" if depth == 0 or not self.style.comments else "  # here") + "".join(lines)

    def _below(self, value: Node, depth: int, indent: int) -> str:
        step = self.style.item if isinstance(value, Sequence) else self.style.step
        return self.block(value, depth + 1, indent + step)

    def _end(self, written: str, node: Node) -> str:
        if not self.style.comments or (isinstance(node, Scalar) and node.style in ("|", ">")):
            return written
        return written + '  # it\'s a "comment": {here}'

    def _anchor(self, depth: int) -> str:
        self.count += 1
        return f" &a{self.count}" if self.style.anchors else ""

    @staticmethod
    def _children(node: Node) -> list[object]:
        return list(node.pairs) if isinstance(node, Mapping) else list(node.items)  # type: ignore[attr-defined]

    def key(self, node: Node) -> str:
        written = self.text[node.start : node.end]
        quote = self.style.quoted_keys
        return f"{quote}{written}{quote}" if quote and isinstance(node, Scalar) and not node.style and written.isidentifier() else written

    def scalar(self, node: Scalar, indent: int) -> str:
        written = self.text[node.start : node.end]
        if not written:
            return ""
        if node.style in ("|", ">"):
            first, *others = written.split("\n")
            old = min(len(line) - len(line.lstrip(" ")) for line in others if line.strip())
            if any(char.isdigit() for char in first):
                raise _CannotHold
            return " " + "\n".join([first, *(" " * (indent + 2) + line[old:] if line.strip() else "" for line in others)])
        if "\n" in written:
            raise _CannotHold
        return " " + written

    def flow(self, node: Node) -> str:
        if isinstance(node, Scalar):
            written = self.text[node.start : node.end]
            if node.style in ("|", ">") or "\n" in written:
                raise _CannotHold
            # a pair of ports stays plain, so that YAML reads it as it does elsewhere
            return written if node.style or not set("{}[],#?") & set(written) else "'" + written.replace("'", "''") + "'"
        if isinstance(node, Mapping):
            return "{" + ", ".join(f"{self.key(pair.key)}: {self.flow(pair.value)}".rstrip() for pair in node.pairs) + "}"
        return "[" + ", ".join(map(self.flow, node.items)) + "]"  # type: ignore[attr-defined]


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


TEXTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "CRLF": _crlf,
    "CR LF and a byte order mark": lambda text: "\ufeff" + _crlf(text),
    "a byte order mark": lambda text: "\ufeff" + text,
    "no last line break": lambda text: text.rstrip("\n"),
    "no last line break, CRLF": lambda text: _crlf(text.rstrip("\n")),
    "a document's marks": lambda text: f"# first\n---\n{text}...\n",
    "indented": lambda text: "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True)),
}
"""What may be done to any text, also to one that is no YAML."""
