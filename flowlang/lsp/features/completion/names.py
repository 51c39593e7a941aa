"""Names that the project defines, where lists and mappings of ids want them; references of actions."""

from __future__ import annotations

import os
from collections.abc import Iterator

from flowlang.lsp.features.completion.candidates import Candidate, Maker
from flowlang.lsp.features.excerpts import short_value, symbol_doc
from flowlang.lsp.features.index import Index
from flowlang.lsp.features.probe import PROBE, Probe
from flowlang.model import ACTION, BATCH, LIVE, Block, ConfigFile
from flowlang.model.config import kind_of
from flowlang.project.workspace import CONFIG_FOLDERS, ENDINGS
from flowlang.semantics.batch import BatchFlow
from flowlang.semantics.symbols import FileNames, Names, Symbol, Table
from flowlang.semantics.symbols.definitions import Part
from flowlang.yamltree import Mapping, Node, Scalar, Sequence, parse

_MOST_FILES = 500
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages", "build", "dist"})
_KINDS = {LIVE: ("live",), BATCH: ("batch", "stateful", "local"), ACTION: ("batch", "stateful", "local")}


class Here:
    """What names mean at a probe; `index` has the file with the word of the probe in it."""

    def __init__(self, index: Index, probe: Probe, config: ConfigFile) -> None:
        self.index = index
        self.probe = probe
        self.config = config
        self.file: FileNames = index.symbols.frames.files[config.source.path]
        offset = probe.offset
        around = [part for part in self.file.parts if part.block.node.start <= offset <= part.block.node.end]
        self.part: Part | None = max(around, key=lambda part: part.block.node.start, default=None)

    @property
    def names(self) -> Names:
        """The tables that hold here."""
        frames = self.index.symbols.frames
        return frames.inside(self.file, self.part) if self.part is not None else frames.around(self.file)

    @property
    def inputs(self) -> Table:
        """The inputs of what is called here."""
        return self.index.symbols.frames.inputs(self.part) if self.part is not None else Table()

    def taken(self) -> set[str]:
        """What stands beside the word already, in its list or mapping."""
        owner: Node | None = self.probe.nodes[-2] if len(self.probe.nodes) > 1 else None
        if isinstance(owner, Sequence):
            beside: list[Node] = owner.items
        elif isinstance(owner, Mapping) and self.probe.is_key:
            beside = [pair.key for pair in owner.pairs]
        else:
            beside = []
        return {node.value for node in beside if isinstance(node, Scalar) and node is not self.probe.scalar}

    def named(self, what: str) -> list[Symbol]:
        """The symbols that a list or mapping of that kind of name may hold: ``mixin``, ``task``, ``input``, ``matrix``."""
        section = {"mixin": "mixins", "task": "needs", "matrix": "matrix"}.get(what)
        table = self.inputs if what == "input" else self.names.get(section, Table()) if section is not None else Table()
        own = self.part.symbol if self.part is not None else None
        taken = self.taken()
        return [symbol for symbol in table.all() if symbol.written and symbol != own and symbol.name not in taken and PROBE not in symbol.name]

    def rows(self) -> Iterator[tuple[str, str]]:
        """Ids of tasks that expressions make, each with the id as it is written."""
        flow = self.index.flows.get(self.config.source.path)
        if isinstance(flow, BatchFlow):
            taken = self.taken()
            own = self.part.block if self.part is not None else None
            for task in flow.tasks.graph.tasks.values():
                leaf = task.entry.block.leaf("id")
                if (
                    leaf is not None
                    and task.declared_id is not None
                    and not leaf.template.is_text
                    and task.entry.block is not own
                    and task.real_id not in taken
                ):
                    yield task.real_id, str(leaf.value)


def names_of(here: Here, what: str, maker: Maker, *, key: bool = False) -> Iterator[Candidate]:
    """The names that a place may hold; as keys with a colon."""
    end = ": " if key and not here.probe.scalar.style and not _has_colon(here.probe) else ""
    for symbol in here.named(what):
        mandatory = symbol.kind == "input" and isinstance(symbol.item, Block) and _is_mandatory(symbol.item)
        yield maker.make(
            symbol.name,
            symbol.kind,
            text=symbol.name + end,
            detail=short_value(symbol) + (", mandatory" if mandatory else ""),
            doc=symbol_doc(here.index, symbol),
            rank=1 if mandatory else 2,
        )
    for name, written in here.rows() if what == "task" else ():
        yield maker.make(name, "task", text=name + end, detail=f"row of {written}", rank=3)


def _has_colon(probe: Probe) -> bool:
    return probe.source.text[probe.replace.end :].partition("\n")[0].lstrip().startswith(":")


def _is_mandatory(item: Block) -> bool:
    leaf = item.leaf("default")
    return leaf is None or leaf.value is None


# --- actions ---------------------------------------------------------------------------------


def actions(here: Here, maker: Maker, *, module: bool) -> Iterator[Candidate]:
    """References of the action files of the workspace, and of the actions of other repositories that are at hand."""
    kinds = _KINDS.get(here.config.kind, ())
    if module:
        kinds = kinds[:1]
    written = here.probe.before
    for reference, detail, doc in _local(here, kinds):
        yield maker.make(reference, "file", detail=detail, doc=doc, rank=2)
    if not module:
        for reference in _remote(here.index):
            yield maker.make(reference, "file", detail="action of another repository", rank=4)
    for scheme, doc in (("ws:", "A file of the workspace, from its root."), ("gh:", "A repository on GitHub: `gh:OWNER/REPO@TAG`.")):
        if ":" not in written and not (module and scheme == "gh:"):
            yield maker.make(scheme, "keyword", doc=doc, rank=6)


def _local(here: Here, kinds: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    root = here.index.workspace.root
    store = here.index.analysis.actions.store
    for path in _yaml_files(root):
        if store.display(path) == here.config.source.path or here.index.actions.leads_out(path):
            continue
        source, problems = store.read(path)
        if problems or "kind" not in source.text:
            continue
        tree = parse(source)
        if kind_of(tree.root, source) != ACTION:
            continue
        facts = {
            key: pair.value.value
            for key in ("kind", "name", "descr")
            if isinstance(tree.root, Mapping) and (pair := tree.root.get(key)) is not None and isinstance(pair.value, Scalar)
        }
        if facts.get("kind") in kinds:
            name = here.index.workspace.relative(path)
            yield f"ws:{os.path.splitext(name)[0]}", f"{facts['kind']} action", "\n\n".join(facts[key] for key in ("name", "descr") if key in facts)


def _yaml_files(root: str) -> Iterator[str]:
    """The YAML files of a workspace, as far as it is not too large."""
    count = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and (not name.startswith(".") or name in CONFIG_FOLDERS))
        for name in sorted(files):
            count += 1
            if count > _MOST_FILES:
                return
            if name.endswith(ENDINGS):
                yield os.path.join(folder, name)


def _remote(index: Index) -> list[str]:
    """The references of all copies that are at hand, and those that are written somewhere."""
    found = {action.reference for action in index.actions.all() if action.remote}
    for config in index.configs.values():
        for leaf in config.block.leaves() if config.block is not None else ():
            if leaf.notes.names == "action" and isinstance(leaf.value, str) and leaf.value.startswith(("gh:", "github:")):
                found.add(leaf.value)
    for folder in index.actions.folders:
        if index.actions.leads_out(os.path.abspath(folder)):
            continue
        for owner in _folders(folder):
            found.update(f"gh:{owner}/{name}" for name in _folders(os.path.join(folder, owner)) if "@" in name)
    return sorted(name for name in found if PROBE not in name)


def _folders(path: str) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(path) if entry.is_dir() and not entry.name.startswith("."))[:_MOST_FILES]
    except OSError:
        return []
