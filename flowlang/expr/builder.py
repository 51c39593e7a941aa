"""From productions to nodes, with the strict check of what the grammar takes and the engine does not.

One method for each alternative of ``grammar/expression.lark``, named by it. Each gets the values of
its symbols: tokens for terminals, for rules what their method gave.
"""

from __future__ import annotations

from typing import Any

from flowlang.expr import literals
from flowlang.expr.functions import FUNCTIONS, INFINITE, REMOVED
from flowlang.expr.nodes import (
    Attr,
    Binary,
    Call,
    DictDisplay,
    Error,
    Item,
    ListComp,
    ListDisplay,
    Literal,
    Lookup,
    Node,
    Ternary,
    Trailer,
    Unary,
)
from flowlang.expr.problems import Problem, ProblemFix, replace
from flowlang.expr.tokens import MAX_PROBLEMS, Token
from flowlang.text import closest, quoted

Values = list[Any]
_CONSTANTS: dict[str, bool | None] = {"None": None, "True": True, "False": False}
_METHODS = {"lower": "lower", "upper": "upper", "replace": "replace", "keys": "keys", "values": "values", "join": "join", "format": "fmt"}


class Builder:
    """Makes the nodes of one expression; `problems` grows as it goes."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.text = text
        self.problems = problems
        self.grouped: dict[int, Node] = {}

    def problem(self, rule: str, start: int, end: int, message: str, help: str | None = None, *fixes: ProblemFix) -> None:
        """Tell a problem."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(rule, start, end, message, help, tuple(fixes)))

    def syntax(self, token: Token, message: str, help: str | None = None) -> None:
        """Tell that a token does not fit where it stands, unless something is wrong there anyway."""
        if not any(problem.start <= token.start <= problem.end for problem in self.problems):
            self.problem("expr-syntax", token.start, token.end, message, help)

    # Atoms.

    def name(self, v: Values) -> Node:
        """NAME."""
        return Lookup(v[0].start, v[0].end, v[0].text, (), v[0].start)

    def constant(self, v: Values) -> Node:
        """NONE, TRUE, FALSE."""
        return Literal(v[0].start, v[0].end, _CONSTANTS[v[0].text])

    def number(self, v: Values) -> Node:
        """NUMBER; the lexer has checked it."""
        return Literal(v[0].start, v[0].end, literals.number(v[0].text))

    def string(self, v: Values) -> Node:
        """STRING; the lexer has checked it."""
        value = literals.string(v[0].text)
        return Literal(v[0].start, v[0].end, value) if isinstance(value, str) else Error(v[0].start, v[0].end)

    def error(self, v: Values) -> Node:
        """ERROR, MISSING."""
        return Error(v[0].start, v[0].end)

    def group(self, v: Values) -> Node:
        """``(expr)``: the node inside, as wide as its parentheses."""
        node: Node = v[1].but(start=v[0].start, end=v[2].end)
        # Kept alive, so that no other node ever gets its id.
        self.grouped[id(node)] = node
        return node

    def list_display(self, v: Values) -> Node:
        """``[a, b]``."""
        return ListDisplay(v[0].start, v[-1].end, tuple(v[1]) if len(v) > 2 else ())

    def dict_display(self, v: Values) -> Node:
        """``{k: v}``."""
        return DictDisplay(v[0].start, v[-1].end, tuple(v[1]) if len(v) > 2 else ())

    def first_entry(self, v: Values) -> Values:
        """``k: v``."""
        return [(v[0], v[2])]

    def more_entries(self, v: Values) -> Values:
        """``…, k: v``."""
        v[0].append((v[2], v[4]))
        entries: Values = v[0]
        return entries

    def first(self, v: Values) -> Values:
        """The first of several values."""
        return [v[0]]

    def more(self, v: Values) -> Values:
        """A further one."""
        v[0].append(v[2])
        values: Values = v[0]
        return values

    def comprehension(self, v: Values) -> Node:
        """``[item for name in iterable if condition]``."""
        iterable, condition = v[5]
        return ListComp(v[0].start, v[6].end, v[1], v[3].text, iterable, condition, v[3].start)

    def source(self, v: Values) -> tuple[Node, Node | None]:
        """What is iterated over, and the condition."""
        return v[0], None

    def source_if(self, v: Values) -> tuple[Node, Node | None]:
        """``iterable if condition``."""
        return v[0], v[2]

    def source_if_ternary(self, v: Values) -> tuple[Node, Node | None]:
        """``iterable if A if C else B``."""
        return v[0], Ternary(v[2].start, v[6].end, v[2], v[4], v[6])

    def source_ternary(self, v: Values) -> tuple[Node, Node | None]:
        """``A if C else B``, which may have a condition after it."""
        iterable, condition = v[4]
        return Ternary(v[0].start, iterable.end, v[0], v[2], iterable), condition

    # Trailers.

    def attr(self, v: Values) -> Node:
        """``value.name``."""
        return self._trail(v[0], Attr(v[2].start, v[2].end, v[2].text), v[1].start)

    def item(self, v: Values) -> Node:
        """``value[key]``."""
        return self._trail(v[0], Item(v[1].start, v[3].end, v[2]), v[1].start)

    def _trail(self, node: Node, trailer: Trailer, start: int) -> Node:
        """A value with a trailer: only names and calls have any."""
        end = trailer.end
        if isinstance(node, (Lookup, Call)) and not self._grouped(node):
            if isinstance(node, Lookup):
                return Lookup(node.start, end, node.name, (*node.trailers, trailer), node.at)
            return Call(node.start, end, node.function, node.args, (*node.trailers, trailer), node.at, node.close)
        if not isinstance(node, Error):
            what = f"'.{trailer.name}'" if isinstance(trailer, Attr) else "'[…]'"
            which = "parentheses" if self._grouped(node) else "a literal" if isinstance(node, Literal) else "a value written out"
            self.problem("misplaced-trailer", start, end, f"{what} cannot follow {which}", "it can only follow a name or a function call")
        return Error(node.start, end, (node, trailer.key) if isinstance(trailer, Item) else (node,))

    def call(self, v: Values) -> Node:
        """``function(a, b)``."""
        node, args = v[0], tuple(v[2]) if len(v) > 3 else ()
        end = v[-1].end
        if isinstance(node, Lookup) and not node.trailers and not self._grouped(node):
            return self._call(node, args, end)
        if not isinstance(node, Error):
            self._no_call(node, v[1].start, end)
        return Error(node.start, end, (node, *args))

    def call_comma(self, v: Values) -> Node:
        """``function(a, b,)``: the engine takes no comma there, though it does in lists and mappings."""
        comma = v[3]
        if v[4].end > v[4].start:
            fix = ProblemFix("Delete the comma", True, ((comma.start, comma.end, ""),))
            self.problem("trailing-comma", comma.start, comma.end, "a call cannot end with a comma", None, fix)
        return self.call([v[0], v[1], v[2], v[4]])

    def _call(self, name: Lookup, args: tuple[Node, ...], end: int) -> Node:
        """A call by name: the engine checks function and number of arguments when it parses."""
        start, name_end = name.start, name.end
        function = FUNCTIONS.get(name.name)
        call = Call(start, end, name.name, args, (), start, end)
        if function is None:
            mended = REMOVED.get(name.name)
            if mended is not None:
                self.problem(
                    "removed-name", start, name_end, f"there is no function {quoted(name.name)}", f"write '{mended}'", replace(start, name_end, mended)
                )
                return call
            guess = closest(name.name, FUNCTIONS)
            hint = f"; did you mean '{guess}'?" if guess else ""
            fixes = (replace(start, name_end, guess, safe=False),) if guess else ()
            self.problem("unknown-function", start, name_end, f"unknown function {quoted(name.name)}{hint}", f"functions: {', '.join(FUNCTIONS)}", *fixes)
            return Error(start, end, args)
        if not function.least <= len(args) <= function.most and self.text[end - 1 : end] == ")":
            if any(problem.rule == "expr-syntax" and start <= problem.start < end for problem in self.problems):
                return Error(start, end, args)  # the arguments are not what they were meant to be
            wanted = _count(function.least, function.most)
            self.problem("bad-arity", start, end, f"'{name.name}()' takes {wanted}, not {len(args)}", f"{function.signature}: {function.doc}")
            return Error(start, end, args)
        return call

    def _no_call(self, node: Node, start: int, end: int) -> None:
        """Something that is no function is called."""
        help = None
        if isinstance(node, Lookup) and node.trailers and isinstance(last := node.trailers[-1], Attr) and last.name in _METHODS:
            help = f"there are no methods: write '{FUNCTIONS[_METHODS[last.name]].signature}'"
        self.problem("misplaced-trailer", start, end, "only functions can be called", help)

    # Operators.

    def unary(self, v: Values) -> Node:
        """``op value``."""
        return Unary(v[0].start, v[1].end, v[0].text, v[1])

    def binary(self, v: Values) -> Node:
        """``left op right``."""
        return Binary(v[0].start, v[2].end, v[1].text, v[0], v[2], v[1].start)

    def comparison(self, v: Values) -> Node:
        """``left op right`` where the operator compares; they are not chained."""
        left, op, right = v
        if isinstance(left, Binary) and left.op in _COMPARISONS and not self._grouped(left):
            text = self.text
            split = f"{text[left.start : left.end]} and {text[left.right.start : left.right.end]}{text[left.end : right.end]}"
            self.problem(
                "chained-comparison",
                left.start,
                right.end,
                f"comparisons are not chained: this compares the result of '{left.op}' with what follows",
                "join two comparisons with 'and', or put one in parentheses",
                replace(left.start, right.end, split, safe=False),
            )
        return Binary(left.start, right.end, op.text, left, right, op.start)

    def junk(self, v: Values) -> Node:
        """Two values with an operator between that there is not, or with none."""
        return Error(v[0].start, v[2].end, (v[0], v[2]))

    def ternary(self, v: Values) -> Node:
        """``then if condition else otherwise``."""
        return Ternary(v[0].start, v[4].end, v[0], v[2], v[4])

    def foreign_ternary(self, v: Values) -> Node:
        """``condition ? then : otherwise``."""
        condition, _, then, _, otherwise = v
        start, end = condition.start, otherwise.end
        parts = [self.text[node.start : node.end] for node in (then, condition, otherwise)]
        written = "{} if {} else {}".format(*parts)
        self.problem("foreign-syntax", v[1].start, v[1].end, "there is no '? :' operator", f"write '{written}'", replace(start, end, written))
        return Ternary(start, end, then, condition, otherwise)

    def _grouped(self, node: Node) -> bool:
        """Whether a node stands in parentheses."""
        return id(node) in self.grouped


_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


def _count(least: int, most: int) -> str:
    """How many arguments, in words."""
    words = {0: "no arguments", 1: "1 argument"}
    if least == most:
        return words.get(least, f"{least} arguments")
    if most == INFINITE:
        return f"at least {words.get(least, f'{least} arguments')}"
    return f"{least} to {most} arguments"
