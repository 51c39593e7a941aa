"""Inputs of actions: what a call gives, what its action declares, and what becomes of both."""

from __future__ import annotations

from collections.abc import Mapping

from flowlang.diagnostics import Diagnostic, Effect, Fix, Label, rule
from flowlang.expr import POISON, Forbidden, Literal, Type, Unknown, text_of, type_of
from flowlang.expr.types import STR
from flowlang.light import NamedTuple
from flowlang.model import Block, Item, Leaf, MapItem
from flowlang.model.mending import added_after, one_edit, replacement
from flowlang.semantics.actions import Action
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.keys import bool_key
from flowlang.semantics.leaves import Origin
from flowlang.semantics.unknowns import as_text, unknown_at
from flowlang.text import closest, listing, quoted
from flowlang.yamltree import Node, Scalar
from flowlang.yamltree.writing import whole_scalar

INPUT_CLASSES: dict[str, type] = {"int": int, "float": float, "bool": bool, "str": str}
# A bool passes for an int, as in Python (engine 26.7: isinstance).
_ACCEPTED = {"int": Type.of("int", "bool"), "float": Type.of("float"), "bool": Type.of("bool"), "str": STR}


class Inputs(NamedTuple):
    """The inputs of one call: `given` as the caller's expressions leave them, `seen` as the action's expressions see them."""

    given: dict[str, object]
    seen: Mapping[str, object]


def input_type(declared: Item) -> str:
    """The type that an input declares; ``str`` without one."""
    leaf = declared.leaf("type") if isinstance(declared, Block) else None
    return leaf.value if leaf is not None and isinstance(leaf.value, str) and leaf.value in INPUT_CLASSES else "str"


def input_default(declared: Item, attributes: Attributes) -> object:
    """The default of an input, None when it is mandatory."""
    leaf = declared.leaf("default") if isinstance(declared, Block) else None
    return attributes.value(leaf)


def declared_inputs(action: Action) -> MapItem | None:
    """The ``inputs`` section of an action."""
    return action.block.map("inputs") if action.block is not None else None


def elaborate_inputs(call: Block, action: Action, attributes: Attributes, *, inline: bool = False) -> Inputs | None:
    """The inputs of a call; None when the call does not fit the action, which is reported.

    `inline`: what the action makes stands among the caller's tasks, so that unknown inputs are seen in the caller's names.
    Engine 26.7: a call without ``args`` gets no inputs at all, not even defaults; plain values of
    ``args`` are texts whatever they look like; types are compared exactly.
    """
    section = declared_inputs(action)
    declared = {name: item for name, item in section.entries.items() if isinstance(name, str)} if section is not None else {}
    args = call.map("args")
    entries = args.entries if args is not None else {}
    written = {str(name): _arg(item, attributes) for name, item in entries.items()}
    values = {name: _as_primitive(value) for name, value in written.items()}
    if _unfit(call, args, action, declared, _misread(section.keys if section is not None else {}), attributes.sink):
        return None
    broken = {name: POISON for name, item in declared.items() if not isinstance(item, Block)}
    if args is None or section is None:
        return Inputs({}, {**dict.fromkeys(declared, _no_args(call, action)), **broken})
    fits = True
    for name, value in values.items():
        wanted = input_type(declared[name])
        if value is not POISON and not _has_type(value, wanted):
            fits = False
            attributes.sink.append(_wrong_type(args, entries[name], name, value, wanted))
    for name, item in declared.items():
        if name not in values and (default := input_default(item, attributes)) is not None:
            values[name] = default
    if not fits:
        return None
    values = {**broken, **values}
    seen = {name: _seen(name, value) for name, value in values.items()}
    if inline:
        seen.update({name: _inlined(value, input_type(declared[name])) for name, value in written.items()})
    return Inputs(values, seen)


def declared_unknown(action: Action) -> Mapping[str, object]:
    """The inputs of an action that is not called as it should be: those it declares, none of them known."""
    section = declared_inputs(action)
    entries = section.entries if section is not None else {}
    return {name: unknown_at(_ACCEPTED[input_type(item)], "inputs", name) for name, item in entries.items() if isinstance(name, str)}


def _no_args(call: Block, action: Action) -> Forbidden:
    """What the inputs of a call without ``args`` are to the action's expressions (engine 26.7: not there)."""
    key = "module" if "module" in call.fields else "action"
    place = Label(call.source, call.key_span(key), "the call without 'args'")
    if action.remote:
        origin = Origin(related=(place,))
    else:
        fixes = added_after(call.source, call.node, call.keys[key], "args", "{}")
        origin = Origin(fixes=fixes, place=place._replace(message="an input is read here"))
    message = f"{quoted(action.reference)} is called without 'args': its inputs do not even get their defaults"
    return Forbidden("call-without-args", message, "add 'args: {}' to the call", origin)


def _arg(item: Item, attributes: Attributes) -> object:
    """The value of an argument as the caller's expression gives it; plain values are texts."""
    if isinstance(item, Leaf) and not item.may_hold_expressions and item.value is not None:
        return text_of(item.value)
    return attributes.value(item)


def _as_primitive(value: object) -> object:
    """The value of an argument once it is an input: anything but a number or bool becomes text."""
    if isinstance(value, Unknown) and value is not POISON and not value.type.kinds <= {"int", "float", "bool", "str"}:
        kinds = (value.type.kinds & {"int", "float", "bool"}) | {"str"}
        return Unknown(Type.of(*kinds), value.residual, value.waits)
    return value


def _has_type(value: object, wanted: str) -> bool:
    if isinstance(value, Unknown):
        return value.type.may_be(_ACCEPTED[wanted])
    return isinstance(value, INPUT_CLASSES[wanted])


def _seen(name: str, value: object) -> object:
    """Inside the action what is not known yet stays the lookup of the input."""
    if isinstance(value, Unknown) and value is not POISON:
        return unknown_at(value.type, "inputs", name)
    return value


def _inlined(value: object, wanted: str) -> object:
    """An argument as an expression of the action meets it in the caller's names: a text is made one there as well."""
    if not isinstance(value, Unknown) or value is POISON or value.residual is None:
        return value
    if wanted != "str" or value.type.kinds == {"str"}:
        return _as_primitive(value)
    return as_text(value)


def _misread(keys: Mapping[object, Node]) -> dict[object, str]:
    """Keys that YAML does not read as names, ``on`` for instance, with what was meant: that is told, and nothing else of them."""
    return {key: node.value for key, node in keys.items() if isinstance(key, bool) and isinstance(node, Scalar)}


def _unfit(call: Block, args: MapItem | None, action: Action, declared: Mapping[str, Item], misdeclared: Mapping[object, str], sink: list[Diagnostic]) -> bool:
    misread = _misread(args.keys if args is not None else {})
    given = {misread.get(name, str(name)) for name in args.entries} if args is not None else set()
    related = _declared_at(action)
    place = call.key_span("module" if "module" in call.fields else "action")
    missing = [name for name, item in declared.items() if name not in given and is_mandatory(item)]
    unknown_names = [key for key in (args.entries if args is not None else ()) if str(key) not in declared]
    free = [name for name in declared if name not in given]
    guesses = {key: closest(str(key), free) for key in unknown_names if key not in misread and key not in misdeclared.values()}
    for name in missing:
        if name in guesses.values():
            continue  # it is there, misspelt
        help = f"add '{name}: …' to its 'args'" if args is not None else f"add 'args: {{{name}: …}}'"
        message = f"{quoted(action.reference)} needs the input {quoted(name)}"
        sink.append(Diagnostic(rule("missing-arg"), call.source, place, message, help=help, related=related))
    for key in unknown_names:
        assert args is not None
        if key in misread:
            sink += filter(None, [bool_key(args, key, Effect.REFUSED)])
        if key not in guesses:
            continue
        guess = guesses[key]
        fixes = replacement(call.source, args.keys[key], guess, safe=False) if guess else ()
        hint = f"; did you mean {quoted(guess)}?" if guess else ""
        message = f"{quoted(action.reference)} has no input {quoted(str(key))}{hint}"
        help = f"its inputs: {listing(declared)}" if declared else "it takes no inputs"
        place = args.key_span(key)
        sink.append(Diagnostic(rule("unknown-arg"), call.source, place, message, help=help, related=related, fixes=fixes).put_at(args.use, there=True))
    return bool(missing or unknown_names)


def is_mandatory(item: Item) -> bool:
    """Whether a call must give the input."""
    leaf = item.leaf("default") if isinstance(item, Block) else None
    return isinstance(item, Block) and (leaf is None or leaf.value is None)


def _declared_at(action: Action) -> tuple[Label, ...]:
    block = action.block
    if block is None or "inputs" not in block.keys:
        return ()
    return (Label(action.file.source, block.key_span("inputs"), "its inputs are declared here"),)


def _wrong_type(args: MapItem, item: Item, name: str, value: object, wanted: str) -> Diagnostic:
    fixes: tuple[Fix, ...] = ()
    message = f"input {quoted(name)} is of type {wanted}, this is {type_of(value).words}"
    help = "one whole expression keeps its type, for instance ${{ 5 }}, ${{ 0.5 }}, ${{ True }}"
    if wanted == "str":
        help = "put it in quotes, or use str()"
    elif wanted == "float" and isinstance(value, int):
        help = f"write it with a point: ${{{{ {float(value)} }}}}"
        fixes = _with_point(item)
    elif isinstance(item, Leaf) and not item.may_hold_expressions and isinstance(value, str):
        message = f"input {quoted(name)} is of type {wanted}, but plain values of 'args' are texts"
        expression = _typed(item.value, wanted)
        if expression is not None:
            help = f"write {expression}"
            written = whole_scalar('"', expression) if getattr(args.node, "flow", False) else expression
            fixes = (one_edit(f"Write {expression}", item.source, item.node.start, item.node.end, written or expression),)
    return Diagnostic(rule("typed-arg-literal"), item.source, item.span, message, help=help, fixes=fixes).put_at(item.use)


def _with_point(item: Item) -> tuple[Fix, ...]:
    """The fix that makes a real number of an argument that is a whole number by itself."""
    whole = item.template.whole if isinstance(item, Leaf) and item.may_hold_expressions else None
    if not isinstance(item, Leaf) or whole is None or not isinstance(whole.tree, Literal):
        return ()
    place = item.place(whole.tree.start, whole.tree.end)
    text = item.source.slice(place)
    return (one_edit(f"Write {text}.0", item.source, place.start, place.end, f"{text}.0"),) if text.isdigit() else ()


def _typed(value: object, wanted: str) -> str | None:
    """The expression that gives a plain value in the wanted type, where it is clear what was meant."""
    if isinstance(value, str):
        value = value.lower() == "true" if wanted == "bool" and value.lower() in ("true", "false") else _number(value, wanted)
    if wanted == "bool":
        return f"${{{{ {value} }}}}" if isinstance(value, bool) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if wanted == "int":
        return f"${{{{ {value} }}}}" if isinstance(value, int) else None
    shown = repr(float(value))
    return f"${{{{ {shown} }}}}" if set(shown) <= set("0123456789.-") else None


def _number(text: str, wanted: str) -> object:
    try:
        return int(text) if wanted == "int" else float(text)
    except ValueError:
        return None
