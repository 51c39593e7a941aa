"""Linting: the parts of a run, remembered or judged anew, made one report. What the command and the library call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from flowlang.runs import Options, Part, Progress, Report, Target, engine_notes, resolve_targets, stdin_path
from flowlang.runs.report import report_of

if TYPE_CHECKING:
    from flowlang.cache import Cache
    from flowlang.filesystem import Recorder


def lint(
    paths: Sequence[str],
    options: Options,
    *,
    stdin: tuple[str | None, bytes] | None = None,
    overlay: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
    cache: Cache | None = None,
) -> Report:
    """Lint workspaces, config folders or single files; without a path, the workspace around the working directory.

    `stdin` is a file's content given in place of the disk, with the name it stands for; `overlay` the
    same for files that are not linted for that alone, by absolute path. `progress` is told after each
    flow. `cache` remembers what came of the disk's files alone. Raises `UsageError` alone: for a path that
    does not exist, or where there is no workspace.
    """
    notes = engine_notes(options.engine)
    texts = dict(overlay or {})
    wanted: list[str] = list(paths)
    if stdin is not None:
        name = stdin_path(stdin[0])
        texts[name] = stdin[1]
        wanted.append(name)
    targets = resolve_targets(wanted, texts)
    step = _steps(targets, progress)
    if texts or cache is None:
        return report_of(list(_judged(targets, options, texts, step)), notes)
    return report_of(list(_remembered(targets, options, cache, step)), notes)


def _judged(targets: Sequence[Target], options: Options, texts: Mapping[str, bytes], step: Callable[[], None]) -> Iterator[Part]:
    """The parts, judged anew."""
    from flowlang.analysis import judge_target
    from flowlang.project import FileStore

    store = FileStore(os.getcwd(), texts)
    return (judge_target(target, options, store, step) for target in targets)


def _remembered(targets: Sequence[Target], options: Options, cache: Cache, step: Callable[[], None]) -> Iterator[Part]:
    """The parts, those judged anew that are not remembered."""
    for target in targets:
        key = cache.key(target, options)
        part = cache.find(key)
        if part is None:
            part, seen = _observed(target, options, step)
            cache.keep(key, part, seen)
        yield part


def _observed(target: Target, options: Options, step: Callable[[], None]) -> tuple[Part, Recorder]:
    """One part, and what was asked of the disk for it."""
    from flowlang.analysis import judge_target
    from flowlang.filesystem import Recorder
    from flowlang.project import FileStore

    disk = Recorder()
    return judge_target(target, options, FileStore(os.getcwd(), disk=disk), step), disk


def _steps(targets: Sequence[Target], progress: Progress | None) -> Callable[[], None]:
    """What counts the flows that are done."""
    if progress is None:
        return lambda: None
    total = sum(len(target.workspace.flow_files()) for target in targets if target.workspace is not None)
    done = count(1)
    return lambda: progress(next(done), total)
