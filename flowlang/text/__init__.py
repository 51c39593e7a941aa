"""Text and places in it: sources, spans, line index, edits, suggestions. Imports nothing of ours."""

from flowlang.text.edits import Edit, apply_edits
from flowlang.text.json_text import UNSAFE, json_text
from flowlang.text.paths import shown_path
from flowlang.text.source import Position, Source
from flowlang.text.span import Span
from flowlang.text.suggest import closest, listing, quoted, shortened

__all__ = ["UNSAFE", "Edit", "Position", "Source", "Span", "apply_edits", "closest", "json_text", "listing", "quoted", "shortened", "shown_path"]
