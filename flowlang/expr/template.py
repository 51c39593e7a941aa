"""Templates: text with expressions in it.

Three notations, equal here: ``${{ }}``, ``$[[ ]]``, ``$<< >>``; the engine knows the first two (engine
26.7: tokenizer). They always open an expression. ``$<<`` opens one only where the text up to the next
``>>`` on its line is one without any mistake of syntax; else it is text, as in shell scripts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from flowlang.diagnostics.rule import Effect
from flowlang.expr.functions import FUNCTIONS, LOOKS_AT
from flowlang.expr.nodes import Attr, Call, Error, Lookup, Node, depth_exceeds, walk
from flowlang.expr.problems import Problem, ProblemFix
from flowlang.expr.tokens import CLOSERS
from flowlang.light import NamedTuple, cached_property
from flowlang.patterns import pattern

_OPENER = pattern(r"\$(?:\{\{|\[\[|<<)")
# A plain dotted lookup, in the engine's own words: what it would read as a constant or an operator is left to the grammar.
_WORD = r"(?!None|True|False|(?:or|and|not)(?![A-Za-z_0-9]))[A-Za-z][A-Za-z_0-9]*"
_DOTTED = rf"({_WORD})((?:\.{_WORD})*)"
_PLAIN = {opener: pattern(rf"[ \t]*{_DOTTED}[ \t]*{re.escape(closer)}") for opener, closer in CLOSERS.items()}
# The call of a function with nothing or with such a lookup: `success()`, `upload(volumes.data).ref`.
_CALL = {opener: pattern(rf"[ \t]*({_WORD})\((?:{_DOTTED})?\)((?:\.{_WORD})*)[ \t]*{re.escape(closer)}") for opener, closer in CLOSERS.items()}
_MAX_NESTING = 100
_SLOW_NESTING, _HANGING_NESTING = 8, 12
_MEMO_LENGTH = 10_000
# Beyond so many problems, and so many places that only look like expressions, the rest is text.
_MAX_PROBLEMS, _MAX_TRIES = 1_000, 200
# Rules for what is no mistake of syntax: `$<<` opens an expression nevertheless.
_NO_SYNTAX = frozenset({"unknown-function", "removed-name", "bad-arity", "chained-comparison", "expression-too-deep", "string-escape"})


class TextPart(NamedTuple):
    """Text that stays as it is."""

    start: int
    end: int
    text: str


class ExprPart(NamedTuple):
    """One expression; ``[start, end)`` holds its braces too."""

    start: int
    end: int
    opener: str
    tree: Node


class Template:
    """A text taken apart; `problems` are those of syntax, all of which the engine tells when it loads a file."""

    def __init__(self, text: str, parts: tuple[TextPart | ExprPart, ...], problems: tuple[Problem, ...] = ()) -> None:
        self.text = text
        self.parts = parts
        self.problems = problems
        self.expressions = tuple(part for part in parts if type(part) is ExprPart)
        """The expressions in it, in order."""
        self.is_text = not self.expressions
        """Whether there is no expression in it."""

    @cached_property
    def whole(self) -> ExprPart | None:
        """The expression that is all there is, if so: its value keeps its type."""
        part = self.parts[0] if len(self.parts) == 1 else None
        return part if isinstance(part, ExprPart) else None

    @cached_property
    def reads(self) -> frozenset[str]:
        """The names that its expressions look up, and the contexts that their functions look at: nothing else of a scope can change its value."""
        nodes = [node for part in self.expressions for node in walk(part.tree)]
        return frozenset(
            [node.name for node in nodes if isinstance(node, Lookup)]
            + [LOOKS_AT[node.function] for node in nodes if isinstance(node, Call) and node.function in LOOKS_AT]
        )

    @cached_property
    def refused(self) -> bool:
        """Whether the engine refuses to read it."""
        return any(problem.refused for problem in self.problems)


def parse_template(text: str) -> Template:
    """The template that `text` (a decoded scalar) is; total. Short texts are remembered."""
    return _remembered(text) if len(text) <= _MEMO_LENGTH else _parse(text)


@lru_cache(maxsize=8192)
def _remembered(text: str) -> Template:
    """The same, with a bounded memory."""
    return _parse(text)


def _parse(text: str) -> Template:
    """The same, without."""
    found = _OPENER.search(text)
    if found is None:
        return Template(text, (TextPart(0, len(text), text),) if text else ())
    parts: list[TextPart | ExprPart] = []
    problems: list[Problem] = []
    done = 0
    shifts = _Shifts(text)
    while found is not None and len(problems) < _MAX_PROBLEMS:
        start, opener = found.start(), found[0]
        part = _plain(text, start, opener)
        if part is None:
            part = shifts.expression(start) if opener == "$<<" else _expression(text, start, opener, problems)
        if part is None:
            found = _OPENER.search(text, start + 3)
            continue
        if start > done:
            parts.append(TextPart(done, start, text[done:start]))
        parts.append(part)
        if opener == "$<<":
            problems.append(_plain_to_engine(part))
        done = part.end
        found = _OPENER.search(text, done)
    problems += shifts.problems
    if done < len(text):
        parts.append(TextPart(done, len(text), text[done:]))
    problems.sort(key=lambda problem: (problem.start, problem.end))
    return Template(text, tuple(parts), tuple(problems))


def _plain_to_engine(part: ExprPart) -> Problem:
    """The notation that the engine does not know."""
    edits = ((part.start, part.start + 3, "${{"), (part.end - 2, part.end, "}}"))
    return Problem(
        "engine-plain-text",
        part.start,
        part.start + 3,
        "the engine does not know '$<< >>': to it this is plain text",
        "write '${{ }}'",
        (ProblemFix("Write '${{ }}'", True, edits),),
    )


def _plain(text: str, start: int, opener: str) -> ExprPart | None:
    """A plain dotted lookup, or a call with at most one for its argument, read without the grammar."""
    found = _PLAIN[opener].match(text, start + 3)
    if found is not None:
        tree: Node = _dotted(found, 1)
    else:
        found = _CALL[opener].match(text, start + 3)
        function = FUNCTIONS.get(found[1]) if found is not None else None
        if found is None or function is None or not function.least <= (found[2] is not None) <= function.most:
            return None
        begin, close = found.start(1), found.start(4)
        trailers = _trailers(found[4], close)
        end = trailers[-1].end if trailers else close
        tree = Call(begin, end, function.name, (_dotted(found, 2),) if found[2] is not None else (), trailers, begin, close)
    return None if opener == "$<<" and "\n" in found[0] else ExprPart(start, found.end(), opener, tree)


def _dotted(found: re.Match[str], group: int) -> Lookup:
    """The lookup whose name is one group of a match, what follows it the next."""
    begin, end = found.start(group), found.end(group)
    trailers = _trailers(found[group + 1], end)
    return Lookup(begin, trailers[-1].end if trailers else end, found[group], trailers, begin)


def _trailers(dotted: str, at: int) -> tuple[Attr, ...]:
    """The attributes that a text of points and names at `at` stands for."""
    trailers = []
    for name in dotted.split(".")[1:]:
        trailers.append(Attr(at + 1, at + 1 + len(name), name))
        at += 1 + len(name)
    return tuple(trailers)


def _expression(text: str, start: int, opener: str, problems: list[Problem], limit: int | None = None) -> ExprPart:
    """An expression of any kind, up to its closer or, if given, up to `limit`."""
    from flowlang.expr.builder import Builder
    from flowlang.expr.lexer import lex
    from flowlang.expr.parser import parse

    begin = start + len(opener)
    lexed = lex(text, begin, opener, limit)
    found = lexed.problems
    end = lexed.end if limit is None else lexed.end + 2
    if limit is not None and found:
        problems += found
        return ExprPart(start, begin, opener, Error(begin, begin))
    if not lexed.tokens:
        if lexed.closed and not found:
            found.append(Problem("empty-expression", start, end, "an expression is missing between the braces"))
        problems += found
        return ExprPart(start, end, opener, Error(begin, max(begin, end - 2)))
    silent = any(problem.rule == "unclosed-expression" for problem in found)
    if silent:
        found = _half_closed(text, begin, CLOSERS[opener], found)
    builder = Builder(text, [] if silent else found)
    tree = parse(lexed.tokens, lexed.tokens[-1].end, builder)
    if lexed.deepest >= _SLOW_NESTING:
        found.append(_nested(start, end, lexed.deepest))
    if len(lexed.tokens) > _MAX_NESTING and depth_exceeds(tree, _MAX_NESTING):
        tree = Error(tree.start, tree.end)
        found.append(Problem("expression-too-deep", start, end, "the expression is nested too deep to be read", "take it apart"))
    problems += found
    return ExprPart(start, end, opener, tree)


def _half_closed(text: str, begin: int, closer: str, found: list[Problem]) -> list[Problem]:
    """The problems of an expression that is never closed; where the half of a closer stands in it, that is where it was meant to end."""
    whole = next((problem for problem in found if problem.rule == "unclosed-expression" and problem.end == begin), None)
    half = next((problem.start for problem in found if problem.rule == "expr-syntax" and text[problem.start : problem.end] == closer[0]), None)
    if whole is None or half is None:
        return found  # a text in it that is never closed hides where it ends
    fix = ProblemFix(f"Write '{closer}'", False, ((half, half + 1, closer),))
    help = f"an expression ends with '{closer}', not with one '{closer[0]}'"
    told = [problem for problem in found if problem.start < half]
    return [problem._replace(help=help, fixes=(fix,)) if problem is whole else problem for problem in told]


def _nested(start: int, end: int, depth: int) -> Problem:
    """Brackets in brackets: each level doubles the time that the engine takes (engine 26.7: 12 take seconds, 20 never end)."""
    hangs = depth >= _HANGING_NESTING
    message = f"brackets are nested {depth} deep: the engine {'does not come to an end with' if hangs else 'is slow to read'} this"
    return Problem("expression-too-deep", start, end, message, "take it apart", (), None if hangs else Effect.ADVICE)


class _Shifts:
    """The places of ``$<<`` in one text: each is tried as an expression up to the next ``>>`` on its line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self._close = -1
        self._failed = 0

    def expression(self, start: int) -> ExprPart | None:
        """The expression that ``$<<`` opens at `start`; None: it is text."""
        text = self.text
        if self._close < start + 3:
            # Looked for once: all `$<<` before it share it.
            found = text.find(">>", start + 3)
            self._close = len(text) if found < 0 else found
        close = self._close
        if self._failed > _MAX_TRIES or close == len(text) or "\n" in text[start:close] or "\r" in text[start:close]:
            return None
        problems: list[Problem] = []
        part = _expression(text, start, "$<<", problems, close)
        if part.end != close + 2 or any(problem.rule not in _NO_SYNTAX or (problem.rule == "string-escape" and problem.refused) for problem in problems):
            self._failed += 1
            return None
        self.problems += problems
        return part
