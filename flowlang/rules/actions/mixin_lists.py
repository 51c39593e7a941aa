"""Mixins whose lists come more than once."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, Label
from flowlang.model import Item, Leaf, ListItem
from flowlang.model.mending import item_deletion
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.merge import Merged, Piece
from flowlang.semantics.visit import Included, MixinUser, mixin_users, tasks
from flowlang.text import quoted

_LISTS = ("volumes", "port_forward")
"""Lists of jobs and tasks that keep what comes twice; ``tags`` are a set (engine 26.7)."""


def _filled(item: Item) -> bool:
    """Whether a list has items, or may have some."""
    return bool(item.items) if isinstance(item, ListItem) else isinstance(item, Leaf) and item.value is not None


class MixinListInMatrix(CheckedRule):
    """
    ## What it does

    Finds a mixin with `volumes` in a task with a matrix.

    ## Why

    The engine applies the mixins of each row to what they made of the row before. So the second row
    mounts the volumes of the mixin twice, the third three times, and so on. What is no list is not
    affected, and neither are `tags`, which are a set.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    volumes:
      data:
        remote: storage:data
        mount: /data
    mixins:
      with_data:
        volumes:
        - ${{ volumes.data.ref_ro }}
    tasks:
    - id: train_${{ matrix.size }}
      mixins: [with_data]
      image: ubuntu
      strategy:
        matrix:
          size: [small, large]
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    volumes:
      data:
        remote: storage:data
        mount: /data
    tasks:
    - id: train_${{ matrix.size }}
      image: ubuntu
      volumes:
      - ${{ volumes.data.ref_ro }}
      strategy:
        matrix:
          size: [small, large]
    ```

    ## Fix

    None: write the volumes into the task, or into `defaults`.
    """

    name = "mixin-list-in-matrix"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every mixin with volumes that a task names which has a second row."""
        later = {id(task.entry.block) for task in tasks(file) if task.unit is not None and task.kind == "task" and task.matrix.get("ORDINAL", 0)}
        for user in mixin_users(file) if later else ():
            if id(user.block) in later:
                yield from cls._in(user)

    @classmethod
    def _in(cls, user: MixinUser) -> Iterator[Diagnostic]:
        """The findings about the mixins of one task."""
        for name, leaf, mixin in user.included():
            piece = next((piece for piece in mixin.pieces.get("volumes", ()) if _filled(piece.item)), None)
            if piece is not None:
                message = f"the second row of the matrix gets the volumes of mixin {quoted(name)} twice, the third three times, and so on"
                related = (Label(piece.origin.source, piece.origin.key_span("volumes"), "the volumes"),)
                help = "write them into the task, or into 'defaults'"
                yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help=help, related=related)


class MixinAppliedTwice(CheckedRule):
    """
    ## What it does

    Finds a mixin with `volumes` or `port_forward` that reaches a job or task on two ways: it is named
    twice, or is named beside another one that includes it.

    ## Why

    Lists are put one after the other, and nobody looks whether a mixin was there already: the same
    volume is mounted twice at one place.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      base:
        volumes: ["storage:data:/data:ro"]
      gpu:
        mixins: [base]
        preset: gpu-small
    jobs:
      train:
        mixins: [base, gpu]
        image: ubuntu
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      base:
        volumes: ["storage:data:/data:ro"]
      gpu:
        mixins: [base]
        preset: gpu-small
    jobs:
      train:
        mixins: [gpu]
        image: ubuntu
    ```

    ## Fix

    Safe where the mixin is named to the left of the one that includes it: it is taken from the list,
    and nothing else changes. Unsafe to the right of it, where its other attributes won over those of
    the one that includes it. None where neither of two mixins that include it is the mixin itself.
    """

    name = "mixin-applied-twice"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such mixin in every block that names mixins."""
        for user in mixin_users(file):
            included = user.included()
            for right in range(1, len(included)):
                for left in range(right):
                    yield from cls._pair(user, included[left], included[right])

    @classmethod
    def _pair(cls, user: MixinUser, left: Included, right: Included) -> Iterator[Diagnostic]:
        """The finding about two mixins of one block, of which the right one is the stronger."""
        for name in _LISTS:
            shared = cls._shared(name, left.merged, right.merged)
            twice = next((mixin for mixin, block in user.mixins.blocks.items() if shared is not None and block is shared.origin), None)
            if twice is not None:
                yield cls._told(user, name, twice, left, right)
                return

    @staticmethod
    def _shared(name: str, left: Merged, right: Merged) -> Piece | None:
        """What both have of a list from one and the same mixin."""
        items = {id(piece.item) for piece in left.pieces.get(name, ())}
        return next((piece for piece in right.pieces.get(name, ()) if id(piece.item) in items and _filled(piece.item)), None)

    @classmethod
    def _told(cls, user: MixinUser, attribute: str, twice: str, left: Included, right: Included) -> Diagnostic:
        """The finding about the mixin `twice`, at the place where it is not needed."""
        place, beside = right.leaf, left.leaf
        fixes: tuple[Fix, ...] = ()
        ways, beside_words = f"is included twice, by {quoted(left.name)} and by {quoted(right.name)}", "the other way"
        help = f"include {quoted(twice)} in one of them alone"
        if twice in (left.name, right.name):
            needless, other = (left, right) if twice == left.name else (right, left)
            place, beside = needless.leaf, other.leaf
            fixes = item_deletion(place.source, user.block.fields["mixins"].node, place.node, safe=needless is left)
            ways, help = f"is included twice, by its name and by {quoted(other.name)}", f"delete {quoted(twice)} here"
            if other.name == twice:
                ways, beside_words = "is named twice", "named here too"
        message = f"mixin {quoted(twice)} {ways}: its '{attribute}' are there twice"
        related = (Label(beside.source, beside.span, beside_words),)
        return Diagnostic(cls.row(), place.source, place.span, message, help=help, related=related, fixes=fixes)
