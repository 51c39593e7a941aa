"""Tokens of one expression, cut so that every mistake is found where it is.

The engine's lexer (engine 26.7: tokenizer) is strict in ways nobody expects: a blank must follow
every operator, ``}}`` and ``]]`` close wherever they stand, a minus sign clings to a digit. This
one cuts what was meant, and tells each difference as a problem.
"""

from __future__ import annotations

import re
from functools import lru_cache

from flowlang.expr import brackets, words
from flowlang.expr.grammar import table
from flowlang.expr.problems import Problem, ProblemFix
from flowlang.expr.tokens import CLOSERS, FOREIGN, FOREIGN_FIX, MAX_DEPTH, MAX_TOKENS, VALUES, State, Token
from flowlang.light import NamedTuple

_OPERATORS = frozenset({"COMPARE", "PIPE", "PLUS", "MINUS", "STAR", "SLASH", "PERCENT"})
_LOGIC = {"&&": ("AND", "and"), "||": ("OR", "or"), "!": ("NOT", "not")}
_OPENERS = ("${{", "$[[", "$<<")


class Lexed(NamedTuple):
    """The tokens of one expression (without its braces), where the text goes on, what is wrong, and how deep brackets are nested."""

    tokens: list[Token]
    end: int
    closed: bool
    problems: list[Problem]
    deepest: int


@lru_cache(maxsize=1)
def _scanner() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all tokens, longest operators first, and the terminals of fixed texts."""
    grammar = table()
    patterns = grammar.patterns
    symbols = "|".join(re.escape(word) for word in grammar.words if not word.isalpha())
    pattern = (
        rf"(?P<BLANK>[ \t]+)|(?P<BREAK>[\r\n][ \t\r\n]*)|(?P<STRING>{patterns['STRING']})|(?P<NUMBER>{patterns['NUMBER']})|(?P<WORD>\w+)"
        rf"|(?P<LOGIC>&&|\|\||!(?!=))|(?P<FOREIGN>{patterns['FOREIGN']})|(?P<COMPARE>{patterns['COMPARE']})|(?P<SYMBOL>{symbols})|(?P<OTHER>.)"
    )
    return re.compile(pattern, re.DOTALL), grammar.words


def lex(text: str, pos: int, opener: str, limit: int | None = None) -> Lexed:
    """The tokens from `pos`, right after `opener`, up to its closer; total.

    With a `limit` the expression ends right there, and the first problem ends the reading.

    Brackets come out balanced: what is missing is put in (empty tokens), what is too many is left
    out, with a problem each. An expression that is never closed ends at the first line break, or at
    the next opener.
    """
    match, fixed = _scanner()[0].match, _scanner()[1]
    state = State(text, pos, opener, CLOSERS[opener])
    tokens = state.tokens
    size = len(text) if limit is None else limit
    while state.pos < size and not state.closed:
        if limit is not None and state.problems:
            break
        found = match(text, state.pos, size)
        assert found is not None
        kind, start, end = found.lastgroup or "", found.start(), found.end()
        if kind == "BLANK":
            state.pos = end
            continue
        if kind == "BREAK":
            state.line_break(start, end)
            continue
        if len(tokens) > MAX_TOKENS or len(state.stack) > MAX_DEPTH:
            return _give_up(state)
        value_due = not tokens or tokens[-1].type not in VALUES
        if kind == "NUMBER":
            if not value_due and text[start] == "-":
                kind, end = "SYMBOL", start + 1
            else:
                words.number(state, found[0])
                continue
        if kind == "STRING":
            words.string(state, found[0])
        elif kind == "WORD":
            words.word(state, found[0], value_due)
        elif kind == "LOGIC":
            name, word = _LOGIC[found[0]]
            _foreign(state, end, f"'{found[0]}' is written '{word}' here", word)
            state.push(name, end, word)
        elif kind == "FOREIGN":
            _foreign(state, end, FOREIGN[found[0]], FOREIGN_FIX.get(found[0]))
            state.push("COMPARE" if found[0] in FOREIGN_FIX else "FOREIGN", end, FOREIGN_FIX.get(found[0], found[0]))
        elif kind == "OTHER":
            if text.startswith(_OPENERS[:2], start):
                brackets.opener_inside(state)
                break
            words.other(state, value_due)
        else:
            symbol = text[start:end]
            name = "COMPARE" if kind == "COMPARE" else fixed[symbol]
            if name in _OPERATORS:
                _operator(state, name, end, value_due)
            elif symbol in "()[]{}":
                brackets.bracket(state, symbol)
            elif symbol == "." and value_due and words.leading_point(state):
                continue
            else:
                state.push(name, end, symbol)
    if limit is not None:
        state.closed = state.pos == limit
    elif not state.closed:
        _unclosed(state)
    brackets.finish(state)
    state.tell_line_breaks()
    return Lexed(tokens, state.pos, state.closed, state.problems, state.deepest)


def _operator(state: State, name: str, end: int, value_due: bool) -> None:
    """A symbol operator: a blank must follow it."""
    text, start = state.text, state.pos
    symbol = text[start:end]
    after = text[end : end + 1]
    if symbol == "-" and value_due and words.leading_point(state):
        return
    if after not in (" ", "\t", "\r", "\n"):
        before = "" if value_due or text[start - 1] in " \t" else " "
        spaced = before + symbol + " "
        state.problem(
            "operator-spacing",
            start,
            end,
            f"a blank must follow the operator '{symbol}'",
            "a '-' right before a digit makes a negative number" if symbol == "-" and after.isdigit() else None,
            ProblemFix("Put a blank after the operator", True, ((start, end, spaced),)),
        )
    state.push(name, end, symbol)


def _foreign(state: State, end: int, message: str, fix: str | None) -> None:
    """An operator of another language; `fix` is what it is here."""
    text, start = state.text, state.pos
    fixes: tuple[ProblemFix, ...] = ()
    if fix is not None:
        spaced = fix if text[start - 1] in " \t(" else f" {fix}"
        spaced += "" if text[end : end + 1] in (" ", "\t") else " "
        fixes = (ProblemFix(f"Write '{fix}'", True, ((start, end, spaced),)),)
    state.problem("foreign-syntax", start, end, message, "the operators are: == != < <= > >= + - * / % | and or not", *fixes)


def _unclosed(state: State) -> None:
    """Nothing closes the expression: say so once, and forget what was read beyond its line."""
    string = next((token for token in state.tokens if token.type == "STRING" and state.closer in state.text[token.start : token.end]), None)
    if string is not None:
        # Its first quote was never closed: the string swallowed the closer.
        where = state.text.index(state.closer, string.start)
        state.rewind(state.tokens.index(string), string.start)
        state.problem("unclosed-expression", string.start, string.start + 1, "this string is never closed", "a string ends with the quote that it begins with")
        state.pos = where
        state.push("ERROR", where, "")
        state.pos, state.closed = where + len(state.closer), True
        return
    if state.first_break is not None:
        count, offset = state.first_break
        state.rewind(count, offset)
        state.pos = offset
    begin = state.begin - len(state.opener)
    if not any(problem.rule == "unclosed-expression" for problem in state.problems):
        state.problem("unclosed-expression", begin, state.begin, f"'{state.opener}' is never closed", f"an expression ends with '{state.closer}'")


def _give_up(state: State) -> Lexed:
    """An expression beyond all bounds: no tree, and the text goes on after its last closer."""
    close = state.text.find(state.closer, state.pos)
    while close >= 0 and state.text[close + len(state.closer) : close + len(state.closer) + 1] == state.closer[0]:
        close += 1
    end = len(state.text) if close < 0 else close + len(state.closer)
    begin = state.begin - len(state.opener)
    deep = len(state.stack) > MAX_DEPTH
    message = f"brackets are nested more than {MAX_DEPTH} deep" if deep else "the expression is too long to be read"
    problem = Problem("expression-too-deep" if deep else "evaluation-limit", begin, end, message, "take it apart")
    return Lexed([Token("ERROR", state.begin, max(state.begin, end - 2), "")], end, True, [problem], 0)
