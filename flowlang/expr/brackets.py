"""Brackets and closers: which of them close what.

To the engine ``}}`` and ``]]`` close an expression wherever they stand outside strings (engine
26.7: tokenizer). Here they close the brackets that are open, as was meant, and a problem says where
a blank is missing.
"""

from __future__ import annotations

from flowlang.expr.problems import ProblemFix
from flowlang.expr.tokens import CLOSERS, PAIRS, State, Token

_NAMES = {"(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "{": "LBRACE", "}": "RBRACE"}
_FAR = 4096
_OPENER_OF = {close: open for open, close in PAIRS.items()}


def bracket(state: State, char: str) -> None:
    """The bracket at the lexer's place, or the closer that begins with it."""
    if char in PAIRS:
        state.stack.append((char, state.pos))
        state.deepest = max(state.deepest, len(state.stack))
        state.push(_NAMES[char], state.pos + 1, char)
        return
    run = _run(state, char)
    if char == ")" or run == 1:
        _close(state, char)
        return
    open_now = 0
    while open_now < len(state.stack) and state.stack[-1 - open_now][0] == _OPENER_OF[char]:
        open_now += 1
    own = state.closer == char * 2
    taken = _taken(state, run, open_now, own)
    if taken:
        start = state.pos
        edits = tuple((start + index + 1, start + index + 1, " ") for index in range(taken) if index + 1 < run)
        pair = char * 2
        state.problem(
            "nested-closer",
            start,
            start + 2,
            f"'{pair}' closes the expression here, inside its brackets",
            f"put a blank between: '{char} {char}'",
            ProblemFix("Put blanks between the brackets", True, edits),
        )
        for _ in range(min(taken, run)):
            _close(state, char)
        if not own or taken == run:
            return
    if own:
        _own_closer(state)
    else:
        _other_closer(state, char)


def _run(state: State, char: str) -> int:
    """How many of `char` follow one another at the lexer's place."""
    end = state.pos
    while end < len(state.text) and state.text[end] == char:
        end += 1
    return end - state.pos


def _taken(state: State, run: int, open_now: int, own: bool) -> int:
    """How many of the run's characters close brackets; the rest, if any, is the expression's closer."""
    if not open_now:
        return 0
    if not own:
        return run
    if run >= open_now + 2:
        return open_now
    return run if _closes_later(state, state.pos + run) else run - 2


def _closes_later(state: State, pos: int) -> bool:
    """Whether the expression's own closer comes on the same line, before another opener, and not far away."""
    close = state.text.find(state.closer, pos, pos + _FAR)
    return close >= 0 and "\n" not in state.text[pos:close] and not any(opener in state.text[pos:close] for opener in CLOSERS)


def _close(state: State, char: str) -> None:
    """A closing bracket: it closes its own, what is still open inside it first."""
    wanted = _OPENER_OF[char]
    if all(open != wanted for open, _ in state.stack):
        state.problem("expr-syntax", state.pos, state.pos + 1, f"'{char}' closes nothing", None)
        state.pos += 1
        return
    while state.stack[-1][0] != wanted:
        _missing(state)
    state.stack.pop()
    state.push(_NAMES[char], state.pos + 1, char)


def _missing(state: State) -> None:
    """The innermost bracket is never closed: say so, and close it."""
    open, start = state.stack.pop()
    state.problem("expr-syntax", start, start + 1, f"'{open}' is never closed", f"close it with '{PAIRS[open]}'")
    state.tokens.append(Token(_NAMES[PAIRS[open]], state.pos, state.pos, ""))


def _own_closer(state: State) -> None:
    """The expression's closer: what is still open was forgotten."""
    finish(state)
    state.pos += 2
    state.closed = True


def _other_closer(state: State, char: str) -> None:
    """The closer of another notation, outside brackets."""
    start = state.pos
    pair = char * 2
    state.problem(
        "expr-syntax",
        start,
        start + 2,
        f"'{pair}' does not close '{state.opener}'",
        f"an expression that begins with '{state.opener}' ends with '{state.closer}'",
        *([] if _closes_later(state, start + 2) else [ProblemFix(f"Replace by '{state.closer}'", True, ((start, start + 2, state.closer),))]),
    )
    if _closes_later(state, start + 2):
        state.pos += 2
    else:
        _own_closer(state)


def opener_inside(state: State) -> None:
    """An opener inside an expression: the expression before it was never closed, it begins another."""
    opener = state.text[state.pos : state.pos + 3]
    begin = state.begin - len(state.opener)
    state.problem(
        "unclosed-expression", begin, state.begin, f"'{state.opener}' is never closed: '{opener}' begins another expression", "expressions cannot be nested"
    )


def finish(state: State) -> None:
    """Close what is still open at the end of the expression."""
    silent = any(problem.rule == "unclosed-expression" for problem in state.problems)
    known = len(state.problems)
    while state.stack:
        _missing(state)
    if silent:
        del state.problems[known:]
