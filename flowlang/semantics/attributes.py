"""Evaluating attributes: scalars, lists and mappings as written, to the values that jobs get.

A value is known, `Unknown` (with the residual expression and what it waits for) or `POISON` (wrong,
and reported). Nothing here raises on what users write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flowlang.diagnostics import Diagnostic, Effect, Severity, rule
from flowlang.expr import POISON, Scope, Unknown, evaluate, parse_template, text_problems, type_of, unknowns
from flowlang.expr.residuals import node_of, waits_of
from flowlang.expr.types import STR
from flowlang.model import Item, Leaf, ListItem, MapItem
from flowlang.model.mending import deletion, in_brackets
from flowlang.semantics.convert import SHELLS, ConversionError, QuotedCommand, check_unknown, convert, is_text
from flowlang.semantics.leaves import conversion_diagnostic, is_poisoned, leaf_problems, problem_diagnostic
from flowlang.semantics.merge import Piece
from flowlang.text import quoted


class Attributes:
    """Evaluates the attributes of one job, image or section; findings go to `sink`.

    `scope_of` gives the scope that a leaf's expressions see. `uploads` collects the volumes that
    the expressions upload.
    """

    def __init__(self, scope_of: Callable[[Leaf], Scope], sink: list[Diagnostic]) -> None:
        self._scope_of = scope_of
        self.sink = sink
        self.uploads: list[str] = []

    def value(self, item: Item | None, type: str | None = None) -> object:
        """The value of a scalar attribute; None when it is absent or empty."""
        if item is None:
            return None
        if not isinstance(item, Leaf):
            return POISON
        if item.constant and type is None:
            return item.value
        if item.value is None:
            return None
        if leaf_problems(item) and is_poisoned(item):
            return POISON
        kind = type or item.notes.type
        if item.scope == "unevaluated":
            return None
        constant = item.value
        if constant.__class__ is not str or "$" not in constant or item.template.is_text:
            # what was converted to see whether it fits need not be converted again
            known = item.__dict__.get("converted") if type is None else None
            return convert(kind, constant) if known is None else known
        outcome = evaluate(item.template, self._scope_of(item))
        self.uploads += outcome.uploads
        wrong = False
        for problem in outcome.problems:
            diagnostic = problem_diagnostic(item, problem)
            self.sink.append(diagnostic)
            wrong = wrong or diagnostic.effect is Effect.REFUSED
        if wrong:
            return POISON
        if kind in ("bool", "enable"):
            self._as_truth(item)
        value = self._as_text(item, outcome.value) if is_text(kind) else outcome.value
        try:
            if not isinstance(value, Unknown):
                return convert(kind, value)
            check_unknown(kind, value)
            return QuotedCommand(SHELLS[kind], value) if kind in SHELLS and value is not POISON else value
        except ConversionError as error:
            self.sink.append(conversion_diagnostic(item, error))
            return POISON

    def _as_truth(self, leaf: Leaf) -> None:
        """Tell of texts in an attribute that is true or false."""
        whole = leaf.template.whole
        if whole is not None:
            from flowlang.expr.bools import truth_problems

            self.sink += (problem_diagnostic(leaf, problem) for problem in truth_problems(whole.tree, self._scope_of(leaf)))

    def _as_text(self, leaf: Leaf, value: object) -> object:
        """A value that is to become text: told of where that is a mistake, unknown where a part of it is."""
        whole = leaf.template.whole
        if whole is None or value.__class__ is str:
            return value
        self.sink += (problem_diagnostic(leaf, problem) for problem in text_problems(value, whole.tree))
        inside = unknowns(value) if not isinstance(value, Unknown) else []
        if any(part is POISON for part in inside):
            return POISON
        return Unknown(STR, node_of(value, whole.tree), waits_of(inside)) if inside else value

    def template(self, text: str, type: str, scope: Scope) -> object:
        """The value of a template of our own, such as the default of an attribute."""
        value = evaluate(parse_template(text), scope).value
        return value if isinstance(value, Unknown) else convert(type, value)

    def list_of(self, name: str, pieces: Iterable[Piece], *, drop_empty: bool = False) -> list[object]:
        """The items of a list attribute; one that is left empty, with no other list beside it, is refused.

        Engine 26.7: an empty list attribute is only met when the job is built; merged with another
        list it counts as absent.
        """
        pieces = list(pieces)
        if len(pieces) == 1 and isinstance(leaf := pieces[0].item, Leaf) and leaf.value is None:
            origin = pieces[0].origin
            message = f"{quoted(name)} is left empty: the {origin.name.removesuffix(' mixin')} cannot be built"
            fixes = deletion(leaf.source, origin.node, origin.keys[name])
            self.sink.append(Diagnostic(rule("null-list"), leaf.source, origin.key_span(name), message, help="delete the key, or write []", fixes=fixes))
            return [POISON]
        return self.items(pieces, drop_empty=drop_empty)

    def items(self, pieces: Iterable[Piece], *, drop_empty: bool = False) -> list[object]:
        """The items of all pieces of a list, in order; an unknown or wrong whole list is one such item."""
        result: list[object] = []
        for piece in pieces:
            result += self.items_of(piece.item)
        return [item for item in result if not drop_empty or isinstance(item, Unknown) or item] if drop_empty else result

    def items_of(self, item: Item) -> list[object]:
        """The items of one list as written, or as one expression gives it."""
        if isinstance(item, ListItem):
            return [child.value if child.__class__ is Leaf and child.constant else self.value(child) for child in item.items]
        if not isinstance(item, Leaf):
            return [POISON]
        if item.value is None:
            return []
        value = self._whole(item)
        no_list = _no_list(item, value)
        mark = len(self.sink)
        items = self._taken(item, value)
        if no_list is not None:
            if len(self.sink) > mark:
                # a character that is no port, say: that comes of the same mistake
                del self.sink[mark:]
                no_list = no_list._replace(override_effect=Effect.REFUSED, override_severity=Severity.ERROR)
            self.sink.append(no_list)
        return items

    def _taken(self, item: Leaf, value: object) -> list[object]:
        """The items of what an expression gives for a list."""
        if isinstance(value, Unknown):
            return [value]
        # engine 26.7: a text or mapping given for a list is taken item by item
        if not isinstance(value, list | dict | str):
            self.sink.append(conversion_diagnostic(item, ConversionError("scalar-for-list", "the expression does not give a list")))
            return [POISON]
        return [self._item(item, child) for child in value]

    def mapping(self, pieces: Iterable[Piece]) -> dict[object, object] | Unknown:
        """The entries of all pieces of a mapping: weaker ones first, the stronger's values win."""
        result: dict[object, object] = {}
        for piece in reversed(list(pieces)):
            value = self._entries_of(piece.item)
            if isinstance(value, Unknown):
                return value
            result.update(value)
        return result

    def _entries_of(self, item: Item) -> dict[object, object] | Unknown:
        if isinstance(item, MapItem):
            return {key: self.value(child) for key, child in item.entries.items()}
        if not isinstance(item, Leaf) or item.value is None:
            return POISON
        value = self._whole(item)
        if isinstance(value, Unknown):
            return value
        if not isinstance(value, dict):
            self.sink.append(conversion_diagnostic(item, ConversionError("wrong-type", "the expression does not give a mapping")))
            return POISON
        if not all(isinstance(key, str) for key in value):
            self.sink.append(conversion_diagnostic(item, ConversionError("wrong-type", "the keys of the mapping must be texts")))
            return POISON
        return {key: self._item(item, child) for key, child in value.items()}

    def _whole(self, leaf: Leaf) -> object:
        """The value of one expression that stands for a whole list or mapping."""
        if is_poisoned(leaf):
            return POISON
        outcome = evaluate(leaf.template, self._scope_of(leaf))
        self.uploads += outcome.uploads
        diagnostics = [problem_diagnostic(leaf, problem) for problem in outcome.problems]
        self.sink += diagnostics
        return POISON if any(d.effect is Effect.REFUSED for d in diagnostics) else outcome.value

    def _item(self, leaf: Leaf, value: object) -> object:
        """One item of a list or mapping that an expression gave, as the attribute takes it."""
        if isinstance(value, Unknown):
            return value
        if value is None or leaf.notes.item == "primitive":
            # engine 26.7: the values of a matrix that one expression gives are taken as they are
            return value
        try:
            return convert(leaf.notes.item or "str", value)
        except ConversionError as error:
            self.sink.append(conversion_diagnostic(leaf, error))
            return POISON


def _no_list(leaf: Leaf, value: object) -> Diagnostic | None:
    """The finding about an expression that gives a text or mapping, known or not, where it should give a list."""
    kinds = type_of(value).kinds if value is not POISON else frozenset()
    if not kinds or not kinds <= {"str", "status", "mapping"} or leaf.template.whole is None:
        return None
    is_text = "mapping" not in kinds
    message = "a text is taken for a list: each character becomes an item" if is_text else "a mapping is taken for a list: its keys become the items"
    help = "give a list: [ … ]; 'from_json()' reads one from a text" if is_text else "give a list: [ … ], 'keys()' or 'values()'"
    place = leaf.place(leaf.template.whole.start, leaf.template.whole.end)
    found = Diagnostic(rule("list-expr-type"), leaf.source, place, message, help=help)
    if not is_text or leaf.notes.item == "primitive":
        return found.put_at(leaf.use)
    # nobody mounts or tags by single characters; rows of a matrix are less certain
    fixes = tuple(fix._replace(safe=False) for fix in in_brackets(leaf.source, leaf.node))
    return found._replace(override_effect=Effect.BETRAYED, override_severity=Severity.ERROR, fixes=fixes).put_at(leaf.use)
