"""From the text of a scalar to its value: YAML 1.1, exactly as the engine constructs it.

Engine 26.7 reads with PyYAML's ``SafeConstructor`` and ``Resolver``: only plain scalars are anything
but text; ``yes``, ``no``, ``on`` and ``off`` are booleans, ``010`` is octal, ``12:30`` is sexagesimal.
"""

from __future__ import annotations

from functools import lru_cache

from flowlang.patterns import pattern
from flowlang.yamltree.nodes import Mapping, Pair, Scalar


class Unresolvable:
    """What the engine fails to make a value of; `message` says why in the user's words."""

    __slots__ = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message

    def __repr__(self) -> str:
        return f"Unresolvable({self.message!r})"


MERGE = "merge keys ('<<') are not supported"
VALUE = "a lone '=' has no value; put it in quotes"

_WORDS: dict[str, object] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    "<<": Unresolvable(MERGE),
    "=": Unresolvable(VALUE),
}
_NUMERIC = frozenset("0123456789+-.")
_SIMPLE_INT = pattern(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_STR = "tag:yaml.org,2002:str"


@lru_cache(maxsize=1024)
def plain_text(text: str) -> bool:
    """Whether a plain scalar of that text is that text; remembered, so to be asked of short ones that come again and again, as keys do."""
    return text[:1] not in _NUMERIC and text not in _WORDS


def resolve(scalar: Scalar) -> object:
    """The value of a scalar as the engine constructs it.

    Gives None, a bool, int, float, str, `datetime.date`, `datetime.datetime` or bytes, or an
    `Unresolvable` where the engine fails. Unknown tags are left out of account: the tree reports them.
    Never raises.
    """
    value = scalar.value
    if scalar.tag is not None:
        return _tagged(scalar.tag, value)
    if scalar.style:
        return value
    if value[:1] in _NUMERIC:
        return int(value) if _SIMPLE_INT.match(value) else _numeric(value)
    return _WORDS.get(value, value)


def _numeric(value: str) -> object:
    """A plain text that starts like a number or a date, which it may not be."""
    from flowlang.yamltree.reader import implicit_tag

    tag = implicit_tag(value)
    return value if tag == _STR else _constructed(tag, value)


def _tagged(tag: str, value: str) -> object:
    from flowlang.yamltree.reader import KNOWN_TAGS, implicit_tag

    if tag == "!":  # the engine resolves it like a plain scalar, whatever its style
        tag = implicit_tag(value)
        if tag not in KNOWN_TAGS:
            return _WORDS["<<" if tag.endswith("merge") else "="]
    # An unknown tag is a problem of the tree: told there, and the text taken as it is.
    return _constructed(tag, value) if tag in KNOWN_TAGS else value


_MOST_SEXAGESIMAL = 2500
"""Parts of a number to the base 60 (``1:30:00``) behind which it has more digits than Python writes, whatever they are."""

_KINDS = {"int": "number", "float": "number", "timestamp": "date", "bool": "boolean", "binary": "base64 text"}


def _constructed(tag: str, value: str) -> object:
    from flowlang.text import quoted
    from flowlang.yamltree.reader import construct

    try:
        if value.count(":") > _MOST_SEXAGESIMAL:
            raise OverflowError  # it takes the engine minutes to come to that
        made = construct(tag, value)
        if isinstance(made, int):
            # engine 26.7: nearly every value becomes a text, which Python refuses to make of more than 4300 digits
            str(made)
        return made
    except Exception:  # the constructors of the engine raise what int(), float(), datetime(), str() and dict lookups raise
        kind = _KINDS.get(tag.rpartition(":")[2])
        shown = quoted(value if len(value) <= 40 else value[:40] + "…")
        if kind is None:
            return Unresolvable(f"{shown} does not fit its tag")
        return Unresolvable(f"{shown} is read as a {kind}, but is no valid one; put it in quotes")


def duplicate_keys(mapping: Mapping) -> list[tuple[Pair, Pair]]:
    """Pairs of one mapping whose keys are the same for the engine: (earlier, later), in the order of the later ones.

    Keys are compared by value as Python does, so ``1``, ``on`` and ``true`` are one key. Keys that
    are no scalars, or have no value, are never equal to anything.
    """
    pairs = mapping.pairs
    first: dict[object, Pair] = {}
    found: list[tuple[Pair, Pair]] = []
    for pair in pairs:
        key = pair.key
        if not isinstance(key, Scalar):
            continue
        value = resolve(key)
        if isinstance(value, Unresolvable):
            continue
        earlier = first.setdefault(value, pair)
        if earlier is not pair:
            found.append((earlier, pair))
            first[value] = pair
    return found
