"""Links to what a file refers to: files of the workspace, and repositories."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from flowlang.expr import Record
from flowlang.light import NamedTuple
from flowlang.lsp.features.index import Index
from flowlang.model import ACTION, Block, ConfigFile, Leaf
from flowlang.semantics.owners import ActionRun
from flowlang.semantics.symbols.definitions import content
from flowlang.text import Span

_FILES = {"images": ("dockerfile", "context"), "volumes": ("local",)}
"""Attributes of a section's blocks that name something on the disk."""
_VALUES = {"local": "full_local_path"}
"""What the records of contexts call them."""


class Link(NamedTuple):
    """A range and where it leads: the absolute `path` of a file or folder, or a `url`."""

    span: Span
    path: str | None
    url: str | None
    tooltip: str


def links(index: Index, path: str) -> list[Link]:
    """All links of a file; only to files and folders of the workspace that are there."""
    config = index.config(path)
    if config is None or config.block is None:
        return []
    found = [*_references(index, config), *_paths(index, config, config.block)]
    return sorted(found, key=lambda link: link.span)


def _references(index: Index, config: ConfigFile) -> Iterator[Link]:
    assert config.block is not None
    for leaf in config.block.leaves():
        if leaf.notes.names not in ("action", "module") or not isinstance(leaf.value, str):
            continue
        span = content(leaf.source, leaf.node)
        scheme, _, spec = leaf.value.partition(":")
        if scheme in ("ws", "workspace"):
            action = index.action(leaf.value)
            if action is not None:
                yield Link(span, action.path, None, index.workspace.relative(action.path))
        elif scheme in ("gh", "github"):
            url = repository(spec)
            if url is not None:
                yield Link(span, None, url, url)


def repository(spec: str) -> str | None:
    """The page of ``OWNER/REPO@TAG``; None for what is no such reference."""
    name, at, version = spec.partition("@")
    parts = name.split("/")
    if not at or not version or len(parts) != 2 or any(part in ("", ".", "..") for part in parts):
        return None
    return f"https://github.com/{quote(parts[0])}/{quote(parts[1])}/tree/{quote(version)}"


def _paths(index: Index, config: ConfigFile, block: Block) -> Iterator[Link]:
    """Dockerfiles, folders to build from and local folders of volumes, as expressions in them come out."""
    for section, keys in _FILES.items():
        item = block.map(section)
        records = _records(index, config, section) if item is not None else {}
        for name, inner in item.entries.items() if item is not None else ():
            record = records.get(str(name))
            if not isinstance(inner, Block) or not isinstance(record, Record):
                continue
            for key in keys:
                leaf, value = inner.leaf(key), record.fields.get(_VALUES.get(key, key))
                if leaf is not None and isinstance(value, Path):
                    yield from _to_disk(index, leaf, value)


def _records(index: Index, config: ConfigFile, section: str) -> Mapping[str, object]:
    """What the images or volumes of a file come to: in a flow, of the project in any flow, of an action in its first call."""
    flow = index.flows.get(config.source.path)
    if flow is None and config.kind == ACTION:
        run = next((owner for owner in index.owners_in(config.source.path) if isinstance(owner, ActionRun)), None)
        return run.images if run is not None and section == "images" else {}
    flow = flow or next(iter(index.flows.values()), None)
    return (flow.images if section == "images" else flow.volumes) if flow is not None else {}


def _to_disk(index: Index, leaf: Leaf, value: Path) -> Iterator[Link]:
    target = os.path.normpath(os.path.join(index.workspace.root, value))
    shown = index.workspace.relative(target)
    if not shown.startswith("../") and os.path.exists(target):
        yield Link(content(leaf.source, leaf.node), target, None, shown)
