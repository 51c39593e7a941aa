"""What a document holds: its symbols and those of the workspaces, what can be folded, what to select around a cursor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types

from flowlang.lsp.adapters.frame import Asked, Feature, in_flows
from flowlang.lsp.features.folding import covered, folds
from flowlang.lsp.features.outline import Entry, outline, workspace_symbols
from flowlang.lsp.features.selection import selection
from flowlang.lsp.view import View
from flowlang.text import Span

_Kind = types.SymbolKind
_KINDS = {
    "action": _Kind.Module,
    "env": _Kind.Variable,
    "fact": _Kind.Property,
    "image": _Kind.Object,
    "input": _Kind.Variable,
    "job": _Kind.Class,
    "matrix": _Kind.EnumMember,
    "mixin": _Kind.Interface,
    "output": _Kind.Variable,
    "param": _Kind.Variable,
    "section": _Kind.Namespace,
    "state": _Kind.Variable,
    "task": _Kind.Class,
    "volume": _Kind.Object,
}
"""How editors draw the kinds of entries."""


def _name(name: str) -> str:
    """A name that can be shown: editors take none that is empty."""
    return name if name.strip() else repr(name)


def _document_symbols(asked: Asked) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    entries = outline(asked.index, asked.name)
    if asked.abilities.trees:
        return [_tree(asked, entry) for entry in entries]
    return list(_flat(asked, entries, None))


def _tree(asked: Asked, entry: Entry) -> types.DocumentSymbol:
    whole, own = asked.view.range(asked.source, entry.span), asked.view.range(asked.source, entry.name_span)
    return types.DocumentSymbol(
        _name(entry.name), _KINDS[entry.kind], whole, own, detail=entry.detail or None, children=[_tree(asked, child) for child in entry.children]
    )


def _flat(asked: Asked, entries: Iterable[Entry], owner: str | None) -> Iterator[types.SymbolInformation]:
    for entry in entries:
        location = asked.view.location(asked.source, entry.span)
        yield types.SymbolInformation(location, _name(entry.name), _KINDS[entry.kind], container_name=owner)
        yield from _flat(asked, entry.children, entry.name)


def _workspace_symbols(asked: Asked) -> list[types.WorkspaceSymbol]:
    params: types.WorkspaceSymbolParams = asked.params
    return [symbol for view in asked.everywhere() for symbol in _named(view, params.query)]


def _named(view: View, query: str) -> Iterator[types.WorkspaceSymbol]:
    for each in workspace_symbols(view.checked.index, query):
        yield types.WorkspaceSymbol(view.location(each.source, each.span), _name(each.name), _KINDS[each.kind], container_name=each.owner)


def _folds(asked: Asked) -> list[types.FoldingRange]:
    found = []
    for fold in folds(asked.index, asked.name):
        where = asked.view.range(asked.source, covered(asked.source, fold))
        kind = types.FoldingRangeKind.Comment if fold.comment else None
        found.append(types.FoldingRange(where.start.line, where.end.line, where.start.character, where.end.character, kind))
    return found


def _selections(asked: Asked) -> list[types.SelectionRange]:
    params: types.SelectionRangeParams = asked.params
    return [_selection(asked, asked.view.offset(asked.source, position)) for position in params.positions]


def _selection(asked: Asked, offset: int) -> types.SelectionRange:
    """The innermost range, which knows those around it; every position gets one."""
    made: types.SelectionRange | None = None
    for span in reversed(selection(asked.index, asked.name, offset)):
        made = types.SelectionRange(asked.view.range(asked.source, span), made)
    return made or types.SelectionRange(asked.view.range(asked.source, Span(offset, offset)))


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, in_flows(_document_symbols)),
    Feature(types.WORKSPACE_SYMBOL, _workspace_symbols),
    Feature(types.TEXT_DOCUMENT_FOLDING_RANGE, in_flows(_folds)),
    Feature(types.TEXT_DOCUMENT_SELECTION_RANGE, in_flows(_selections)),
)
