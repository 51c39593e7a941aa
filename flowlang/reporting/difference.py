"""The difference of two JSON-like documents, told place by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flowlang.light import NamedTuple
from flowlang.patterns import pattern
from flowlang.reporting.visible import visible
from flowlang.text import json_text

_PLAIN_KEY = pattern(r"[A-Za-z_][A-Za-z0-9_-]*")
PLACES = 40
"""So many places are shown."""
LINES = 12
"""So many lines of one place are shown."""
_WIDE = 160
_BEFORE = 40  # so much of a long line is shown before the difference


class Absent:
    """Stands for what one of the documents does not have."""


ABSENT = Absent()


class Difference(NamedTuple):
    """A place where two documents differ, and what each of them has there (`ABSENT`: nothing)."""

    path: tuple[str, ...]
    old: object
    new: object


def differences(old: object, new: object, path: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Every place where the documents differ, sorted by path; numbers of different types differ, the order of keys does not count."""
    if isinstance(old, dict) and isinstance(new, dict) and not ("$deferred" in old or "$deferred" in new):
        for key in sorted({*old, *new}, key=str):
            yield from differences(old.get(key, ABSENT), new.get(key, ABSENT), (*path, str(key)))
    elif old is ABSENT or new is ABSENT or canonical(old) != canonical(new):
        yield Difference(path, old, new)


def canonical(value: object) -> str:
    """The one way in which a value is written as JSON."""
    return json_text(value, sort_keys=True, default=str)


def unified(found: Iterable[Difference], old_name: str, new_name: str) -> Iterator[str]:
    """The differences as a short unified diff with the path of each place, line by line."""
    found = list(found)
    yield f"--- {visible(old_name)}"
    yield f"+++ {visible(new_name)}"
    for difference in found[:PLACES]:
        yield f"@@ {visible(shown_path(difference.path))} @@"
        yield from _change(difference.old, difference.new)
    if len(found) > PLACES:
        yield f"... and {len(found) - PLACES} more"


def shown_path(path: Iterable[str]) -> str:
    """A path as ``flows[".neuro/live.yml"].jobs.train.cmd``."""
    import json

    return "".join(f".{key}" if _PLAIN_KEY.fullmatch(key) else f"[{json.dumps(key, ensure_ascii=False)}]" for key in path).removeprefix(".")


def _change(old: object, new: object) -> Iterator[str]:
    import difflib

    # two texts of several lines are told line by line, anything else as JSON
    as_text = all(isinstance(value, str) for value in (old, new)) and "\n" in f"{old}{new}".rstrip("\n")
    before, after = (_lines(value, as_text) for value in (old, new))
    if before == after:  # they differ by the line break at their end
        before, after = _lines(old, False), _lines(new, False)
    if len(before) == len(after) == 1:
        before, after = _from_difference(before[0], after[0])
    diff = list(difflib.unified_diff(before, after, lineterm="", n=1))[2:]  # without its two lines of names
    lines = [line for line in diff if not line.startswith("@@")]
    for line in lines[:LINES]:
        yield _clipped(visible(line))
    if len(lines) > LINES:
        yield f"  ... and {len(lines) - LINES} more lines"


def _lines(value: object, as_text: bool) -> list[str]:
    if value is ABSENT:
        return []
    return str(value).splitlines() if as_text else canonical(value).splitlines()


def _from_difference(old: str, new: str) -> tuple[list[str], list[str]]:
    """Two long lines without most of what they begin with alike."""
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    cut = same - _BEFORE
    return ([old], [new]) if max(len(old), len(new)) < _WIDE or cut <= 0 else ([f"...{old[cut:]}"], [f"...{new[cut:]}"])


def _clipped(line: str) -> str:
    return line if len(line) <= _WIDE else f"{line[: _WIDE - 3]}..."
