"""What can be said of a scalar by itself: its expressions parse, its constant fits the attribute."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Effect, Fix, Severity, SourceEdit, rule
from flowlang.expr import Problem
from flowlang.model import Leaf
from flowlang.semantics.convert import NO_CONCATENATION, ConversionError, convert
from flowlang.text import Edit, Span
from flowlang.yamltree import Scalar
from flowlang.yamltree.writing import written_in

# Types whose scalars the engine does not read as templates, or that the schemas judge fully.
_NOT_READ = frozenset({"", "enum", "any"})
_WHOLE = {"list": "scalar-for-list", "mapping": "wrong-type"}


def leaf_problems(leaf: Leaf) -> tuple[Diagnostic, ...]:
    """The problems of one scalar, found once; a leaf with a `refused` one is poisoned for evaluation."""
    known: tuple[Diagnostic, ...] | None = leaf.__dict__.get("problems")
    if known is None:
        known = leaf.__dict__["problems"] = tuple(_problems(leaf))
        leaf.__dict__["poisoned"] = any(problem.effect is Effect.REFUSED for problem in known)
    return known


def is_poisoned(leaf: Leaf) -> bool:
    """Whether the engine refuses the scalar by itself, so that nothing more can be said of it."""
    leaf_problems(leaf)
    return bool(leaf.__dict__["poisoned"])


def _problems(leaf: Leaf) -> Iterator[Diagnostic]:
    type, value = leaf.notes.type, leaf.value
    if value is None or type in _NOT_READ:
        return
    if leaf.may_hold_expressions:
        template = leaf.template
        yield from (problem_diagnostic(leaf, problem) for problem in template.problems)
        if not template.is_text:
            first = next(part for part in template.parts if hasattr(part, "tree"))
            if leaf.scope == "none":
                yield _at(leaf, "expression-not-allowed", leaf.place(first.start, first.end), "expressions are not allowed here", "write the value itself")
            elif type in NO_CONCATENATION and template.whole is None:
                yield _beside(leaf)
            return
    if value == "" and type in NO_CONCATENATION:
        yield _at(leaf, "empty-value", leaf.span, f"an empty text is no {_NOUNS.get(type, 'value')}", "give a value, or delete the key")
    elif type in _WHOLE:
        noun = _NOUNS[type]
        help = "put it in brackets: [ … ], or use one item a line, each after '- '" if type == "list" else "write 'NAME: value' lines below the key"
        yield _at(leaf, _WHOLE[type], leaf.span, f"a {noun} is expected, not one value", help)
    else:
        try:
            convert(type, value)
        except ConversionError as error:
            yield conversion_diagnostic(leaf, error)


_NOUNS = {"list": "list", "mapping": "mapping", "int": "number", "float": "number", "timespan": "time span", "bool": "truth value", "enable": "condition"}


def _beside(leaf: Leaf) -> Diagnostic:
    """Text beside an expression where the attribute takes the expression alone; often a line break."""
    texts = [part for part in leaf.template.parts if not hasattr(part, "tree")]
    blank = all(not leaf.template.text[part.start : part.end].strip() for part in texts)
    noun = _NOUNS.get(leaf.notes.type, "value")
    if not texts:
        return _at(leaf, "stray-whitespace", leaf.span, f"several expressions do not make one {noun}", "write one expression")
    place = leaf.place(texts[-1].start, texts[-1].end)
    if blank:
        help = "end the block with '|-' or '>-', or write the expression on the line of its key"
        return _at(leaf, "stray-whitespace", place, f"blanks beside the expression: a {noun} takes the expression alone", help)
    return _at(leaf, "stray-whitespace", place, f"text beside the expression: a {noun} takes the expression alone", "put the text into the expression")


def conversion_diagnostic(leaf: Leaf, error: ConversionError) -> Diagnostic:
    """A value that its attribute does not take, shown at the whole scalar."""
    fixes: tuple[Fix, ...] = ()
    if error.replacement is not None and isinstance(leaf.node, Scalar):
        fixes = (Fix(f"Replace by {error.replacement}", True, (SourceEdit(leaf.source, Edit(leaf.span, error.replacement)),)),)
    return Diagnostic(rule(error.rule), leaf.source, leaf.span, error.message, help=error.help, fixes=fixes)


def problem_diagnostic(leaf: Leaf, problem: Problem) -> Diagnostic:
    """A problem of an expression at its place in the file, its fixes written for the scalar's style."""
    assert isinstance(leaf.node, Scalar)
    style = leaf.node.style
    fixes = tuple(
        Fix(
            fix.title,
            fix.safe,
            tuple(SourceEdit(leaf.source, Edit(leaf.place(start, end), written_in(style, text))) for start, end, text in fix.edits),
        )
        for fix in problem.fixes
    )
    # what may never be evaluated is no error, whatever the rule says of it elsewhere
    severity = Severity.WARNING if problem.effect is Effect.ADVICE and rule(problem.rule).severity is Severity.ERROR else None
    return Diagnostic(
        rule(problem.rule),
        leaf.source,
        leaf.place(problem.start, problem.end),
        problem.message,
        help=problem.help,
        fixes=fixes,
        override_severity=severity,
        override_effect=problem.effect,
    )


def _at(leaf: Leaf, name: str, span: Span, message: str, help: str) -> Diagnostic:
    return Diagnostic(rule(name), leaf.source, span, message, help=help)
