"""Values of a kind that their attribute does not take, and words that are none of those allowed, in words."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, rule
from flowlang.light import NamedTuple
from flowlang.model.build import SWALLOWS
from flowlang.model.mending import deletion, in_brackets, one_edit, replacement
from flowlang.model.places import Document, find, key_text, span_of, value_span
from flowlang.model.special import WRONG_VALUES, Special
from flowlang.patterns import pattern
from flowlang.schema.violation import Violation
from flowlang.text import Source, closest, listing, quoted
from flowlang.yamltree import Node, Scalar, Sequence
from flowlang.yamltree.writing import whole_scalar


class _Wanted(NamedTuple):
    """What an attribute takes: how messages call it, and how it is written."""

    noun: str
    how: str | None = None


_TEXT = "write one text; for several lines use a block: '|' after the key, the lines below it"
_MAPPING = "write 'NAME: value' lines below the key"
_LIST = "put it in brackets: [ … ], or use one item a line, each after '- '"
_NUMBER = "write it in digits, for instance 80"
_ONE = "write one value"
_EXPECTED = {
    "str": _Wanted("a text", _TEXT),
    "image": _Wanted("an image", "write its reference, for instance ubuntu:22.04 or ${{ images.NAME.ref }}"),
    "bash": _Wanted("a text", _TEXT),
    "python": _Wanted("a text", _TEXT),
    "bool": _Wanted("true or false"),
    "enable": _Wanted("a condition", "for instance ${{ success() }}"),
    "int": _Wanted("a whole number", _NUMBER),
    "float": _Wanted("a number", _NUMBER),
    "timespan": _Wanted("a time span such as 1d6h", "a number of seconds, or days, hours, minutes and seconds in this order: 1d2h3m4s"),
    "uri": _Wanted("a URI", "for instance storage:folder/subfolder"),
    "remote-path": _Wanted("a path", _ONE),
    "local-path": _Wanted("a path", _ONE),
    "context-path": _Wanted("a path", _ONE),
    "port-pair": _Wanted("a pair LOCAL:REMOTE", "for instance '8080:80', in quotes"),
    "restart": _Wanted("a restart policy", _ONE),
    "id": _Wanted("a name", _ONE),
    "ref": _Wanted("a reference such as ws:file or gh:owner/repo@tag", _ONE),
    "primitive": _Wanted("one value", "write a text, a number or a truth value"),
    "mixin-name": _Wanted("a mixin's name", _ONE),
    "list": _Wanted("a list", _LIST),
    "tasks": _Wanted("a list of tasks", "write one task after the other, each beginning with '- '"),
    "mapping": _Wanted("a mapping", _MAPPING),
    "map": _Wanted("a mapping of names", "write 'NAME:' lines below the key, each with what it names below it"),
    "block": _Wanted("a mapping", "write 'KEY: value' lines below it"),
}
"""By value type."""

_NEEDED = {"jobs": "write 'jobs: {}' for a flow without jobs", "tasks": "write 'tasks: []' for a flow without tasks"}
"""Sections that must be there, also when they are empty."""

_KINDS = {dict: "a mapping", list: "a list", str: "a text", bool: "a truth value", int: "a number", float: "a number", type(None): "nothing"}


def wrong_type(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    """A value of a kind that its attribute does not take.

    A constant that the walk has let pass is judged by its attribute's converter, in better words.
    """
    node, key = find(document.root, violation.path)
    notes = document.notes_of_broken(violation.path)
    if notes is None and not isinstance(violation.instance, dict | list) and violation.instance is not None:
        return
    special = _special_value(violation)
    if special is not None:
        yield _special(document, violation, special, node, key)
        return
    type = notes.type if notes is not None else violation.type
    own = violation.path[-1] if violation.path else ""
    if own == "tasks" and type == "list":
        type = "tasks"
    expected = f"{_EXPECTED[type].noun if type in _EXPECTED else 'one value'} is expected" + (f" for {quoted(key_text(key))}" if key is not None else "")
    name, message, help = _wrong_kind(type, violation, expected, str(own))
    place = value_span(node, key)
    yield Diagnostic(rule(name), document.source, place, message, help=help, fixes=_fixes(name, document.source, node, key))


def _wrong_kind(type: str, violation: Violation, expected: str, own: str) -> tuple[str, str, str | None]:
    """Rule, message and help for a value of a kind that its attribute does not take."""
    value = violation.instance
    is_section = type in ("map", "tasks")
    how = _EXPECTED[type].how if type in _EXPECTED else _ONE
    if value is None:
        help = f"give a value, or delete the {'item' if violation.is_item else 'key'}"
        if "enum" in violation.schema:
            help = f"allowed: {listing(map(str, violation.schema['enum']))}"
        return "section-type" if is_section else "null-value", f"{expected}, but nothing is given", _NEEDED.get(own, help)
    message = f"{expected}, not {_KINDS.get(value.__class__, 'this')}"
    if is_section:
        return "section-type", message, how
    if isinstance(value, dict | list):
        if type in SWALLOWS and not violation.is_item:
            text = "[]" if isinstance(value, list) else "{}"
            return "collection-for-scalar", f"{message}: the engine reads it as the text {quoted(text)}", "write one text"
        choices = _choices(violation)
        return "wrong-type", message, f"allowed: {listing(choices)}" if choices else how
    return "scalar-for-list" if type == "list" else "wrong-type", message, how


def _fixes(name: str, source: Source, node: Node, key: Node | None) -> tuple[Fix, ...]:
    if name == "scalar-for-list":
        return in_brackets(source, node)
    if name == "collection-for-scalar" and isinstance(node, Sequence):
        return _joined(source, node, key)
    return ()


def _joined(source: Source, node: Sequence, key: Node | None) -> tuple[Fix, ...]:
    """The words of a list as one text: a guess at what was meant. None where a word would need quotes, or a comment would be lost."""
    words = [item.value for item in node.items if isinstance(item, Scalar)]
    if len(words) != len(node.items) or not words or any(not word or set(word) & set(" \t\n\"'\\$&|;<>()*?#") for word in words):
        return ()
    written = whole_scalar("", " ".join(words))
    start = node.start
    if not node.flow and key is not None:
        # the text stands behind the colon, on the line of the key
        before = _TO_BLOCK.fullmatch(source.text, key.end, start)
        start, written = (before.end(1), f" {written}") if before is not None and written is not None else (start, None)
    if written is None or "#" in source.text[start : node.end]:
        return ()
    return (one_edit("Write it as one text", source, start, node.end, written, safe=False),)


def _choices(violation: Violation) -> list[str]:
    """The words that are allowed, where there are but some."""
    schema = violation.schema
    return [str(choice) for choice in schema.get("enum", [schema["const"]] if "const" in schema else ())]


_TO_BLOCK = pattern(r"([ \t]*:)[ \t]*(?:\r\n|\n|\r)\s*")


def _special_value(violation: Violation) -> Special | None:
    """The rule of its own for a value of a wrong kind, told by its key and the one around it."""
    if violation.instance is None or len(violation.path) < 1:
        return None
    own, around = violation.path[-1], violation.path[-2] if len(violation.path) > 1 else ""
    if own == "value" and violation.schema.get("type") != "null":
        # outputs of batch actions do take a value, only not of this kind
        return None
    for names in ((around, own), (around, "*"), ("*", own)):
        found = WRONG_VALUES.get(names)  # type: ignore[arg-type]
        if found is not None:
            return found
    return None


def _special(document: Document, violation: Violation, special: Special, node: Node, key: Node | None) -> Diagnostic:
    fixes: tuple[Fix, ...] = ()
    owner, _ = find(document.root, violation.path[:-1])
    if special.delete and key is not None:
        fixes = deletion(document.source, owner, key)
    elif special.replacement is not None and isinstance(node, Scalar) and node.value and (isinstance(violation.instance, str) or special.any_value):
        is_text = isinstance(violation.instance, str)
        written = whole_scalar(node.style if is_text else '"', node.value)
        if written is not None:
            text = special.replacement.format(written)
            fixes = (one_edit(f"Write {text}", document.source, node.start, node.end, text),)
    place = span_of(key) if special.at_key and key is not None else value_span(node, key)
    return Diagnostic(rule(special.rule), document.source, place, special.message, help=special.help, fixes=fixes)


_MEANT = {
    "string": "str",
    "text": "str",
    "integer": "int",
    "number": "float",
    "double": "float",
    "boolean": "bool",
    "never": "none",
    "off": "none",
    "no": "none",
    "false": "none",
    "disabled": "none",
}
"""What other languages call the types of inputs, and what a cache that is off is called elsewhere."""


def bad_choice(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    """A word that is not one of those allowed."""
    if violation.type == "empty":
        # the choices of an empty section, left over where a mapping was expected
        yield from wrong_type(document, violation)
        return
    if (violation.instance is None or isinstance(violation.instance, dict | list)) and "type" in violation.schema:
        return  # told as a value that is missing, or of a wrong kind
    node, key = find(document.root, violation.path)
    choices = _choices(violation)
    name = f" for {quoted(key_text(key))}" if key is not None else ""
    meant = None
    if isinstance(node, Scalar):
        meant = _MEANT.get(node.value.lower())
        shown, guess = quoted(node.value), meant if meant in choices else closest(node.value, choices)
    else:
        shown, guess = _KINDS.get(type(violation.instance), "this"), None
    hint = f"; did you mean {quoted(guess)}?" if guess else ""
    fixes = replacement(document.source, node, guess, safe=guess == meant) if guess else ()
    help = f"allowed: {listing(choices)}"
    if violation.path == ("kind",) and len(choices) == 1:
        help = "a flow with 'jobs' is of kind live, one with 'tasks' of kind batch"
    yield Diagnostic(rule("bad-enum"), document.source, value_span(node, key), f"{shown} is not allowed{name}{hint}", help=help, fixes=fixes)
