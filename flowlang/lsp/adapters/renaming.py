"""Renaming, across files."""

from __future__ import annotations

from lsprotocol import types

from flowlang.lsp.adapters.frame import Asked, Feature, Refused, in_flows
from flowlang.lsp.features.rename import Refusal, prepare_rename, rename


def _prepare(asked: Asked) -> types.PrepareRenamePlaceholder:
    found = prepare_rename(asked.index, asked.name, asked.offset)
    if isinstance(found, Refusal):
        raise Refused(found.message)
    return types.PrepareRenamePlaceholder(asked.view.range(asked.source, found.span), found.name)


def _rename(asked: Asked) -> types.WorkspaceEdit:
    params: types.RenameParams = asked.params
    edits = rename(asked.index, asked.name, asked.offset, params.new_name)
    if isinstance(edits, Refusal):
        raise Refused(edits.message)
    return asked.view.workspace_edit(edits, versioned=asked.abilities.versioned)


FEATURES = (
    Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, in_flows(_prepare)),
    Feature(types.TEXT_DOCUMENT_RENAME, in_flows(_rename)),
)
