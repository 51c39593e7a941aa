"""Calls: from the reference to the action, with everything that may be wrong about it reported."""

from __future__ import annotations

from flowlang.diagnostics import Diagnostic, Label, rule
from flowlang.model import Leaf
from flowlang.model.mending import replacement
from flowlang.semantics.actions import Action, Actions, Missing
from flowlang.text import Span, quoted


def find_action(actions: Actions, leaf: Leaf, reference: str, kinds: tuple[str, ...], *, is_module: bool, sink: list[Diagnostic]) -> Action | None:
    """The action that `leaf` refers to, of one of `kinds`; None, with the reason in `sink`, where there is none."""
    if is_module and not reference.startswith(("ws:", "workspace:")):
        message = f"a module must be a file of the workspace, {quoted(reference)} is not"
        sink.append(Diagnostic(rule("module-not-local"), leaf.source, leaf.span, message, help="write 'ws:PATH', or call it as an action").put_at(leaf.use))
        return None
    found = actions.called(reference, leaf)
    if isinstance(found, Missing):
        severity = actions.missing_severity if found.rule == "missing-action" else None
        fixes = replacement(leaf.source, leaf.node, found.replacement, safe=True) if found.replacement is not None else ()
        told = Diagnostic(rule(found.rule), leaf.source, leaf.span, found.message, help=found.help, fixes=fixes, override_severity=severity)
        sink.append(told.put_at(leaf.use))
        return None
    if found.kind is not None and found.kind not in kinds:
        key = found.block.leaf("kind") if found.block is not None else None
        related = (Label(found.file.source, key.span if key is not None else Span(0, 0), "its kind"),)
        noun = "module" if is_module else "action"
        caller = "live" if kinds == ("live",) else "batch"
        part = "jobs of a live flow" if caller == "live" else "tasks of a batch flow"
        message = f"{quoted(reference)} is a {found.kind} action: a {caller} flow cannot call it" + (" as a module" if is_module else "")
        help = f"{part} call {_any_of(kinds)} {noun}s"
        sink.append(Diagnostic(rule("action-kind-mismatch"), leaf.source, leaf.span, message, help=help, related=related).put_at(leaf.use))
        return None
    return found


def _any_of(kinds: tuple[str, ...]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} and {kinds[-1]}"
