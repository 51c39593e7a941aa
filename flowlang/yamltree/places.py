"""Tight places: where nodes really start and end, from the marks that readers give."""

from __future__ import annotations

from flowlang.patterns import pattern

# YAML 1.1 (and with it PyYAML) breaks lines at NEL, LS and PS too.
BREAKS = "\r\n\x85\u2028\u2029"
LINE_END = pattern(f"[{BREAKS}]")
_BLANK = " " + BREAKS
BLOCK_HEADER = pattern(f"[|>](?:[-+][1-9]?|[1-9][-+]?)?(?=[ {BREAKS}]|$)")
_PROPERTY = pattern(r"&[0-9A-Za-z_-]+|!(?:<[^>\s]*>|\S*)")
_GAP = pattern(rf"(?:[ \t{BREAKS}]|#[^{BREAKS}]*)*")


def block_end(text: str, start: int, end: int) -> int:
    """The end of a block scalar that starts at `start`: of its last line with anything on it.

    `end` is the reader's mark, which lies somewhere in the blank lines behind. With no such line the
    end of the header's indicators.
    """
    header = BLOCK_HEADER.match(text, start)
    head = header.end() if header else start + 1
    line = LINE_END.search(text, head, end)
    if line is None:
        return head
    last = line.end() + len(text[line.end() : end].rstrip(_BLANK))
    if last == line.end():
        return head
    after = LINE_END.search(text, last)
    return after.start() if after else len(text)


class Properties:
    """The anchor and the tag before a node, and where its content starts."""

    __slots__ = ("anchor", "content", "end", "tag")

    def __init__(self, text: str, start: int) -> None:
        """Read from `start`, the place of the first of them."""
        self.anchor: tuple[int, int] | None = None
        self.tag: tuple[int, int] | None = None
        self.end = start
        position = start
        while (match := _PROPERTY.match(text, position)) is not None and match.end() > position:
            place = match.span()
            if text[position] == "&":
                if self.anchor:
                    break
                self.anchor = place
            else:
                if self.tag:
                    break
                self.tag = place
            self.end = match.end()
            gap = _GAP.match(text, self.end)
            position = gap.end() if gap else self.end
            if position == self.end:
                break
        self.content = position
        """Where the content starts, if there is any."""


def empty_value(text: str, mark: int, key_end: int) -> int:
    """The place of a value that is not there: behind its ``:``, or behind the key when there is none.

    The engine's reader marks the first; libyaml, within braces, the token that follows.
    """
    if mark > key_end and text[mark - 1] == ":":
        return mark
    gap = _GAP.match(text, key_end, mark)
    colon = gap.end() if gap else key_end
    return colon + 1 if colon < mark and text[colon] == ":" else key_end
