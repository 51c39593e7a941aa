"""Blanks around values and expressions."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Effect, Severity
from flowlang.model import Leaf, ListItem, MapItem
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.leaves import without_blanks
from flowlang.semantics.visit import blocks
from flowlang.text import quoted
from flowlang.yamltree import Scalar

_EXACT = ("image", "preset", "name", "workdir", "ref", "context", "dockerfile", "build_preset", "remote", "mount", "local")
"""Attributes whose text names something, blanks included."""
_IMAGES = frozenset({"image", "ref"})
_LISTS = ("volumes", "tags")


class StrayWhitespace(CheckedRule):
    """
    ## What it does

    Finds blanks, line breaks or other text beside the expression of an attribute that takes one
    expression alone: conditions, numbers, truth values, time spans, whole lists and mappings. Also blanks
    around the name of an image, which no registry takes, and, as a warning, around that of a preset,
    volume or path, and around a variable of one line in a block.

    ## Why

    A block after `|` or `>` ends with a line break, which is text. A condition or a number cannot be
    put together from texts, and the engine refuses the file. In a text it stays: the image is looked
    for with a line break at the end of its name.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        http_port: |
          ${{ 8080 }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        http_port: |-
          ${{ 8080 }}
    ```

    ## Fix

    Safe: the last line break of a block is stripped with `|-` or `>-`, blanks inside quotes are
    deleted. Other text beside the expression is left to you.
    """

    name = "stray-whitespace"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Blanks around texts; those beside an expression that must stand alone are found where the scalar is read."""
        if not any(map(_may_tell, (leaf for leaf in file.leaves if isinstance(text := leaf.value, str) and (text[-1:].isspace() or text[:1].isspace())))):
            return
        for item in blocks(file):
            found = [item.fields.get(name) for name in _EXACT]
            for name in _LISTS:
                section = item.fields.get(name)
                found += section.items if isinstance(section, ListItem) else ()
            for part in found:
                if isinstance(part, Leaf) and part.scope != "none":
                    yield from cls._around(part)
            env = item.fields.get("env")
            for part in env.entries.values() if isinstance(env, MapItem) else ():
                if isinstance(part, Leaf) and isinstance(part.node, Scalar) and part.node.style in ("|", ">") and str(part.value).count("\n") == 1:
                    yield from cls._around(part)

    @classmethod
    def _around(cls, leaf: Leaf) -> Iterator[Diagnostic]:
        """The finding about a text with blanks around it."""
        text = leaf.value
        if not isinstance(text, str) or not isinstance(leaf.node, Scalar) or not text.strip() or text == text.strip():
            return
        end = len(text.rstrip())
        place = leaf.place(end, len(text)) if end < len(text) else leaf.place(0, len(text) - len(text.lstrip()))
        what = "a line break" if "\n" in text[end:] else "blanks"
        where = "ends" if end < len(text) else "begins"
        name = f" of {quoted(leaf.key.value)}" if isinstance(leaf.key, Scalar) else ""
        help = "end the block with '|-' or '>-', or write the text on one line" if leaf.node.style in ("|", ">") else "delete them"
        # client 26.9: a job with such an image is refused when it is started
        fails = isinstance(leaf.key, Scalar) and leaf.key.value in _IMAGES
        yield Diagnostic(
            cls.row(),
            leaf.source,
            place,
            f"the text{name} {where} with {what}, which the engine keeps",
            help=help,
            fixes=without_blanks(leaf),
            override_severity=None if fails else Severity.WARNING,
            override_effect=Effect.BETRAYED if fails else Effect.ADVICE,
        )


def _may_tell(leaf: Leaf) -> bool:
    """Whether a text with blanks around it may be one of those that name something: scripts end with a line break, and most else has none."""
    return not isinstance(leaf.key, Scalar) or leaf.key.value in _EXACT
