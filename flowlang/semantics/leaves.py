"""What can be said of a scalar by itself: its expressions parse, its constant fits the attribute."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Effect, Fix, Label, Severity, SourceEdit, rule
from flowlang.expr import ExprPart, Problem, ProblemFix
from flowlang.light import NamedTuple
from flowlang.model import Leaf
from flowlang.model.mending import in_brackets, one_edit, replacement
from flowlang.patterns import pattern
from flowlang.semantics.convert import NO_CONCATENATION, ConversionError, convert, is_text
from flowlang.text import Edit, Span, apply_edits, quoted
from flowlang.yamltree import Scalar
from flowlang.yamltree.unquoted import cut_by_comment
from flowlang.yamltree.writing import written_in

# Types whose scalars the engine does not read as templates, or that the schemas judge fully.
_NOT_READ = frozenset({"", "enum", "any"})
_WHOLE = {"list": "scalar-for-list", "mapping": "wrong-type"}


class Origin(NamedTuple):
    """What is to be said of a value that fails when an expression reads it, beside the problem itself.

    `place`: where the mistake is, when it is not in the expression; the place of that is related then,
    under the label's words. However many expressions fail for it, it is one finding.
    """

    related: tuple[Label, ...] = ()
    fixes: tuple[Fix, ...] = ()
    place: Label | None = None


def leaf_problems(leaf: Leaf) -> tuple[Diagnostic, ...]:
    """The problems of one scalar, found once; a leaf with a `refused` one is poisoned for evaluation."""
    known: tuple[Diagnostic, ...] | None = leaf.problems
    if known is None:
        known = leaf.problems = () if _is_well(leaf) else tuple(_problems(leaf))
    return known


def is_poisoned(leaf: Leaf) -> bool:
    """Whether the engine refuses the scalar by itself, so that nothing more can be said of it."""
    problems = leaf_problems(leaf)
    return bool(problems) and any(problem.effect is Effect.REFUSED for problem in problems)


def _is_well(leaf: Leaf) -> bool:
    """Whether a scalar surely has no problem; a short way for most."""
    type, value = leaf.notes.type, leaf.value
    if value is None or type in _NOT_READ:
        return True
    if not isinstance(value, str) or type in _WHOLE:
        return False
    if "$" not in value:
        return is_text(type)
    template = leaf.template
    if template.problems or template.is_text:
        return False
    return leaf.scope != "none" and (type not in NO_CONCATENATION or template.whole is not None)


def _problems(leaf: Leaf) -> Iterator[Diagnostic]:
    type, value = leaf.notes.type, leaf.value
    if value is None or type in _NOT_READ:
        return
    if leaf.may_hold_expressions:
        template = leaf.template
        if (cut := _cut(leaf)) is not None:
            yield cut
            return
        yield from (problem_diagnostic(leaf, problem) for problem in template.problems)
        if not template.is_text:
            first = next(part for part in template.parts if isinstance(part, ExprPart))
            if leaf.scope == "none":
                yield _at(leaf, "expression-not-allowed", leaf.place(first.start, first.end), "expressions are not allowed here", "write the value itself")
            elif type in NO_CONCATENATION and template.whole is None:
                yield _beside(leaf)
            return
    if value == "" and type in NO_CONCATENATION:
        yield _at(leaf, "empty-value", leaf.span, f"an empty text is no {_NOUNS.get(type, 'value')}", "give a value, or delete the key")
    elif type in _WHOLE:
        yield _one_for_many(leaf, type)
    else:
        try:
            leaf.__dict__["converted"] = convert(type, value)
        except ConversionError as error:
            yield conversion_diagnostic(leaf, as_written(leaf, error))


def _cut(leaf: Leaf) -> Diagnostic | None:
    """The finding that a comment cuts off an expression, where one is not closed."""
    if not any(problem.rule == "unclosed-expression" for problem in leaf.template.problems) or not isinstance(leaf.node, Scalar):
        return None
    problem = cut_by_comment(leaf.source, leaf.node)
    if problem is None:
        return None
    fixes = tuple(Fix(fix.title, fix.safe, tuple(SourceEdit(leaf.source, edit) for edit in fix.edits)) for fix in problem.fixes)
    return Diagnostic(rule(problem.rule), leaf.source, problem.span, problem.message, help=problem.help, fixes=fixes).put_at(leaf.use)


def _one_for_many(leaf: Leaf, type: str) -> Diagnostic:
    """One constant where a list or mapping is expected."""
    name = f" for {quoted(leaf.key.value)}" if isinstance(leaf.key, Scalar) else ""
    message = f"a {_NOUNS[type]} is expected{name}, not one value"
    if type == "list":
        help = "put it in brackets: [ … ], or use one item a line, each after '- '"
        return _at(leaf, _WHOLE[type], leaf.span, message, help, in_brackets(leaf.source, leaf.node))
    return _at(leaf, _WHOLE[type], leaf.span, message, "write 'NAME: value' lines below the key")


def as_written(leaf: Leaf, error: ConversionError) -> ConversionError:
    """The error in the words of what is written, where YAML has made something else of a plain constant."""
    value, node = leaf.value, leaf.node
    if isinstance(value, str) or not isinstance(node, Scalar):
        return error
    text = node.value
    if error.rule == "bad-port-pair" and ":" in text and isinstance(value, int | float):
        message = f"without quotes YAML reads {quoted(text)} as the number {value} (base 60), not as two ports"
        return ConversionError("sexagesimal", message, "put the pair in quotes", text)
    if error.rule == "bad-port-pair":
        return ConversionError(error.rule, f"{quoted(text)} is no pair LOCAL:REMOTE of ports", error.help)
    if error.rule == "bad-enum" and isinstance(value, bool):
        guess = "always" if value else "never"
        message = f"{quoted(text)} is no restart policy; did you mean {quoted(guess)}?"
        return ConversionError(error.rule, message, error.help, None if value else guess)
    return error


_NOUNS = {"list": "list", "mapping": "mapping", "int": "number", "float": "number", "timespan": "time span", "bool": "truth value", "enable": "condition"}


def _beside(leaf: Leaf) -> Diagnostic:
    """Text beside an expression where the attribute takes the expression alone; often a line break."""
    texts = [part for part in leaf.template.parts if not isinstance(part, ExprPart)]
    blank = all(not leaf.template.text[part.start : part.end].strip() for part in texts)
    noun = _NOUNS.get(leaf.notes.type, "value")
    if not texts:
        return _at(leaf, "stray-whitespace", leaf.span, f"several expressions do not make one {noun}", "write one expression")
    place = leaf.place(texts[-1].start, texts[-1].end)
    if blank:
        help = "end the block with '|-' or '>-', or write the expression on the line of its key"
        message = f"blanks beside the expression: a {noun} takes the expression alone"
        return _at(leaf, "stray-whitespace", place, message, help, without_blanks(leaf))
    return _at(leaf, "stray-whitespace", place, f"text beside the expression: a {noun} takes the expression alone", "put the text into the expression")


_BLOCK_HEADER = pattern(r"[|>](?:[1-9]?[+]|[+][1-9]?|[1-9]?)")


def without_blanks(leaf: Leaf) -> tuple[Fix, ...]:
    """The fix that takes the blanks around a text or expression away: the block's last line break stripped, or the blanks in quotes deleted."""
    node = leaf.node
    assert isinstance(node, Scalar)
    text = leaf.template.text
    if node.style in ("|", ">"):
        header = _BLOCK_HEADER.match(leaf.source.text, node.start)
        if header is None or text[:1].isspace():
            return ()
        written = header[0].replace("+", "") + "-"
        return (one_edit(f"Write '{written}'", leaf.source, header.start(), header.end(), written),)
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    places = (leaf.place(start, stop) for start, stop in ((0, begin), (end, len(text))) if start < stop)
    return (Fix("Delete the blanks", True, tuple(SourceEdit(leaf.source, Edit(place, "")) for place in places)),)


def conversion_diagnostic(leaf: Leaf, error: ConversionError) -> Diagnostic:
    """A value that its attribute does not take, shown at the whole scalar."""
    fixes: tuple[Fix, ...] = ()
    if error.replacement is not None and leaf.template.is_text:
        fixes = replacement(leaf.source, leaf.node, error.replacement, safe=True)
    help = error.help
    if error.rule == "bad-id" and not leaf.template.is_text:
        help = "an id has letters, digits and '_' alone: put a word before a number, and replace(…, '-', '_') for what a text may hold besides"
    return Diagnostic(rule(error.rule), leaf.source, leaf.span, error.message, help=help, fixes=fixes).put_at(leaf.use)


def problem_diagnostic(leaf: Leaf, problem: Problem) -> Diagnostic:
    """A problem of an expression at its place in the file, its fixes written for the scalar's style."""
    fixes = tuple(Fix(fix.title, fix.safe, tuple(SourceEdit(leaf.source, edit) for edit in _edits(leaf, fix))) for fix in problem.fixes)
    origin = problem.origin if isinstance(problem.origin, Origin) else Origin()
    # what may never be evaluated is no error, whatever the rule says of it elsewhere
    severity = Severity.WARNING if problem.effect is Effect.ADVICE and rule(problem.rule).severity is Severity.ERROR else None
    here, related = Label(leaf.source, leaf.place(problem.start, problem.end), ""), origin.related
    if origin.place is not None:
        here, related = origin.place, (here._replace(message=origin.place.message), *related)
    found = Diagnostic(
        rule(problem.rule),
        here.source,
        here.span,
        problem.message,
        help=problem.help,
        related=related,
        fixes=fixes + origin.fixes,
        override_severity=severity,
        override_effect=problem.effect,
    )
    return found.put_at(leaf.use) if origin.place is None else found


# What ends a plain scalar within brackets, or makes it something else.
_INDICATORS = frozenset("{}[],#")


def _edits(leaf: Leaf, fix: ProblemFix) -> tuple[Edit, ...]:
    """The edits of a fix, given for the decoded text, written for the scalar's style."""
    assert isinstance(leaf.node, Scalar)
    style = leaf.node.style
    if not style and leaf.in_brackets and any(_INDICATORS & set(text) for _, _, text in fix.edits):
        meant = apply_edits(leaf.template.text, (Edit(Span(start, end), text) for start, end, text in fix.edits))
        return (Edit(leaf.span, f'"{written_in(chr(34), meant)}"'),)
    return tuple(Edit(leaf.place(start, end), written_in(style, text)) for start, end, text in fix.edits)


def _at(leaf: Leaf, name: str, span: Span, message: str, help: str, fixes: tuple[Fix, ...] = ()) -> Diagnostic:
    return Diagnostic(rule(name), leaf.source, span, message, help=help, fixes=fixes).put_at(leaf.use)
