"""What the engine answers about a workspace, in a form that can be compared."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from flowlang.semantics import Environment

ENVIRONMENT = Environment(
    project_name="test-project",
    cluster="default",
    username="test-user",
    git_sha="0123456789abcdef0123456789abcdef01234567",
    git_branch="main",
    git_tags=("v1", "v2"),
    bake_id="bake-id",
    suffix="suffix",
)
"""The world around every workspace, for the engine and for us."""


@dataclass(frozen=True)
class Refusal:
    """Something the engine refuses: its words, and the file and line it names, if it names one."""

    kind: str
    message: str
    path: str | None = None
    lines: tuple[int, ...] = ()

    def __str__(self) -> str:
        place = f" at {Path(self.path).name}:{self.lines[0]}" if self.path and self.lines else ""
        return f"{self.kind}: {self.message}{place}"


@dataclass
class Answer:
    """What the engine makes of one flow: its values, or why it is refused as a whole; refusals of single jobs or tasks apart."""

    kind: str
    refused: Refusal | None = None
    values: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)  # jobs, or tasks by dotted id
    top: list[str] = field(default_factory=list)  # ids of a batch flow's own tasks
    unit_refusals: dict[str, Refusal] = field(default_factory=dict)
    bake: list[Refusal] = field(default_factory=list)

    def refusals(self) -> Iterator[Refusal]:
        """All that is refused in this flow."""
        if self.refused is not None:
            yield self.refused
        yield from self.unit_refusals.values()
        yield from self.bake


def refusal(error: BaseException) -> Refusal:
    """An exception of the engine with its place, lines counted from 1."""
    start = getattr(error, "start", None)
    if start is not None:
        return Refusal(type(error).__name__, str(error), str(start.filename), (start.line + 1,))
    marks = [mark for name in ("problem_mark", "context_mark") if (mark := getattr(error, name, None)) is not None]
    if marks:
        return Refusal(type(error).__name__, str(error), str(marks[0].name), tuple(mark.line + 1 for mark in marks))
    return Refusal(type(error).__name__, str(error))


class Marks(dict[str, str]):
    """Values of a run that never was: every key has one, a mark that names it."""

    def __init__(self, owner: str) -> None:
        super().__init__()
        self._owner = owner

    def __missing__(self, key: str) -> str:
        return f"<{self._owner}.{key}>"


@dataclass
class Inspected:
    """A running job that never was: each of its attributes is a mark, in a URL where the real one has a URL; it knows its name."""

    name: str

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        mark = f"<inspect_job({self.name}).{attribute}>"
        if attribute not in ("http_url", "uri"):
            return mark
        from yarl import URL

        return URL(mark)


def plain(value: Any) -> Any:
    """A value of the engine as JSON's kinds; sets as lists."""
    from apolo_flow.types import AlwaysT

    if isinstance(value, AlwaysT):
        return "always"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, PurePath) or type(value).__name__ == "URL":
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(plain, value), key=str)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
