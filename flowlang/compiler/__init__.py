"""The compiler: from elaborated flows to normalized job specs."""

from flowlang.compiler.batch import batch_document
from flowlang.compiler.document import header, live_document
from flowlang.compiler.lower import PoisonedValue

__all__ = ["PoisonedValue", "batch_document", "header", "live_document"]
