"""Structural mistakes in words: what jsonschema finds wrong, at its node, as diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from flowlang.diagnostics import Diagnostic, Fix, SourceEdit, rule
from flowlang.model.build import SWALLOWS, key_of
from flowlang.model.special import MISSING, UNKNOWN_KEYS, WRONG_VALUES, Special
from flowlang.schema import Notes
from flowlang.schema.violation import Violation
from flowlang.text import Edit, Source, Span, closest, listing, quoted
from flowlang.yamltree import Mapping, Node, Pair, Scalar, Sequence, resolve

# How messages call what an attribute takes, by its value type.
_WANTED = {
    "str": "a text",
    "image": "an image",
    "bash": "a text",
    "python": "a text",
    "bool": "true or false",
    "enable": "a condition",
    "int": "a whole number",
    "float": "a number",
    "timespan": "a time span such as 1d6h",
    "uri": "a URI",
    "remote-path": "a path",
    "local-path": "a path",
    "context-path": "a path",
    "port-pair": "a pair LOCAL:REMOTE",
    "id": "a name",
    "ref": "a reference such as ws:file or gh:owner/repo@tag",
    "primitive": "one value",
    "mixin-name": "a mixin's name",
    "list": "a list",
    "mapping": "a mapping",
    "map": "a mapping of names",
    "block": "a mapping",
}

RESTART_POLICIES = ("never", "on-failure", "always")

_KINDS = {dict: "a mapping", list: "a list", str: "a text", bool: "a truth value", int: "a number", float: "a number", type(None): "nothing"}


class Document(NamedTuple):
    """What the translation of violations needs: the source, its tree, and what the walk found broken."""

    source: Source
    root: Node
    broken: dict[Node, Notes]


def structural_diagnostics(document: Document, schema: str, *, complete: bool = True) -> Iterator[Diagnostic]:
    """What breaks the named schema in a document, each at its exact place.

    In a file that is cut short by a YAML error (`complete` is False) nothing is said to be missing.
    Patterns of scalars are not translated: their values are judged, in better words, by the
    converters of the attributes.
    """
    from flowlang.schema.judge import judge

    for violation in judge(plain(document.root), schema):
        if violation.keyword in ("required", "anyOf") and not complete:
            continue
        translate = _TRANSLATE.get(violation.keyword)
        if translate is not None:
            yield from translate(document, violation)


def plain(node: Node) -> object:
    """The tree as the JSON-like document that jsonschema reads: keys as text, dates as text."""
    if isinstance(node, Mapping):
        return {_key_text(pair.key): plain(pair.value) for pair in node.pairs}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    value = resolve(node)
    return value if value is None or isinstance(value, str | int | float) else node.value


def _key_text(node: Node) -> str:
    if not isinstance(node, Scalar):
        return f"(key at {node.start})"
    key = key_of(node)
    return key if isinstance(key, str) else node.value


def _find(root: Node, path: tuple[str | int, ...]) -> tuple[Node, Node | None]:
    """The node at `path` and the node of its key (None for an item of a list or the root)."""
    node, key = root, None
    for step in path:
        if isinstance(node, Sequence) and isinstance(step, int):
            node, key = node.items[step], None
        elif isinstance(node, Mapping):
            pair = next(pair for pair in reversed(node.pairs) if _key_text(pair.key) == step)
            node, key = pair.value, pair.key
    return node, key


def _span(node: Node) -> Span:
    return Span(node.start, node.end)


def _value_span(node: Node, key: Node | None) -> Span:
    """Where a wrong value is shown: the value, or its key when the value is empty; of a collection its first line only."""
    if node.start == node.end and key is not None:
        return _span(key)
    return _span(node)


def _unknown_keys(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, _ = _find(document.root, violation.path)
    assert isinstance(node, Mapping)
    allowed = [key for key, value in violation.schema.get("properties", {}).items() if not _deprecated(value)]
    known = violation.schema.get("properties", {})
    present = {_key_text(pair.key) for pair in node.pairs}
    for pair in node.pairs:
        text = _key_text(pair.key)
        if text in known:
            continue
        if text == "inherits" and "mixins" in known:
            yield _inherits(document.source, pair.key)
            continue
        special = UNKNOWN_KEYS.get((violation.block, text))
        if special is not None:
            fixes: tuple[Fix, ...] = (_delete(document.source, pair),) if special.delete else ()
            yield Diagnostic(rule(special.rule), document.source, _span(pair.key), special.message, help=special.help, fixes=fixes)
            continue
        guess = closest(text, [key for key in allowed if key not in present])
        hint = f"; did you mean {quoted(guess)}?" if guess else ""
        fixes = (_replace(document.source, pair.key, guess),) if guess else ()
        yield Diagnostic(
            rule("unknown-key"),
            document.source,
            _span(pair.key),
            f"unknown key {quoted(text)} in {_article(violation.block)}{hint}",
            help=f"allowed: {listing(allowed, 40)}",
            fixes=fixes,
        )


def _delete(source: Source, pair: Pair) -> Fix:
    """The fix that takes a key and its value out, with the line break before it where it stands on lines of its own."""
    start, end = pair.key.start, max(pair.key.end, pair.value.end)
    line_start = source.text.rfind("\n", 0, start) + 1
    line_end = source.text.find("\n", end)
    line_end = len(source.text) if line_end < 0 else line_end + 1
    if not source.text[line_start:start].strip() and not source.text[end:line_end].strip(": \r\n"):
        start, end = line_start, line_end
    return Fix("Delete it", True, (SourceEdit(source, Edit(Span(start, end), "")),))


def _inherits(source: Source, key: Node) -> Diagnostic:
    fix = Fix("Rename to 'mixins'", True, (SourceEdit(source, Edit(_span(key), "mixins")),))
    return Diagnostic(rule("deprecated-inherits"), source, _span(key), "'inherits' was renamed 'mixins' in release 21.9", fixes=(fix,))


def _deprecated(schema: object) -> bool:
    return isinstance(schema, dict) and "deprecated" in schema.get("x-flow", {})


def _replace(source: Source, node: Node, text: str) -> Fix:
    return Fix(f"Replace by {quoted(text)}", False, (SourceEdit(source, Edit(_span(node), text)),))


def _article(block: str) -> str:
    """The block's name with its article: 'a job', 'an action call', 'project.yml'."""
    if "." in block:
        return block
    return f"an {block}" if block[:1] in "aeio" else f"a {block}"


def _missing_key(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, key = _find(document.root, violation.path)
    if not isinstance(node, Mapping) or not isinstance(violation.instance, dict):
        return
    name = violation.missing
    special = MISSING.get((violation.block, name))
    if special is not None:
        place = _span(key) if key is not None else _head(node)
        yield Diagnostic(rule(special.rule), document.source, place, special.message, help=special.help)
        return
    place = _span(key) if key is not None else _head(node)
    doc = violation.schema.get("properties", {}).get(name, {})
    text = doc.get("description", "") if isinstance(doc, dict) else ""
    help = text.split(". ")[0].rstrip(".") or None
    yield Diagnostic(rule("missing-key"), document.source, place, f"{_article(violation.block)} needs the key {quoted(name)}", help=help)


def _none_of(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, key = _find(document.root, violation.path)
    names = [name for group in violation.schema.get("x-flow", {}).get("one-of", ()) for name in group]
    place = _span(key) if key is not None else _head(node)
    yield Diagnostic(rule("missing-key"), document.source, place, f"{_article(violation.block)} needs one of the keys {listing(map(quoted, names))}")


def _head(node: Node) -> Span:
    """The first key of a mapping, or the place where the node begins."""
    if isinstance(node, Mapping) and node.pairs:
        return _span(node.pairs[0].key)
    return Span(node.start, node.start)


def _wrong_type(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, key = _find(document.root, violation.path)
    notes = document.broken.get(node)
    if notes is None and not isinstance(violation.instance, dict | list) and violation.instance is not None:
        return
    special = _special_value(violation)
    if special is not None:
        yield from _special(document, violation, special, node, key)
        return
    type = notes.type if notes is not None else violation.type
    name = f" for {quoted(_key_text(key))}" if key is not None else ""
    wanted = _WANTED.get(type, "one value")
    name_of_rule, message, help = _wrong_kind(type, violation, f"{wanted} is expected{name}", violation.is_item)
    yield Diagnostic(rule(name_of_rule), document.source, _value_span(node, key), message, help=help)


def _special_value(violation: Violation) -> Special | None:
    """The rule of its own for a value of a wrong kind, told by its key and the one around it."""
    if violation.instance is None or len(violation.path) < 1:
        return None
    own, around = violation.path[-1], violation.path[-2] if len(violation.path) > 1 else ""
    for names in ((around, own), (around, "*"), ("*", own)):
        found = WRONG_VALUES.get(names)  # type: ignore[arg-type]
        if found is not None:
            return found
    return None


def _special(document: Document, violation: Violation, special: Special, node: Node, key: Node | None) -> Iterator[Diagnostic]:
    fixes: tuple[Fix, ...] = ()
    owner, _ = _find(document.root, violation.path[:-1])
    if special.delete and isinstance(owner, Mapping):
        fixes = tuple(_delete(document.source, pair) for pair in owner.pairs if pair.value is node)
    elif special.replacement is not None and isinstance(node, Scalar) and node.style not in ("|", ">"):
        text = special.replacement.format(document.source.slice(_span(node)))
        fixes = (Fix(f"Write {text}", True, (SourceEdit(document.source, Edit(_span(node), text)),)),)
    yield Diagnostic(rule(special.rule), document.source, _value_span(node, key), special.message, help=special.help, fixes=fixes)


def _wrong_kind(type: str, violation: Violation, expected: str, is_item: bool) -> tuple[str, str, str | None]:
    """Rule, message and help for a value of a kind that its attribute does not take."""
    value = violation.instance
    found = _KINDS.get(value.__class__, "this")
    if value is None:
        rule_name = "section-type" if type in ("map", "tasks") else "null-value"
        return rule_name, f"{expected}, but nothing is given", "give a value, or delete the key"
    if type in ("map", "tasks"):
        return "section-type", f"{expected}, not {found}", None
    if isinstance(value, dict | list):
        if type in SWALLOWS and not is_item:
            text = "[]" if isinstance(value, list) else "{}"
            return "collection-for-scalar", f"{expected}, not {found}: the engine reads it as the text {quoted(text)}", "write one text"
        return "wrong-type", f"{expected}, not {found}", None
    if type == "restart":
        return "bad-enum", f"{quoted(str(value))} is no restart policy", f"allowed: {listing(RESTART_POLICIES)}; 'no' without quotes is read as False"
    if type == "list":
        return "scalar-for-list", f"{expected}, not {found}", "put it in brackets: [ … ], or use one item a line, each after '- '"
    return "wrong-type", f"{expected}, not {found}", None


def _bad_choice(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    if violation.type == "empty":
        # the choices of an empty section, left over where a mapping was expected
        yield from _wrong_type(document, violation)
        return
    node, key = _find(document.root, violation.path)
    choices = [str(choice) for choice in violation.schema.get("enum", [violation.schema.get("const")])]
    name = f" for {quoted(_key_text(key))}" if key is not None else ""
    if isinstance(node, Scalar):
        shown, guess = quoted(node.value), closest(node.value, choices)
    else:
        shown, guess = _KINDS.get(type(violation.instance), "this"), None
    hint = f"; did you mean {quoted(guess)}?" if guess else ""
    fixes = (_replace(document.source, node, guess),) if guess else ()
    yield Diagnostic(rule("bad-enum"), document.source, _value_span(node, key), f"{shown} is not allowed{name}{hint}", help=f"allowed: {listing(choices)}", fixes=fixes)


def _exclusive(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, _ = _find(document.root, violation.path)
    forbidden = violation.schema.get("not", {}).get("required", [])
    if not isinstance(node, Mapping):
        return
    keys = [pair.key for pair in node.pairs if _key_text(pair.key) in forbidden]
    names = " and ".join(quoted(name) for name in forbidden)
    if keys:
        yield Diagnostic(rule("exclusive-keys"), document.source, _span(keys[-1]), f"{names} exclude one another", help="keep one of them")


def _forbidden(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, key = _find(document.root, violation.path)
    if key is not None:
        yield Diagnostic(rule("unknown-key"), document.source, _span(key), f"{quoted(_key_text(key))} is not allowed here")
    else:
        yield Diagnostic(rule("wrong-type"), document.source, _span(node), "this is not allowed here")


_TRANSLATE: dict[str, Callable[[Document, Violation], Iterator[Diagnostic]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_key,
    "anyOf": _none_of,
    "type": _wrong_type,
    "enum": _bad_choice,
    "const": _bad_choice,
    "not": _exclusive,
    "None": _forbidden,
}
