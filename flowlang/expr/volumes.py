"""Volumes as values, with the references that are made of their parts."""

from __future__ import annotations

from flowlang.expr import types
from flowlang.expr.nodes import Concat, Literal, Node, Ternary
from flowlang.expr.records import Record
from flowlang.expr.values import POISON, Unknown


def volume(id: object, remote: object, mount: object, read_only: object = False, local: object = None, full_local_path: object = None) -> Record:
    """A volume with its references, which are unknown where a part of them is."""
    fields: dict[str, object] = {"id": id, "remote": remote, "mount": mount, "read_only": read_only, "local": local, "full_local_path": full_local_path}
    for name, mode in (("ref", read_only), ("ref_ro", True), ("ref_rw", False)):
        tail = mode if isinstance(mode, Unknown) else "ro" if mode else "rw"
        fields[name] = join_texts([remote, ":", mount, ":", tail if tail is not mode else _mode(mode)])
    return Record("volume", fields)


def _mode(read_only: object) -> Unknown:
    """The last part of a reference to a volume of which nobody knows yet whether it is read-only."""
    assert isinstance(read_only, Unknown)
    if read_only is POISON or read_only.residual is None:
        return read_only if read_only is POISON else Unknown(types.STR, None, read_only.waits)
    node = read_only.residual
    place = (node.start, node.end)
    return Unknown(types.STR, Ternary(*place, Literal(*place, "ro"), node, Literal(*place, "rw")), read_only.waits)


def join_texts(parts: list[object]) -> str | Unknown:
    """The texts of values joined: known if all are, else unknown with a residual if every unknown has one."""
    if any(part is POISON for part in parts):
        return POISON
    found = [part for part in parts if isinstance(part, Unknown)]
    if not found:
        return "".join(map(str, parts))
    waits = frozenset[str]().union(*(part.waits for part in found))
    if any(part.residual is None for part in found):
        return Unknown(types.STR, None, waits)
    nodes: list[Node] = []
    for part in parts:
        if isinstance(part, Unknown):
            assert part.residual is not None
            nodes.append(part.residual)
        elif nodes and isinstance(last := nodes[-1], Literal) and isinstance(last.value, str):
            nodes[-1] = Literal(0, 0, f"{last.value}{part}")
        elif str(part):
            nodes.append(Literal(0, 0, str(part)))
    return Unknown(types.STR, Concat(0, 0, tuple(nodes)), waits)
