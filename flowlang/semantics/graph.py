"""The graph of a list of tasks: ids, rows of matrices, needs, post tasks, in the engine's order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flowlang.diagnostics import Diagnostic, rule
from flowlang.expr import text_of
from flowlang.model import Block, Item, Leaf
from flowlang.model.mending import deletion
from flowlang.semantics.actions import Action
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.bounds import DEEPEST_CALL, MOST_TASKS, has_too_many, too_deep_call, too_many_pieces, too_many_tasks
from flowlang.semantics.cache import NO_CACHE
from flowlang.semantics.calls import find_action
from flowlang.semantics.entry_rows import EntryRows
from flowlang.semantics.graph_checks import check_graph
from flowlang.semantics.leaves import is_poisoned
from flowlang.semantics.matrix import Row, UnknownRows, matrix_rows
from flowlang.semantics.merge import Merged, lay_over, merged
from flowlang.semantics.mixins import mixin_names
from flowlang.semantics.owners import TaskOwner
from flowlang.semantics.task_graph import Graph, Rows
from flowlang.semantics.tasks import COMPLETED, Entry, Task
from flowlang.text import listing, quoted

SUCCESS, ALWAYS = "${{ success() }}", "${{ always() }}"
"""The defaults of ``enable`` and ``post_if``."""
_CRASHING = ("needs", "cache")


class _Builder:
    def __init__(self, owner: TaskOwner) -> None:
        self.owner = owner
        self.graph = Graph()
        self.last: list[str] = []
        self.posts: list[list[Task]] = []

    def build(self) -> Graph:
        for entry in self.owner.entries:
            self._entry(entry)
        self._post_tasks()
        if self.graph.complete:
            check_graph(self.graph, self.owner.sink)
        return self.graph

    # --- one entry --------------------------------------------------------------------------

    def _entry(self, entry: Entry) -> None:
        owner = self.owner
        early = Attributes(lambda leaf: owner.scope(leaf.scope, owner.contexts()), owner.sink)
        strategy = entry.block.block("strategy")
        action = self._action(entry)
        try:
            rows = matrix_rows(strategy.fields.get("matrix") if strategy is not None else None, early)
        except UnknownRows as unknown:
            self._unknown_rows(entry, unknown)
            return
        owner.flow.tasks_made += len(rows)
        if owner.flow.tasks_made > MOST_TASKS:
            self._too_many(entry)
            return
        unit = merged(entry.block)
        common = EntryRows(owner, entry, action, rows, self.last, early)
        made = Rows(entry, [], [])
        sink = owner.sink
        posts: list[Task] = []
        mixes = "mixins" in entry.block.fields and not entry.is_call
        for number, row in enumerate(rows, 1):
            # engine 26.7: the mixins of row n are applied to what they made of row n - 1
            before = unit
            if mixes:
                unit = self._with_mixins(entry, unit, number)
            crashes = mixes and number > 1 and self._crashes(entry, unit)
            task = self._row(common, row, unit, before.first("enable"), sink) if not crashes else None
            if task is None:
                self.graph.complete = False
                sink = []  # the other rows would say the same in their own words
                continue
            self.graph.tasks[task.real_id] = task
            made.rows.append(row)
            made.ids.append(task.real_id)
            if task.kind == "stateful" and (post := self._post(task, common)) is not None:
                posts.append(post)
        if posts:
            self.posts.append(posts)
        self.graph.entries.append(made)
        self.last = list(dict.fromkeys(made.ids))

    def _unknown_rows(self, entry: Entry, unknown: UnknownRows) -> None:
        self.graph.complete = False
        self.graph.waits |= unknown.waits
        self.last = []
        if unknown.waits:
            message = "the matrix depends on what is only known at the run: its tasks are not checked"
            help = f"it waits for {listing(sorted(unknown.waits))}; give it a default, or a value with --param"
            self.owner.sink.append(Diagnostic(rule("matrix-not-known"), entry.block.source, entry.key, message, help=help))

    def _too_many(self, entry: Entry) -> None:
        """Give up; what the flow has more is told once."""
        self.graph.complete = False
        self.last = []
        flow = self.owner.flow
        if not flow.has_too_many_tasks:
            flow.has_too_many_tasks = True
            self.owner.sink.append(too_many_tasks(entry))

    def _with_mixins(self, entry: Entry, unit: Merged, row: int) -> Merged:
        mixins = self.owner.mixins
        result = unit
        for name, leaf in reversed(mixin_names(entry.block, self.owner.sink if row == 1 else None)):
            found = mixins.resolved(name) if mixins is not None else None
            if found is None:
                result.complete = False
                if row == 1 and (mixins is None or name not in mixins.blocks):
                    self._no_mixin(name, leaf)
                continue
            laid = lay_over(result, found)
            if has_too_many(laid):
                result.complete = False
                self.owner.sink.append(too_many_pieces(leaf))
                break
            result = laid
        return result

    def _no_mixin(self, name: str, leaf: Leaf) -> None:
        mixins = self.owner.mixins
        if mixins is not None:
            self.owner.sink.append(mixins.unknown(name, leaf))
            return
        message, help = (
            f"unknown mixin {quoted(name)}: the tasks of an action see no mixins",
            "write the attributes into the task, or call the file as a module",
        )
        self.owner.sink.append(Diagnostic(rule("unknown-mixin"), leaf.source, leaf.span, message, help=help).put_at(leaf.use))

    def _row(self, common: EntryRows, row: Row, unit: Merged, enable: Item | None, sink: list[Diagnostic]) -> Task | None:
        owner, entry = self.owner, common.entry
        only_row = partial(common.only_row, row, sink)
        ids, needs = common.ids(row, only_row), common.needs(only_row)
        if ids is None or needs is None:
            return None
        declared, real_id = ids
        return Task(
            owner=owner,
            entry=entry,
            real_id=real_id,
            declared_id=declared,
            kind=common.kind,
            needs=needs.levels,
            matrix=row,
            strategy=common.strategy,
            cache=common.cache(row),
            enable=enable,
            default_enable=SUCCESS,
            unit=common.main if entry.is_call else unit,
            action=common.action,
            need_places=needs.places,
            mixed=common.mixed,
            shared=common.shared,
        )

    def _crashes(self, entry: Entry, unit: Merged) -> bool:
        """Whether a later row of a matrix cannot be built: needs and cache of a mixin are then met unread, and crash (engine 26.7)."""
        for name in _CRASHING:
            pieces = unit.pieces.get(name, ())
            if name in entry.block.fields or not pieces:
                continue
            item = pieces[0].item
            empty = (isinstance(item, Leaf) and item.value is None) or not getattr(item.node, "pairs", True)
            if not empty:
                message = f"{quoted(name)} of a mixin crashes from the second row of a matrix on, and is ignored before"
                self.owner.sink.append(
                    Diagnostic(rule("mixin-ignored-field"), item.source, pieces[0].origin.key_span(name), message, help="write it into the task")
                )
                return True
        return False

    def _action(self, entry: Entry) -> Action | None:
        leaf = entry.reference
        if leaf is None or leaf.value is None or is_poisoned(leaf):
            return None
        reference = text_of(leaf.value)
        kinds = ("batch",) if entry.is_module else ("batch", "stateful", "local")
        found = find_action(self.owner.flow.actions, leaf, reference, kinds, is_module=entry.is_module, sink=self.owner.sink)
        if found is None:
            return None
        chain = self.owner.ancestors()
        if len(chain) >= DEEPEST_CALL:
            self.owner.sink.append(too_deep_call(leaf))
            return None
        if any(found.file is action.file for action in chain):
            message = f"an action that calls itself never ends: {' → '.join(action.reference for action in (*chain, found))}"
            self.owner.sink.append(Diagnostic(rule("recursive-action"), leaf.source, leaf.span, message, help="break the circle").put_at(leaf.use))
            return None
        if found.kind in ("stateful", "local") and isinstance(entry.block.fields.get("cache"), Block):
            place = entry.block.key_span("cache")
            fixes = deletion(leaf.source, entry.block.node, entry.block.keys["cache"])
            message = f"the call of a {found.kind} action takes no 'cache'"
            self.owner.sink.append(Diagnostic(rule("cache-not-supported"), leaf.source, place, message, help="delete it", fixes=fixes))
        return found

    # --- post tasks -------------------------------------------------------------------------

    def _post(self, task: Task, common: EntryRows) -> Task | None:
        if common.post is None or task.action is None or task.action.block is None:
            return None
        return replace_task(
            task,
            real_id=f"post-{task.real_id}",
            declared_id=None,
            kind="post",
            needs={task.real_id: COMPLETED},
            cache=NO_CACHE,
            enable=task.action.block.fields.get("post_if"),
            default_enable=ALWAYS,
            unit=common.post,
            state_from=task.real_id,
            shared=common.shared_by_posts,
        )

    def _post_tasks(self) -> None:
        # engine 26.7: the posts of the last call first, each group after the one handled before it
        last = self.last
        for group in reversed(self.posts):
            ids: list[str] = []
            for post in group:
                post = replace_task(post, needs={**dict.fromkeys(last, COMPLETED), **post.needs})
                self.graph.tasks[post.real_id] = post
                ids.append(post.real_id)
            last = ids


def build_graph(owner: TaskOwner) -> Graph:
    """The graph of an owner's tasks; findings go to its sink."""
    return _Builder(owner).build()


def replace_task(task: Task, **changes: object) -> Task:
    """A copy of a task with other facts, nothing computed yet."""
    return replace(task, **changes)  # type: ignore[arg-type]
