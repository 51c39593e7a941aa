"""Where analyses run, and when: both can be replaced, so that tests need neither threads nor time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)


class Timer(Protocol):
    """Something that will happen, unless it is cancelled."""

    def cancel(self) -> Any:
        """Let it not happen."""


class Scheduler(Protocol):
    """Does things later; an event loop is one."""

    def call_later(self, delay: float, callback: Callable[..., object], *args: Any) -> Timer:
        """Call something in `delay` seconds."""


class Worker(Protocol):
    """Does one piece of work after the other, in the order they came."""

    def submit(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Do the work, and then hand on what it gave; a mistake in it is logged."""


class Loop:
    """The scheduler of the event loop that runs when it is asked."""

    def call_later(self, delay: float, callback: Callable[..., object], *args: Any) -> Timer:
        """Call something in `delay` seconds."""
        return asyncio.get_running_loop().call_later(delay, callback, *args)


class Thread:
    """One thread for all analyses: the event loop stays free to take edits and cancellations meanwhile."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, "flowlang-analysis")

    async def ask(self, work: Callable[[], T]) -> T:
        """What the work gives. Cancelled before its turn it is never begun."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def submit(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Do the work in the thread and hand on what it gave in the event loop."""

        def done(future: asyncio.Future[T]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            if error is not None:
                log.error("internal error in an analysis", exc_info=error)
            else:
                then(future.result())

        asyncio.get_running_loop().run_in_executor(self._executor, work).add_done_callback(done)

    def stop(self) -> None:
        """Begin nothing more."""
        self._executor.shutdown(wait=False, cancel_futures=True)
