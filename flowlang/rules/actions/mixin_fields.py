"""Attributes of mixins that the engine does not use, or that something empty hides."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Effect, Label
from flowlang.model import Item, Leaf
from flowlang.model.mending import deletion
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.visit import MixinUser, mixin_users, tasks
from flowlang.text import quoted

_OF_TASKS = ("needs", "strategy", "cache", "enable")
"""Attributes that the engine takes from a task before it applies its mixins (engine 26.7)."""
_CRASHING = frozenset({"needs", "cache"})


def _is_null(item: Item) -> bool:
    return isinstance(item, Leaf) and item.value is None


class MixinIgnoredField(CheckedRule):
    """
    ## What it does

    Finds `needs`, `strategy`, `cache` or `enable` in a mixin of a task.

    ## Why

    The documentation gives mixins of tasks all attributes of a task. In fact the engine has read these
    four before it looks at mixins. A task without a matrix ignores them: it runs in spite of `enable`,
    and needs the task before it in spite of `needs`. With a matrix, the first row ignores them too;
    from the second row on `enable` holds, and `needs` and `cache` are met unread and crash, with the
    words "'list' object has no attribute 'items'".

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    mixins:
      cached:
        cache:
          strategy: none
    tasks:
    - id: train_${{ matrix.size }}
      mixins: [cached]
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    tasks:
    - id: train_${{ matrix.size }}
      image: ubuntu
      cache:
        strategy: none
      strategy:
        matrix:
          size: [small, large]
    ```

    ## Fix

    None: today the tasks go on without the attribute. Which of them are to have it is for you to say:
    write it into those, or delete it from the mixin.
    """

    name = "mixin-ignored-field"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """What is ignored; the crash is found where the rows of a matrix are built."""
        if file.batch is None:
            return
        known: dict[int, bool] = {}
        for task in tasks(file):
            block = id(task.entry.block)
            # where rows are missing from a graph they may have crashed
            known[block] = known.get(block, False) or bool(task.matrix.get("ORDINAL", 0)) or not task.owner.graph.complete
        for user in mixin_users(file):
            if id(user.block) in known:
                yield from cls._in(user, several=known[id(user.block)])

    @classmethod
    def _in(cls, user: MixinUser, *, several: bool) -> Iterator[Diagnostic]:
        """What one task ignores of its mixins, having `several` rows or one."""
        for _, leaf, mixin in user.included():
            for name in _OF_TASKS:
                piece = next(iter(mixin.pieces.get(name, ())), None)
                if piece is None or _is_null(piece.item) or name in user.block.fields or (several and name in _CRASHING):
                    continue
                message = f"{quoted(name)} of a mixin is ignored: the engine reads it from the task itself"
                if several and name == "enable":
                    message = "'enable' of a mixin does not hold for the first row of a matrix, only for the others"
                yield Diagnostic(
                    cls.row(),
                    piece.origin.source,
                    piece.origin.key_span(name),
                    message,
                    help="write it into the task",
                    related=(Label(leaf.source, leaf.span, "included here"),),
                    override_effect=Effect.BETRAYED,
                )


class NullOverridesMixin(CheckedRule):
    """
    ## What it does

    Finds an attribute of a job, task or mixin that is left empty although one of its mixins sets it.

    ## Why

    A key with nothing after it counts as absent, but not here: as it stands there, the mixin's value
    is not taken, and the job runs with none. Write `~` after the key to say that this is meant.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu:
        preset: gpu-small
    jobs:
      train:
        mixins: [gpu]
        image: ubuntu
        preset:
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu:
        preset: gpu-small
    jobs:
      train:
        mixins: [gpu]
        image: ubuntu
    ```

    ## Fix

    Safe: the empty key is deleted, so that the mixin's value holds.
    """

    name = "null-overrides-mixin"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such attribute."""
        for user in mixin_users(file):
            block = user.block
            for name, item in block.fields.items():
                if not _is_null(item) or item.node.start != item.node.end or item.notes.merge != "override" or name == "mixins":
                    continue
                for mixin, _, held in reversed(user.included()):
                    piece = next(iter(held.pieces.get("cmd" if name in ("bash", "python") else name, ())), None)
                    if piece is not None and not _is_null(piece.item):
                        key = next(key for key, value in piece.origin.fields.items() if value is piece.item)
                        message = f"the empty {quoted(name)} hides the one of mixin {quoted(mixin)}"
                        related = (Label(piece.origin.source, piece.origin.key_span(key), "hidden"),)
                        fixes = deletion(block.source, block.node, block.keys[name])
                        help = "delete the key, or write '~' after it"
                        yield Diagnostic(cls.row(), block.source, block.key_span(name), message, help=help, related=related, fixes=fixes)
                        break
