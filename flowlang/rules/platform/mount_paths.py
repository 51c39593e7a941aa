"""Paths in jobs where something is mounted, or that the job starts in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from flowlang.diagnostics import Diagnostic, Fix, Label
from flowlang.expr import lookups
from flowlang.model import Leaf
from flowlang.model.mending import one_edit
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.definitions import volumes
from flowlang.semantics.placed import PlacedItem, default_volumes, unit_volumes
from flowlang.semantics.visit import units_by
from flowlang.semantics.volume_references import VolumeError, volume_reference
from flowlang.text import Span, quoted


def _mount(item: PlacedItem) -> str | None:
    """Where a reference is mounted; None where that is not known, or it is no reference."""
    if not isinstance(item.value, str):
        return None
    try:
        return volume_reference(item.value).mount
    except VolumeError:
        return None


@lru_cache(maxsize=4096)
def _path(mount: str) -> PurePosixPath:
    """A mount as a path: what is the same place is equal."""
    return PurePosixPath(mount)


class DuplicateMount(CheckedRule):
    """
    ## What it does

    Finds jobs and tasks that mount two volumes in one place, those of `defaults.volumes` among them.

    ## Why

    The engine passes both on. At best one hides the other, and which one is not for you to say.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        volumes:
        - storage:train:/data
        - storage:test:/data
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        volumes:
        - storage:train:/data/train
        - storage:test:/data/test
    ```

    ## Fix

    None: delete one, or mount it elsewhere.
    """

    name = "duplicate-mount"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every second mount in one place; what a mixin brings in twice is one mount, written once."""
        flow = file.live or file.batch
        if flow is None:
            return
        inherited = list(default_volumes(flow))
        for unit in units_by(file, "volumes"):
            items = (*(inherited if unit.inherits else ()), *unit_volumes(unit))
            if len(items) < 2:
                continue
            seen: dict[PurePosixPath, PlacedItem] = {}
            for item in items:
                mount = _mount(item)
                first = seen.setdefault(_path(mount), item) if mount is not None else item
                if first.leaf is item.leaf:
                    continue
                what = "this volume is mounted already" if first.value == item.value else f"two volumes are mounted at {quoted(str(mount))}"
                related = (Label(first.leaf.source, first.leaf.span, "the first one"),)
                yield Diagnostic(cls.row(), item.leaf.source, item.leaf.span, what, help="delete one, or mount it elsewhere", related=related)


class RelativeMount(CheckedRule):
    """
    ## What it does

    Finds paths in a job that do not begin with `/`: the `mount` of a volume, that of a reference such
    as `storage:data:data`, and `workdir`.

    ## Why

    The engine passes them on as they are. There is no folder in a job that they could be relative to.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: storage:data
        mount: data
    jobs:
      train:
        image: python:3.12
        volumes:
        - ${{ volumes.data.ref }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: storage:data
        mount: /data
    jobs:
      train:
        image: python:3.12
        volumes:
        - ${{ volumes.data.ref }}
    ```

    ## Fix

    Safe for mounts: the `/` is added. None for `workdir`, which may have been meant to be relative to
    a folder of the image.
    """

    name = "relative-mount"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such path."""
        flow = file.live or file.batch
        if flow is None:
            return
        for volume in volumes(file):
            mount, leaf = volume.record.fields.get("mount"), volume.block.leaf("mount")
            if isinstance(mount, PurePosixPath) and not mount.is_absolute() and leaf is not None:
                yield cls._told(leaf, leaf.span, str(mount), _rooted(leaf, 0))
        if flow.defaults is not None:
            default = flow.defaults.first("workdir")
            if isinstance(default, Leaf):
                yield from cls._workdir(default, flow.default("workdir"))
        for item in default_volumes(flow):
            yield from cls._reference(item)
        for unit in units_by(file, "volumes", "workdir"):
            workdir = unit.leaf("workdir")
            if workdir is not None:
                yield from cls._workdir(workdir, unit.values.get("workdir"))
            for item in unit_volumes(unit):
                yield from cls._reference(item)

    @classmethod
    def _reference(cls, item: PlacedItem) -> Iterator[Diagnostic]:
        mount, leaf = _mount(item), item.leaf
        if mount is None or mount.startswith("/") or _reads_volumes(leaf):
            return
        if not leaf.template.is_text:
            yield cls._told(leaf, leaf.span, mount, ())
            return
        text = str(item.value)
        at = text.rindex(mount, 0, len(text) - (3 if text.endswith((":ro", ":rw")) and text.count(":") >= 3 else 0))
        yield cls._told(leaf, leaf.place(at, at + len(mount)), mount, _rooted(leaf, at))

    @classmethod
    def _workdir(cls, leaf: Leaf, value: object) -> Iterator[Diagnostic]:
        if isinstance(value, PurePosixPath) and not value.is_absolute() and not _reads_volumes(leaf):
            yield cls._told(leaf, leaf.span, str(value), ())

    @classmethod
    def _told(cls, leaf: Leaf, span: Span, path: str, fixes: tuple[Fix, ...]) -> Diagnostic:
        shown = quoted(path) if path not in ("", ".") else "an empty path"
        return Diagnostic(cls.row(), leaf.source, span, f"{shown} is relative: a path in a job begins with '/'", help="write the path from '/'", fixes=fixes)


def _reads_volumes(leaf: Leaf) -> bool:
    """Whether an expression takes the path from a volume, where it is told."""
    return any(found.name == "volumes" for part in leaf.template.expressions for found, _ in lookups(part.tree))


def _rooted(leaf: Leaf, at: int) -> tuple[Fix, ...]:
    """The fix that begins the path at `at` in a text with ``/``."""
    text = leaf.value if isinstance(leaf.value, str) else ""
    if not text[at : at + 1].isalnum() and text[at : at + 1] != "$":
        return ()
    span = leaf.place(at, at)
    return (one_edit("Add the '/'", leaf.source, span.start, span.end, "/"),)
