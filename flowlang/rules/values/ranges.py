"""Time spans and numbers that the engine takes, but not as they seem."""

from __future__ import annotations

import math
from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Effect, Fix, Severity
from flowlang.model import Block, Leaf
from flowlang.model.mending import replacement
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.convert import ConversionError, convert
from flowlang.semantics.visit import blocks, units_by
from flowlang.text import quoted
from flowlang.yamltree import Scalar

_SPANS = ("life_span", "schedule_timeout")
_MINUTE = 60
_LAST_PORT = 65535


class LifeSpanValue(CheckedRule):
    """
    ## What it does

    Finds a `life_span` or `schedule_timeout` that the engine takes, but not for what it seems to be:
    `1:30` without quotes, less than a minute, 0, a negative number, `nan`.

    ## Why

    A plain number is seconds, and `1:30` is the number 90 to YAML, so that the job ends after a minute
    and a half. The platform counts the life of a job in whole minutes: 30 seconds are none. 0 does not
    mean "for ever": it counts as not given, and the default holds. With a negative number the job
    cannot be started.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        life_span: 1:30:00
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        life_span: 1h30m
    ```

    ## Fix

    Safe, for hours, minutes and seconds with colons between: the same time, written with units. None
    for the others, of which only you know how long they are to be.
    """

    name = "life-span-value"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such time span that is written as a constant."""
        for name in _SPANS:
            for item in blocks(file, name):
                if item.name != "cache":
                    leaf = item.leaf(name)
                    # an empty text is refused as such
                    if leaf is not None and leaf.value not in (None, "") and leaf.template.is_text:
                        yield from cls._judged(name, leaf, item)

    @classmethod
    def _judged(cls, name: str, leaf: Leaf, block: Block) -> Iterator[Diagnostic]:
        """What is to be said of one time span."""
        try:
            seconds = convert("timespan", leaf.value)
        except ConversionError:
            return
        assert isinstance(seconds, float)
        written = leaf.node.value if isinstance(leaf.node, Scalar) else ""
        if not math.isfinite(seconds) or seconds < 0:
            message = f"{quoted(written)} is no {name.replace('_', ' ')}: a job with it cannot be started"
            yield cls._told(leaf, message, "for instance 1d or 2h30m", betrayed=True)
        elif seconds == 0:
            yield cls._told(leaf, "0 counts as not given: the default holds", "delete it, or give a time: 7d for instance")
        elif ":" in written and not isinstance(leaf.value, str):
            from flowlang.semantics.time_spans import written_span

            shown = written_span(int(seconds))
            fixes = replacement(leaf.source, leaf.node, shown, safe=True) if written.count(":") == 2 and seconds.is_integer() else ()
            message = f"{quoted(written)} without quotes is the number {int(seconds)} (base 60), so {shown}"
            yield cls._told(leaf, message, "write it with units: 1h30m is an hour and a half", fixes)
        elif name == "life_span" and seconds < _MINUTE:
            shown = "1 second" if seconds == 1 else f"{seconds:g} seconds"
            message = f"a life span of {shown} is none: the platform counts whole minutes"
            yield cls._told(leaf, message, "a plain number is seconds; write 30m, 12h or 1d")

    @classmethod
    def _told(cls, leaf: Leaf, message: str, help: str, fixes: tuple[Fix, ...] = (), *, betrayed: bool = False) -> Diagnostic:
        """The finding; an error where the job cannot be started."""
        severity, effect = (Severity.ERROR, Effect.BETRAYED) if betrayed else (None, None)
        return Diagnostic(cls.row(), leaf.source, leaf.span, message, help=help, fixes=fixes, override_severity=severity, override_effect=effect)


class IntRange(CheckedRule):
    """
    ## What it does

    Finds numbers that are cut off, `max_parallel: 2.7`, truth values in place of numbers,
    `http_port: true`, and ports that do not exist, `http_port: 99999`.

    ## Why

    The engine makes a whole number of anything that it can: `2.7` becomes 2 and `true` becomes 1. It
    does not look whether a port can be one.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      jupyter:
        image: jupyter/base-notebook
        http_port: 88888
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      jupyter:
        image: jupyter/base-notebook
        http_port: 8888
    ```

    ## Fix

    None: only you know the number.
    """

    name = "int-range"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such number: constants where they are written, ports that expressions give in each job."""
        for leaf in file.leaves:
            if leaf.notes.type == "int" and not isinstance(leaf.value, str):
                yield from cls._cut(leaf)
            elif leaf.notes.type == "port-pair" and isinstance(leaf.value, str) and leaf.template.is_text:
                yield from (cls._no_port(leaf, int(port)) for port in leaf.value.split(":") if port.isdecimal() and int(port) > _LAST_PORT)
        for unit in units_by(file, "http_port"):
            port, own = unit.values.get("http_port"), unit.leaf("http_port")
            if own is not None and isinstance(port, int) and not isinstance(own.value, bool) and not 0 <= port <= _LAST_PORT:
                yield cls._no_port(own, port)

    @classmethod
    def _cut(cls, leaf: Leaf) -> Iterator[Diagnostic]:
        """The finding about a number that is another one to the engine."""
        value, help = leaf.value, "write a whole number"
        if value is False and isinstance(leaf.key, Scalar) and leaf.key.value == "max_parallel":
            return  # a limit of 0 is told where it holds
        if isinstance(value, bool) and isinstance(leaf.node, Scalar):
            yield Diagnostic(cls.row(), leaf.source, leaf.span, f"{quoted(leaf.node.value)} is a truth value: it counts as {int(value)}", help=help)
        elif isinstance(value, float) and math.isfinite(value) and value != int(value):
            yield Diagnostic(cls.row(), leaf.source, leaf.span, f"{value:g} is cut off to {int(value)}", help=help)

    @classmethod
    def _no_port(cls, leaf: Leaf, port: int) -> Diagnostic:
        """The finding about a number that no port has."""
        return Diagnostic(cls.row(), leaf.source, leaf.span, f"{port} is no port", help=f"ports are 1 to {_LAST_PORT}")
