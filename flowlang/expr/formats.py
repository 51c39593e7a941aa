"""`fmt`: Python's format of texts, by position alone.

The engine hands out Python's attributes and items of its values (``'{0.__class__}'``, engine 26.7);
these are refused here.
"""

from __future__ import annotations

from collections.abc import Sequence

from flowlang.expr.operators import LimitError
from flowlang.expr.records import Record
from flowlang.expr.texts import LIMIT, shown, text_of
from flowlang.expr.values import size
from flowlang.light import NamedTuple
from flowlang.patterns import pattern
from flowlang.text import quoted

_WIDTH = pattern(r"[0-9]{5}")


class FormatError(ValueError):
    """A format that fails; the text is for users."""

    def __init__(self, message: str, help: str | None = None, *, rule: str = "evaluation-error", at_spec: bool = True) -> None:
        super().__init__(message)
        self.help = help
        self.rule = rule
        self.at_spec = at_spec


class Formatted(NamedTuple):
    """The text, how many arguments it uses, and whether some are left over."""

    text: str
    used: int
    unused: bool


class _Object:
    """An object as formats print it."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def __str__(self) -> str:
        return text_of(self._record)

    __repr__ = __str__


def format_text(spec: str, values: Sequence[object] | None, count: int) -> Formatted:
    """The formatted text of `count` values; with None for them the format is checked alone.

    Raises `FormatError`, `LimitError`, and what Python raises for values that a field does not take.
    """
    fields = list(_fields(spec))
    used = _positions(fields)
    missing = [position for position in used if position >= count]
    if missing:
        wanted = max(used) + 1
        have = "1 argument" if count == 1 else f"{count} arguments"
        raise FormatError(f"'fmt()' gets {have} after its text, which has fields for {wanted}", rule="fmt-arity", at_spec=False)
    unused = len(set(used)) < count
    if values is None:
        return Formatted("", len(set(used)), unused)
    if len(fields) * sum(size(value, LIMIT) for value in values) > LIMIT * 4:
        raise LimitError
    made = spec.format(*[_Object(value) if isinstance(value, Record) else shown(value) for value in values])
    if len(made) > LIMIT:
        raise LimitError
    return Formatted(made, len(set(used)), unused)


def _fields(spec: str, depth: int = 0) -> list[str]:
    """The names of all fields, those inside the formats of fields after their own."""
    import string

    found: list[str] = []
    try:
        pieces = list(string.Formatter().parse(spec))
    except ValueError as error:
        raise FormatError(f"'fmt()' cannot read its text: {str(error)[:1].lower()}{str(error)[1:]}", "a brace itself is written '{{' or '}}'") from None
    for _, name, inner, _ in pieces:
        if name is None:
            continue
        if "." in name or "[" in name:
            raise FormatError(f"a field takes no attributes or items: '{{{name}}}'", "format the attribute: fmt('{}', flow.title)")
        found.append(name)
        if inner:
            if _WIDTH.search(inner):
                raise LimitError
            if depth < 2:
                found += _fields(inner, depth + 1)
    return found


def _positions(fields: list[str]) -> list[int]:
    """The positions that fields name, explicitly or in their order."""
    automatic, made = 0, []
    for name in fields:
        if not name:
            made.append(automatic)
            automatic += 1
        elif name.isdigit() and name.isascii():
            made.append(int(name[:9]))
        else:
            raise FormatError(f"a field has a position or none, not the name {quoted(name)}", "write '{}' or '{0}'")
    return made
