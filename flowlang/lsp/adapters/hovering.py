"""What is said of the place under the cursor: hover, and the function whose arguments are being written."""

from __future__ import annotations

from lsprotocol import types

from flowlang.lsp.adapters.frame import Asked, Feature, in_flows
from flowlang.lsp.features.hover import hover
from flowlang.lsp.features.signature import signature


def _hover(asked: Asked) -> types.Hover | None:
    found = hover(asked.index, asked.name, asked.offset)
    if found is None:
        return None
    text = asked.markup(found.text, "hover")
    contents = text if isinstance(text, types.MarkupContent) else types.MarkupContent(types.MarkupKind.PlainText, text)
    return types.Hover(contents, asked.view.range(asked.source, found.span))


def _signature(asked: Asked) -> types.SignatureHelp | None:
    found = signature(asked.index, asked.name, asked.offset)
    if found is None:
        return None
    # labels of functions have no character that an encoding counts as more than one
    labels = [(span.start, span.end) if asked.abilities.offsets else found.label[span.start : span.end] for span in found.parameters]
    # an argument that the function does not take: one after the last, which editors show as none
    active = found.active if found.active is not None else len(labels)
    parameters = [types.ParameterInformation(label) for label in labels]
    information = types.SignatureInformation(found.label, asked.markup(found.doc, "signature"), parameters, active)
    return types.SignatureHelp([information], 0, active)


FEATURES = (
    Feature(types.TEXT_DOCUMENT_HOVER, in_flows(_hover)),
    Feature(types.TEXT_DOCUMENT_SIGNATURE_HELP, in_flows(_signature), types.SignatureHelpOptions(trigger_characters=["(", ","], retrigger_characters=[")"])),
)
