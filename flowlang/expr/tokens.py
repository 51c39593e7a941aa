"""Tokens, and the state of the lexer while it cuts them."""

from __future__ import annotations

from flowlang.expr.problems import Problem, ProblemFix
from flowlang.light import NamedTuple

CLOSERS = {"${{": "}}", "$[[": "]]", "$<<": ">>"}
"""The notations: what opens an expression, and what closes it."""
PAIRS = {"(": ")", "[": "]", "{": "}"}
MAX_DEPTH = 64
"""Brackets inside one another that are still read (the engine hangs from about 20 on)."""
MAX_TOKENS = 20_000
MAX_PROBLEMS = 100
"""Problems of one expression that are told; who has more has none that helps."""
VALUES = frozenset({"NAME", "NONE", "TRUE", "FALSE", "NUMBER", "STRING", "ERROR", "RPAR", "RSQB", "RBRACE"})
"""Terminals that end a value: an operator is due after them."""
FOREIGN = {
    "===": "there is no '===' operator: write '=='",
    "!==": "there is no '!==' operator: write '!='",
    "<>": "there is no '<>' operator: write '!='",
    "**": "there is no '**' operator",
    "//": "there is no '//' operator: 'int(a / b)' drops the fraction",
    "<<": "there is no '<<' operator",
    ":=": "there are no assignments in expressions",
    "??": "there is no '??' operator: 'or' takes the right side where the left one is empty",
    "=": "there are no assignments in expressions: '==' compares",
    "&": "there is no '&' operator: write 'and'",
    "^": "there is no '^' operator",
    "~": "there is no '~' operator",
    "@": "there is no '@' operator",
}
"""Operators of other languages, and the words for them."""
FOREIGN_FIX = {"===": "==", "!==": "!=", "<>": "!="}


class Token(NamedTuple):
    """A terminal of the grammar, where it stands, and its text (mended, where the author's is wrong)."""

    type: str
    start: int
    end: int
    text: str


class State:
    """Where the lexer is in `text`, and what it has found so far.

    `begin` is the offset after the opener, `stack` holds the open brackets with their offsets,
    `deepest` how many there were at most, `first_break` what had been read before the first line break.
    """

    def __init__(self, text: str, pos: int, opener: str, closer: str) -> None:
        self.text = text
        self.pos = pos
        self.opener = opener
        self.closer = closer
        self.begin = pos
        self.closed = False
        self.tokens: list[Token] = []
        self.stack: list[tuple[str, int]] = []
        self.problems: list[Problem] = []
        self.breaks: list[tuple[int, int]] = []
        self.first_break: tuple[int, int] | None = None
        self.deepest = 0

    def push(self, type: str, end: int, text: str) -> None:
        """Take ``[pos, end)`` as a token and go on after it."""
        self.tokens.append(Token(type, self.pos, end, text))
        self.pos = end

    def problem(self, rule: str, start: int, end: int, message: str, help: str | None = None, *fixes: ProblemFix) -> None:
        """Tell a problem."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(rule, start, end, message, help, tuple(fixes)))

    def line_break(self, start: int, end: int) -> None:
        """A line break between tokens, with the blanks and breaks after it."""
        if self.first_break is None:
            self.first_break = (len(self.tokens), start)
        while start > self.begin and self.text[start - 1] in " \t":
            start -= 1
        self.breaks.append((start, end))
        self.pos = end

    def tell_line_breaks(self) -> None:
        """One problem for all the line breaks of the expression."""
        if self.breaks:
            start = next(index for index in range(*self.breaks[0]) if self.text[index] in "\r\n")
            fix = ProblemFix("Write the expression on one line", True, tuple((begin, end, " ") for begin, end in self.breaks))
            self.problem("multiline-expression", start, start + 1, "an expression must stand on one line", "in a block scalar use '>-', which folds lines", fix)

    def rewind(self, count: int, offset: int) -> None:
        """Forget the tokens from `count` on, and all problems and brackets from `offset` on."""
        del self.tokens[count:]
        self.problems = [problem for problem in self.problems if problem.start < offset]
        self.stack = [entry for entry in self.stack if entry[1] < offset]
        self.breaks = [span for span in self.breaks if span[1] < offset]
        self.first_break = None if self.first_break is None or self.first_break[1] >= offset else self.first_break
