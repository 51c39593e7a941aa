"""Values as they stand on a line: where they start and end, and how to put them in quotes."""

from __future__ import annotations

import re

from flowlang.patterns import pattern
from flowlang.text import Edit, Span
from flowlang.yamltree.nodes import YamlFix

LINE_BREAK = pattern("[\r\n]")
OPENER = pattern(r"\$(?:\{\{|\[\[)")
CLOSERS = {"${{": "}}", "$[[": "]]"}
_STRING = pattern(r"'(?:[^'\\\r\n]|\\.)*'|\"(?:[^\"\\\r\n]|\\.)*\"")

# What may stand before a value on its line: list dashes, and a key with its colon.
_BEFORE = pattern(
    r"""[ ]*(?:-[ ]+)*
        (?:(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*'|[^\s"'\#&*!|>%@`\[\]{},:](?:[^:\#\r\n]|:(?=\S)|(?<=\S)\#)*?)[ ]*:[ ]+)?
        (?:[&!][^\s]*[ ]+)*""",
    re.VERBOSE,
)

_KEY_END = pattern(r"[ ]*:(?= |$)")
_NEXT_CONTENT = pattern(r"(?:[ \t]*(?:#[^\r\n]*)?[\r\n]+)+ *(?=[^ \r\n])")


def line_start(text: str, at: int) -> int:
    """Where the line of `at` starts."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of `at` ends, without its break."""
    match = LINE_BREAK.search(text, at)
    return match.start() if match else len(text)


def same_line(text: str, one: int, other: int) -> bool:
    """Whether no line break lies between two offsets."""
    return LINE_BREAK.search(text, min(one, other), max(one, other)) is None


def indentation(text: str, at: int) -> int:
    """How many blanks the line of `at` begins with."""
    start = line_start(text, at)
    position = start
    while text[position : position + 1] == " ":
        position += 1
    return position - start


def previous_line(text: str, at: int) -> tuple[int, int] | None:
    """The last line above that of `at` with anything but a comment on it: its start and end."""
    start = line_start(text, at)
    while start > 0:
        end = start - 1
        if end > 0 and text[end - 1 : end + 1] == "\r\n":
            end -= 1
        start = line_start(text, end)
        content = text[start:end].strip(" \t")
        if content and not content.startswith("#"):
            return start, end
    return None


def value_start(text: str, at: int) -> int:
    """Where the value that `at` is in starts on its line, behind dashes and key."""
    start = line_start(text, at)
    match = _BEFORE.match(text, start, at)
    return match.end() if match else start


def value_end(text: str, start: int) -> int:
    """Where the value that starts at `start` ends on its line: before a comment that is in no expression."""
    end = line_end(text, start)
    position = start
    while (hash_sign := text.find(" #", position, end)) >= 0:
        inside = next((span for span in expressions(text, start, end) if span[0] < hash_sign < span[1]), None)
        if inside is None:
            end = hash_sign
            break
        position = inside[1]
    return start + len(text[start:end].rstrip(" \t"))


def quoting_of_value(text: str, start: int) -> tuple[YamlFix, ...]:
    """The fix that puts the value *or key* that starts at `start` in quotes; none where nothing can start there."""
    if value_start(text, start) == start:
        return (quoting(text, start, _quotable_end(text, start)),)
    before = text[line_start(text, start) : start].rstrip(" \t")
    if not _IN_BRACKETS.search(before):
        return ()
    end = _ITEM_END.search(text, start)
    stop = end.start() if end is not None else len(text)
    return (quoting(text, start, start + len(text[start:stop].rstrip(" \t"))),)


# The end of what stands before a value within brackets: a bracket or comma, perhaps with a key behind it.
_IN_BRACKETS = pattern(r"[\[{,](?:[^\[\]{},]*:)?\Z")
_ITEM_END = pattern(r"[\]},\r\n]")


def _quotable_end(text: str, start: int) -> int:
    """Where the value or key that starts at `start` ends on its line."""
    end = value_end(text, start)
    if not text[line_start(text, start) : start].strip(" -"):
        colon = _KEY_END.search(text, start, end)
        return colon.start() if colon else end
    return end


def stands_alone(text: str, at: int) -> bool:
    """Whether the next line with anything on it is no deeper than that of `at`: the value ends on its line."""
    after = _NEXT_CONTENT.match(text, line_end(text, at))
    return after is None or indentation(text, after.end()) <= indentation(text, at)


def expressions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The expressions between two offsets; one that is not closed there reaches to the end."""
    found = []
    while (opener := OPENER.search(text, start, end)) is not None:
        closer = expression_end(text, opener.start(), end)
        found.append((opener.start(), closer if closer >= 0 else end))
        start = found[-1][1]
    return found


def expression_end(text: str, opener: int, end: int) -> int:
    """The end of the expression that opens at `opener`, or -1 when it is not closed before `end`.

    As the language has it, the first closer that is in no string (language: ``}}`` and ``]]`` close
    wherever they stand outside strings).
    """
    closer = CLOSERS[text[opener : opener + 3]]
    position = opener + 3
    while position < end:
        if text.startswith(closer, position):
            return position + 2
        string = _STRING.match(text, position, end)
        position = string.end() if string else position + 1
    return -1


def in_quotes(value: str) -> str:
    """A one-line text as a quoted scalar."""
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def quoting(text: str, start: int, end: int) -> YamlFix:
    """The fix that puts a text in quotes."""
    return YamlFix("Put the value in quotes", True, (Edit(Span(start, end), in_quotes(text[start:end])),))
