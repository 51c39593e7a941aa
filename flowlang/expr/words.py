"""Words, numbers, strings and stray characters, as the lexer meets them."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect
from flowlang.expr import literals
from flowlang.expr.problems import Problem, ProblemFix, replace
from flowlang.expr.tokens import State, Token
from flowlang.patterns import pattern
from flowlang.text import quoted

_KEYWORDS = {"if": "IF", "else": "ELSE", "for": "FOR", "or": "OR", "and": "AND"}
_AFTER_CONSTANT = frozenset({*_KEYWORDS, "in"})
_CONSTANTS = {"None": "NONE", "True": "TRUE", "False": "FALSE"}
_MEMBERSHIP = pattern(r"(?:not[ \t]+in|is[ \t]+not|in|is)(?!\w)")
_NO_SUCH = {
    "in": "there is no 'in' operator",
    "not": "there is no 'not in' operator",
    "is": "there is no 'is' operator: '==' compares, also with None",
}
_NAME = pattern(r"[A-Za-z][A-Za-z_0-9]*")
_TAIL = pattern(r"[\w.]+")
_POINT = pattern(r"-?\.[0-9][\w.]*")
_EXPONENT = pattern(r"(-?[0-9]+)([eE][+-]?[0-9]+)")
_SIGNED_EXPONENT = pattern(r"[+-][0-9]+")
_ESCAPED = {quote: pattern(rf"{quote}(?:[^{quote}\\\r\n]|\\.)*{quote}") for quote in "'\""}
_DRIVE = pattern(r"['\"][A-Za-z]:\\[^\\]")
_BEGINS_VALUE = "([{'\"0123456789+-"


def word(state: State, text: str, value_due: bool) -> None:
    """A name, keyword or constant; which one depends on its place."""
    start = state.pos
    end = start + len(text)
    blank_after = state.text[end : end + 1] in (" ", "\t") and end < len(state.text)
    before = state.tokens[-1].type if state.tokens else ""
    if before in ("DOT", "FOR"):
        _name(state, text, reserved=blank_after and text in ("or", "and", "not"), attribute=before == "DOT")
    elif not value_due:
        _after_value(state, text)
    elif any(text.startswith(constant) for constant in _CONSTANTS):
        _constant(state, text)
    elif text == "not" and (blank_after or (end < len(state.text) and state.text[end] in _BEGINS_VALUE)):
        state.push("NOT", end, text)
    elif blank_after and text in ("or", "and"):
        state.push(_KEYWORDS[text], end, text)
    else:
        _name(state, text, reserved=False, attribute=False)


def _after_value(state: State, text: str) -> None:
    """A word where an operator is due."""
    end = state.pos + len(text)
    if text == "in" and len(state.tokens) > 1 and state.tokens[-2].type == "FOR":
        state.push("IN", end, text)
        return
    found = _MEMBERSHIP.match(state.text, state.pos)
    if found is not None:
        help = "compare the items one by one, or look for the length of '[x for x in list if x == value]'" if "in" in found[0] else None
        state.problem("foreign-syntax", state.pos, found.end(), _NO_SUCH[text], help)
        state.push("FOREIGN", found.end(), found[0])
    elif text in _KEYWORDS:
        state.push(_KEYWORDS[text], end, text)
    elif any(text.startswith(constant) for constant in _CONSTANTS):
        _constant(state, text)
    elif text == "not":
        state.push("NOT", end, text)
    else:
        _name(state, text, reserved=False, attribute=False)


def _constant(state: State, text: str) -> None:
    """`None`, `True` or `False`, which end where they end: `Trueish` is `True` and `ish` to the engine."""
    start = state.pos
    constant = next(name for name in _CONSTANTS if text.startswith(name))
    rest = text[len(constant) :]
    if not rest or rest in _AFTER_CONSTANT:
        state.push(_CONSTANTS[constant], start + len(constant), constant)
        return
    state.problem("unaddressable-name", start, start + len(text), f"{quoted(text)} is read as '{constant}' followed by {quoted(rest)}", _RESERVED)
    state.push("ERROR", start + len(text), text)


_RESERVED = "a name cannot begin with 'None', 'True' or 'False'"


def _name(state: State, text: str, *, reserved: bool, attribute: bool) -> None:
    """A name, with what is wrong with it as one."""
    start = state.pos
    end = start + len(text)
    why = None
    if any(text.startswith(constant) for constant in _CONSTANTS):
        why = _RESERVED
    elif reserved:
        why = f"before a blank, '{text}' is an operator"
    elif not _NAME.fullmatch(text):
        why = "a name begins with a letter and holds ASCII letters, digits and '_'"
    if why is None:
        state.push("NAME", end, text)
        return
    fixes: tuple[ProblemFix, ...] = ()
    if attribute:
        dot = state.tokens[-1].start
        bracketed = f"['{text}']" + (" " if state.text[end : end + 1] == "]" else "")
        fixes = (replace(dot, end, bracketed),)
        state.problem("unaddressable-name", start, end, f"{quoted(text)} cannot stand after a dot", f"{why}; write ['{text}']", *fixes)
        state.push("NAME", end, text)
        return
    state.problem("unaddressable-name", start, end, f"{quoted(text)} cannot be a name here", why)
    after_for = bool(state.tokens) and state.tokens[-1].type == "FOR"
    state.push("NAME" if after_for else "ERROR", end, text)


def number(state: State, text: str) -> None:
    """A number, and what clings to it."""
    start = state.pos
    end = start + len(text)
    tail = _TAIL.match(state.text, end)
    if tail is not None and tail[0] in _AFTER_CONSTANT:
        tail = None
    if tail is None:
        if literals.number(text) is None:
            _bad_number(state, text, end)
        else:
            state.push("NUMBER", end, text)
        return
    end = tail.end()
    if state.text[end - 1] in "eE" and (sign := _SIGNED_EXPONENT.match(state.text, end)):
        end = sign.end()
    _bad_number(state, state.text[start:end], end)


def leading_point(state: State) -> bool:
    """A number like ``.5``, if one stands at the lexer's place."""
    found = _POINT.match(state.text, state.pos)
    if found is None:
        return False
    _bad_number(state, found[0], found.end())
    return True


def _bad_number(state: State, text: str, end: int) -> None:
    """A text that looks like a number and is none to the engine."""
    start = state.pos
    rule, message, help, mended = "foreign-syntax", f"'{text}' is not a number", None, None
    if exponent := _EXPONENT.fullmatch(text):
        mended = f"{exponent[1]}.0{exponent[2]}"
        help = f"an exponent needs a point before it: '{mended}'"
    elif text.lstrip("-").startswith("."):
        mended = text.replace(".", "0.", 1)
        mended = None if literals.number(mended) is None else mended
        help = "a number begins with a digit"
    elif text.lstrip("-").isdigit() and text.lstrip("-").startswith("0"):
        help = f"numbers have no leading zeros; an octal one is written '0o{text.lstrip('-0') or '0'}'"
    elif text[:3].lower() in ("-0x", "-0o", "-0b"):
        mended = f"- {text[1:]}"
        help = f"a blank must follow the minus sign here: '{mended}'"
    else:
        rule = "malformed-number"
        if text.lstrip("-").isdigit():
            message = f"a number of {len(text)} digits is too long"
        elif "_" in text:
            help = "'_' may stand between digits only, and in whole numbers"
    fixes = () if mended is None else (replace(start, end, mended),)
    state.problem(rule, start, end, message, help, *fixes)
    value = mended if mended is not None and literals.number(mended) is not None else ""
    state.push("NUMBER" if value else "ERROR", end, value or text)


def string(state: State, text: str) -> None:
    """A string, and what is wrong with its escapes."""
    start = state.pos
    before = state.tokens[-1] if state.tokens else None
    if before is not None and before.type == "STRING" and before.end == start and state.text[before.start] == text[0]:
        _doubled(state, before, text)
        return
    body = text[1:-1]
    if (len(body) - len(body.rstrip("\\"))) % 2:
        _backslash_last(state, text)
        return
    end = start + len(text)
    value = literals.string(text)
    if isinstance(value, literals.Bad):
        rule = {"escape": "string-escape", "break": "multiline-expression", "char": "expr-syntax"}[value.kind]
        help = {"escape": "a backslash itself is written '\\\\'", "break": "a line break in a string is written '\\n'", "char": None}[value.kind]
        state.problem(rule, start + value.start, start + value.end, value.message, help)
        state.push("ERROR", end, text)
        return
    if _DRIVE.match(text) and value != body:
        message = "backslashes in this string are escapes ('\\n' is a line break)"
        fix = ProblemFix("Double the backslashes", False, ((start, end, text.replace("\\", "\\\\")),))
        state.problems.append(Problem("string-escape", start, end, message, "a backslash itself is written '\\\\'", (fix,), Effect.ADVICE))
    state.push("STRING", end, text)


def _doubled(state: State, before: Token, text: str) -> None:
    """``'it''s'``: two strings to the engine, one with a quote in it to other languages."""
    quote = text[0]
    body = before.text[1:-1] + quote + text[1:-1]
    mended = _requote(quote, body)
    end = state.pos + len(text)
    state.problem(
        "string-escape", before.start, end, "a quote cannot be doubled inside a string", "use the other kind of quotes", replace(before.start, end, mended)
    )
    state.tokens[-1] = Token("STRING", before.start, end, mended)
    state.pos = end


def _requote(quote: str, body: str) -> str:
    """A string literal for `body`, which may hold `quote` unescaped."""
    other = '"' if quote == "'" else "'"
    return f"{other}{body}{other}" if other not in body else quote + body.replace(quote, f"\\x{ord(quote):02x}") + quote


def _backslash_last(state: State, text: str) -> None:
    r"""A backslash before the closing quote: ``'it\'s'`` or ``'abc\'``."""
    start, quote = state.pos, text[0]
    longer = _ESCAPED[quote].match(state.text, start)
    if longer is not None and state.closer not in longer[0]:
        mended = _requote(quote, longer[0][1:-1].replace(f"\\{quote}", quote))
        message, help, fix = "a quote cannot be escaped inside a string", "use the other kind of quotes", replace(start, longer.end(), mended)
        end, where = longer.end(), start + len(text) - 2
    else:
        end, where = start + len(text), start + len(text) - 2
        mended = f"{text[:-1]}\\{quote}"
        message, help, fix = (
            "a string cannot end with a backslash",
            "a backslash itself is written '\\\\'",
            ProblemFix("Double the backslash", True, ((end - 1, end - 1, "\\"),)),
        )
    state.problem("string-escape", where, where + 2, message, help, fix)
    good = not isinstance(literals.string(mended), literals.Bad)
    state.push("STRING" if good else "ERROR", end, mended)


def other(state: State, value_due: bool) -> None:
    """A character that begins nothing."""
    text, start = state.text, state.pos
    char = text[start]
    if char in "'\"":
        _open_string(state)
        return
    if char.isspace():
        state.problem("expr-syntax", start, start + 1, f"the character U+{ord(char):04X} is no blank in an expression", None, replace(start, start + 1, " "))
        state.pos = start + 1
        return
    help = "contexts are named without '$': 'env.HOME'" if char == "$" else None
    state.problem("expr-syntax", start, start + 1, f"{quoted(char)} means nothing in an expression", help)
    if value_due and char != "$":
        state.push("ERROR", start + 1, char)
    else:
        state.pos = start + 1


def _open_string(state: State) -> None:
    """A quote that nothing closes: the string ends before the closer, or with the line."""
    text, start = state.text, state.pos
    stops = [index for index in (text.find(state.closer, start), text.find("\n", start)) if index >= 0]
    end = min(stops, default=len(text))
    state.problem("unclosed-expression", start, start + 1, "this string is never closed", "a string ends with the quote that it begins with")
    state.push("ERROR", end, text[start:end])
