"""Making an expression of what is selected."""

from __future__ import annotations

from flowlang.expr import parse_template
from flowlang.model import ConfigFile, Leaf, load
from flowlang.text import Edit, Source, Span, apply_edits


def wrap(file: ConfigFile, selected: Span) -> list[Edit]:
    """The edits that put ``${{ }}`` around a selection; none where it is no expression, or none can stand there.

    Where the marks cannot stand in a plain value (inside braces) the whole value is put in quotes.
    """
    text = file.source.slice(selected)
    selected = Span(selected.start + len(text) - len(text.lstrip()), selected.end - (len(text) - len(text.rstrip())))
    text = file.source.slice(selected)
    if not text or "\n" in text or "\r" in text or parse_template(f"${{{{ {text} }}}}").problems or file.block is None:
        return []
    leaves = list(file.block.leaves())
    at = next((at for at, leaf in enumerate(leaves) if leaf.span.covers(selected)), None)
    if at is None or not _takes_expressions(leaves[at]) or _is_inside(leaves[at], selected):
        return []
    around = [Edit(Span(selected.start, selected.start), "${{ "), Edit(Span(selected.end, selected.end), " }}")]
    whole = leaves[at].span
    quoted = [Edit(Span(whole.start, whole.start), '"'), *around, Edit(Span(whole.end, whole.end), '"')]
    return next((edits for edits in (around, quoted) if _means_it(file, at, text, edits)), [])


def _takes_expressions(leaf: Leaf) -> bool:
    return leaf.scope != "none" and isinstance(leaf.value, str)


def _is_inside(leaf: Leaf, selected: Span) -> bool:
    """Whether the selection touches an expression that is there."""
    places = (leaf.place(part.start, part.end) for part in leaf.template.expressions)
    return any(place.start < selected.end and selected.start < place.end for place in places)


def _means_it(file: ConfigFile, at: int, text: str, edits: list[Edit]) -> bool:
    """Whether the edits change that one value, and just so."""
    after = load(Source(file.source.path, apply_edits(file.source.text, edits)), file.kind)
    before = list(file.block.leaves()) if file.block is not None else []
    leaves = list(after.block.leaves()) if after.block is not None and after.complete else []
    if len(leaves) != len(before) or not isinstance(leaves[at].value, str):
        return False
    if any(old.value != new.value for number, (old, new) in enumerate(zip(before, leaves, strict=True)) if number != at):
        return False
    return str(leaves[at].value).replace(f"${{{{ {text} }}}}", text) == before[at].value
