"""Structural mistakes in words: what jsonschema finds wrong, at its node, as diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from flowlang.diagnostics import Diagnostic, Fix, Label, SourceEdit, rule
from flowlang.model.build import Loser, key_problem
from flowlang.model.mending import added_first, deletion, replacement
from flowlang.model.places import Document, Path, find, key_text, owner_span, span_of, winning
from flowlang.model.special import MISSING, UNKNOWN_KEYS
from flowlang.model.wrong_values import bad_choice, wrong_type
from flowlang.schema.violation import Violation
from flowlang.text import Edit, Source, Span, closest, listing, quoted
from flowlang.yamltree import Mapping, Node, Scalar, Sequence, resolve

# Of more values than this whose keys are written again the structure is not judged: each takes a document of its own.
_MOST_LOSERS = 32
# Nor is more told of it than so many mistakes: each is looked for in the whole tree.
_MOST_VIOLATIONS = 500


def structural_diagnostics(document: Document, schema: str, losers: Iterable[Loser] = (), *, complete: bool = True) -> Iterator[Diagnostic]:
    """What breaks the named schema in a document, each at its exact place; then what breaks it in values whose key is written again.

    In a file that is cut short by a YAML error (`complete` is False) nothing is said to be missing.
    Patterns of scalars are not translated: their values are judged, in better words, by the
    converters of the attributes.
    """
    from flowlang.schema.judge import judge

    for judged, path in ((document, ()), *islice(_with_losers(document, losers), _MOST_LOSERS)):
        for number, violation in enumerate(_one_a_mistake(judge(plain(judged.root), schema))):
            if number == _MOST_VIOLATIONS:
                yield _more(judged, violation)
                break
            if violation.path[: len(path)] != path or (violation.keyword in ("required", "anyOf") and not complete):
                continue
            node, key = find(judged.root, violation.path)
            if key is not None and not isinstance(key, Scalar):
                continue  # a key of that kind is told as such
            if id(node) in document.silent or (path and _forgotten(judged, path, violation.path, schema)):
                continue
            translate = _TRANSLATE.get(violation.keyword)
            if translate is not None:
                use = judged.use_at(violation.path)
                notes = judged.notes_of_broken(violation.path) if use is not None else None
                # engine 26.7: a collection in place of a reference is only noticed by who looks for what is called
                there = notes is not None and notes.type == "ref"
                yield from (_put(found, use, node, there=there) for found in translate(judged, violation))


def _put(found: Diagnostic, use: Span | None, node: Node, *, there: bool) -> Diagnostic:
    """A finding about what an alias puts somewhere; what is missing, which is shown at the alias's key, is missing where the value begins."""
    return (found._replace(span=owner_span(node, None)) if found.span == use else found).put_at(use, there=there)


def _more(document: Document, violation: Violation) -> Diagnostic:
    node, key = find(document.root, violation.path)
    message = f"the structure of this file is wrong in more than {_MOST_VIOLATIONS} places: what is wrong from here on is not told"
    return Diagnostic(rule("analysis-limit"), document.source, owner_span(node, key), message, help="mend the others first")


def _with_losers(document: Document, losers: Iterable[Loser]) -> Iterator[tuple[Document, Path]]:
    """For each value whose key is written again, wherever aliases put it, the document in which it counts, and its path there."""
    for loser in {id(loser.key): loser for loser in losers}.values():  # what an alias repeats is read more than once
        for root, path in winning(document.root, loser.mapping, loser.key):
            yield document._replace(root=root), path


def _forgotten(document: Document, loser: Path, path: Path, schema: str) -> bool:
    """Whether what is wrong at `path`, within a value whose key is written again, is only noticed by who asks for it, and so never.

    Engine 26.7: a number in place of a section, nothing in place of a list, a collection in place of a reference; within such a value
    it is nothing in place of a list.
    """
    from flowlang.model.readings import section_at

    node, _ = find(document.root, path)
    notes = document.notes_of_broken(path)
    if isinstance(node, Scalar) and resolve(node) is None and notes is not None and notes.type == "list" and notes.whole:
        return True
    if path != loser:
        return False
    if not isinstance(node, Scalar):
        return notes is not None and notes.type == "ref"
    return not isinstance(resolve(node), str) and section_at(schema, path) is not None


def _one_a_mistake(violations: Iterable[Violation]) -> Iterator[Violation]:
    """The violations, of pairs of keys that exclude one another one for each block."""
    seen: set[Path] = set()
    for violation in violations:
        if violation.keyword == "not":
            if violation.path in seen:
                continue
            seen.add(violation.path)
        yield violation


def plain(node: Node) -> object:
    """The tree as the JSON-like document that jsonschema reads: keys as text, dates as text."""
    if isinstance(node, Mapping):
        return {key_text(pair.key): plain(pair.value) for pair in node.pairs}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    value = resolve(node)
    return value if value is None or isinstance(value, str | int | float) else node.value


def _unknown_keys(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, _ = find(document.root, violation.path)
    assert isinstance(node, Mapping)
    known = violation.schema.get("properties", {})
    allowed = [key for key, value in known.items() if not _deprecated(value)]
    guesses = _guesses(violation, node)
    for pair in node.pairs:
        text = key_text(pair.key)
        if text in known:
            continue
        if not isinstance(pair.key, Scalar):
            yield from _no_key(document.source, pair.key)
            continue
        if text == "inherits" and "mixins" in known:
            yield _inherits(document.source, pair.key)
            continue
        special = UNKNOWN_KEYS.get((violation.block, text))
        if special is not None:
            fixes = deletion(document.source, node, pair.key) if special.delete else ()
            yield Diagnostic(rule(special.rule), document.source, span_of(pair.key), special.message, help=special.help, fixes=fixes)
            continue
        guess = guesses.get(text)
        hint = f"; did you mean {quoted(guess)}?" if guess else ""
        yield Diagnostic(
            rule("unknown-key"),
            document.source,
            span_of(pair.key),
            f"unknown key {quoted(text)} in {_article(violation.block)}{hint}",
            help=f"allowed: {listing(allowed, 40)}",
            fixes=replacement(document.source, pair.key, guess, safe=False) if guess else (),
        )


def _no_key(source: Source, key: Node) -> Iterator[Diagnostic]:
    """What is to be said of a list or mapping in place of a key."""
    problem = key_problem(source, key, None, False)
    if problem is not None:
        name, message, help = problem
        yield Diagnostic(rule(name), source, span_of(key), message, help=help)


def _guesses(violation: Violation, node: Mapping) -> dict[str, str]:
    """The unknown keys of a block that are probably misspelt, each with the key that was meant."""
    known = violation.schema.get("properties", {})
    keys = [key_text(pair.key) for pair in node.pairs]
    free = [key for key, value in known.items() if key not in keys and not _deprecated(value)]
    unknown = (key for key in keys if key not in known and key != "inherits" and (violation.block, key) not in UNKNOWN_KEYS)
    return {key: guess for key in unknown if (guess := closest(key, free)) is not None}


def _inherits(source: Source, key: Node) -> Diagnostic:
    fix = Fix("Replace by 'mixins'", True, (SourceEdit(source, Edit(span_of(key), "mixins")),))
    return Diagnostic(rule("deprecated-inherits"), source, span_of(key), "'inherits' was renamed 'mixins' in release 21.9", fixes=(fix,))


def _deprecated(schema: object) -> bool:
    return isinstance(schema, dict) and "deprecated" in schema.get("x-flow", {})


def _article(block: str) -> str:
    """The block's name with its article: 'a job', 'an action call'; there is but one section 'defaults'."""
    if block == "defaults":
        return quoted(block)
    return f"an {block}" if block[:1] in "aeio" else f"a {block}"


def _missing_key(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, key = find(document.root, violation.path)
    if not isinstance(node, Mapping) or not isinstance(violation.instance, dict):
        return
    name, place = violation.missing, owner_span(node, key)
    if name in _guesses(violation, node).values():
        return  # it is there, misspelt
    special = MISSING.get((violation.block, name))
    if special is not None:
        yield Diagnostic(rule(special.rule), document.source, place, special.message, help=special.help)
        return
    doc = violation.schema.get("properties", {}).get(name, {})
    doc = doc if isinstance(doc, dict) else {}
    choices = doc.get("enum", ())
    only = str(choices[0]) if len(choices) == 1 and not violation.path else None
    help = f"add '{name}: {only}'" if only is not None else _lower(doc.get("description", "").split(". ")[0].rstrip(".")) or None
    fixes = added_first(document.source, node, name, only) if only is not None else ()
    yield Diagnostic(rule("missing-key"), document.source, place, f"{_article(violation.block)} needs the key {quoted(name)}", help=help, fixes=fixes)


def _lower(text: str) -> str:
    """A sentence with a small first letter, unless it begins with an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _none_of(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, key = find(document.root, violation.path)
    names = [name for group in violation.schema.get("x-flow", {}).get("one-of", ()) for name in group]
    message = f"{_article(violation.block)} needs one of the keys {listing(map(quoted, names))}"
    yield Diagnostic(rule("missing-key"), document.source, owner_span(node, key), message)


def _exclusive(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, _ = find(document.root, violation.path)
    forbidden = violation.schema.get("not", {}).get("required", [])
    if not isinstance(node, Mapping):
        return
    present = {key_text(pair.key): pair.key for pair in node.pairs}
    group = next((group for group in EXCLUSIVE if set(forbidden) <= set(group)), forbidden)
    keys = sorted((present[name] for name in group if name in present), key=lambda key: key.start)
    if not keys:
        return
    names = [quoted(name) for name in group if name in present]
    message = f"{', '.join(names[:-1])} and {names[-1]} exclude one another"
    related = tuple(Label(document.source, span_of(key), "the other one" if len(keys) == 2 else "and this one") for key in keys[:-1])
    yield Diagnostic(rule("exclusive-keys"), document.source, span_of(keys[-1]), message, help="keep one of them", related=related)


EXCLUSIVE = (("cmd", "bash", "python"),)
"""Groups of more than two keys that exclude one another."""


def _forbidden(document: Document, violation: Violation) -> Iterator[Diagnostic]:
    node, key = find(document.root, violation.path)
    if key is not None:
        yield Diagnostic(rule("unknown-key"), document.source, span_of(key), f"{quoted(key_text(key))} is not allowed here")
    else:
        yield Diagnostic(rule("wrong-type"), document.source, span_of(node), "this is not allowed here")


_TRANSLATE: dict[str, Callable[[Document, Violation], Iterator[Diagnostic]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_key,
    "anyOf": _none_of,
    "type": wrong_type,
    "enum": bad_choice,
    "const": bad_choice,
    "not": _exclusive,
    "None": _forbidden,
}
