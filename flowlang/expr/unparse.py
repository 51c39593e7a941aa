"""Canonical text of expressions and templates.

Single-quoted strings, one blank inside the braces, blanks around operators, and never two closing
brackets in a row: the text reads back as the same tree.
"""

from __future__ import annotations

from flowlang.expr.literals import quote
from flowlang.expr.nodes import (
    Attr,
    Binary,
    Call,
    Concat,
    DictDisplay,
    ListComp,
    ListDisplay,
    Literal,
    Lookup,
    Node,
    Ternary,
    Trailer,
    Unary,
)
from flowlang.patterns import pattern

_LEVELS = {"or": 1, "and": 2, "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "|": 5, "+": 6, "-": 6, "*": 7, "/": 7, "%": 7}
_TERNARY, _OR, _NOT, _SIGN = 0, 1, 3, 8
_OPENER = pattern(r"(\$[{\[<])(?=[{\[<])")


def unparse(node: Node) -> str:
    """The canonical text of an expression, without braces; what makes no sense in it is written ``…``."""
    return _text(node, _TERNARY)


def unparse_template(node: Node) -> str:
    """The canonical text of a template whose value is that of `node`."""
    if isinstance(node, Concat):
        return "".join(
            escape(part.value) if isinstance(part, Literal) and isinstance(part.value, str) else f"${{{{ {unparse(part)} }}}}" for part in node.parts
        )
    return f"${{{{ {unparse(node)} }}}}"


def escape(text: str) -> str:
    """A text written so that it stays text as a template: openers in it are taken apart."""
    return _OPENER.sub(r"${{ '\1' }}", text)


def _text(node: Node, level: int) -> str:
    """The text of a node where operators looser than `level` need parentheses."""
    if isinstance(node, Binary):
        return _binary(node, level)
    if isinstance(node, Ternary):
        return _ternary(node, level)
    if isinstance(node, Unary):
        return _unary(node, level)
    if isinstance(node, Concat):
        return _concat(node, level)
    return _atom(node)


def _binary(node: Binary, level: int) -> str:
    """Operators of one level in a row, from the left."""
    own = _LEVELS[node.op]
    pieces: list[str] = []
    left: Node = node
    while isinstance(left, Binary) and _LEVELS[left.op] == own:
        pieces += _text(left.right, own + 1), left.op
        left = left.left
    pieces.append(_text(left, own))
    text = " ".join(reversed(pieces))
    return f"({text})" if level > own else text


def _ternary(node: Ternary, level: int) -> str:
    """``A if C else B``, and further ones after the ``else``."""
    pieces: list[str] = []
    last: Node = node
    while isinstance(last, Ternary):
        pieces += _text(last.then, _OR), "if", _text(last.condition, _OR), "else"
        last = last.otherwise
    text = " ".join([*pieces, _text(last, _TERNARY)])
    return f"({text})" if level > _TERNARY else text


def _unary(node: Unary, level: int) -> str:
    """``not``, ``+`` and ``-``, which must not touch what follows."""
    own = _NOT if node.op == "not" else _SIGN
    ops: list[str] = []
    inner: Node = node
    while isinstance(inner, Unary) and (inner.op == "not") == (node.op == "not"):
        ops.append(inner.op)
        inner = inner.operand
    text = " ".join([*ops, _text(inner, own)])
    return f"({text})" if level > own else text


def _concat(node: Concat, level: int) -> str:
    """A template inside an expression: the sum of its texts."""
    own = _LEVELS["+"]
    pieces = [_atom(part) if isinstance(part, Literal) and isinstance(part.value, str) else f"str({unparse(part)})" for part in node.parts]
    text = " + ".join(pieces) if pieces else "''"
    return f"({text})" if level > own and len(pieces) > 1 else text


def _atom(node: Node) -> str:
    """The text of what never needs parentheses."""
    match node:
        case Literal():
            return _literal(node.value)
        case Lookup():
            return node.name + _trailers(node.trailers)
        case Call():
            args = ", ".join(unparse(arg) for arg in node.args)
            return f"{node.function}({args}){_trailers(node.trailers)}"
        case ListDisplay():
            return _closed("[" + ", ".join(unparse(item) for item in node.items), "]")
        case DictDisplay():
            return _closed("{" + ", ".join(f"{unparse(key)}: {unparse(value)}" for key, value in node.items), "}")
        case ListComp():
            condition = f" if {_text(node.condition, _OR)}" if node.condition is not None else ""
            return _closed(f"[{unparse(node.item)} for {node.name} in {_text(node.iterable, _OR)}{condition}", "]")
        case _:
            return "…"


def _literal(value: object) -> str:
    """The text of a constant."""
    if isinstance(value, str):
        return quote(value)
    text = repr(value)
    if isinstance(value, float) and "e" in text and "." not in text:
        # An exponent needs a point before it.
        return text.replace("e", ".0e")
    return text


def _trailers(trailers: tuple[Trailer, ...]) -> str:
    """The text of attributes and indexes."""
    pieces: list[str] = []
    for trailer in trailers:
        if not isinstance(trailer, Attr):
            pieces.append(_closed("[" + unparse(trailer.key), "]"))
        elif trailer.name in ("or", "and", "not"):
            # Before a blank they would be operators.
            pieces.append(f"['{trailer.name}']")
        else:
            pieces.append(f".{trailer.name}")
    return "".join(pieces)


def _closed(text: str, bracket: str) -> str:
    """A text with its closing bracket, which must not touch another one."""
    return f"{text} {bracket}" if text.endswith(bracket) else text + bracket
