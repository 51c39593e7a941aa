"""Scopes: which contexts an expression sees where it stands, with values computed at need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flowlang.expr import Forbidden, Record
from flowlang.schema import forbidden_contexts, scopes

Thunks = Mapping[str, Callable[[], object]]
"""Contexts by name, each with the function that computes it."""


class Lazy(Mapping[str, object]):
    """Contexts by name, each computed when it is first read."""

    def __init__(self, thunks: Thunks) -> None:
        self._thunks = thunks
        self._values: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._values:
            self._values[name] = self._thunks[name]()
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._thunks)

    def __len__(self) -> int:
        return len(self._thunks)

    def __contains__(self, name: object) -> bool:
        return name in self._thunks


class Overlaid(Mapping[str, object]):
    """Contexts by name of which some are not those of `below`, but found by a function of their own."""

    def __init__(self, below: Mapping[str, object], own: Thunks) -> None:
        self._below = below
        self._own = own

    def __getitem__(self, name: str) -> object:
        own = self._own.get(name)
        return self._below[name] if own is None or name not in self._below else own()

    def __iter__(self) -> Iterator[str]:
        return iter(self._below)

    def __len__(self) -> int:
        return len(self._below)

    def __contains__(self, name: object) -> bool:
        return name in self._below


class Elsewhere(Mapping[str, str]):
    """For contexts that a named scope does not see, why not; the words are loaded when they are asked for."""

    def __init__(self, scope: str) -> None:
        self._scope = scope

    def __getitem__(self, name: str) -> str:
        from flowlang.semantics.elsewhere import words

        found = words(self._scope, name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def contexts_of(scope: str, all_contexts: Thunks) -> Lazy:
    """The contexts of a named scope, out of all that the place could offer."""
    thunks: dict[str, Callable[[], object]] = {name: all_contexts[name] for name in scopes().get(scope, ()) if name in all_contexts}
    for name in forbidden_contexts().get(scope, ()):
        thunks.setdefault(name, lambda: _NO_GIT)
    return Lazy(thunks)


_FORBIDDEN = Forbidden(
    "git-in-batch-eager",
    "git facts are not known yet when this is read",
    "in batch flows they are there in the attributes of tasks, in 'enable' and in 'args'",
)
_NO_GIT = Record("git", {"sha": _FORBIDDEN, "branch": _FORBIDDEN, "tags": _FORBIDDEN})
