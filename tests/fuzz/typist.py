"""Somebody who types: edits of a text, character by character, with undo, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from flowlang.text import Edit, Span, apply_edits

_SNIPPETS = (
    "${{ images.",
    "${{ volumes.data.mount }}",
    "$[[ params.x ]]",
    "$<< needs.a.outputs.b >>",
    " }}",
    "\n    bash: |\n      echo 1\n",
    "\n  new:\n    image: ubuntu\n    cmd: echo\n",
    "\n- id: one\n  action: ws:act\n",
    "    args: {a: 1, b: [x, y]}\n",
    "# flowlint: ignore[unknown-key] because\n",
    "mixins: [common]\n",
    "defaults:\n  tags: [a]\n",
    "kind: batch\n",
    "&a ",
    "*a",
    "<<: *a\n",
    "'it''s'",
    '"\\u263a"',
    "😀é",
    "\t",
    "\r\n",
    "\u2028",
    "\ufeff",
    "- ",
    ": ",
    "? ",
    "---\n",
    "{",
    "}",
    "[",
    "]",
    "|\n",
    ">-\n",
    "!!str ",
    "0x1f",
    "~",
)
"""What is typed or pasted: pieces of flows, and pieces that break them."""


class Typist:
    """Types in one text."""

    def __init__(self, text: str, chance: random.Random) -> None:
        self.text = text
        self._chance = chance
        self._done: list[Edit] = []

    def edits(self) -> Iterator[Edit]:
        """Edits without end; each is made in `text` when the next is asked for."""
        while True:
            for edit in self._chance.choices((self._type, self._delete, self._paste, self._cut, self._undo), (5, 3, 1, 1, 4))[0]():
                whole = self._whole(edit)
                yield whole
                self._made(whole)

    def _whole(self, edit: Edit) -> Edit:
        """The same edit with both characters of every CRLF that it begins or ends in: editors have no place between the two."""
        (start, end), text = edit
        if self.text[start - 1 : start + 1] == "\r\n":
            start, text = start - 1, "\r" + text
        if self.text[end - 1 : end + 1] == "\r\n":
            end, text = end + 1, text + "\n"
        return Edit(Span(start, end), text)

    def _made(self, edit: Edit) -> None:
        before = self.text[edit.span.start : edit.span.end]
        self._done.append(Edit(Span(edit.span.start, edit.span.start + len(edit.text)), before))
        self.text = apply_edits(self.text, [edit])

    def _at(self) -> int:
        return self._chance.randint(0, len(self.text))

    def _type(self) -> Iterator[Edit]:
        at = self._at()
        for char in self._chance.choice(_SNIPPETS):
            yield Edit(Span(at, at), char)
            at += 1

    def _delete(self) -> Iterator[Edit]:
        at = self._at()
        for _ in range(min(self._chance.randint(1, 12), at)):
            yield Edit(Span(at - 1, at), "")
            at -= 1

    def _paste(self) -> Iterator[Edit]:
        start, at = self._at(), self._at()
        yield Edit(Span(at, at), self._chance.choice((self.text[start : start + 200], self._chance.choice(_SNIPPETS))))

    def _cut(self) -> Iterator[Edit]:
        start = self._at()
        yield Edit(Span(start, min(start + self._chance.randint(1, 80), len(self.text))), "")

    def _undo(self) -> Iterator[Edit]:
        """Take back some of what was done, or all of it, which is how most texts that are worked on come to be right again."""
        number = len(self._done) if self._chance.random() < 0.3 else self._chance.randint(0, 20)
        taken, self._done = self._done[len(self._done) - number :] if number else [], self._done[: len(self._done) - number] if number else self._done
        for edit in reversed(taken):
            yield edit
            self._done.pop()
