"""From names to what defines them, and to all places where they stand."""

from __future__ import annotations

from lsprotocol import types

from flowlang.lsp.adapters.frame import Asked, Feature, in_flows
from flowlang.lsp.features.navigation import definition, highlights, references

_HIGHLIGHTS = {True: types.DocumentHighlightKind.Write, False: types.DocumentHighlightKind.Read}


def _definition(asked: Asked) -> list[types.Location] | list[types.LocationLink]:
    view = asked.view
    targets = definition(asked.index, asked.name, asked.offset)
    if not asked.abilities.links:
        return [view.location(target.source, target.span) for target in targets]
    return [
        types.LocationLink(
            view.uri(view.checked.path(target.source.path)),
            view.range(target.source, target.whole),
            view.range(target.source, target.span),
            view.range(asked.source, target.origin),
        )
        for target in targets
    ]


def _references(asked: Asked) -> list[types.Location]:
    params: types.ReferenceParams = asked.params
    places = references(asked.index, asked.name, asked.offset, definitions=params.context.include_declaration)
    return [asked.view.location(place.source, place.span) for place in places]


def _highlights(asked: Asked) -> list[types.DocumentHighlight]:
    found = highlights(asked.index, asked.name, asked.offset)
    return [types.DocumentHighlight(asked.view.range(asked.source, each.span), _HIGHLIGHTS[each.defines]) for each in found]


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DEFINITION, in_flows(_definition)),
    Feature(types.TEXT_DOCUMENT_REFERENCES, in_flows(_references)),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, in_flows(_highlights)),
)
