"""Where working out ends: of what a few lines can multiply to billions, and what is told beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic, rule
from flowlang.model import Leaf
from flowlang.semantics.merge import Merged

if TYPE_CHECKING:
    from flowlang.semantics.tasks import Entry

MOST_TASKS = 3_000
"""How many tasks a batch flow may have with all that it calls: actions that call actions twice make billions of a few lines."""
DEEPEST_CALL = 32
"""How many actions deep a call may be; each level is a recursion."""
MOST_PIECES = 2_000
"""How many attributes mixins may bring together: one that is included twice counts twice, and so does what it includes."""


def too_many_tasks(entry: Entry) -> Diagnostic:
    """The finding for the entry at which a flow goes beyond `MOST_TASKS`."""
    message = f"with all that it calls this flow has more than {MOST_TASKS} tasks: those from here on are not checked"
    return Diagnostic(rule("analysis-limit"), entry.block.source, entry.key, message, help="divide it into several flows")


def too_deep_call(leaf: Leaf) -> Diagnostic:
    """The finding for a call that is deeper than `DEEPEST_CALL`."""
    message = f"actions call one another more than {DEEPEST_CALL} deep: this call is not checked"
    return Diagnostic(rule("analysis-limit"), leaf.source, leaf.span, message, help="call it from further out").put_at(leaf.use)


def has_too_many(result: Merged) -> bool:
    """Whether mixins have brought more than `MOST_PIECES` attributes."""
    return sum(map(len, result.pieces.values())) > MOST_PIECES


def too_many_pieces(leaf: Leaf) -> Diagnostic:
    """The finding for a mixin, named at `leaf`, with which there are too many."""
    message = f"with this mixin more than {MOST_PIECES} attributes are mixed in: they are not checked"
    help = "a mixin that is included in several ways is mixed in as often, with all that it includes"
    return Diagnostic(rule("analysis-limit"), leaf.source, leaf.span, message, help=help).put_at(leaf.use)
