"""The graph of a list of tasks: ids, rows of matrices, needs, post tasks, in the engine's order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flowlang.diagnostics import Diagnostic, rule
from flowlang.expr import Record, Unknown, text_of
from flowlang.model import Block, Broken, Item, Leaf, ListItem, MapItem
from flowlang.model.mending import deletion
from flowlang.semantics.actions import Action
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.bounds import DEEPEST_CALL, MOST_TASKS, has_too_many, too_deep_call, too_many_pieces, too_many_tasks
from flowlang.semantics.cache import NO_CACHE, Cache, lay_cache
from flowlang.semantics.calls import find_action
from flowlang.semantics.graph_checks import check_graph
from flowlang.semantics.leaves import is_poisoned
from flowlang.semantics.matrix import Row, UnknownRows, matrix_rows, mixed_keys
from flowlang.semantics.merge import Merged, lay_over, merged
from flowlang.semantics.mixins import mixin_names
from flowlang.semantics.owners import TaskOwner
from flowlang.semantics.task_graph import Graph, Rows
from flowlang.semantics.tasks import COMPLETED, RUNNING, Entry, Task
from flowlang.text import listing, quoted
from flowlang.yamltree import Scalar

SUCCESS, ALWAYS = "${{ success() }}", "${{ always() }}"
"""The defaults of ``enable`` and ``post_if``."""
_KINDS = {"batch": "action", "local": "local", "stateful": "stateful"}
_CRASHING = ("needs", "cache")
_LEVELS = (COMPLETED, RUNNING)


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
        unit, mixed = merged(entry.block), mixed_keys(rows)
        made = Rows(entry, [], [])
        sink = owner.sink
        posts: list[Task] = []
        for number, row in enumerate(rows, 1):
            # engine 26.7: the mixins of row n are applied to what they made of row n - 1
            before, unit = unit, self._with_mixins(entry, unit, number)
            task = self._row(entry, row, action, unit, before.first("enable"), early, sink)
            if task is None:
                self.graph.complete = False
                sink = []  # the other rows would say the same in their own words
                continue
            task.mixed = mixed
            self.graph.tasks[task.real_id] = task
            made.rows.append(row)
            made.ids.append(task.real_id)
            if task.kind == "stateful" and (post := self._post(task)) is not None:
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
        if entry.is_call:
            return unit
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
        message = f"unknown mixin {quoted(name)}: the tasks of an action see no mixins"
        self.owner.sink.append(
            Diagnostic(rule("unknown-mixin"), leaf.source, leaf.span, message, help="write the attributes into the task, or call the file as a module")
        )

    def _row(self, entry: Entry, row: Row, action: Action | None, unit: Merged, enable: Item | None, early: Attributes, sink: list[Diagnostic]) -> Task | None:
        owner = self.owner
        number = row.get("ORDINAL", 0)
        if isinstance(number, int) and number > 0 and not self._survives(entry, unit):
            return None
        kind = self._kind(entry, action)
        only_row = Attributes(lambda leaf: owner.scope("task-id", {"matrix": lambda: row}), sink)
        ids = self._ids(entry, row, only_row)
        needs = self._needs(entry, only_row)
        if ids is None or needs is None:
            return None
        declared, real_id = ids
        strategy = self._strategy(entry, early)
        cache_attributes = Attributes(
            lambda leaf: owner.scope(leaf.scope, {**owner.contexts(), "matrix": lambda: row, "strategy": lambda: strategy}), owner.sink
        )
        cache = lay_cache(owner.cache, entry.block.fields.get("cache"), cache_attributes)
        return Task(
            owner=owner,
            entry=entry,
            real_id=real_id,
            declared_id=declared,
            kind=kind,
            needs={name: level for name, (level, _) in needs.items()},
            matrix=row,
            strategy=strategy,
            cache=self._cache_of(kind, cache),
            enable=enable,
            default_enable=SUCCESS,
            unit=self._unit(entry, kind, action, unit),
            action=action,
            need_places={name: leaf for name, (_, leaf) in needs.items() if leaf is not None},
        )

    @staticmethod
    def _cache_of(kind: str, cache: Cache) -> Cache:
        return NO_CACHE if kind in ("local", "stateful") else cache

    def _unit(self, entry: Entry, kind: str, action: Action | None, unit: Merged) -> Merged | None:
        if not entry.is_call:
            return unit
        main = action.block.block("main") if kind == "stateful" and action is not None and action.block is not None else None
        return merged(main) if main is not None else None

    def _survives(self, entry: Entry, unit: Merged) -> bool:
        """Whether a later row of a matrix can be built: needs and cache of a mixin are then met unread, and crash (engine 26.7)."""
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
                return False
        return True

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
            names = " → ".join(action.reference for action in (*chain, found))
            self.owner.sink.append(
                Diagnostic(rule("recursive-action"), leaf.source, leaf.span, f"an action that calls itself never ends: {names}", help="break the circle")
            )
            return None
        if found.kind in ("stateful", "local") and isinstance(entry.block.fields.get("cache"), Block):
            place = entry.block.key_span("cache")
            fixes = deletion(leaf.source, entry.block.node, entry.block.keys["cache"])
            message = f"the call of a {found.kind} action takes no 'cache'"
            self.owner.sink.append(Diagnostic(rule("cache-not-supported"), leaf.source, place, message, help="delete it", fixes=fixes))
        return found

    def _kind(self, entry: Entry, action: Action | None) -> str:
        if not entry.is_call:
            return "task"
        if entry.is_module:
            return "module"
        return _KINDS.get(action.kind or "batch", "action") if action is not None else "action"

    def _ids(self, entry: Entry, row: Row, attributes: Attributes) -> tuple[str | None, str] | None:
        declared = attributes.value(entry.block.fields.get("id"))
        if isinstance(declared, Unknown):
            return None
        if isinstance(declared, str):
            return declared, declared
        # engine 26.7: keys with any upper-case letter are left out of the id, ORDINAL among them
        suffix = [text_of(row[key]) for key in sorted(row) if key == key.lower()]
        return None, "-".join(["task", str(entry.number), *suffix])

    def _needs(self, entry: Entry, attributes: Attributes) -> dict[str, tuple[str, Leaf | None]] | None:
        item = entry.block.fields.get("needs")
        if item is None or (isinstance(item, Leaf) and item.value is None):
            return dict.fromkeys(self.last, (COMPLETED, None))
        needs: dict[str, tuple[str, Leaf | None]] = {}
        for leaf, level in _written_needs(item):
            name = attributes.value(leaf, "id")
            if isinstance(name, Unknown) or not isinstance(name, str):
                return None
            needs[name] = (level, leaf)
        return needs

    def _strategy(self, entry: Entry, attributes: Attributes) -> Record:
        block = entry.block.block("strategy")
        if block is None:
            return self.owner.strategy
        fields = dict(self.owner.strategy.fields)
        for name in ("fail_fast", "max_parallel"):
            own = attributes.value(block.fields.get(name))
            if own is not None:
                fields[name] = own
        return Record("strategy", fields)

    # --- post tasks -------------------------------------------------------------------------

    def _post(self, task: Task) -> Task | None:
        block = task.action.block.block("post") if task.action is not None and task.action.block is not None else None
        if block is None or task.action is None or task.action.block is None:
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
            unit=merged(block),
            state_from=task.real_id,
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


def _written_needs(item: Item) -> Iterator[tuple[Leaf, str]]:
    """The needs as they are written, each with its level; one without brackets, which is told as that, as the only one."""
    if isinstance(item, Broken) and isinstance(item.node, Scalar):
        yield Leaf(item.source, item.node, item.notes._replace(type="id", item=None), item.scope, item.node.value), COMPLETED
    elif isinstance(item, ListItem):
        for child in item.items:
            if isinstance(child, Leaf):
                yield child, COMPLETED
    elif isinstance(item, MapItem):
        for key, leaf in item.key_leaves.items():
            level = item.entries.get(key)
            # a level that is none is told as such, the need is one
            yield leaf, level.value if isinstance(level, Leaf) and level.value in _LEVELS else COMPLETED
