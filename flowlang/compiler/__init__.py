"""The compiler: from elaborated flows to normalized job specs."""

from flowlang.compiler.document import header, live_document

__all__ = ["header", "live_document"]
