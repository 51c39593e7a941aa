"""What the functions do.

Each gets known arguments (their insides may be unknown) and gives a value; what is unknown gives an
unknown value of the function's type. Source of what they do: engine 26.7, its functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from flowlang.diagnostics.rule import Effect
from flowlang.expr import lookup, operators, texts, types
from flowlang.expr.formats import FormatError, format_text
from flowlang.expr.functions import FUNCTIONS, Parameter
from flowlang.expr.nodes import Attr, Call, Node
from flowlang.expr.operators import MAX_ITEMS
from flowlang.expr.problems import Problem
from flowlang.expr.uri import Uri, UriError, absolute_uri
from flowlang.expr.values import ALWAYS, POISON, Forbidden, Record, Unknown, size, type_of, unknowns, volume
from flowlang.text import closest, listing, quoted

if TYPE_CHECKING:
    from flowlang.expr.evaluate import Evaluator

Args = list[Any]


def call(ev: Evaluator, node: Call, args: Args) -> object:
    """The value of a call with evaluated arguments."""
    function = FUNCTIONS.get(node.function)
    if function is None or any(arg is POISON for arg in args) or not function.least <= len(args) <= function.most:
        return POISON
    parameters = [*function.parameters, *[function.more or Parameter("")] * len(args)]
    wrong = False
    for arg, parameter, part in zip(args, parameters, node.args, strict=False):
        if not type_of(arg).may_be(parameter.type):
            ev.fail(
                "type-mismatch",
                part,
                f"'{node.function}()' takes {parameter.type.words} as '{parameter.name}', not {type_of(arg).words}",
                _hint(node.function, arg),
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
        return _unknown(ev, node, args, inside)
    try:
        return _KNOWN[node.function](ev, node, args)
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as error:
        return ev.fail("evaluation-error", node, f"'{node.function}()' fails: {_words(error)}")


def _unknown(ev: Evaluator, node: Call, args: Args, inside: list[Unknown]) -> Unknown:
    """A call with unknown arguments."""
    nodes = tuple(ev.node_of(arg, part) for arg, part in zip(args, node.args, strict=True))
    residual = Call(node.at, node.close, node.function, nodes, (), node.at, node.close)
    return Unknown(FUNCTIONS[node.function].result, residual, frozenset[str]().union(*(part.waits for part in inside)))


def _words(error: Exception) -> str:
    """Python's words for an error, as ours begin."""
    message = str(error.args[0]) if error.args else type(error).__name__
    return message[:1].lower() + message[1:]


def _hint(function: str, arg: object) -> str | None:
    """How to mend an argument of a wrong type."""
    kinds = type_of(arg).kinds
    if kinds <= {"path", "remote-path", "uri"} and function in ("lower", "upper", "replace", "fmt", "parse_volume", "from_json"):
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
    return _unknown(ev, node, args, inside)


def _fmt(ev: Evaluator, node: Call, args: Args) -> object:
    """`fmt`, whose fields are checked even where its arguments are unknown."""
    spec, values = args[0], args[1:]
    if isinstance(spec, Unknown):
        return _unknown(ev, node, args, unknowns(args))
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
        return ev.fail("evaluation-error", node, f"'fmt()' fails: {_words(error)}")
    if made.unused:
        message = f"'fmt()' gets {len(values)} arguments, its text has {made.used} fields"
        ev.tell(Problem("fmt-arity", node.start, node.end, message, "an argument that no field names is ignored", (), Effect.ADVICE))
    return _unknown(ev, node, args, inside) if inside else made.text


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
    return _unknown(ev, node, args, inside) if inside else ev.text(value, node)


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


# Functions of the project.


def _hash_files(ev: Evaluator, node: Call, args: Args) -> object:
    scope = ev.scope
    flow = ev.bound.get("flow", scope.contexts.get("flow"))
    if flow is None:
        return ev.fail("context-not-available", node, "'hash_files()' cannot be used here: it needs the context 'flow'")
    found = lookup.attribute(flow, Attr(node.start, node.end, "workspace"), "flow")
    if found.problem is not None:
        ev.tell(found.problem)
    return _digest(ev, node, found.value, args, list(node.args))


def _hash_files_relative(ev: Evaluator, node: Call, args: Args) -> object:
    return _digest(ev, node, args[0], args[1:], list(node.args[1:]))


def _digest(ev: Evaluator, node: Call, root: object, patterns: Args, parts: list[Node]) -> object:
    """The digest of files below `root`."""
    from flowlang.expr.hashing import HashError, hash_files

    if root is POISON:
        return POISON
    scope = ev.scope
    inside = [value for value in (root, *patterns) if isinstance(value, Unknown)]
    if inside:
        return Unknown(types.STR, node, frozenset[str]().union(*(part.waits for part in inside)))
    folder = _real(ev, root)
    if folder is None or scope.workspace is None:
        return Unknown(types.STR, node)
    try:
        digest, empty = hash_files(folder, patterns, workspace=scope.workspace)
    except HashError as error:
        return ev.fail("evaluation-error", node, str(error))
    except (OSError, RuntimeError, ValueError) as error:
        return ev.fail("evaluation-error", node, f"the files cannot be read: {_words(error)}")
    for pattern, part in zip(patterns, parts, strict=True):
        if pattern in empty:
            message = f"no file matches {quoted(pattern)}: the hash is that of nothing"
            ev.tell(Problem("hash-files-no-match", part.start, part.end, message, "patterns are relative to the workspace"))
    if not patterns:
        ev.tell(Problem("hash-files-no-match", node.start, node.end, "no pattern is given: the hash is that of nothing"))
    return digest


def _real(ev: Evaluator, root: object) -> Path | None:
    """The folder on disk for a path value; None when it is not below the workspace."""
    workspace = ev.scope.workspace
    if not isinstance(root, Path) or workspace is None:
        return None
    flow = ev.scope.contexts.get("flow")
    said = flow.fields.get("workspace") if isinstance(flow, Record) else None
    if isinstance(said, Path) and root.is_relative_to(said):
        root = workspace / root.relative_to(said)
    return root if ".." not in root.parts and root.is_relative_to(workspace) else None


def _parse_volume(ev: Evaluator, node: Call, args: Args) -> object:
    text = args[0]
    scope = ev.scope
    parts = text.split(":")
    read_only = False
    if not scope.platform:
        return ev.fail("evaluation-error", node, "'parse_volume()' cannot be used here")
    if len(parts) == 4:
        if parts[3] not in ("ro", "rw"):
            return ev.fail("evaluation-error", node.args[0], f"'{parts[3]}' is not a mode: 'ro' or 'rw' can end a volume reference")
        read_only = parts.pop() == "ro"
    elif len(parts) != 3:
        return ev.fail(
            "evaluation-error", node.args[0], f"{quoted(text)} is not a volume reference", "write 'storage:PATH:MOUNT', with ':ro' or ':rw' after it"
        )
    mount = PurePosixPath(parts.pop())
    reference = ":".join(parts)
    place = (scope.project, scope.cluster, scope.org)
    known = all(isinstance(name, str) for name in place[:2]) and not isinstance(scope.org, Unknown)
    project, cluster, org = [name if isinstance(name, str) else None for name in place]
    try:
        remote = Uri(absolute_uri(reference, project=project or "project", cluster=cluster or "cluster", org=org, schemes=("storage",)))
    except UriError as error:
        return ev.fail("evaluation-error", node.args[0], str(error))
    waits = frozenset[str]().union(*(name.waits for name in place if isinstance(name, Unknown)))
    return volume("<volume>", remote if known else Unknown(types.URI, None, waits), mount, read_only)


def _upload(ev: Evaluator, node: Call, args: Args) -> object:
    value = args[0]
    if isinstance(value, Unknown):
        return Unknown(value.type, _unknown(ev, node, args, [value]).residual, value.waits)
    if not isinstance(value, Record) or value.type_name != "volume":
        return ev.fail("type-mismatch", node.args[0], f"'upload()' takes a volume, not {value.noun if isinstance(value, Record) else type_of(value).words}")
    if value.fields.get("local") is None:
        ev.tell(Problem("upload-without-local", node.start, node.end, f"volume {quoted(str(value.fields.get('id')))} has no 'local' folder to upload"))
    ev.uploads.append(str(value.fields.get("id")))
    return value


def _inspect_job(ev: Evaluator, node: Call, args: Args) -> object:
    if not ev.scope.live_job or ev.bound:
        why = "not inside a list comprehension" if ev.scope.live_job else "only in jobs of live flows"
        return ev.fail("context-not-available", node, f"'inspect_job()' cannot be used here: {why}")
    name = args[0] if isinstance(args[0], str) else "…"
    inside = [arg for arg in args if isinstance(arg, Unknown)]
    residual = _unknown(ev, node, args, inside).residual
    waits = frozenset({f"inspect_job({name})"}).union(*(part.waits for part in inside))
    return Unknown(types.RECORD, residual, waits)


# Functions of a task's needs.


def _needs(ev: Evaluator, node: Call) -> Any:
    """The needs of the task; `POISON` when there are none here."""
    value = ev.bound.get("needs", ev.scope.contexts.get("needs"))
    if value is None or isinstance(value, Forbidden):
        return ev.fail("context-not-available", node, f"'{node.function}()' cannot be used here: only tasks of batch flows have 'needs'")
    return value


def _always(ev: Evaluator, node: Call, args: Args) -> object:
    return POISON if _needs(ev, node) is POISON else ALWAYS


def _success(ev: Evaluator, node: Call, args: Args) -> object:
    return _status(ev, node, args, "succeeded", every=True)


def _failure(ev: Evaluator, node: Call, args: Args) -> object:
    return _status(ev, node, args, "failed", every=False)


def _status(ev: Evaluator, node: Call, args: Args, status: str, *, every: bool) -> object:
    """Whether all, or any, of the needs have a status; asked in order, up to the one that decides."""
    needs = _needs(ev, node)
    if needs is POISON:
        return POISON
    inside = [arg for arg in args if isinstance(arg, Unknown)]
    if isinstance(needs, Unknown) or inside or not isinstance(needs, Mapping):
        found = inside + ([needs] if isinstance(needs, Unknown) else [])
        return Unknown(types.BOOL, _unknown(ev, node, args, found).residual, frozenset[str]().union(*(part.waits for part in found)))
    waiting: list[Unknown] = []
    for name, part in zip(args or list(needs), node.args or [node] * len(needs), strict=True):
        if name not in needs or isinstance(needs[name], Forbidden):
            guess = closest(name, map(str, needs))
            hint = f"; did you mean '{guess}'?" if guess else ""
            names = listing(map(str, needs))
            return ev.fail("unknown-need", part, f"unknown need {quoted(name)}{hint}", f"needs: {names}" if names else "this task has no needs")
        result = _result(needs[name])
        if result is POISON:
            return POISON
        if isinstance(result, Unknown):
            waiting.append(result)
        elif (result == status) != every:
            return not every
    if waiting:
        return Unknown(types.BOOL, _unknown(ev, node, args, waiting).residual, frozenset[str]().union(*(part.waits for part in waiting)))
    return every


def _result(need: object) -> object:
    """The result of one need."""
    if isinstance(need, Unknown):
        return need
    return need.fields.get("result", POISON) if isinstance(need, Record) else POISON


_KNOWN: dict[str, Callable[[Evaluator, Call, Args], object]] = {
    "from_json": _from_json,
    "hash_files_relative": _hash_files_relative,
    "int": lambda ev, node, args: int(args[0]),
    "join": _join,
    "keys": lambda ev, node, args: list(args[0]),
    "len": lambda ev, node, args: len(args[0]),
    "lower": lambda ev, node, args: args[0].lower(),
    "nothing": lambda ev, node, args: None,
    "parse_volume": _parse_volume,
    "range": _range,
    "replace": _replace,
    "to_json": _to_json,
    "upper": lambda ev, node, args: args[0].upper(),
    "values": lambda ev, node, args: list(args[0].values()),
}
# Functions that see to unknown arguments themselves.
_LAZY: dict[str, Callable[[Evaluator, Call, Args], object]] = {
    "always": _always,
    "failure": _failure,
    "fmt": _fmt,
    "hash_files": _hash_files,
    "inspect_job": _inspect_job,
    "join": _join_unknown,
    "str": _str,
    "success": _success,
    "upload": _upload,
}
_LOOKS_INSIDE = frozenset({"to_json"})
