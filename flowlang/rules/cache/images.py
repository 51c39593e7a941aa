"""What the cache does not see."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Label
from flowlang.model import Block, Leaf
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.owners import ActionRun
from flowlang.semantics.tasks import Task
from flowlang.semantics.visit import tasks
from flowlang.text import quoted


class CachedFloatingImage(CheckedRule):
    """
    ## What it does

    Tells of a task whose results are cached, by a written `strategy: default`, while its image has no tag
    or the tag `latest`.

    ## Why

    A result is reused as long as nothing of the task has changed, and of the image that is the text of
    its reference. When the image behind the tag is built anew the old result is reused nevertheless.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: image:tools:latest
      cache:
        strategy: default
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: prepare
      image: image:tools:v3
      cache:
        strategy: default
    ```

    ## Fix

    None: give the image a tag that changes with it, from `hash_files()` for instance.
    """

    name = "cached-floating-image"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such task whose cache is asked for; that results are cached where nothing is written is not told."""
        for task in tasks(file):
            image, item = task.values.get("image"), task.unit.first("image") if task.unit is not None else None
            if task.kind != "task" or task.cache.strategy != "default" or item is None or not isinstance(image, str) or not _is_floating(image):
                continue
            word = _asked_for(task)
            if word is not None:
                message = f"results are reused as long as the reference {quoted(image)} stays the same, also when the image behind it is another"
                help = "give the image a tag that changes with it"
                yield Diagnostic(cls.row(), word.source, word.span, message, help=help, related=(Label(item.source, item.span, "this image"),))


def _is_floating(image: str) -> bool:
    """Whether the image behind a reference changes while the reference stays."""
    name, _, tag = image.removeprefix("image:").rpartition("/")[2].partition(":")
    return "@" not in name + tag and tag in ("", "latest")


def _asked_for(task: Task) -> Leaf | None:
    """The `strategy: default` that is written for a task: in it, around it, or in the defaults."""
    flow, owner = task.owner.flow, task.owner
    places = [task.entry.block]
    while isinstance(owner, ActionRun):
        places += [owner.block, owner.call.entry.block]
        owner = owner.call.owner
    places += [block for block in (flow.block.block("defaults"), flow.project.defaults) if block is not None]
    words = (item.leaf("strategy") for place in places if isinstance(item := place.fields.get("cache"), Block))
    return next((word for word in words if word is not None and word.value == "default"), None)
