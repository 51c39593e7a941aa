"""What is shown in the text itself: links, values beside expressions, the colours of tokens, lines above jobs and tasks."""

from __future__ import annotations

from lsprotocol import types

from flowlang.lsp.adapters.frame import Asked, Feature, in_flows
from flowlang.lsp.features.hints import hints
from flowlang.lsp.features.lenses import lenses
from flowlang.lsp.features.links import links
from flowlang.lsp.features.tokens import KINDS, tokens
from flowlang.text import Span

LEGEND = types.SemanticTokensLegend(list(KINDS), [])
_NO_COMMAND = ""
"""A lens that only says something: editors show its title, and do nothing when it is chosen."""


def _links(asked: Asked) -> list[types.DocumentLink]:
    found = []
    for link in links(asked.index, asked.name):
        target = link.url if link.path is None else asked.view.uri(link.path)
        found.append(types.DocumentLink(asked.view.range(asked.source, link.span), target, link.tooltip))
    return found


def _hints(asked: Asked) -> list[types.InlayHint]:
    found = []
    for hint in hints(asked.index, asked.name, asked.span):
        position = asked.view.range(asked.source, Span(hint.at, hint.at)).start
        tooltip = asked.markup(hint.tooltip, "hover") if hint.tooltip else None
        found.append(types.InlayHint(position, hint.label, tooltip=tooltip, padding_left=True))
    return found


def _tokens(asked: Asked) -> types.SemanticTokens:
    return _encoded(asked, None)


def _tokens_in_range(asked: Asked) -> types.SemanticTokens:
    return _encoded(asked, asked.span)


def _encoded(asked: Asked, within: Span | None) -> types.SemanticTokens:
    """Five numbers for each token: lines and characters from the one before, length, kind, no modifiers."""
    data: list[int] = []
    line = character = 0
    for token in tokens(asked.index, asked.name, within):
        where = asked.view.range(asked.source, token.span)
        start = where.start
        data += (start.line - line, start.character - (character if start.line == line else 0))
        data += (where.end.character - start.character, KINDS.index(token.kind), 0)
        line, character = start.line, start.character
    return types.SemanticTokens(data)


def _lenses(asked: Asked) -> list[types.CodeLens]:
    return [types.CodeLens(asked.view.range(asked.source, lens.span), types.Command(lens.text, _NO_COMMAND)) for lens in lenses(asked.index, asked.name)]


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, in_flows(_links), types.DocumentLinkOptions()),
    Feature(types.TEXT_DOCUMENT_INLAY_HINT, in_flows(_hints), types.InlayHintOptions()),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, in_flows(_tokens), LEGEND),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, in_flows(_tokens_in_range), LEGEND),
    Feature(types.TEXT_DOCUMENT_CODE_LENS, in_flows(_lenses), types.CodeLensOptions()),
)
