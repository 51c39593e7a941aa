"""Volumes: from their blocks to what expressions see of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from flowlang.expr import POISON, Record, Unknown
from flowlang.model import Block
from flowlang.semantics.convert import ConversionError
from flowlang.semantics.leaves import conversion_diagnostic
from flowlang.semantics.unknowns import concatenate
from flowlang.semantics.uris import normalise_remote

if TYPE_CHECKING:
    from flowlang.semantics.flow import Flow


def full_path(flow: Flow, path: object) -> object:
    """A local path joined to the workspace and resolved; an absolute one as written (engine 26.7).

    In an output that is to be committed it is relative to the workspace.
    """
    if path is None or isinstance(path, Unknown):
        return path
    assert isinstance(path, Path)
    if path.is_absolute():
        return path
    return flow.local_path(os.path.join(flow.workspace.real_root, path))


def elaborate_volume(name: str, block: Block, flow: Flow) -> object:
    """The record of one volume, as ``volumes.NAME`` gives it."""
    attributes = flow.attributes
    remote = attributes.value(block.fields.get("remote"))
    try:
        remote = normalise_remote(remote, flow.uri_base)
    except ConversionError as error:
        leaf = block.leaf("remote")
        assert leaf is not None
        attributes.sink.append(conversion_diagnostic(leaf, error))
        remote = POISON
    mount = attributes.value(block.fields.get("mount"))
    read_only = attributes.value(block.fields.get("read_only"))
    local = attributes.value(block.fields.get("local"))
    if not isinstance(read_only, Unknown):
        read_only = bool(read_only)
    # a mandatory attribute that is missing is reported by the structure check
    remote, mount = (POISON if value is None else value for value in (remote, mount))
    modes = {True: "ro", False: "rw"}
    mode = modes[read_only] if isinstance(read_only, bool) else POISON
    place = concatenate([remote, ":", mount])
    return Record(
        "volume",
        {
            "id": name,
            "remote": remote,
            "mount": mount,
            "read_only": read_only,
            "local": local,
            "full_local_path": full_path(flow, local),
            "ref_ro": concatenate([place, ":ro"]),
            "ref_rw": concatenate([place, ":rw"]),
            "ref": concatenate([place, ":", mode]),
        },
    )
