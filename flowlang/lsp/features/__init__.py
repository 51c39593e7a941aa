"""What editors ask about a place, as pure functions of an `Index` and an offset; they know nothing of the protocol.

Files are named by the paths that reports name them by, places are spans of code points. None of them
raises, whatever the text is, and none writes anything.
"""

from flowlang.lsp.features.index import Index

__all__ = ["Index"]
