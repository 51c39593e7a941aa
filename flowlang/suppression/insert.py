"""Writing directives: the edit that makes a comment accept a finding."""

from __future__ import annotations

from flowlang.suppression.coverage import Coverage, Place
from flowlang.suppression.directives import Directive, directives
from flowlang.text import Edit, Source, Span
from flowlang.yamltree import Tree


def ignoring(tree: Tree, span: Span, name: str) -> Edit | None:
    """The edit that accepts findings of the rule `name` at `span`; None where no comment can.

    An ignore that covers the narrowest key or item around the span is extended; else a comment is
    put at the end of that key's line, or on a line of its own above it where the end of the line is
    taken.
    """
    coverage = Coverage(tree)
    source = tree.source
    found = next((place for place in coverage.around(span) if _begins_its_line(source, place)), None)
    if found is None:
        return None
    line = source.position(found.span.start).line
    for directive in directives(tree.comments()):
        if directive.keys is not None and not directive.whole_file and coverage.of(directive.comment) == found:
            return _extended(directive, name)
    whole = source.line_span(line)
    if _line_is_free(tree, whole):
        return Edit(Span(whole.end, whole.end), f"  # flowlint: ignore[{name}]")
    start = source.line_starts[line - 1]
    text = source.text
    indent = text[start : len(text) - len(text[start:].lstrip(" "))].removeprefix("\ufeff")
    newline = "\r\n" if "\r\n" in text else "\n"
    at = start + (1 if text.startswith("\ufeff", start) else 0)
    return Edit(Span(at, at), f"{indent}# flowlint: ignore[{name}]{newline}")


def ignoring_in_file(tree: Tree, name: str) -> Edit:
    """The edit that accepts all findings of the rule `name` in the file."""
    first = tree.root.start if tree.root is not None else 0
    for directive in directives(tree.comments()):
        if directive.whole_file and directive.keys is not None and directive.comment.span.start < first:
            return _extended(directive, name)
    text = tree.source.text
    at = 1 if text.startswith("\ufeff") else 0
    return Edit(Span(at, at), f"# flowlint: ignore-file[{name}]" + ("\r\n" if "\r\n" in text else "\n"))


def _extended(directive: Directive, name: str) -> Edit:
    assert directive.keys is not None
    if directive.keys:
        end = directive.keys[-1].span.end
        return Edit(Span(end, end), f", {name}")
    return Edit(directive.rest, f"[{name}]")


def _begins_its_line(source: Source, place: Place) -> bool:
    start = source.line_starts[source.position(place.span.start).line - 1]
    return not source.text[start : place.span.start].strip(" \t-?\ufeff")


def _line_is_free(tree: Tree, line: Span) -> bool:
    """Whether a comment can be put at the end of a line: there is none yet, and no scalar goes on over its end but a block that begins there."""
    if any(line.start <= comment.span.start < line.end for comment in tree.comments()):
        return False
    over = (scalar for scalar in tree.scalars() if scalar.start < line.end < scalar.end)
    return all(scalar.style in ("|", ">") and scalar.start >= line.start for scalar in over)
