"""Completion."""

from __future__ import annotations

from lsprotocol import types

from flowlang.lsp.adapters.frame import Asked, Feature, in_flows
from flowlang.lsp.features.completion import Candidate, complete

_Kind = types.CompletionItemKind
_KINDS = {
    "action": _Kind.Module,
    "context": _Kind.Struct,
    "env": _Kind.Variable,
    "field": _Kind.Field,
    "file": _Kind.File,
    "function": _Kind.Function,
    "image": _Kind.Class,
    "input": _Kind.Variable,
    "job": _Kind.Class,
    "key": _Kind.Property,
    "keyword": _Kind.Keyword,
    "matrix": _Kind.Variable,
    "mixin": _Kind.Interface,
    "output": _Kind.Variable,
    "param": _Kind.Variable,
    "state": _Kind.Variable,
    "task": _Kind.Class,
    "value": _Kind.EnumMember,
    "volume": _Kind.Class,
}
"""How editors draw the kinds of candidates."""

_TRIGGERS = (".", "{", "[", "<", "(", ":", " ", "-", "'", '"', "/", "@")
"""Behind what else than a letter something may be completed."""


def _completion(asked: Asked) -> types.CompletionList:
    return types.CompletionList(False, [_item(asked, candidate) for candidate in complete(asked.index, asked.name, asked.offset)])


def _item(asked: Asked, candidate: Candidate) -> types.CompletionItem:
    can = asked.abilities
    snippet = candidate.snippet if can.snippets else None
    text = candidate.text if snippet is None else snippet
    insert = asked.view.range(asked.source, candidate.insert)
    replace = asked.view.range(asked.source, candidate.replace)
    item = types.CompletionItem(
        candidate.label,
        kind=_KINDS.get(candidate.kind, _Kind.Value),
        detail=candidate.detail or None,
        documentation=asked.markup(candidate.doc, "completion") if candidate.doc else None,
        sort_text=candidate.sort or None,
        filter_text=candidate.filter,
        insert_text_format=types.InsertTextFormat.PlainText if snippet is None else types.InsertTextFormat.Snippet,
        insert_text_mode=types.InsertTextMode.AdjustIndentation if snippet is not None and can.indents else None,
        text_edit=types.InsertReplaceEdit(text, insert, replace) if can.two_ranges else types.TextEdit(insert, text),
    )
    if candidate.deprecated and can.deprecation:
        item.tags = [types.CompletionItemTag.Deprecated]
    return item


FEATURES = (Feature(types.TEXT_DOCUMENT_COMPLETION, in_flows(_completion), types.CompletionOptions(trigger_characters=list(_TRIGGERS))),)
