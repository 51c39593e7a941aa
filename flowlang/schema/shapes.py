"""Shapes: the schemas, compiled to what one walk over a YAML tree needs.

A shape says which nodes an attribute takes and what they mean; it is built from the JSON Schemas
(`flowlang.schema.tables`) and never written by hand.
"""

from __future__ import annotations

from flowlang.light import NamedTuple


class Notes(NamedTuple):
    """The ``x-flow`` annotations of an attribute, and its documentation.

    `type` is the value type (``str``, ``timespan``, ``image`` …), `scope` the name of the scope
    its expressions see (None: that of the surrounding block), `merge` how mixins and defaults
    combine (``override``, ``concat``, ``update``), `item` the value type of the items where one
    expression may stand for the whole, `whole` whether one expression may stand for
    the whole list or mapping, `defines` the kind of symbol the keys of a mapping define.
    """

    type: str = ""
    scope: str | None = None
    merge: str = "override"
    whole: bool = False
    unit: str | None = None
    default: str | None = None
    since: str | None = None
    until: str | None = None
    defines: str | None = None
    names: str | None = None
    name: str | None = None
    item: str | None = None
    deprecated: tuple[str, str | None] | None = None
    doc: str = ""


CONVERTED = frozenset({"int", "float", "timespan", "bool", "enable", "remote-path", "local-path", "uri", "port-pair", "restart", "id", "primitive"})
"""Value types whose values are something else than texts, or that refuse some; all others make texts of everything."""
COMMANDS = frozenset({"bash", "python"})
"""Value types whose texts are put into a command line."""
COLLECTIONS = frozenset({"list", "mapping"})
"""Value types of a scalar that stands for a whole collection."""


class ScalarShape(NamedTuple):
    """A scalar. `kinds` are the JSON types it may resolve to; a text must match `pattern`, which is compiled when it is met.

    `fits`: any text without expressions will do, and `stays`: it is its own value as well.
    """

    notes: Notes
    kinds: frozenset[str]
    pattern: str | None = None
    fits: bool = False
    stays: bool = False

    @classmethod
    def of(cls, notes: Notes, kinds: frozenset[str], pattern: str | None) -> ScalarShape:
        """The shape with what follows of these."""
        fits = "string" in kinds and pattern is None and notes.type not in CONVERTED | COLLECTIONS
        return cls(notes, kinds, pattern, fits, fits and notes.type not in COMMANDS)


class ChoiceShape(NamedTuple):
    """One of a few values; an empty list among them stands for an empty section."""

    notes: Notes
    choices: tuple[object, ...]
    empty_list: bool


class ListShape(NamedTuple):
    """A list with items of one shape; `most` bounds their number (None: no bound)."""

    notes: Notes
    item: Shape
    most: int | None = None


class MapShape(NamedTuple):
    """A mapping with free keys and values of one shape; `ids`: the keys are identifiers.

    `templates`: the keys are ids that may hold expressions. `fields` are keys of their own shape beside the free ones (``include`` in a matrix).
    """

    notes: Notes
    value: Shape
    ids: bool
    templates: bool
    fields: dict[str, Shape]


class BlockShape(NamedTuple):
    """A mapping with named keys, each of its own shape.

    Of each group in `exclusive` at most one key may be there, of each group in `one_of` at least one.
    """

    notes: Notes
    fields: dict[str, Shape]
    required: tuple[str, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()


class Condition(NamedTuple):
    """What a branch asks of a node: its JSON types, keys it has, values of its keys."""

    kinds: frozenset[str] | None = None
    keys: tuple[str, ...] = ()
    values: tuple[tuple[str, tuple[object, ...]], ...] = ()


class BranchShape(NamedTuple):
    """The first shape where the condition holds, else the second."""

    notes: Notes
    condition: Condition
    then: Shape
    otherwise: Shape


class AnyShape(NamedTuple):
    """Anything at all: what the engine does not look at."""

    notes: Notes


class NeverShape(NamedTuple):
    """Nothing: a key that is known but not allowed here."""

    notes: Notes


Shape = ScalarShape | ChoiceShape | ListShape | MapShape | BlockShape | BranchShape | AnyShape | NeverShape
"""What an attribute may be; every shape has the annotations of its attribute in `notes`."""
