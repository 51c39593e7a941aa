"""The LALR driver: tokens in, a tree out, whatever the tokens are.

A first run takes the tokens as they come. If it fails, a second one goes step by step: before each
token it asks the automaton whether the token can follow, and where it cannot, tells so and puts in
or leaves out what lets the rest be read.
"""

from __future__ import annotations

from typing import Any

from flowlang.expr.builder import Builder
from flowlang.expr.grammar import END, Table, table
from flowlang.expr.nodes import Error, Node
from flowlang.expr.tokens import Token

_BEGIN_VALUE = frozenset({"NAME", "NONE", "TRUE", "FALSE", "NUMBER", "STRING", "ERROR", "NOT", "LPAR", "LSQB", "LBRACE"})
_COMPLETIONS = ("ELSE", "COLON", "IN", "NAME")
"""What a construct may still want where it ends too early, most probable first."""
_WANTED = {
    "ELSE": ("this 'if' has no 'else'", "write 'A if CONDITION else B'"),
    "COLON": ("a mapping needs 'key: value' here", "write '{'key': value}'; a list is written '[…]'"),
    "IN": ("'in' is missing after the name", "write '[item for name in list]'"),
    "NAME": ("a name is missing here", None),
}
_MENDED = 2_000
"""The most tokens of a broken expression that is looked at in detail."""
_SHOWN = {"LPAR": "'('", "LSQB": "'['", "LBRACE": "'{'", END: "the end of the expression"}


def parse(tokens: list[Token], end: int, builder: Builder) -> Node:
    """The tree of an expression whose tokens end at `end`; what is wrong goes to the builder's problems."""
    grammar = table()
    last = Token(END, end, end, "")
    known = len(builder.problems)
    run = _Run(grammar, builder)
    if all(run.feed(token) for token in tokens) and run.feed(last):
        return run.result
    # The tree is built anew, so what building it told will be told again.
    del builder.problems[known:]
    if len(tokens) > _MENDED:
        builder.problem("expr-syntax", tokens[0].start, end, "this expression cannot be read")
        return Error(tokens[0].start, end)
    run = _Run(grammar, builder)
    for token in tokens:
        run.feed_or_mend(token)
    run.feed_or_mend(last)
    if run.done:
        return run.result
    return Error(tokens[0].start if tokens else end, end, tuple(value for value in run.values if isinstance(value, Node)))


class _Run:
    """One run of the automaton."""

    __slots__ = ("accept", "builder", "done", "productions", "stack", "states", "values")

    def __init__(self, grammar: Table, builder: Builder) -> None:
        self.states = grammar.states
        self.productions = grammar.productions
        self.accept = grammar.accept
        self.builder = builder
        self.stack = [grammar.start]
        # A value is a token, a node, or what the builder keeps between two rules.
        self.values: list[Any] = []
        self.done = False

    @property
    def result(self) -> Node:
        """The finished tree."""
        node: Node = self.values[-1]
        return node

    def feed(self, token: Token) -> bool:
        """Take one token; False, with the stack as far as it came, when it cannot follow."""
        stack, values, states = self.stack, self.values, self.states
        kind = token.type
        while True:
            step = states[stack[-1]].get(kind)
            if step is None:
                return False
            if step >= 0:
                stack.append(step)
                values.append(token)
                if step == self.accept:
                    self.done = True
                    values.pop()
                return True
            origin, length, action = self.productions[-1 - step]
            if action:
                values[-length:] = [getattr(self.builder, action)(values[-length:])]
            if length > 1:
                del stack[1 - length :]
            # Most steps only climb from one level of operators to the next.
            stack[-1] = states[stack[-2]][origin]
            if stack[-1] == self.accept:
                self.done = True
                return True

    def accepts(self, kind: str) -> bool:
        """Whether a token of that kind can follow."""
        stack = self.stack.copy()
        while True:
            step = self.states[stack[-1]].get(kind)
            if step is None:
                return False
            if step >= 0:
                return True
            origin, length, _ = self.productions[-1 - step]
            del stack[-length:]
            stack.append(self.states[stack[-1]][origin])
            if stack[-1] == self.accept:
                return True

    def feed_or_mend(self, token: Token) -> None:
        """Take one token, or make it fit: put in what it lacks before it, else leave it out."""
        for _ in range(6):
            if self.accepts(token.type):
                self.feed(token)
                return
            if not self._put_in(token):
                break
        if token.type == "COMMA" and self.accepts("JUNK"):
            self.builder.syntax(token, "',' cannot stand here", "a list is written '[a, b]'")
            self.feed(Token("JUNK", token.start, token.end, ""))
        elif token.type not in ("ERROR", END):
            self.builder.syntax(token, f"{_show(token)} cannot stand here")

    def _put_in(self, token: Token) -> bool:
        """Put in what may stand before `token`; False when nothing helps."""
        at = token.start
        if self.accepts("MISSING"):
            if token.type not in ("ERROR", "FOREIGN"):
                before = "" if token.type == END else f" before {_show(token)}"
                self.builder.syntax(token, f"a value is missing{before}")
            return self.feed(Token("MISSING", at, at, ""))
        if token.type in _BEGIN_VALUE and self.accepts("JUNK"):
            if token.type != "ERROR":
                self.builder.syntax(
                    token, f"{_show(token)} follows a value: an operator is missing", "texts are joined with '+'" if token.type == "STRING" else None
                )
            return self.feed(Token("JUNK", at, at, ""))
        for kind in _COMPLETIONS:
            if token.type not in ("DOT", "FOREIGN") and self.accepts(kind):
                message, help = _WANTED[kind]
                self.builder.syntax(token, message, help)
                return self.feed(Token(kind, at, at, ""))
        return False


def _show(token: Token) -> str:
    """A token in words."""
    if token.type in _SHOWN:
        return _SHOWN[token.type]
    text = token.text if len(token.text) <= 40 else token.text[:37] + "…"
    return text if text[:1] in "'\"" and text else f"'{text}'"
