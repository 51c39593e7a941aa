"""Options that the contract names and this release does not carry out."""

from __future__ import annotations

from collections.abc import Mapping

from flowlang import __version__
from flowlang.cli.program import Wrong


def refuse(given: Mapping[str, object], options: Mapping[str, str]) -> None:
    """Raise `Wrong` for the first of `options` (parameter name to option) that was given."""
    for parameter, name in options.items():
        if given[parameter]:
            raise not_built(name)


def not_built(what: str) -> Wrong:
    """The error for something that is accepted but not built."""
    return Wrong(f"{what} is not built yet in version {__version__}", "the name is reserved; leave it out for now")
