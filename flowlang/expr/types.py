"""The types of values: a small lattice.

A type is the set of kinds that a value may have. Lists and mappings know the type of what they
hold; everything else about a value is not a matter of types here.
"""

from __future__ import annotations

from functools import lru_cache

from flowlang.light import NamedTuple

KINDS = ("none", "bool", "int", "float", "str", "status", "path", "remote-path", "uri", "list", "mapping", "set", "object", "mark")
"""The kinds of values. `status` is the result of a need, a text of its own; `mark` is what `always()` gives."""

_WORDS = {"none": "None", "str": "text", "int": "a whole number", "float": "a number", "bool": "a bool", "path": "a path", "remote-path": "a path"}
_WORDS |= {"uri": "a URI", "list": "a list", "mapping": "a mapping", "set": "a set", "object": "an object", "mark": "'always()'", "status": "a status"}


class Type(NamedTuple):
    """A set of kinds; `item` is the type of a list's items or a mapping's values, None: any."""

    kinds: frozenset[str]
    item: Type | None = None

    @staticmethod
    def of(*kinds: str) -> Type:
        """The type of values of these kinds."""
        return Type(frozenset(kinds))

    def __or__(self, other: Type) -> Type:
        if self == other:
            return self
        if self.item is None or other.item is None:
            alone = (self if self.item is not None else other).item if not (_HOLDERS & self.kinds and _HOLDERS & other.kinds) else None
            return Type(self.kinds | other.kinds, alone)
        return Type(self.kinds | other.kinds, self.item | other.item)

    def __sub__(self, kinds: frozenset[str]) -> Type:
        return Type(self.kinds - kinds, self.item)

    @property
    def is_any(self) -> bool:
        """Whether nothing is known."""
        return len(self.kinds) == len(KINDS)

    def may_be(self, other: Type) -> bool:
        """Whether some value has both types (what lists hold does not count)."""
        return bool(self.kinds & other.kinds)

    def fits(self, other: Type) -> bool:
        """Whether every value of this type has the other too (what lists hold does not count)."""
        return self.kinds <= other.kinds

    @property
    def words(self) -> str:
        """The type in words: ``text or a number``."""
        if self.is_any:
            return "any value"
        # To users a status is one more text.
        told = self.kinds - {"status"} if "str" in self.kinds else self.kinds
        names = list(dict.fromkeys(_WORDS[kind] for kind in KINDS if kind in told))
        if "a whole number" in names and "a number" in names:
            names.remove("a whole number")
        if "a bool" in names and {"a whole number", "a number"} & set(names):
            names.remove("a bool")  # it counts as one
        return " or ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} or {names[-1]}"


_HOLDERS = frozenset({"list", "mapping"})
ANY = Type(frozenset(KINDS))
"""Nothing is known."""
NEVER = Type(frozenset())
"""No value at all: what gives this type certainly fails."""
NONE, BOOL, INT, FLOAT, STR = (Type.of(kind) for kind in ("none", "bool", "int", "float", "str"))
STATUS, PATH, REMOTE_PATH, URI, MAP, SET, RECORD, MARK = (
    Type.of(kind) for kind in ("status", "path", "remote-path", "uri", "mapping", "set", "object", "mark")
)
NUMBER = Type.of("bool", "int", "float")
TEXT = Type.of("str", "status")
PRIMITIVE = Type.of("bool", "int", "float", "str")
"""What `matrix` and `inputs` hold."""
SEQUENCE = Type.of("str", "status", "list", "mapping")
"""What `join` takes, and what an index reads from."""
SIZED = Type.of("str", "status", "list", "mapping", "set")
"""What has a length."""


@lru_cache(maxsize=64)
def list_of(item: Type) -> Type:
    """A list whose items have a type."""
    return Type(frozenset({"list"}), None if item.is_any else item)


@lru_cache(maxsize=64)
def map_of(value: Type) -> Type:
    """A mapping whose values have a type."""
    return Type(frozenset({"mapping"}), None if value.is_any else value)


STRS = list_of(STR)
_NUMERIC = ("bool", "int", "float")
_TEXTS = ("str", "status")
_REAL = {(left, right): "float" if "float" in (left, right) else "int" for left in _NUMERIC for right in _NUMERIC}


def _table() -> dict[str, dict[tuple[str, str], str]]:
    """For each operator the kinds it takes (Python's, engine 26.7), and the kind it gives."""
    texts = {(left, right): "str" for left in _TEXTS for right in _TEXTS}
    repeat: dict[tuple[str, str], str] = {}
    for holder, made in (("str", "str"), ("status", "str"), ("list", "list")):
        for count in ("int", "bool"):
            repeat |= {(holder, count): made, (count, holder): made}
    union = {("int", "int"): "int", ("int", "bool"): "int", ("bool", "int"): "int", ("bool", "bool"): "bool", ("set", "set"): "set"}
    for kind in ("mapping", "list", "str", "set"):
        union |= {("mapping", kind): "mapping", (kind, "mapping"): "mapping"}
    join = {pair: kind for kind in ("path", "remote-path") for text in (*_TEXTS, "path", "remote-path") for pair in ((kind, text),)}
    join |= {(text, kind): kind for kind in ("path", "remote-path") for text in _TEXTS} | {("uri", text): "uri" for text in _TEXTS}
    return {
        "+": _REAL | texts | {("list", "list"): "list"},
        "-": _REAL | {("set", "set"): "set"},
        "*": _REAL | repeat,
        "/": dict.fromkeys(_REAL, "float") | join,
        "%": _REAL | {(text, kind): "str" for text in _TEXTS for kind in KINDS} | {("uri", kind): "uri" for kind in KINDS},
        "|": union,
    }


_BINARY = _table()
_ORDERED = frozenset(
    {*_REAL, *((a, b) for a in _TEXTS for b in _TEXTS), ("list", "list"), ("set", "set"), ("uri", "uri"), ("path", "path"), ("remote-path", "remote-path")}
)
_ORDERED |= frozenset({("path", "remote-path"), ("remote-path", "path")})
_ORDER_OPS = frozenset({"<", "<=", ">", ">="})


def binary(op: str, left: Type, right: Type) -> Type:
    """The type of ``left op right``; `NEVER` when the engine certainly fails on it."""
    if op in ("==", "!="):
        return BOOL
    if op in ("and", "or"):
        return left | right
    if op in _ORDER_OPS:
        return BOOL if any((a, b) in _ORDERED for a in left.kinds for b in right.kinds) else NEVER
    cells = _BINARY.get(op, {})
    kinds = frozenset(cells[a, b] for a in left.kinds for b in right.kinds if (a, b) in cells)
    item = left.item if left.item == right.item and op in ("+", "|") else left.item if op == "*" and left.kinds == frozenset({"list"}) else None
    return Type(kinds, item if kinds & _HOLDERS else None)


def unary(op: str, operand: Type) -> Type:
    """The type of ``op operand``; `NEVER` when the engine certainly fails on it."""
    if op == "not":
        return BOOL
    return Type(frozenset({"bool": "int"}.get(kind, kind) for kind in operand.kinds if kind in _NUMERIC))
