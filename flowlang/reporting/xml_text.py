"""XML documents as lines, whatever the texts in them hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from flowlang.patterns import pattern
from flowlang.reporting.visible import escape
from flowlang.text import UNSAFE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What no XML 1.0 document may hold, not even as a reference (its production Char).
_FORBIDDEN = pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, attributes: Mapping[str, object], *children: Element, text: str | None = None) -> Element:
    """An element; characters that XML forbids are escaped as Python escapes them (``\\x1b``)."""
    from xml.etree.ElementTree import Element

    result = Element(tag, {key: legal(str(value)) for key, value in attributes.items()})
    result.text = None if text is None else legal(text)
    result.extend(children)
    return result


def legal(text: str) -> str:
    """`text` with the characters escaped that XML forbids."""
    return _FORBIDDEN.sub(lambda match: escape(match[0]), text)


def lines(root: Element) -> Iterator[str]:
    """The lines of the document, in UTF-8 once they are written."""
    from xml.etree.ElementTree import indent, tostring

    indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield from UNSAFE.sub(lambda match: f"&#{ord(match[0])};", tostring(root, encoding="unicode")).split("\n")
