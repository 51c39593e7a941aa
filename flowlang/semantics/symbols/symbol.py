"""What a name stands for, and a place where it stands."""

from __future__ import annotations

from flowlang.diagnostics import Label
from flowlang.light import NamedTuple
from flowlang.model import Item
from flowlang.text import Source, Span, quoted

NOUNS = {
    "action": "action",
    "env": "variable",
    "image": "image",
    "input": "input",
    "job": "job",
    "matrix": "matrix key",
    "mixin": "mixin",
    "output": "output",
    "param": "param",
    "state": "state variable",
    "task": "task",
    "volume": "volume",
}
"""The kinds of symbols, and what messages call them."""


class Symbol(NamedTuple):
    """Something that has a name, where it is defined.

    `kind` is one of `NOUNS`. `span` is the name alone in `source`, without quotes; where the name is
    not written as it is (`written` is False: a task's id with expressions in it, a task without id, an
    action's file) the place that stands for it: the id as written, the head of the task, the begin of the file.
    `item` is what the name is given to: the block of an image, a param's default. `owner` is
    the name of the job, task, mixin or action it belongs to, where it is not a whole file's.
    """

    kind: str
    name: str
    source: Source
    span: Span
    item: Item | None = None
    owner: str | None = None
    written: bool = True

    @property
    def noun(self) -> str:
        """What kind of thing it is, in words."""
        return NOUNS[self.kind]

    @property
    def title(self) -> str:
        """The symbol in words: ``image 'train'``."""
        return f"{self.noun} {quoted(self.name)}"

    @property
    def definition(self) -> Label:
        """The place where it is defined."""
        return Label(self.source, self.span, f"{self.title} is defined here")


class Occurrence(NamedTuple):
    """A place where a name stands, exactly the name, and what it may stand for there.

    There is more than one symbol where the place is met in several ways: in a mixin that several jobs
    use, in project.yml, in a module. `defines`: it is the definition itself.
    """

    source: Source
    span: Span
    symbols: tuple[Symbol, ...]
    defines: bool = False
