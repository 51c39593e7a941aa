"""flowlang: a linter and compiler for flow projects of the Apolo (formerly Neuro) platform."""

__version__ = "0.1.0"

__all__ = ["UsageError", "__version__", "compile", "lint"]

TYPE_CHECKING = False  # as in `typing`, which costs more than all else here
if TYPE_CHECKING:
    from flowlang.library import compile, lint
    from flowlang.runs import UsageError


def __getattr__(name: str) -> object:
    """Load the library's functions when they are first asked for (PEP 562)."""
    if name in ("compile", "lint"):
        from flowlang import library

        return getattr(library, name)
    if name == "UsageError":
        from flowlang.runs import UsageError

        return UsageError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
