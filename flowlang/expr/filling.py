"""Templates that are texts with keys of one context in them: taken apart once, filled in for many values."""

from __future__ import annotations

from collections.abc import Mapping

from flowlang.expr.nodes import Attr, Lookup
from flowlang.expr.template import Template, TextPart
from flowlang.light import NamedTuple

_SHORT = frozenset({int, float, bool})
_LARGE = 10**18  # the text of a number that has more digits than Python shows is an error


def plain_text(value: object) -> str | None:
    """The text of a text or number, whose text is what one expects; None for all else."""
    if value.__class__ is str:
        return value
    if value.__class__ in _SHORT and (value.__class__ is not int or -_LARGE < value < _LARGE):
        return str(value)
    return None


class Filling(NamedTuple):
    """A template without its expressions: texts, and behind each the key whose text follows it; None at the end."""

    parts: tuple[tuple[str, str | None], ...]

    def filled(self, values: Mapping[str, object]) -> str | None:
        """The text with those of the values in it; None where one of them is missing, or no plain text or number."""
        made = ""
        for text, key in self.parts:
            if key is None:
                return made + text
            value = plain_text(values.get(key))
            if value is None:
                break
            made += text + value
        return None


def filling(template: Template, context: str) -> Filling | None:
    """The template taken apart, if each of its expressions is a key of that context: ``a ${{ matrix.b }}``."""
    parts: list[tuple[str, str | None]] = []
    text = ""
    for part in template.parts:
        if isinstance(part, TextPart):
            text += part.text
            continue
        tree = part.tree
        if type(tree) is not Lookup or tree.name != context or len(tree.trailers) != 1 or type(tree.trailers[0]) is not Attr:
            return None
        parts.append((text, tree.trailers[0].name))
        text = ""
    return Filling((*parts, (text, None)))
