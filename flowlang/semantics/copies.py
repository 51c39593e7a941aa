"""Findings in copies of remote actions: errors alone, told with the call that needs them, never mended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from flowlang.diagnostics import Diagnostic, Label, Severity
from flowlang.semantics.actions import Action, Actions
from flowlang.text import quoted


def told_of_copies(diagnostics: Iterable[Diagnostic], actions: Actions, given: Collection[str] | None) -> Iterator[Diagnostic]:
    """The findings, those in copies of remote actions as they are to be told; others as they are.

    `given` are the reported paths of the files that were asked for, None for a whole workspace: an
    error in a copy is then told at the call. Of a call without args the first expression that fails
    for it is told, where the engine fails too.
    """
    without_args: set[Label] = set()
    copies = {action.file.source.path: action for action in actions.all() if action.remote}
    for diagnostic in diagnostics:
        action = copies.get(diagnostic.source.path)
        if action is None:
            yield diagnostic
        elif diagnostic.rule.name == "call-without-args" and not without_args.isdisjoint(diagnostic.related):
            continue
        elif diagnostic.severity is Severity.ERROR:
            if diagnostic.rule.name == "call-without-args":
                without_args.update(diagnostic.related)
            yield _told(diagnostic, action, _call(actions, action, copies), given is not None and diagnostic.source.path not in given)


def _told(diagnostic: Diagnostic, action: Action, call: Label | None, at_call: bool) -> Diagnostic:
    if call is None:
        return diagnostic._replace(fixes=())
    if not at_call:
        is_told = any(label.source is call.source and _line(label) == _line(call) for label in diagnostic.related)
        return diagnostic._replace(fixes=(), related=diagnostic.related if is_told else (*diagnostic.related, call))
    place = Label(diagnostic.source, diagnostic.span, "in this copy of the action")
    message = f"in the action {quoted(action.reference)}: {diagnostic.message}"
    return diagnostic._replace(source=call.source, span=call.span, message=message, fixes=(), related=(place, *diagnostic.related))


def _line(label: Label) -> int:
    return label.source.position(label.span.start).line


def _call(actions: Actions, action: Action, copies: Collection[str]) -> Label | None:
    """A call of the action, or of the action that calls it: if there is one, in a file of the user's own."""
    seen = {action.reference}
    todo = [action.reference]
    first: Label | None = None
    while todo:
        for label in actions.calls.get(todo.pop(0), ()):
            if label.source.path not in copies:
                return label
            first = first or label
            around = [other.reference for other in actions.all() if other.file.source is label.source and other.reference not in seen]
            seen.update(around)
            todo += around
    return first
