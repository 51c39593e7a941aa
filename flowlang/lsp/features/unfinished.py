"""Expressions that are being written: what stands before the cursor, and what may follow."""

from __future__ import annotations

import re

from flowlang.expr.tokens import CLOSERS, PAIRS
from flowlang.light import NamedTuple
from flowlang.patterns import pattern

WORD = pattern(r"\w+")
_OPENER = pattern(r"\$(?:\{\{|\[\[|<<)")
_TOKEN = pattern(r"""(?P<blank>[ \t]+)|(?P<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(?P<name>[^\W\d]\w*)|(?P<number>\d[\w.]*)|(?P<other>.)""")
_WORDS = frozenset({"and", "or", "not", "if", "else", "for", "in"})
_BOUND = pattern(r"\bfor[ \t]+([A-Za-z]\w*)[ \t]+in\b")
_NOT_STARTED = frozenset({"for"})


class Frame(NamedTuple):
    """A bracket that is open at the cursor: which, what it belongs to (a function's name, or the lookup before an index), and how many commas it holds."""

    bracket: str
    of: str
    commas: int
    start: int


class Unfinished(NamedTuple):
    """The expression around a cursor. Offsets are into the scalar's decoded text.

    `what` may come: ``name`` (a value may begin here), ``attribute`` (behind a dot), ``text`` (inside a
    constant text), ``operator`` (a value is complete) or ``nothing`` (a name that is new). `word` is what is written of it. `base` is the text of the lookup
    before the dot. `quote` is the quote that a text began with. `frames` are the open brackets, the innermost last. `bound` are the names that
    comprehensions bind anywhere in it. `opener` and `start` are those of the expression.
    """

    what: str
    word: str
    base: str
    quote: str
    frames: tuple[Frame, ...]
    bound: tuple[str, ...]
    opener: str
    start: int

    @property
    def frame(self) -> Frame | None:
        """The innermost open bracket."""
        return self.frames[-1] if self.frames else None


def unfinished(before: str, after: str) -> Unfinished | None:
    """The expression that is open between two halves of a text; None where there is none."""
    at = 0
    while (found := _OPENER.search(before, at)) is not None:
        end = _closed(before, found.end(), CLOSERS[found[0]])
        if end is None:
            return _read(before, found.end(), found[0], after)
        at = end
    return None


def _closed(text: str, at: int, closer: str) -> int | None:
    """Where an expression that begins at `at` ends; None when it is open. A line break ends it too."""
    for found in _TOKEN.finditer(text, at):
        if found["other"] and text.startswith(closer, found.start()):
            return found.end() + 1
    broken = re.compile(r"[\r\n]").search(text, at)
    return broken.end() if broken is not None else None


class _Reader:
    """Where the reading of an expression is: the open brackets, and the lookup or call that was read last."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.chain = -1  # where the lookup begins that may go on; -1: a value is due
        self.complete = False  # whether a value was read
        self.dotted = False
        self.last = ""


def _read(text: str, begin: int, opener: str, after: str) -> Unfinished:
    reader = _Reader()
    bound = tuple(dict.fromkeys(_BOUND.findall(text[begin:] + after.partition(CLOSERS[opener])[0])))

    def made(what: str, word: str = "", base: str = "", quote: str = "") -> Unfinished:
        return Unfinished(what, word, base, quote, tuple(reader.frames), bound, opener, begin - len(opener))

    at = begin
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            at += 1
            continue
        kind, token, end = found.lastgroup, found[0], found.end()
        if end == len(text) and kind in ("name", "number"):
            if reader.dotted:
                return made("attribute", token, text[reader.chain : at - 1].rstrip(". "))
            if reader.last in _NOT_STARTED or kind == "number":
                return made("nothing", token)
            return made("operator" if reader.complete else "name", token)
        if kind == "other" and token in "'\"":
            return made("text", text[at + 1 :], quote=token)
        _step(reader, kind or "", token, at, text)
        at = end
    if reader.dotted:
        return made("attribute", "", text[reader.chain : len(text)].rstrip(" ").removesuffix("."))
    if reader.last in _NOT_STARTED:
        return made("nothing")
    return made("operator" if reader.complete else "name")


def _step(reader: _Reader, kind: str, token: str, at: int, text: str) -> None:
    """Take one token that is followed by more."""
    if kind == "blank":
        return
    if kind == "name" and token in _WORDS and not reader.dotted:
        reader.chain, reader.complete = -1, False
    elif kind in ("name", "string", "number"):
        if not reader.dotted:
            reader.chain = at
        reader.complete, reader.dotted = True, False
    elif token == "." and reader.complete:
        reader.dotted = True
        reader.last = token
        return
    elif token in PAIRS:
        of = text[reader.chain : at].strip() if reader.complete and reader.chain >= 0 else ""
        reader.frames.append(Frame(token, of, 0, reader.chain if of else at))
        reader.chain, reader.complete = -1, False
    elif token in PAIRS.values():
        frame = reader.frames.pop() if reader.frames else None
        reader.chain = frame.start if frame is not None else -1
        reader.complete = True
    elif token == "," and reader.frames:
        frame = reader.frames[-1]
        reader.frames[-1] = frame._replace(commas=frame.commas + 1)
        reader.chain, reader.complete = -1, False
    else:
        reader.chain, reader.complete = -1, False
    reader.dotted = False
    reader.last = token
