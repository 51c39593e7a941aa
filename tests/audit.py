"""Python's audit events, watched: what a run opens, writes, connects to; and faults put into it there.

Events: https://docs.python.org/3/library/audit_events.html. Whatever a watch raises comes out of what was about to happen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Watch = Callable[[str, tuple[Any, ...]], object]
_watches: list[Watch] = []
_hooked = False


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watches:
        # what a watch does itself is not watched
        watch = _watches.pop()
        try:
            watch(event, arguments)
        finally:
            _watches.append(watch)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Tell `watch` of each event (name and arguments) before it happens."""
    global _hooked
    if not _hooked:
        sys.addaudithook(_hook)  # there is no way to take it away again
        _hooked = True
    _watches.append(watch)
    try:
        yield
    finally:
        _watches.remove(watch)
