"""How long results in the cache stay valid."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.light import NamedTuple
from flowlang.model import Block, Item, Leaf
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.cache import DAYS_14, Cache
from flowlang.semantics.convert import ConversionError, convert
from flowlang.semantics.owners import ActionRun
from flowlang.semantics.visit import owners

_DAY = 24 * 3600.0


class _Written(NamedTuple):
    """A life span that is written for the cache, in seconds if it is a constant, and the settings around it."""

    leaf: Leaf
    seconds: float | None
    around: Cache
    strategy: str


def _written(file: FileAnalysis) -> Iterator[_Written]:
    """Every life span in the settings of a batch flow, from project.yml to the tasks of actions."""
    flow = file.batch
    if flow is None:
        return
    project = flow.project.defaults.fields.get("cache") if flow.project.defaults is not None else None
    own = flow.block.block("defaults")
    around = Cache()
    for written in _of(project, around, None):
        yield written
        around = Cache(written.strategy, min(DAYS_14, written.seconds) if written.seconds is not None else None)
    yield from _of(own.fields.get("cache") if own is not None else None, around, None)
    for owner in owners(file):
        if isinstance(owner, ActionRun):
            yield from _of(owner.block.fields.get("cache"), owner.call.cache, owner.cache)
        for made in owner.graph.entries:
            task = owner.graph.tasks.get(made.ids[0]) if made.ids else None
            if task is not None and task.kind not in ("local", "stateful", "post"):
                yield from _of(made.entry.block.fields.get("cache"), owner.cache, task.cache)


def _of(item: Item | None, around: Cache, made: Cache | None) -> Iterator[_Written]:
    leaf = item.leaf("life_span") if isinstance(item, Block) else None
    if leaf is None or leaf.value is None or not isinstance(item, Block):
        return
    word = item.leaf("strategy")
    strategy = made.strategy if made is not None else str(word.value) if word is not None else around.strategy
    seconds = None
    if not leaf.may_hold_expressions:
        try:
            seconds = convert("timespan", leaf.value)
        except ConversionError:
            return
    yield _Written(leaf, seconds if isinstance(seconds, float) else None, around, strategy)


def _is_longer(written: _Written) -> bool:
    limit = written.around.life_span
    return written.seconds is not None and isinstance(limit, int | float) and written.seconds > limit


class CacheLifeSpanIneffective(CheckedRule):
    """
    ## What it does

    Finds the `life_span` of a cache.

    ## Why

    The engine has the span in seconds and counts it in days: with `life_span: 60` a result is reused
    for 60 days, with `1h` for almost ten years. So results do not expire, and a task whose data has
    changed is not run.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: download
      image: ubuntu:22.04
      cache:
        strategy: default
        life_span: 1h
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: download
      image: ubuntu:22.04
      cache:
        strategy: none
    ```

    ## Fix

    None: turn the cache off where a result must not be reused, or clear it by
    `apolo-flow clear-cache`.
    """

    name = "cache-life-span-ineffective"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every life span that shortens nothing."""
        for written in _written(file):
            seconds = written.seconds
            if written.strategy == "none" or _is_longer(written) or (seconds is not None and seconds <= 0):
                continue
            stays = f": results are reused for {_days(seconds)}" if seconds is not None else ": results hardly ever expire"
            message = f"the engine takes the seconds of this span for days{stays}"
            help = "'strategy: none' turns the cache off; 'apolo-flow clear-cache' forgets results"
            yield Diagnostic(cls.row(), written.leaf.source, written.leaf.span, message, help=help)


def _days(count: float) -> str:
    return f"{count:g} days" if count < 1000 else f"{count / 365:.0f} years"


class CacheLifeSpanCapped(CheckedRule):
    """
    ## What it does

    Finds a `life_span` of a cache that is longer than the one around it: 14 days if nothing else is
    set.

    ## Why

    The documentation has examples such as `31d`. The shortest of all spans counts: those of
    project.yml, the flow, the call, the action and the task, and the 14 days that are built in. A
    longer one does nothing.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    defaults:
      cache:
        strategy: default
        life_span: 31d
    tasks:
    - id: download
      image: ubuntu:22.04
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    defaults:
      cache:
        strategy: default
    tasks:
    - id: download
      image: ubuntu:22.04
    ```

    ## Fix

    None: delete it.
    """

    name = "cache-life-span-capped"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every life span that is too long to count."""
        for written in _written(file):
            if written.strategy != "none" and _is_longer(written):
                limit = written.around.life_span
                assert isinstance(limit, int | float)
                what = f"{limit / _DAY:g} days" if limit >= _DAY else f"{limit:g} seconds"
                message = f"this is longer than the {what} that hold without it: only a shorter span counts"
                yield Diagnostic(cls.row(), written.leaf.source, written.leaf.span, message, help="delete it, or set a shorter one")
