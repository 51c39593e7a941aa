"""Judging the targets of a run in several processes; what comes of it is the same as in one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_ROUNDS = 8
"""Into so many bundles for each process tasks are put: few enough to cost little, enough for all to end at about the same time."""


def spread(work: Callable[[Sequence[_Task]], _Result], tasks: Sequence[_Task], jobs: int) -> Iterator[tuple[Sequence[_Task], _Result]]:
    """What `work` makes of bundles of the tasks in up to `jobs` processes, each with its bundle, in the order of the tasks.

    `work`, the tasks and the results go from process to process. Raises what `work` raises. Where the system
    offers no processes, or has killed one, what is left is done in this one.
    """
    size = max(1, len(tasks) // (jobs * _ROUNDS))
    bundles = [tasks[at : at + size] for at in range(0, len(tasks), size)]
    done = 0
    try:
        from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

        executor = ProcessPoolExecutor(min(jobs, len(bundles)), mp_context=_context(), initializer=_begin)
    except (ImportError, NotImplementedError, OSError):  # no semaphores, as in some sandboxes
        executor = None
    if executor is not None:
        try:
            for future in [executor.submit(work, bundle) for bundle in bundles]:
                yield bundles[done], future.result()
                done += 1
        except BrokenProcessPool:
            executor.shutdown()
        except KeyboardInterrupt:
            # without cancelling: a pool that breaks trips over what is cancelled (CPython 3.11)
            _end()
            executor.shutdown()
            raise
        except BaseException:
            executor.shutdown(cancel_futures=True)
            raise
        else:
            executor.shutdown()
    yield from ((bundle, work(bundle)) for bundle in bundles[done:])


def _context() -> BaseContext:
    """How processes are made: as copies of this one where that is safe, since all they need is loaded here already."""
    import multiprocessing

    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _end() -> None:
    """End all processes now, whatever they do."""
    import multiprocessing

    for process in multiprocessing.active_children():
        process.terminate()


def _begin() -> None:
    """Ctrl-C ends a process without a word: the one that waits for it says what there is to say."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
