"""The matrix of a task: from its dimensions to its rows."""

from __future__ import annotations

from itertools import product

from flowlang.diagnostics import Diagnostic, rule
from flowlang.expr import POISON, Unknown, text_of, type_of
from flowlang.model import Item, Leaf, ListItem, MapItem
from flowlang.semantics.attributes import Attributes
from flowlang.text import Span, listing, quoted

LIMIT = 256
"""The most rows a matrix may have (engine 26.7)."""
_PLAIN = (str, int, float, type(None))
_CLASSES = frozenset({*_PLAIN, bool})
# So many rows are never thinned out: rows times excludes, those by the same keys counted once.
_MOST_WORK = 1_000_000
_EXTRAS = frozenset({"include", "exclude"})

Row = dict[str, object]


class UnknownRows(Exception):
    """The rows cannot be told: something in them is wrong, or only known at the run."""

    def __init__(self, waits: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.waits = waits


def matrix_rows(item: Item | None, attributes: Attributes) -> list[Row]:
    """The rows of a matrix in the engine's order; one empty row without a matrix.

    Engine 26.7: dimensions in the order they are declared, the last varies fastest; empty ones are
    dropped; then `exclude`, then `include`, then ``ORDINAL``. Raises `UnknownRows`.
    """
    if item is None or (isinstance(item, Leaf) and item.value is None):
        return [{}]
    if not isinstance(item, MapItem):
        raise UnknownRows
    dimensions = {name: _values(dimension, attributes) for name, dimension in item.entries.items() if isinstance(name, str) and name not in _EXTRAS}
    filled = {name: values for name, values in dimensions.items() if values}
    size = 1
    for values in filled.values():
        size *= len(values)
    includes = _entries(item.entries.get("include"), attributes)
    excludes = _entries(item.entries.get("exclude"), attributes)
    if size > LIMIT and size * _kinds(excludes) > _MOST_WORK:
        raise _refuse(attributes, item, size)
    rows: list[Row] = [dict(zip(filled, values, strict=True)) for values in product(*filled.values())]
    rows = _without(rows, filled, excludes, attributes)
    for entry, where in includes:
        _check_include(entry, where, set(dimensions), attributes)
        rows.append(dict(entry))
    if len(rows) > LIMIT:
        raise _refuse(attributes, item, len(rows))
    for ordinal, row in enumerate(rows):
        row["ORDINAL"] = ordinal
    return rows


def mixed_keys(rows: list[Row]) -> frozenset[str]:
    """The keys whose values are not of one type in all rows: what the type of one says holds for its row alone."""
    if len(rows) < 2:
        return frozenset()
    return frozenset(key for key in rows[0] if not _are_alike([row.get(key) for row in rows]))


def _are_alike(values: list[object]) -> bool:
    """Whether values are of one type; those of one plain class are."""
    classes = {value.__class__ for value in values}
    return (len(classes) == 1 and classes <= _CLASSES) or len(set(map(type_of, values))) == 1


def _values(dimension: Item, attributes: Attributes) -> list[object]:
    values = attributes.items_of(dimension)
    if any(value is POISON for value in values):
        raise UnknownRows
    waits = frozenset[str]().union(*(value.waits for value in values if isinstance(value, Unknown)))
    if waits:
        raise UnknownRows(waits)
    return values


def _entries(item: Item | None, attributes: Attributes) -> list[tuple[Row, MapItem]]:
    """The entries of `include` or `exclude`: plain values are texts there, whatever they look like (engine 26.7)."""
    result: list[tuple[Row, MapItem]] = []
    for entry in item.items if isinstance(item, ListItem) else ():
        if not isinstance(entry, MapItem) or not all(isinstance(name, str) for name in entry.entries):
            raise UnknownRows
        row: Row = {}
        for name, value in entry.entries.items():
            if isinstance(value, Leaf) and not value.may_hold_expressions:
                row[str(name)] = text_of(value.value)
                continue
            known = attributes.value(value)
            if isinstance(known, Unknown):
                raise UnknownRows(known.waits)
            row[str(name)] = known
        result.append((row, entry))
    return result


def _kinds(excludes: list[tuple[Row, MapItem]]) -> int:
    """By how many different sets of keys rows are excluded; without any nothing can be."""
    return len({frozenset(entry) for entry, _ in excludes}) or _MOST_WORK


def _without(rows: list[Row], filled: dict[str, list[object]], excludes: list[tuple[Row, MapItem]], attributes: Attributes) -> list[Row]:
    """The rows that nothing excludes, one exclude after the other; those that are plain, and thousands, all at once."""
    plain: dict[tuple[str, ...], set[tuple[object, ...]]] = {}
    if len(excludes) > 1 and all(isinstance(value, _PLAIN) for values in filled.values() for value in values):
        for entry, _ in excludes:
            if not entry or not entry.keys() <= filled.keys() or not all(isinstance(value, _PLAIN) for value in entry.values()):
                break
            names = tuple(sorted(entry))
            plain.setdefault(names, set()).add(tuple(entry[name] for name in names))
        else:
            return [row for row in rows if not any(tuple(row[name] for name in names) in values for names, values in plain.items())]
    for entry, where in excludes:
        rows = [row for row in rows if not _matches(row, entry, where, attributes)]
    return rows


def _matches(row: Row, entry: Row, where: MapItem, attributes: Attributes) -> bool:
    for name, value in entry.items():
        if name not in row:
            # engine 26.7: looked up key by key, so that it fails only where all keys before it match
            place = where.key_span(name)
            names = [key for key in row if key != "ORDINAL"]
            message, help = f"the matrix has no key {quoted(name)} to exclude by", f"its keys: {listing(names)}" if names else "it has no keys"
            attributes.sink.append(Diagnostic(rule("matrix-exclude-unknown-key"), where.source, place, message, help=help).put_at(where.use, there=True))
            raise UnknownRows
        if row[name] != value:
            return False
    return True


def _check_include(entry: Row, where: MapItem, names: set[str], attributes: Attributes) -> None:
    more, missing = [name for name in entry if name not in names], sorted(names - entry.keys())
    if not more and not missing:
        return
    parts = [f"{quoted(name)} is no key of the matrix" for name in more] + [f"{quoted(name)} is missing" for name in missing]
    help = "an entry of 'include' has exactly the keys of the matrix" if names else "a matrix of 'include' alone is not possible: give its keys as lists"
    place = where.key_span(more[0]) if more else Span(where.node.start, where.node.end)
    attributes.sink.append(Diagnostic(rule("matrix-include-keys"), where.source, place, "; ".join(parts), help=help).put_at(where.use, there=True))
    raise UnknownRows


def _refuse(attributes: Attributes, item: MapItem, size: int) -> UnknownRows:
    names = [name for name in item.entries if name not in _EXTRAS]
    place = item.key_span(names[0]) if names else item.span
    message, help = f"the matrix has {size} rows", f"at most {LIMIT} are allowed"
    attributes.sink.append(Diagnostic(rule("matrix-too-large"), item.source, place, message, help=help).put_at(item.use, there=True))
    return UnknownRows()
