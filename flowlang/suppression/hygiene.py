"""What is wrong with directives: not understood, unknown rules, nothing named, at nothing, not needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowlang.diagnostics import Diagnostic, Fix, Rule, SourceEdit, rule
from flowlang.patterns import pattern
from flowlang.suppression.directives import Directive, Key
from flowlang.text import Edit, Source, Span, closest, listing, quoted

_WORD = pattern(r"ignore(?:-file)?(?![^\s\[])")
_FORM = "write '# flowlint: ignore[CODE-or-name, …] reason' at the end of a key's line or above it, or 'ignore-file[…]' before the first key"


def understood(source: Source, directive: Directive) -> tuple[dict[Key, Rule], list[Diagnostic]]:
    """The rules that a directive names, and what is wrong with its words."""
    if directive.keys is None:
        said = source.slice(directive.rest)
        return {}, [Diagnostic(rule("malformed-ignore"), source, directive.rest, _misunderstood(said), help=_FORM)]
    if not directive.keys:
        return {}, [
            Diagnostic(rule("blanket-ignore"), source, directive.rest, "no rule is named: nothing is ignored", help="name the rules between the brackets")
        ]
    from flowlang.diagnostics.catalogue import BY_KEY

    rules: dict[Key, Rule] = {}
    problems: list[Diagnostic] = []
    for key in directive.keys:
        row = BY_KEY.get(key.text) or BY_KEY.get(key.text.upper()) or BY_KEY.get(key.text.lower())
        if row is not None:
            rules[key] = row
        else:
            problems.append(_unknown(source, key))
    if not directive.reason and rules and not problems:
        message = "no reason is given for what is ignored here"
        problems.append(Diagnostic(rule("ignore-without-reason"), source, directive.rest, message, help="write it after the brackets"))
    return rules, problems


def _misunderstood(said: str) -> str:
    word = _WORD.match(said)
    if word is not None:
        return f"the brackets behind {quoted(word[0])} are not closed" if "[" in said else f"{quoted(word[0])} names no rules in brackets behind it"
    return f"{quoted(said)} is nothing that the linter understands" if said else "there is nothing after 'flowlint:'"


def _unknown(source: Source, key: Key) -> Diagnostic:
    from flowlang.diagnostics.catalogue import BY_KEY, CATALOGUE

    family = [row.code for row in CATALOGUE if row.code.startswith(key.text.upper())]
    if key.text in ("*", "all") or family:
        message = f"{quoted(key.text)} stands for many rules: nothing is ignored by it"
        return Diagnostic(rule("blanket-ignore"), source, key.span, message, help="name each rule by its code or name")
    guess = closest(key.text, BY_KEY)
    hint = f"; did you mean {quoted(guess)}?" if guess else ""
    fixes = (Fix(f"Replace by {quoted(guess)}", False, (SourceEdit(source, Edit(key.span, guess)),)),) if guess else ()
    return Diagnostic(
        rule("unknown-ignore"), source, key.span, f"unknown rule {quoted(key.text)}{hint}", help="'flowlint --list-rules' prints all rules", fixes=fixes
    )


def misplaced(source: Source, directive: Directive, message: str) -> Diagnostic:
    """A directive at a place where it can cover nothing."""
    return Diagnostic(rule("misplaced-ignore"), source, directive.comment.span, message, help=_FORM)


def unused(source: Source, directive: Directive, needless: Iterable[tuple[Key, Rule]], total: int) -> Iterator[Diagnostic]:
    """One finding for a directive that accepts nothing at all, else one for each rule that it names in vain."""
    needless = list(needless)
    if not needless:
        return
    row = rule("unused-ignore")
    assert directive.keys is not None
    if len(needless) == total == len(directive.keys):
        names = listing(quoted(key.text) for key, _ in needless)
        yield Diagnostic(row, source, directive.rest, f"nothing here needs {names} to be ignored", fixes=(_without_comment(source, directive),))
        return
    for key, _ in needless:
        fix = Fix(f"Delete {quoted(key.text)}", True, (SourceEdit(source, Edit(_with_comma(directive.keys, key), "")),))
        yield Diagnostic(row, source, key.span, f"nothing here needs {quoted(key.text)} to be ignored", fixes=(fix,))


def _with_comma(keys: tuple[Key, ...], key: Key) -> Span:
    """A key with the comma that parts it from the next, or from the one before it."""
    at = keys.index(key)
    if at + 1 < len(keys):
        return Span(key.span.start, keys[at + 1].span.start)
    return Span(keys[at - 1].span.end, key.span.end)


def _without_comment(source: Source, directive: Directive) -> Fix:
    text = source.text
    start, end = directive.comment.span
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    if directive.comment.own_line:
        end += 2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0
    return Fix("Delete the comment", True, (SourceEdit(source, Edit(Span(start, end), "")),))
