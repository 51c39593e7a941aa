"""What is under the cursor: of an attribute its documentation, of an expression its value, of a name what it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowlang.expr import FUNCTIONS, POISON, Attr, Call, ExprPart, Forbidden, ListComp, Literal, Lookup, Node, Record, Scope, lookups, text_of, unparse
from flowlang.expr.calls_project import hashed_files
from flowlang.expr.evaluator import Evaluator
from flowlang.light import NamedTuple
from flowlang.lsp.features.excerpts import symbol_doc
from flowlang.lsp.features.index import Index
from flowlang.lsp.features.readings import Reading, readings
from flowlang.lsp.features.spot import Inside, Spot, inside, spot_at
from flowlang.lsp.features.summaries import summary
from flowlang.lsp.features.words import CONTEXTS, FIELDS, attribute_doc, code, function_doc, seconds_words, type_words, value_words
from flowlang.model import Leaf
from flowlang.semantics.convert import ConversionError, convert
from flowlang.semantics.leaves import is_poisoned
from flowlang.semantics.symbols import Occurrence
from flowlang.text import Span

_MOST_FILES = 10
_MOST_SYMBOLS = 3
_HASHES = frozenset({"hash_files", "hash_files_relative"})


class Hover(NamedTuple):
    """What is said of a place, in Markdown, and of which range it is said."""

    span: Span
    text: str


def hover(index: Index, path: str, offset: int) -> Hover | None:
    """What is to be said of a place; None where that is nothing."""
    config = index.config(path)
    spot = spot_at(config, offset) if config is not None else None
    if spot is None:
        return None
    within = inside(spot)
    if within is not None:
        return _of_expression(index, spot, within)
    place = index.symbols.at(path, offset)
    if place is not None and place.span.start < place.span.end:
        return Hover(place.span, _of_names(index, place))
    if spot.key is not None:
        return Hover(spot.key.span, _paragraphs(_title(spot), attribute_doc(spot.item.notes, spot.item.scope)))
    return _of_value(spot)


def _title(spot: Spot) -> str:
    return f"**{spot.path[-1]}**"


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _of_names(index: Index, place: Occurrence) -> str:
    """What a name stands for: of a job or task what it comes to, of all else how it is written."""
    found = [(symbol, summary(index, symbol)) for symbol in place.symbols[:_MOST_SYMBOLS]]
    return "\n\n---\n\n".join(_paragraphs(symbol_doc(index, symbol, excerpt=not short), short) for symbol, short in found)


def _of_value(spot: Spot) -> Hover | None:
    """A constant that becomes something else than what is written."""
    leaf = spot.item
    if not isinstance(leaf, Leaf) or leaf.value is None or leaf.scope == "unevaluated" or (leaf.may_hold_expressions and not leaf.template.is_text):
        return None
    if is_poisoned(leaf):
        return None
    try:
        value = convert(leaf.notes.type, leaf.value)
    except ConversionError:
        return None
    written = leaf.source.slice(leaf.span)
    if leaf.notes.type == "timespan" and isinstance(value, float | int):
        return Hover(leaf.span, seconds_words(value))
    if isinstance(leaf.value, str) or text_of(value) == written:
        return None
    return Hover(leaf.span, f"YAML reads {code(written)} as {code(repr(leaf.value))}; the value is {code(repr(value))}.")


# --- expressions -----------------------------------------------------------------------------


def _of_expression(index: Index, spot: Spot, within: Inside) -> Hover | None:
    whole = _on_braces(within)
    part = within.part.tree if whole else _part(within)
    place = index.symbols.at(spot.config.source.path, spot.offset)
    if isinstance(part, Literal):
        return Hover(place.span, _of_names(index, place)) if place is not None else None
    span = within.span(part.start, part.end)
    bound = {} if whole else _bound(within)
    if isinstance(part, Lookup) and part.name in bound and not part.trailers:
        return Hover(span, _paragraphs(f"**{part.name}**", f"Each item of {code(unparse(bound[part.name].iterable))}, one after the other."))
    known = readings(index, spot, within.leaf)
    parts = [_what(part, known)]
    if isinstance(part, Call) and part.function in _HASHES and not part.trailers:
        parts.append(_files(part, known))
    elif all(lookup.name not in bound or lookup.name in inside for lookup, inside in lookups(part)):
        parts.append(_values(part, known))
    if place is not None:
        span = place.span
        parts.append(_of_names(index, place))
    return Hover(span, _paragraphs(*parts)) if any(parts) else None


def _bound(within: Inside) -> dict[str, ListComp]:
    """The names that the comprehensions around a place bind there: each stands for many values."""
    around = zip(within.around, within.around[1:], strict=False)
    return {outer.name: outer for outer, inner in around if isinstance(outer, ListComp) and inner is not outer.iterable}


def _on_braces(within: Inside) -> bool:
    part: ExprPart = within.part
    return within.at < part.start + len(part.opener) or within.at > part.end - 2


def _part(within: Inside) -> Node:
    """The part of an expression that the cursor is on: of a lookup or call up to the step under the cursor."""
    node, last = within.node, within.trailer
    if isinstance(node, Lookup):
        trailers = node.trailers[: last + 1] if last is not None else ()
        return node.but(start=node.at, end=trailers[-1].end if trailers else node.name_end, trailers=trailers)
    if isinstance(node, Call):
        trailers = node.trailers[: last + 1] if last is not None else ()
        return node.but(start=node.at, end=trailers[-1].end if trailers else node.close, trailers=trailers)
    return node


def _what(part: Node, known: list[Reading]) -> str:
    """What a part is by itself: a context, a field, a function."""
    if isinstance(part, Call) and not part.trailers:
        function = FUNCTIONS.get(part.function)
        return function_doc(function) if function is not None else ""
    if isinstance(part, Lookup) and not part.trailers:
        doc = CONTEXTS.get(part.name, "") if any(part.name in reading.scope.contexts for reading in known) else ""
        return _paragraphs(f"**{part.name}**", doc) if doc else ""
    if isinstance(part, Lookup | Call) and isinstance(part.trailers[-1], Attr):
        name = part.trailers[-1].name
        base = part.but(end=part.trailers[-2].end if len(part.trailers) > 1 else part.end, trailers=part.trailers[:-1])
        for reading in known:
            of = Evaluator(reading.scope).value(base)
            if isinstance(of, Record) and (of.noun, name) in FIELDS:
                article = "an" if of.noun[:1] in "aeiou" else "a"
                return _paragraphs(f"**{of.noun}.{name}**" if of.noun in CONTEXTS else f"**{name}** of {article} {of.noun}", FIELDS[(of.noun, name)])
    return ""


def _values(part: Node, known: list[Reading]) -> str:
    """The type and value of a part, in each way that it is read where they differ."""
    found: dict[str, list[str]] = {}
    for reading in known:
        words = _value(part, reading.scope)
        if words:
            found.setdefault(words, []).append(reading.who)
    if len(found) == 1:
        return next(iter(found))
    return "\n".join(f"- {', '.join(name for name in who if name)}: {words}" for words, who in found.items())


def _value(part: Node, scope: Scope) -> str:
    evaluator = Evaluator(scope)
    value = evaluator.value(part)
    if value is POISON or isinstance(value, Forbidden):
        return next((problem.message for problem in evaluator.problems if problem.refused), "")
    kind = f"*{type_words(value)}*"
    if isinstance(value, Record):
        ref = value.fields.get("ref")
        return f"{kind}, its `ref` is {value_words(ref)}" if isinstance(ref, str) else kind
    if isinstance(part, Lookup) and not part.trailers and isinstance(value, Mapping):
        # a whole context is better described than written out
        return kind
    words = value_words(value)
    return f"{kind}: {words}" if words else kind


def _files(call: Call, known: list[Reading]) -> str:
    """The files that a hash is made of."""
    for reading in known:
        files = hashed_files(Evaluator(reading.scope), call)
        if files is not None:
            return "\n".join(_listed([path.as_posix() for path in files]))
    return ""


def _listed(files: list[str]) -> Iterator[str]:
    if not files:
        yield "No file matches."
        return
    yield f"{len(files)} files match:" if len(files) > 1 else "One file matches:"
    yield ""
    yield from (f"- {code(name)}" for name in files[:_MOST_FILES])
    if len(files) > _MOST_FILES:
        yield f"- and {len(files) - _MOST_FILES} more"
