"""Commands in the output of tasks: lines such as ``::set-output name=NAME::VALUE``, looked for in scripts.

Engine 26.7 (commands): a line of a task's output that begins with ``::`` is a command. One that is not
exactly of the form is ignored without a word: the name is a letter and then letters, digits and ``_``,
the value is not empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowlang.expr import ExprPart
from flowlang.light import NamedTuple
from flowlang.model import Leaf
from flowlang.patterns import pattern
from flowlang.text import quoted

_COMMAND = pattern(r"::[ \t]*(?P<word>set[-_ ]?outputs?|save[-_ ]?states?)(?![\w-])(?P<rest>[^\n]*)", re.I)
_WORDS = ("set-output", "save-state")
_HEAD = pattern(r"[ \t]+name[ \t]*=[ \t]*(?P<name>[^ \t].*?)?[ \t]*")
_NAME = pattern(r"[a-zA-Z][a-zA-Z0-9_]*")
# What makes a part of a script into something that only the run tells.
_COMPUTED = pattern(r"[$`{}%\\<>+]")
# What writes to the output; a command that stands in anything else may be a pattern, or an explanation.
_WRITES = pattern(r"\b(?:echo|printf|print|write)\b")
_END = pattern(r"[ \t]*(?:$|[;&|)>])")
_NEW_LINE = pattern(r"(?:\\n|\\r)[ \t]*$")


class Problem(NamedTuple):
    """Why the engine ignores a line: the place in the script, the words, and what helps."""

    start: int
    end: int
    message: str
    help: str


class Command(NamedTuple):
    """One command in a script, from `start`.

    `name` is None where the script computes it. `value` is what stands in the script for the value, and
    `quote` the quote around it; None where that cannot be told. `problem` is why the line is ignored.
    """

    start: int
    word: str
    name: str | None
    value: str | None
    value_start: int
    quote: str
    problem: Problem | None


def commands(leaf: Leaf) -> Iterator[Command]:
    """The commands that a script, or the command line of a task, writes as far as it shows them."""
    if not isinstance(leaf.value, str) or "::" not in leaf.value:
        return
    text = masked(leaf, "$")
    for found in _COMMAND.finditer(text):
        prefix = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not prefix.lstrip().startswith("#") and (not prefix.strip(" \t\"'") or _WRITES.search(prefix)):
            yield _command(text, found, prefix)


def masked(leaf: Leaf, mark: str) -> str:
    """The text of a script with marks in place of its expressions, of which nothing is known."""
    text = str(leaf.value)
    for part in leaf.template.parts if leaf.may_hold_expressions else ():
        if isinstance(part, ExprPart):
            text = text[: part.start] + mark * (part.end - part.start) + text[part.end :]
    return text


def _command(text: str, found: re.Match[str], prefix: str) -> Command:
    start, rest = found.start(), found["rest"]
    quote = _open_quote(prefix)
    inside, after = _inside(rest, quote)
    head, separator, value = inside.partition("::")
    head_start = found.start("rest")
    value_start = head_start + len(head) + 2
    problem, name = _problem(found, head, separator, after)
    if problem is None and quote and (lead := prefix[prefix.rfind(quote) + 1 :]).strip() and not _COMPUTED.search(lead) and not _NEW_LINE.search(lead):
        problem = Problem(start, start + 2, "the engine ignores a command that does not begin its line", "put a line of its own around it")
    known = value if separator and _END.match(after) else None
    return Command(start, found["word"], name, known, value_start, quote, problem)


def _open_quote(prefix: str) -> str:
    """The quote that is open where a line goes on; '' where none is."""
    quote = ""
    for char in prefix:
        if char in ("'", '"') and quote in ("", char):
            quote = "" if quote else char
    return quote


def _inside(rest: str, quote: str) -> tuple[str, str]:
    """What belongs to the text that a quote opened, or to a word without quotes, and what comes after it."""
    if quote:
        inside, found, after = rest.partition(quote)
        return (inside, after) if found else (rest, "")
    end = re.search(r"[;&|]|[ \t](?![ \t]*(?:name|=|::))", rest)
    stop = end.start() if end and "::" in rest[: end.start()] else len(rest)
    return rest[:stop], rest[stop:]


def _problem(found: re.Match[str], head: str, separator: str, after: str) -> tuple[Problem | None, str | None]:
    """Why the engine ignores a command, and the name that it gives."""
    word, form = found["word"], "the form is ::set-output name=NAME::VALUE"
    start, end = found.start("word"), found.end("word")
    if word not in _WORDS:
        meant = "save-state" if "save" in word.lower() else "set-output"
        return Problem(start, end, f"the engine knows no command {quoted(word)} and ignores the line", f"write '{meant}'"), None
    if _COMPUTED.search(head) or (not separator and not _END.match(after)):
        return None, None
    matched = _HEAD.fullmatch(head)
    name = matched["name"] if matched is not None else None
    if name is None or matched is None or not separator:
        what = "'name=NAME'" if name is None else "'::' and a value after the name"
        return Problem(start, end, f"the engine ignores this line: there is no {what}", form), None
    if _NAME.fullmatch(name):
        return None, name
    start = found.start("rest") + matched.start("name")
    help = "a letter, then letters, digits and '_'"
    return Problem(start, start + len(name), f"{quoted(name)} is no name that a command can give: the engine ignores the line", help), None
