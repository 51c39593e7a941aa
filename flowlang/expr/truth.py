"""What a condition can come to, whatever the unknown values in it are.

A condition is tried with every result that its needs may have, and with every value that matters to
its comparisons; what is beyond that may be either. So nothing is said to be impossible that is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Final

from flowlang.expr.mismatch import RESULTS
from flowlang.expr.nodes import Attr, Binary, Call, Item, Literal, Lookup, Node, Ternary, Unary, lookups, walk
from flowlang.expr.unparse import unparse

FALSE: Final = 1
TRUE: Final = 2
MARK: Final = 4
"""What a condition can come to, as bits: false, true, or the mark that `always()` gives (true, and kept when a run is ended)."""
_EITHER = FALSE | TRUE
_ANY = FALSE | TRUE | MARK
REST: Final = ""
"""What stands for all needs that a condition does not name."""
_MOST_TRIES = 128
_MOST_NAMED = 3
_MAX_DEPTH = 80
_FUNCTIONS = frozenset({"always", "success", "failure"})


class _Other:
    """A value that is none of those that it is compared with."""


_OTHER = _Other()


def result_of(node: Node) -> str | None:
    """The need whose result a lookup reads: ``needs.NAME.result``, ``needs['NAME'].result``; else None."""
    if not isinstance(node, Lookup) or node.name != "needs" or len(node.trailers) != 2:
        return None
    first, second = node.trailers
    return _key(first) if isinstance(second, Attr) and second.name == "result" else None


def need_of(node: Node) -> str | None:
    """The need that a lookup in ``needs`` is about; None for any other."""
    return _key(node.trailers[0]) if isinstance(node, Lookup) and node.name == "needs" and node.trailers else None


def _key(trailer: Attr | Item) -> str | None:
    if isinstance(trailer, Attr):
        return trailer.name
    return trailer.key.value if isinstance(trailer.key, Literal) and isinstance(trailer.key.value, str) else None


def named_needs(node: Node) -> frozenset[str]:
    """The needs whose results a condition asks for one by one."""
    found = {result_of(part) for part in walk(node)}
    for part in walk(node):
        if isinstance(part, Call) and part.function in ("success", "failure"):
            found |= {arg.value for arg in part.args if isinstance(arg, Literal) and isinstance(arg.value, str)}
    return frozenset(name for name in found if name is not None)


def asks_for_results(node: Node) -> bool:
    """Whether a condition looks at how needs ended: by a function, a result, or the needs as a whole."""
    if any(isinstance(part, Call) and part.function in _FUNCTIONS for part in walk(node)):
        return True
    return any(
        lookup.name == "needs" and "needs" not in bound and (result_of(lookup) is not None or len(lookup.trailers) < 2) for lookup, bound in lookups(node)
    )


class Condition:
    """A condition that is tried with values. `known` holds the text of parts whose value is known, such as ``matrix.x``."""

    def __init__(self, tree: Node, known: Mapping[str, object] | None = None) -> None:
        self.tree = tree
        self.named = named_needs(tree)
        self._texts = {id(node): unparse(node) for node in walk(tree) if isinstance(node, (Lookup, Call))}
        self._tries = list(self._all_tries(known or {}))

    def outcomes(self, results: Mapping[str, str] | None) -> int:
        """What it can come to with these results of needs, by name; `REST` is the one of all needs it does not name.

        Without `REST` there are no other needs; None: nothing is known of needs. Gives bits: `FALSE`, `TRUE`, `MARK`.
        """
        made = 0
        for values in self._tries:
            made |= _Try(self._texts, results, values).outcome(self.tree)
        return made

    def _all_tries(self, known: Mapping[str, object]) -> Iterator[dict[str, object]]:
        """The values to try for what is compared with constants; nothing where there would be too many."""
        options: dict[str, list[object]] = {}
        for node in walk(self.tree):
            if not isinstance(node, Binary) or node.op not in ("==", "!="):
                continue
            for side, constant in ((node.left, node.right), (node.right, node.left)):
                if isinstance(constant, Literal) and isinstance(side, (Lookup, Call)) and result_of(side) is None:
                    values = options.setdefault(self._texts[id(side)], [_OTHER])
                    values += [constant.value] if constant.value not in values else []
        options.update((text, [value]) for text, value in known.items() if text in options)
        if prod(map(len, options.values())) > _MOST_TRIES:
            yield {}
            return
        for chosen in product(*options.values()):
            yield dict(zip(options, chosen, strict=True))


class _Try:
    """One try: the results of needs, and a value for what is compared with constants."""

    def __init__(self, texts: Mapping[int, str], results: Mapping[str, str] | None, values: Mapping[str, object]) -> None:
        self._texts = texts
        self._results = results
        self._values = values
        self._depth = 0

    def outcome(self, node: Node) -> int:
        """What a part can come to."""
        if isinstance(node, Literal):
            return _of(bool(node.value))
        if isinstance(node, (Lookup, Call)):
            return self._value(node)
        if self._depth > _MAX_DEPTH:
            return _ANY
        self._depth += 1
        made = _EITHER
        if isinstance(node, Binary):
            made = self._binary(node)
        elif isinstance(node, Unary):
            made = self._negation(node)
        elif isinstance(node, Ternary):
            made = self._ternary(node)
        self._depth -= 1
        return made

    def _value(self, node: Lookup | Call) -> int:
        if isinstance(node, Call) and not node.trailers and node.function in _FUNCTIONS:
            return MARK if node.function == "always" else self._status(node)
        if result_of(node) is not None:
            return TRUE
        value = self._values.get(self._texts[id(node)], _OTHER)
        return _EITHER if value is _OTHER else _of(bool(value))

    def _status(self, node: Call) -> int:
        """`success()` and `failure()`, over the needs that they name or over all."""
        results = self._results
        names = [arg.value if isinstance(arg, Literal) else None for arg in node.args]
        if results is None or any(name not in results for name in names):
            return _EITHER
        asked = [results[str(name)] for name in names] if names else list(results.values())
        return _of(all(result == "succeeded" for result in asked) if node.function == "success" else any(result == "failed" for result in asked))

    def _negation(self, node: Unary) -> int:
        inner: Node = node
        turned = False
        while isinstance(inner, Unary):
            if inner.op != "not":
                return _EITHER
            turned = not turned
            inner = inner.operand
        made = self.outcome(inner)
        false, true = (TRUE, FALSE) if turned else (FALSE, TRUE)
        return (false if made & FALSE else 0) | (true if made & (TRUE | MARK) else 0)

    def _binary(self, node: Binary) -> int:
        if node.op in ("==", "!="):
            equal = self._equal(node)
            return _EITHER if equal is None else _of(equal == (node.op == "=="))
        if node.op not in ("and", "or"):
            return _EITHER
        decides = FALSE if node.op == "and" else TRUE | MARK
        made = rest = 0
        for operand in chain_of(node):
            # what decides is the value, else the next operand's is; that of the last counts in any case
            here = self.outcome(operand)
            made |= here & decides
            rest = here & ~decides
            if not rest:
                return made
        return made | rest

    def _ternary(self, node: Ternary) -> int:
        made = 0
        here: Node = node
        while isinstance(here, Ternary):
            condition = self.outcome(here.condition)
            if condition & (TRUE | MARK):
                made |= self.outcome(here.then)
            if not condition & FALSE:
                return made
            here = here.otherwise
        return made | self.outcome(here)

    def _equal(self, node: Binary) -> bool | None:
        """Whether two sides are equal; None where that may be either."""
        text = self._texts.get(id(node.left))
        if text is not None and text == self._texts.get(id(node.right)):
            return True
        sides: list[object] = []
        for side in (node.left, node.right):
            need = result_of(side)
            if isinstance(side, Literal):
                sides.append(side.value)
            elif need is not None and self._results is not None and need in self._results:
                sides.append(self._results[need])
            elif need is None and id(side) in self._texts and self._texts[id(side)] in self._values:
                sides.append(self._values[self._texts[id(side)]])
            else:
                return None
        left, right = sides
        for result, word in ((node.left, node.right), (node.right, node.left)):
            if result_of(result) is not None and isinstance(word, Literal) and word.value not in RESULTS:
                return None  # told by another rule: no result is that word
        return None if left is _OTHER and right is _OTHER else left == right


def constant_truth(tree: Node) -> bool | None:
    """Whether a condition is always true or always false, whatever its values and the results of needs; None: neither."""
    condition = Condition(tree)
    if len(condition.named) > _MOST_NAMED:
        made = condition.outcomes(None)
    else:
        made = 0
        for results in product(RESULTS, repeat=len(condition.named) + 1):
            made |= condition.outcomes(dict(zip((*condition.named, REST), results, strict=True)))
    return False if made == FALSE else None if made & FALSE else True


def chain_of(node: Binary) -> list[Node]:
    """The operands of one operator in a row, from the left."""
    operands: list[Node] = []
    left: Node = node
    while isinstance(left, Binary) and left.op == node.op:
        operands.append(left.right)
        left = left.left
    return [left, *reversed(operands)]


def _of(truth: bool) -> int:
    return TRUE if truth else FALSE
