"""Jobs that other jobs look for while they run, by `inspect_job()`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic
from flowlang.expr import Call, Literal, Problem, walk
from flowlang.expr.problems import replace
from flowlang.model import Leaf
from flowlang.semantics.leaves import is_poisoned, problem_diagnostic
from flowlang.text import closest, listing, quoted

if TYPE_CHECKING:
    from flowlang.semantics.live import LiveFlow


def unknown_jobs(flow: LiveFlow) -> Iterator[Diagnostic]:
    """Names that `inspect_job()` is given and no job of the flow has.

    Engine 26.7 asks the platform for a running job of this flow with the name's tag, so it never
    finds one that the flow does not define.
    """
    from flowlang.semantics.flow import INSPECTING, tag_of

    text = flow.file.source.text
    if "inspect_job" not in text and "\\" not in text:  # an escape could spell it
        return
    section = flow.block.map("jobs")
    names = [name for name in section.entries if isinstance(name, str)] if section is not None else []
    tags = {tag_of(name) for name in names}
    for leaf in flow.block.leaves():
        if not leaf.may_hold_expressions or "inspect_job" not in str(leaf.value) or flow.variant(leaf.scope) not in INSPECTING or is_poisoned(leaf):
            continue
        for literal in _names(leaf):
            if tag_of(str(literal.value)) not in tags:
                yield problem_diagnostic(leaf, _unknown(literal, names))


def _names(leaf: Leaf) -> Iterator[Literal]:
    """The constant names in calls of the function."""
    for part in leaf.template.expressions:
        for node in walk(part.tree):
            if isinstance(node, Call) and node.function == "inspect_job" and node.args:
                name = node.args[0]
                if isinstance(name, Literal) and isinstance(name.value, str):
                    yield name


def _unknown(literal: Literal, names: list[str]) -> Problem:
    name = str(literal.value)
    guess = closest(name, names)
    hint = f"; did you mean {quoted(guess)}?" if guess else ""
    start, end = literal.start + 1, literal.end - 1
    fixes = (replace(start, end, guess, safe=False),) if guess else ()
    return Problem("unknown-job", start, end, f"unknown job {quoted(name)}{hint}", f"jobs of this flow: {listing(names)}", fixes)
