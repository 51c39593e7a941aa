"""Where an expression reads outputs of needs, and what it asks before it does."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.expr.nodes import Attr, Binary, Call, Item, Literal, Lookup, Node, Ternary, children, walk
from flowlang.expr.truth import chain_of, need_of, result_of
from flowlang.light import NamedTuple

_ANY = ""
"""What stands for all needs, as `success()` asks for them."""
_Asked = frozenset[str]


class Logic(NamedTuple):
    """An ``and`` or ``or`` with an operand, by its number, that is evaluated whatever those before it give."""

    chain: Binary
    operand: int


class OutputRead(NamedTuple):
    """One ``needs.NEED.outputs.NAME``, the name from `start` to `end`.

    `guarded`: it stands in a branch of an ``if`` that asks for the result of the need. `logic`: it
    stands behind an ``and`` or ``or`` that does, and that does not keep it from being read.
    """

    lookup: Lookup
    need: str
    name: str
    start: int
    end: int
    guarded: bool
    logic: Logic | None


def output_reads(tree: Node) -> Iterator[OutputRead]:
    """Every output of a need that an expression reads by name."""
    todo: list[tuple[Node, _Asked, dict[str, Logic]]] = [(tree, frozenset(), {})]
    while todo:
        node, asked, logic = todo.pop()
        if isinstance(node, Ternary):
            inner = asked | _asked(node.condition)
            todo += ((node.otherwise, inner, logic), (node.then, inner, logic), (node.condition, asked, logic))
        elif isinstance(node, Binary) and node.op in ("and", "or"):
            todo += ((operand, asked, within) for operand, within in reversed(list(_operands(node, logic))))
        else:
            read = _read(node, asked, logic)
            if read is not None:
                yield read
            todo += ((part, asked, logic) for part in reversed(children(node)))


def _operands(node: Binary, logic: dict[str, Logic]) -> Iterator[tuple[Node, dict[str, Logic]]]:
    """The operands of one operator in a row, each with what those before it and around it ask for in vain."""
    before: _Asked = frozenset()
    for index, operand in enumerate(chain_of(node)):
        yield operand, {**logic, **dict.fromkeys(before, Logic(node, index))}
        before |= _asked(operand)


def _asked(condition: Node) -> _Asked:
    """The needs whose results a condition asks for."""
    found: set[str] = set()
    for node in walk(condition):
        need = result_of(node)
        if need is not None:
            found.add(need)
        elif isinstance(node, Call) and node.function in ("success", "failure"):
            found |= {str(arg.value) if isinstance(arg, Literal) else _ANY for arg in node.args} or {_ANY}
    return frozenset(found)


def _read(node: Node, asked: _Asked, logic: dict[str, Logic]) -> OutputRead | None:
    need = need_of(node)
    if need is None or not isinstance(node, Lookup) or len(node.trailers) < 3:
        return None
    middle, last = node.trailers[1:3]
    if not isinstance(middle, Attr) or middle.name != "outputs":
        return None
    if isinstance(last, Attr):
        name, start, end = last.name, last.start, last.end
    elif isinstance(last, Item) and isinstance(last.key, Literal) and isinstance(last.key.value, str):
        name, start, end = last.key.value, last.key.start + 1, last.key.end - 1
    else:
        return None
    return OutputRead(node, need, name, start, end, bool({need, _ANY} & asked), logic.get(need) or logic.get(_ANY))
