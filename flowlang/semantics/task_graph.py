"""What a list of tasks becomes: the tasks by real id, and what became of each entry as written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flowlang.light import NamedTuple, cached_property

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


class Ancestry:
    """For each task a set of others, taken over from those that it needs; one bit each, as a chain of thousands has millions."""

    def __init__(self, names: Iterable[str]) -> None:
        self._bits = {name: 1 << number for number, name in enumerate(names)}
        self._sets = dict.fromkeys(self._bits, 0)

    def add(self, name: str, need: str, *, itself: bool = True) -> None:
        """Put the set of `need` into that of `name`, and `need` itself; one that is no task is in no set."""
        self._sets[name] |= self._sets.get(need, 0) | (self._bits.get(need, 0) if itself else 0)

    def holds(self, name: str, other: str) -> bool:
        """Whether the set of `name` holds `other`."""
        return bool(self._sets.get(name, 0) & self._bits.get(other, 0))


class Graph:
    """The tasks by real id, in the engine's order, and the `entries` they come from; `complete` is False where some ids could not be told."""

    def __init__(self) -> None:
        self.tasks: dict[str, Task] = {}
        self.entries: list[Rows] = []
        self.complete = True
        self.waits: frozenset[str] = frozenset()

    def waves(self) -> list[list[str]]:
        """Real ids in waves that may run side by side: each wave needs only earlier ones; cycles are left out. Found once, when it is built."""
        return self._waves

    @cached_property
    def calls(self) -> list[Task]:
        """The tasks that are calls of batch actions or modules."""
        return [task for task in self.tasks.values() if task.kind in ("action", "module")]

    @cached_property
    def _waves(self) -> list[list[str]]:
        place = {name: number for number, name in enumerate(self.tasks)}
        waiting = {name: [need for need in task.needs if need in place] for name, task in self.tasks.items()}
        users: dict[str, list[str]] = {name: [] for name in place}
        for name, needs in waiting.items():
            for need in needs:
                users[need].append(name)
        left = {name: len(needs) for name, needs in waiting.items()}
        waves: list[list[str]] = []
        wave = [name for name, count in left.items() if not count]
        while wave:
            waves.append(wave)
            following: list[str] = []
            for user in (user for name in wave for user in users[name]):
                left[user] -= 1
                if not left[user]:
                    following.append(user)
            wave = sorted(following, key=place.__getitem__)
        return waves
