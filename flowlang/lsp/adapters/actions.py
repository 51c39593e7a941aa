"""Code actions: the fixes of findings, comments that accept them, and what else can be written for the user."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lsprotocol import types

from flowlang.diagnostics import Diagnostic, SourceEdit
from flowlang.lsp.adapters.frame import Asked, Feature
from flowlang.lsp.diagnostics import SOURCE, to_protocol
from flowlang.lsp.rewriting.everything import fix_everything
from flowlang.lsp.rewriting.inputs import add_missing_inputs
from flowlang.lsp.rewriting.wrapping import wrap
from flowlang.suppression.insert import ignoring

QUICK_FIX = types.CodeActionKind.QuickFix
REWRITE = types.CodeActionKind.RefactorRewrite
FIX_ALL = "source.fixAll.flowlint"


class _Found:
    """A finding that is asked about, and how the editor has it."""

    def __init__(self, diagnostic: Diagnostic, shown: types.Diagnostic) -> None:
        self.diagnostic = diagnostic
        self.shown = shown


def code_actions(asked: Asked) -> list[types.CodeAction]:
    """What can be done at a place, the likeliest first."""
    if asked.file is None or not asked.abilities.actions:
        return []
    found = list(_findings(asked))
    return [action for kind, make in _MAKERS if _is_wanted(kind, asked.params.context.only) for action in make(asked, found)]


def _is_wanted(kind: str, only: Iterable[str] | None) -> bool:
    """Whether a kind, or one that holds it, is asked for; without any all are."""
    return only is None or any(not wanted or kind == wanted or kind.startswith(f"{wanted}.") for wanted in only)


def _findings(asked: Asked) -> Iterator[_Found]:
    """The findings that touch the range: as the editor sent them where it did, for it knows its own."""
    assert asked.path is not None
    sent = [each for each in asked.params.context.diagnostics if each.source == SOURCE]
    for diagnostic in asked.view.checked.diagnostics.get(asked.path, ()):
        if diagnostic.span.touches(asked.span):
            ours = to_protocol(asked.view, diagnostic)
            yield _Found(diagnostic, next((each for each in sent if (each.code, each.range, each.message) == (ours.code, ours.range, ours.message)), ours))


def _fixes(asked: Asked, found: Iterable[_Found]) -> Iterator[types.CodeAction]:
    """The fixes, safe ones first; the first safe one of a finding is what editors do on a single key."""
    made = [(fix, each) for each in found for fix in each.diagnostic.fixes]
    preferred = set()
    for fix, each in sorted(made, key=lambda one: not one[0].safe):
        title = fix.title if fix.safe else f"{fix.title} (unsafe)"
        action = _action(asked, title, QUICK_FIX, fix.edits, [each.shown])
        if fix.safe and id(each) not in preferred:
            preferred.add(id(each))
            action.is_preferred = True
        yield action


def _ignores(asked: Asked, found: Iterable[_Found]) -> Iterator[types.CodeAction]:
    """A comment at the key around a finding that accepts it."""
    if asked.file is None or asked.file.remote:
        return  # comments in copies of others' actions do not count
    by_name: dict[str, list[_Found]] = {}
    for each in found:
        by_name.setdefault(each.diagnostic.rule.name, []).append(each)
    for name, several in by_name.items():
        edit = ignoring(asked.file.config.tree, several[0].diagnostic.span, name)
        if edit is not None:
            shown = [each.shown for each in several]
            yield _action(asked, f"Ignore {name} here", QUICK_FIX, [SourceEdit(asked.source, edit)], shown)


def _inputs(asked: Asked, found: Iterable[_Found]) -> Iterator[types.CodeAction]:
    """The inputs that a call lacks."""
    if asked.file is None or asked.file.remote:
        return
    for title, edit in add_missing_inputs(asked.file, asked.view.checked.analysis.actions, asked.span):
        yield _action(asked, title, QUICK_FIX, [edit], [each.shown for each in found if each.diagnostic.rule.name == "missing-arg"] or None)


def _wrapped(asked: Asked, found: Iterable[_Found]) -> Iterator[types.CodeAction]:
    """The selection as an expression."""
    if asked.file is None or asked.span.start == asked.span.end:
        return
    edits = wrap(asked.file.config, asked.span)
    if edits:
        yield _action(asked, "Make it an expression", REWRITE, [SourceEdit(asked.source, edit) for edit in edits])


def _everything(asked: Asked, found: Iterable[_Found]) -> Iterator[types.CodeAction]:
    """All safe fixes of the file; not computed for what an editor asks at every move of the cursor."""
    context: types.CodeActionContext = asked.params.context
    if asked.path is None or (context.only is None and context.trigger_kind == types.CodeActionTriggerKind.Automatic):
        return
    if not any(fix.safe for diagnostic in asked.view.checked.diagnostics.get(asked.path, ()) for fix in diagnostic.fixes):
        return
    overlay = {document.path: document.data for document in asked.state.documents.values() if document.path is not None}
    edits = fix_everything(asked.view.checked, asked.path, overlay)
    if edits:
        yield _action(asked, "Make all safe fixes in this file", FIX_ALL, [SourceEdit(asked.source, edit) for edit in edits])


def _action(
    asked: Asked, title: str, kind: types.CodeActionKind | str, edits: Iterable[SourceEdit], diagnostics: list[types.Diagnostic] | None = None
) -> types.CodeAction:
    edit = asked.view.workspace_edit(edits, versioned=asked.abilities.versioned)
    return types.CodeAction(title, kind, diagnostics, edit=edit)


_MAKERS: tuple[tuple[str, Callable[[Asked, list[_Found]], Iterable[types.CodeAction]]], ...] = (
    (QUICK_FIX, _fixes),
    (QUICK_FIX, _inputs),
    (QUICK_FIX, _ignores),
    (REWRITE, _wrapped),
    (FIX_ALL, _everything),
)
"""Who makes which kind of actions, in the order that they are offered in."""

FEATURES = (Feature(types.TEXT_DOCUMENT_CODE_ACTION, code_actions, types.CodeActionOptions(sorted({kind for kind, _ in _MAKERS}))),)
