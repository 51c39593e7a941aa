"""Linting: the parts of a run, remembered or judged anew, made one report. What the command and the library call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from flowlang.light import NamedTuple
from flowlang.runs import Options, Part, Progress, Report, Target, engine_notes, resolve_targets, stdin_path
from flowlang.runs.report import report_of

if TYPE_CHECKING:
    from flowlang.cache import Cache
    from flowlang.project.files import Configs

MANY = 64
"""From so many files on a run takes all cores, unless it is told how many processes to use."""


def lint(
    paths: Sequence[str],
    options: Options,
    *,
    stdin: tuple[str | None, bytes] | None = None,
    overlay: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
    cache: Cache | None = None,
    jobs: int | None = 1,
) -> Report:
    """Lint workspaces, config folders or single files; without a path, the workspace around the working directory.

    `stdin` is a file's content given in place of the disk, with the name it stands for; `overlay` the
    same for files that are not linted for that alone, by absolute path. `progress` is told after each
    flow. `cache` remembers what came of the disk's files alone. `jobs` is how many processes do the work,
    None: one for each core where there are `MANY` files. Raises `UsageError` alone: for a path that
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
    if texts:
        return report_of(_with_texts(targets, options, texts, step), notes)
    known, new = _sorted_out(targets, options, cache, step)
    if len(new) > 1 and (processes := _processes(new, jobs)) > 1:
        return report_of([*known, *_apart(new, options, cache, processes, step)], notes)
    return report_of([*known, *_Work(options, cache).parts(new, step)], notes)


class Task(NamedTuple):
    """A target that is judged anew, and the key that it is remembered under."""

    target: Target
    key: str | None


def _with_texts(targets: Sequence[Target], options: Options, texts: Mapping[str, bytes], step: Callable[[], None]) -> list[Part]:
    """The parts of a run that takes texts in place of files."""
    from flowlang.analysis import judge_target
    from flowlang.project import FileStore

    store = FileStore(os.getcwd(), texts)
    return [judge_target(target, options, store, step) for target in targets]


def _sorted_out(targets: Sequence[Target], options: Options, cache: Cache | None, step: Callable[[], None]) -> tuple[list[Part], list[Task]]:
    """The parts that are remembered, and the targets that are not."""
    if cache is None:
        return [], [Task(target, None) for target in targets]
    known, new = [], []
    for target in targets:
        key = cache.key(target, options)
        part = cache.find(key)
        if part is None:
            new.append(Task(target, key))
        else:
            known.append(part)
            for _ in range(_flows(target)):
                step()
    return known, new


class _Work(NamedTuple):
    """Judging targets anew and remembering what came of them: what every process is told."""

    options: Options
    cache: Cache | None

    def parts(self, tasks: Sequence[Task], step: Callable[[], None] = lambda: None) -> list[Part]:
        """The parts of the targets, in their order; `step` is called after each flow."""
        copies: Configs = {}
        return [self._judged(task, copies, step) for task in tasks]

    def _judged(self, task: Task, copies: Configs, step: Callable[[], None]) -> Part:
        """One part. `copies` are the readings of copies of remote actions, which many workspaces share; those of its own files go with it."""
        from flowlang.analysis import judge_target
        from flowlang.filesystem import Recorder
        from flowlang.project import FileStore

        disk = Recorder()
        store = FileStore(os.getcwd(), before=copies, disk=disk)
        part = judge_target(task.target, self.options, store, step)
        folders = tuple(store.display(os.path.abspath(folder)) + "/" for folder in self.options.actions_dirs)
        copies.update((key, file) for key, file in store.configs.items() if key[0].startswith(folders))
        if self.cache is not None and task.key is not None:
            self.cache.keep(task.key, part, disk)
        return part


def _apart(tasks: Sequence[Task], options: Options, cache: Cache | None, jobs: int, step: Callable[[], None]) -> Iterator[Part]:
    """The parts, judged anew in several processes."""
    import flowlang.analysis
    import flowlang.rules  # noqa: F401  what the processes need is loaded once, before they are made
    from flowlang.processes import spread

    for bundle, parts in spread(_Work(options, cache).parts, tasks, jobs):
        yield from parts
        for task in bundle:
            for _ in range(_flows(task.target)):
                step()


def _processes(tasks: Sequence[Task], jobs: int | None) -> int:
    """How many processes do the work."""
    if jobs is not None:
        return jobs
    files = 0
    for task in tasks:
        files += len(task.target.files) if task.target.files is not None else _flows(task.target)
        if files >= MANY:
            return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 1


def _flows(target: Target) -> int:
    return len(target.workspace.flow_files()) if target.workspace is not None else 0


def _steps(targets: Sequence[Target], progress: Progress | None) -> Callable[[], None]:
    """What counts the flows that are done."""
    if progress is None:
        return lambda: None
    total = sum(_flows(target) for target in targets)
    done = count(1)
    return lambda: progress(next(done), total)
