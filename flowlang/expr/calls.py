"""What the functions do.

Each gets known arguments (their insides may be unknown) and gives a value; what is unknown gives an
unknown value of the function's type. Source of what they do: engine 26.7, its functions.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flowlang.diagnostics.rule import Effect
from flowlang.expr import operators, texts, types
from flowlang.expr.functions import FUNCTIONS, Parameter
from flowlang.expr.nodes import Call
from flowlang.expr.operators import MAX_ITEMS
from flowlang.expr.problems import Problem
from flowlang.expr.residuals import node_of, unknown_call
from flowlang.expr.values import POISON, Unknown, describe, size, type_of, unknowns

if TYPE_CHECKING:
    from flowlang.expr.evaluator import Evaluator

Args = list[Any]
_PATHS = frozenset({"path", "remote-path", "uri"})


def evaluate_call(ev: Evaluator, node: Call) -> object:
    """A call and its trailers, from the tree."""
    args = [ev.value(arg) for arg in node.args]
    value = call(ev, node, args)
    if not node.trailers or value is POISON:
        return value
    nodes = tuple(node_of(arg, part) for arg, part in zip(args, node.args, strict=True))
    bare = Call(node.at, node.close, node.function, nodes, (), node.at, node.close)
    if isinstance(value, Unknown) and value.residual is None:
        value = Unknown(value.type, bare, value.waits)
    make = lambda start, end, done: bare.but(end=end, trailers=done)  # noqa: E731
    return ev.trail(value, bare, node.trailers, f"{node.function}()", make)


def call(ev: Evaluator, node: Call, args: Args) -> object:
    """The value of a call with evaluated arguments."""
    function = FUNCTIONS.get(node.function)
    if function is None or any(arg is POISON for arg in args) or not function.least <= len(args) <= function.most:
        return POISON
    parameters = [*function.parameters, *[function.more or Parameter("")] * len(args)]
    wrong = False
    for arg, parameter, part in zip(args, parameters, node.args, strict=False):
        if not type_of(arg).may_be(parameter.type):
            from flowlang.expr.numerals import wrapped

            ev.fail(
                "type-mismatch",
                part,
                f"'{node.function}()' takes {parameter.type.words} as '{parameter.name}', not {type_of(arg).words}",
                _hint(node.function, arg),
                (wrapped("str", part, safe=True),) if parameter.type.fits(types.TEXT) and type_of(arg).kinds <= _PATHS else (),
            )
            wrong = True
    if wrong:
        return POISON
    special = _LAZY.get(node.function)
    if special is not None:
        return special(ev, node, args)
    inside = unknowns(args) if node.function in _LOOKS_INSIDE else [arg for arg in args if isinstance(arg, Unknown)]
    if any(part is POISON for part in inside):
        return POISON
    if inside:
        return unknown_call(node, args, inside)
    try:
        return _KNOWN[node.function](ev, node, args)
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as error:
        return ev.fail("evaluation-error", node, f"'{node.function}()' fails: {texts.python_words(error)}")


def _hint(function: str, arg: object) -> str | None:
    """How to mend an argument of a wrong type."""
    kinds = type_of(arg).kinds
    if kinds <= _PATHS and function in ("lower", "upper", "replace", "fmt", "parse_volume", "from_json"):
        return "'str()' makes a path a text"
    if kinds == {"set"} and function == "join":
        return "a set such as 'tags' can be gone through: 'join(',', [t for t in tags])'"
    if kinds == {"object"} and function in ("keys", "values", "len"):
        return "an object is no mapping"
    return None


# Functions of known values.


def _range(ev: Evaluator, node: Call, args: Args) -> object:
    """A falsy second argument drops the third too, a falsy third is ignored (engine 26.7: range)."""
    numbers = [int(args[0])]
    if len(args) > 1 and not args[1]:
        _dropped_zero(ev, node, 1, args)
    elif len(args) > 1:
        for arg, part, name in zip(args[1:], node.args[1:], ("stop", "step"), strict=False):
            if not arg:
                _dropped_zero(ev, node, 2, args)
                break
            if not isinstance(arg, int):
                return ev.fail("type-mismatch", part, f"'range()' takes a whole number as '{name}', not {type_of(arg).words}")
            numbers.append(arg)
    made = range(*numbers)
    # Longer ones have no length that fits.
    if abs(made.stop - made.start) // abs(made.step) > MAX_ITEMS and made:
        return ev.limit(node.start, node.end, "the list becomes too long to be computed")
    return list(made)


def _dropped_zero(ev: Evaluator, node: Call, at: int, args: Args) -> None:
    """Tell that a zero counts as not given."""
    part = node.args[at]
    if args[at] == 0 and args[at] is not None and not isinstance(args[at], (str, bool)):
        rest = ", ".join(str(arg) for arg in args[:at])
        message = f"a zero {'stop' if at == 1 else 'step'} is dropped: this is 'range({rest})'"
        ev.tell(Problem("range-zero-stop", part.start, part.end, message, "the engine takes a zero for an argument that was not given"))


def _int(ev: Evaluator, node: Call, args: Args) -> object:
    try:
        return int(args[0])
    except (ValueError, OverflowError):
        return ev.fail("evaluation-error", node.args[0], f"{describe(args[0])} is not a whole number")


def _replace(ev: Evaluator, node: Call, args: Args) -> object:
    text, old, new = args
    if text.count(old) * len(new) > texts.LIMIT:
        return ev.limit(node.start, node.end, "the text becomes too long to be computed")
    return text.replace(old, new)


def _join(ev: Evaluator, node: Call, args: Args) -> object:
    separator, items = args[0], list(args[1])
    convert = len(args) > 2 and args[2]
    if size(items, texts.LIMIT) + len(separator) * len(items) > texts.LIMIT:
        return ev.limit(node.start, node.end, "the text becomes too long to be computed")
    if convert:
        return separator.join([texts.text_of(item) for item in items])
    for number, item in enumerate(items):
        if not isinstance(item, str):
            message = f"item {number} of the list is {type_of(item).words}, not text"
            return ev.fail("type-mismatch", node.args[1], message, "a third argument 'True' turns the items into text")
    return separator.join(items)


def _join_unknown(ev: Evaluator, node: Call, args: Args) -> object:
    """`join` of a list with unknown items: their types may tell already that it fails."""
    if type_of(args[1]).fits(types.TEXT):
        message = "'join()' of a text puts the separator between its characters"
        ev.tell(Problem("type-mismatch", node.args[1].start, node.args[1].end, message, "give a list: 'join(',', [a, b])'", (), Effect.ADVICE))
    inside = unknowns(args)
    if not inside:
        return _join(ev, node, args)
    if any(part is POISON for part in inside):
        return POISON
    convert = args[2] if len(args) > 2 else False
    if isinstance(args[1], list) and convert is False:
        for number, item in enumerate(args[1]):
            if not type_of(item).may_be(types.TEXT):
                return ev.fail("type-mismatch", node.args[1], f"item {number} of the list is {type_of(item).words}, not text")
    return unknown_call(node, args, inside)


def _fmt(ev: Evaluator, node: Call, args: Args) -> object:
    """`fmt`, whose fields are checked even where its arguments are unknown."""
    from flowlang.expr.formats import FormatError, format_text

    spec, values = args[0], args[1:]
    if isinstance(spec, Unknown):
        return unknown_call(node, args, unknowns(args))
    for value, part in zip(values, node.args[1:], strict=True):
        for problem in texts.text_problems(value, part):
            ev.tell(problem)
    inside = unknowns(values)
    if any(part is POISON for part in inside):
        return POISON
    try:
        made = format_text(spec, None if inside else values, len(values))
    except FormatError as error:
        where = node.args[0] if error.at_spec else node
        ev.tell(Problem(error.rule, where.start, where.end, str(error), error.help))
        return POISON
    except operators.LimitError:
        return ev.limit(node.start, node.end, "the text becomes too long to be computed")
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as error:
        return ev.fail("evaluation-error", node, f"'fmt()' fails: {texts.python_words(error)}")
    if made.unused:
        fields = "1 field" if made.used == 1 else f"{made.used or 'no'} fields"
        message = f"'fmt()' gets {len(values)} {'argument' if len(values) == 1 else 'arguments'} after its text, which has {fields}"
        ev.tell(Problem("fmt-arity", node.start, node.end, message, "an argument that no field names is ignored", (), Effect.ADVICE))
    return unknown_call(node, args, inside) if inside else made.text


def _str(ev: Evaluator, node: Call, args: Args) -> object:
    value = args[0]
    for problem in texts.text_problems(value, node.args[0], none=False):
        if problem.rule != "status-to-string" or not isinstance(value, Unknown):
            ev.tell(problem)
    if isinstance(value, Unknown) and value.type.kinds == {"str"}:
        return value
    inside = unknowns(value)
    if any(part is POISON for part in inside):
        return POISON
    return unknown_call(node, args, inside) if inside else ev.text(value, node)


def _from_json(ev: Evaluator, node: Call, args: Args) -> object:
    import json

    try:
        return json.loads(args[0])
    except json.JSONDecodeError as error:
        return ev.fail("evaluation-error", node, f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]} (at character {error.pos})")


def _to_json(ev: Evaluator, node: Call, args: Args) -> object:
    if size(args[0], texts.LIMIT) > texts.LIMIT:
        return ev.limit(node.start, node.end, "the text becomes too long to be computed")
    return texts.to_json(args[0])


def _of(module: str, name: str) -> Callable[[Evaluator, Call, Args], object]:
    """A function of another module, which is loaded when it is called."""
    return lambda ev, node, args: getattr(import_module(f"flowlang.expr.{module}"), name)(ev, node, args)


_KNOWN: dict[str, Callable[[Evaluator, Call, Args], object]] = {
    "from_json": _from_json,
    "hash_files_relative": _of("calls_project", "hash_files_relative"),
    "int": _int,
    "join": _join,
    "keys": lambda ev, node, args: list(args[0]),
    "len": lambda ev, node, args: len(args[0]),
    "lower": lambda ev, node, args: args[0].lower(),
    "nothing": lambda ev, node, args: None,
    "parse_volume": _of("calls_project", "parse_volume"),
    "range": _range,
    "replace": _replace,
    "to_json": _to_json,
    "upper": lambda ev, node, args: args[0].upper(),
    "values": lambda ev, node, args: list(args[0].values()),
}
# Functions that see to unknown arguments themselves.
_LAZY: dict[str, Callable[[Evaluator, Call, Args], object]] = {
    "always": _of("calls_needs", "always"),
    "failure": _of("calls_needs", "failure"),
    "fmt": _fmt,
    "hash_files": _of("calls_project", "hash_files"),
    "inspect_job": _of("calls_project", "inspect_job"),
    "join": _join_unknown,
    "str": _str,
    "success": _of("calls_needs", "success"),
    "upload": _of("calls_project", "upload"),
}
_LOOKS_INSIDE = frozenset({"to_json"})
