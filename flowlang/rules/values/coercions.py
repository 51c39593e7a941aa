"""Values without quotes that arrive as other texts."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.model import Item, Leaf, MapItem
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.plain import in_quotes, misread, read_as
from flowlang.semantics.visit import items, jobs, tasks
from flowlang.text import quoted
from flowlang.yamltree import Scalar

_TEXTS = frozenset({"str", "image", "context-path", "bash", "python", "param"})
"""Types of attributes that are text to the engine whatever YAML makes of them (engine 26.7: `str`)."""
_OF_FILES = frozenset({"title", "owner", "project_name"})
"""Attributes without expressions that count; others, such as descriptions, are for people."""


class Yaml11Coercion(CheckedRule):
    """
    ## What it does

    Finds values without quotes that are to be text, and that YAML makes another value of, so that
    another text arrives: `yes`, `true`, `1.10`, `010`, `12:30`. What comes out as it was written, `1`
    or `2.5`, or as the same decimal number, `.5`, is fine.

    ## Why

    The engine reads YAML 1.1 and then turns the value into text the Python way. `DEBUG: no` reaches the
    job as `False`, `DEBUG: true` as `True`, `VERSION: 1.10` as `1.1`, `START: 12:30` as `750`,
    `image: 3.10` is the image `3.1`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          VERSION: 1.10
          START: 12:30
          DEBUG: no
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          VERSION: "1.10"
          START: "12:30"
          DEBUG: "no"
    ```

    ## Fix

    Safe: the value is put in quotes, so that it arrives as it is written. Where the file compares
    something with `'True'` or `'False'`, a truth value is written as that.
    """

    name = "yaml11-coercion"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such value, and every such argument of a call."""
        if any(misread(leaf) is not None for leaf in file.leaves if leaf.value.__class__ is not str):
            for item in items(file):
                if not isinstance(item, Leaf):
                    yield from cls._in(item)
        for leaf in _arguments(file):
            yield from cls._told(leaf)

    @classmethod
    def _in(cls, item: Item) -> Iterator[Diagnostic]:
        """The values directly in an item; those of params that are bools have a rule of their own."""
        if isinstance(item, MapItem) and item.notes.names == "input":
            return
        for part in item.parts():
            # a text is what is written, whatever attribute it is of
            if isinstance(part, Leaf) and part.value.__class__ is not str and part.notes.type in _TEXTS and _is_read(part):
                of_param = part.notes.type == "param" or item.notes.name == "param"
                if not (of_param and isinstance(part.value, bool)):
                    yield from cls._told(part)

    @classmethod
    def _told(cls, leaf: Leaf) -> Iterator[Diagnostic]:
        """The finding about a value that arrives as another text."""
        text = misread(leaf)
        if text is not None:
            message = f"{quoted(text)} without quotes is {read_as(text, leaf.value)}: it becomes the text {quoted(str(leaf.value))}"
            yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help="put it in quotes", fixes=in_quotes(leaf, text))


def _is_read(leaf: Leaf) -> bool:
    """Whether the engine makes anything of a text attribute."""
    return leaf.scope not in ("none", "unevaluated") or (leaf.scope == "none" and isinstance(leaf.key, Scalar) and leaf.key.value in _OF_FILES)


def _arguments(file: FileAnalysis) -> Iterator[Leaf]:
    """The arguments of calls that become text: all, or those for inputs of type str where the action is at hand."""
    calls = [(job.block, job.action) for job in jobs(file) if job.is_call]
    calls += [(task.entry.block, task.action) for task in tasks(file) if task.kind != "task"]
    if not calls:
        return
    from flowlang.semantics.inputs import declared_inputs, input_type

    for block, action in calls:
        section = block.map("args")
        declared = declared_inputs(action) if action is not None else None
        for name, item in section.entries.items() if section is not None else ():
            of = declared.entries.get(name) if declared is not None else None
            if isinstance(item, Leaf) and (of is None or input_type(of) == "str"):
                yield item
