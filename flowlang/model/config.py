"""A config file: its tree, its kind, its model, and what is wrong with it by itself."""

from __future__ import annotations

import os

from flowlang.diagnostics import Diagnostic, Fix, SourceEdit, rule
from flowlang.model.build import Builder, Loser, key_of
from flowlang.model.items import Block
from flowlang.model.uses import Uses
from flowlang.schema import shape_of
from flowlang.text import Source, Span
from flowlang.yamltree import Mapping, Node, Tree, YamlProblem, parse

LIVE, BATCH, ACTION, PROJECT, OTHER = "live", "batch", "action", "project", "other"

# Keys that only an action, or only a flow, has (engine 26.7: key sets of the two loaders).
_ACTION_KEYS = frozenset({"inputs", "outputs", "job", "main", "post", "post_if", "cmd", "bash", "python", "name", "author", "descr"})
_FLOW_KEYS = frozenset({"params", "defaults", "volumes", "title", "id", "mixins", "jobs", "life_span"})
_STRONG_ACTION_KEYS = frozenset({"inputs", "outputs", "job", "main", "cmd"})


class ConfigFile:
    """One file, read. `block` is None where the document is no mapping or could not be read at all.

    `losers` are values whose key is written again behind them: the engine reads them, and then forgets them.
    `keys_differ`: no mapping in the file has a key twice; False where nobody has looked.
    """

    __slots__ = ("block", "complete", "diagnostics", "keys_differ", "kind", "losers", "source", "tree")

    def __init__(
        self,
        source: Source,
        tree: Tree,
        kind: str,
        block: Block | None,
        diagnostics: tuple[Diagnostic, ...],
        complete: bool,
        losers: tuple[Loser, ...] = (),
        keys_differ: bool = False,
    ) -> None:
        self.source = source
        self.tree = tree
        self.kind = kind
        self.block = block
        self.diagnostics = diagnostics
        self.complete = complete
        self.losers = losers
        self.keys_differ = keys_differ

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return os.path.splitext(self.source.path.rpartition("/")[2])[0]


def load(source: Source, kind: str | None = None) -> ConfigFile:
    """Read a config file; `kind` says what it is for who refers to it, None lets the content tell.

    Total: whatever is wrong becomes a diagnostic, and what could be read is kept.
    """
    tree = parse(source)
    diagnostics = [_yaml_diagnostic(source, problem) for problem in tree.problems]
    root = tree.root
    found = kind or kind_of(root, source)
    if root is None:
        if not diagnostics:
            diagnostics.append(_empty(source))
        return ConfigFile(source, tree, found, None, tuple(diagnostics), tree.complete)
    if found == OTHER:
        if not diagnostics:
            diagnostics.append(_no_flow(source, root))
        return ConfigFile(source, tree, found, None, tuple(diagnostics), tree.complete)
    readings = uses = None
    if tree.aliases:
        from flowlang.model.readings import read_aliases

        uses = Uses(tree.aliases)
        readings = read_aliases(tree, found)
        diagnostics += readings.found
    builder = Builder(source, readings.truthy if readings else frozenset(), uses)
    item = builder.build(root, shape_of(found))
    for node, message in builder.unresolvable:
        help = None if "quotes" in message else "put it in quotes to make it a text"
        diagnostics.append(Diagnostic(rule("bad-scalar"), source, Span(node.start, node.end), message, help=help))
    diagnostics += (Diagnostic(rule(name), source, Span(key.start, key.end), message, help=help) for name, key, message, help in builder.bad_keys)
    if not builder.accepted:
        from flowlang.model.places import Document
        from flowlang.model.structure import structural_diagnostics

        document = Document(source, root, shape_of(found), readings.silent if readings else frozenset(), uses)
        diagnostics += structural_diagnostics(document, found, builder.losers, complete=tree.complete)
    keys_differ = builder.accepted and not builder.losers and not builder.unread
    block = item if isinstance(item, Block) else None
    return ConfigFile(source, tree, found, block, tuple(diagnostics), tree.complete, tuple(builder.losers), keys_differ)


def recovered(file: ConfigFile) -> ConfigFile:
    """A file that breaks off, read on behind what breaks it, without findings; any other as it is.

    What is in the broken lines themselves is not there; what is left counts as whole. For editors, in which most files are broken
    most of the time; nothing of it may become a finding.
    """
    if file.tree.complete:
        return file
    from flowlang.yamltree.recovery import recover

    tree = recover(file.tree)
    kind = file.kind if file.kind in (ACTION, PROJECT) else kind_of(tree.root, file.source)
    if tree.root is None or kind == OTHER:
        return ConfigFile(file.source, tree, kind, None, (), False)
    return as_whole(file.source, tree, kind)


def as_whole(source: Source, tree: Tree, kind: str) -> ConfigFile:
    """A tree read as a file of a kind that is whole, whatever is missing of it; without findings."""
    item = Builder(source).build(tree.root, shape_of(kind)) if tree.root is not None else None
    return ConfigFile(source, tree, kind, item if isinstance(item, Block) else None, (), True)


def kind_of(root: Node | None, source: Source) -> str:
    """What a file is, told by its content (and by its name where the content leaves it open)."""
    stem = os.path.splitext(source.path.rpartition("/")[2])[0]
    by_name = LIVE if stem == LIVE else BATCH
    if root is None:
        return by_name
    if not isinstance(root, Mapping):
        return OTHER if stem != LIVE else LIVE
    keys = {key for pair in root.pairs if isinstance(key := key_of(pair.key), str)}
    kind = root.text("kind")
    action, flow = keys & _ACTION_KEYS, keys & _FLOW_KEYS
    if kind in ("stateful", "local") or (action & _STRONG_ACTION_KEYS and len(action) >= len(flow)):
        return ACTION
    if action and not flow and not keys & {"jobs"} and kind in (BATCH, LIVE):
        return ACTION
    if kind in (LIVE, BATCH):
        return kind
    if "jobs" in keys:
        return LIVE
    if "tasks" in keys:
        return BATCH
    return LIVE if stem == LIVE else OTHER


def _yaml_diagnostic(source: Source, problem: YamlProblem) -> Diagnostic:
    fixes = tuple(Fix(fix.title, fix.safe, tuple(SourceEdit(source, edit) for edit in fix.edits)) for fix in problem.fixes)
    return Diagnostic(rule(problem.rule), source, problem.span, problem.message, help=problem.help, fixes=fixes)


def _empty(source: Source) -> Diagnostic:
    return Diagnostic(rule("empty-file"), source, Span(0, 0), "this file is empty", help="delete it, or write a flow: kind, then jobs or tasks")


def _no_flow(source: Source, root: Node) -> Diagnostic:
    place = Span(root.start, root.start)
    if isinstance(root, Mapping) and root.pairs:
        place = Span(root.pairs[0].key.start, root.pairs[0].key.end)
    return Diagnostic(
        rule("not-a-flow"),
        source,
        place,
        "this file is neither a flow nor an action and is not checked",
        help="a flow has 'kind' and 'jobs' or 'tasks'; an action has 'kind' and 'job', 'tasks', 'main' or 'cmd'",
    )
