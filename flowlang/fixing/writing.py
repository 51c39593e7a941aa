"""Fixed texts put on the disk: what belongs together all or none, and nothing over what somebody else wrote meanwhile."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence

from flowlang.disk import Staged, reason, write_file
from flowlang.fixing.holding import Held, held
from flowlang.fixing.run import Changed
from flowlang.signals import unbroken

MOVED_ON = "it has changed on the disk since it was read"
HELD = "another program holds it"


def write(changed: Sequence[Changed], groups: Iterable[frozenset[str]]) -> dict[str, str]:
    """Write the files, those of a group all or none; gives for each that was not written the reason, by real path."""
    by_path = {each.path: each for each in changed}
    failed: dict[str, str] = {}
    for group in groups:
        files = [by_path[path] for path in sorted(group) if path in by_path]
        with unbroken():
            failed.update(_write_together(files))
    return failed


def _write_together(files: Sequence[Changed]) -> dict[str, str]:
    staged: list[Staged] = []
    done: list[Changed] = []
    file = files[0] if files else None
    try:
        for file in files:
            staged.append(Staged(file.path, file.after.encode("utf-8")))
        # another run that fixes the same file looks at it before this one has replaced it, or after that, never in between
        with held([file.path for file in files]):
            # as late as can be: what an editor has saved since is not overwritten
            stale = [file for file in files if not _is_as_read(file)]
            if stale:
                return _all(files, stale, MOVED_ON)
            for file, new in zip(files, staged, strict=True):
                new.commit()
                done.append(file)
    except Held as other:
        return _all(files, [file for file in files if file.path == other.path], HELD)
    except OSError as error:
        for written in done:
            with contextlib.suppress(OSError):
                write_file(written.path, written.before.encode("utf-8"))
        return _all(files, [file] if file is not None else [], f"it cannot be written: {reason(error)}")
    finally:
        for new in staged:
            new.discard()
    return {}


def _is_as_read(file: Changed) -> bool:
    before = file.before.encode("utf-8")
    with open(file.path, "rb") as stream:
        return stream.read(len(before) + 1) == before


def _all(files: Sequence[Changed], at_fault: Sequence[Changed], why: str) -> dict[str, str]:
    """The reasons for files that belong together: for those at fault their own, for the others that of the first of them."""
    names = {file.path: why for file in at_fault}
    return {file.path: names.get(file.path, f"a fix changes '{at_fault[0].name}' too, and {why}") for file in files}
