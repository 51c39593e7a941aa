"""What a list of tasks becomes: the tasks by real id, and what became of each entry as written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flowlang.semantics.matrix import Row
    from flowlang.semantics.tasks import Entry, Task


class Rows(NamedTuple):
    """One entry of ``tasks``: the rows of its matrix (one empty row without), and the real id of each.

    Rows that could not be built are left out. Of rows with one id, and of entries with one id, the last
    is the only one in the graph (engine 26.7).
    """

    entry: Entry
    rows: list[Row]
    ids: list[str]


class Graph:
    """The tasks by real id, in the engine's order, and the `entries` they come from; `complete` is False where some ids could not be told."""

    def __init__(self) -> None:
        self.tasks: dict[str, Task] = {}
        self.entries: list[Rows] = []
        self.complete = True
        self.waits: frozenset[str] = frozenset()

    def waves(self) -> list[list[str]]:
        """Real ids in waves that may run side by side: each wave needs only earlier ones; cycles are left out."""
        done: set[str] = set()
        waves: list[list[str]] = []
        left = list(self.tasks)
        while left:
            wave = [name for name in left if all(need in done or need not in self.tasks for need in self.tasks[name].needs)]
            if not wave:
                break
            waves.append(wave)
            done.update(wave)
            left = [name for name in left if name not in done]
        return waves
