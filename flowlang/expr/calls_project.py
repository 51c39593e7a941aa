"""Functions that look at the project: its files, volumes and jobs (engine 26.7: expr)."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from flowlang.expr import lookup, texts, types
from flowlang.expr.nodes import Attr, Call
from flowlang.expr.problems import Problem
from flowlang.expr.records import Record
from flowlang.expr.residuals import unknown_call, waits_of
from flowlang.expr.uri import Uri, UriError, absolute_uri
from flowlang.expr.values import POISON, Unknown, type_of
from flowlang.expr.volumes import volume
from flowlang.text import quoted

if TYPE_CHECKING:
    from flowlang.expr.evaluator import Evaluator

Args = list[Any]


def hash_files(ev: Evaluator, node: Call, args: Args) -> object:
    """The digest of files of the workspace."""
    scope = ev.scope
    flow = ev.bound.get("flow", scope.contexts.get("flow"))
    if flow is None:
        return ev.fail("context-not-available", node, "'hash_files()' cannot be used here: it needs the context 'flow'")
    found = lookup.attribute(flow, Attr(node.start, node.end, "workspace"), "flow")
    if found.problem is not None:
        ev.tell(found.problem)
    return _digest(ev, node, found.value, args, args)


def hash_files_relative(ev: Evaluator, node: Call, args: Args) -> object:
    """The digest of files below a path."""
    # The engine looks at the path only once there is a pattern.
    if len(args) > 1 and not type_of(args[0]).may_be(types.PATH):
        return ev.fail(
            "type-mismatch", node.args[0], f"'hash_files_relative()' takes a path as 'root', not {type_of(args[0]).words}", "for instance 'flow.workspace'"
        )
    root = args[0] if len(args) > 1 else ev.scope.workspace
    return _digest(ev, node, root, args[1:], args)


def _digest(ev: Evaluator, node: Call, root: object, patterns: Args, args: Args) -> object:
    """The digest of files below `root`; where they are too large to be read it is what is known of the call."""
    from flowlang.expr.hashing import HashError, Outside, TooManyFiles, hash_files

    if root is POISON:
        return POISON
    scope = ev.scope
    parts = node.args[len(args) - len(patterns) :]
    inside = [value for value in (root, *patterns) if isinstance(value, Unknown)]
    if inside:
        return Unknown(types.STR, node, waits_of(inside))
    folder = _real(ev, root)
    if scope.workspace is None or (folder is None and isinstance(root, Path) and not _leaves(root)):
        return Unknown(types.STR, node)
    try:
        if folder is None:
            raise Outside
        digest, empty = hash_files(folder, patterns, workspace=scope.workspace, disk=scope.disk, budget=scope.budget)
    except TooManyFiles:
        return ev.limit(node.start, node.end, "there are too many files to look at: their hash is not computed")
    except Outside:
        at = node.args[0] if node.args else node
        message = "these files lie outside the workspace and are not read: their hash is not known"
        ev.tell(Problem("outside-file", at.start, at.end, message, "a clone of the project elsewhere does not have them"))
        return Unknown(types.STR, node)
    except HashError as error:
        where = next((part for part, pattern in zip(parts, patterns, strict=True) if pattern == error.pattern), node)
        return ev.fail("evaluation-error", where, str(error))
    except (OSError, RuntimeError, ValueError) as error:
        return ev.fail("evaluation-error", node, f"the files cannot be read: {texts.python_words(error)}")
    for pattern, part in zip(patterns, parts, strict=True):
        if pattern in empty:
            message = f"no file matches {quoted(pattern)}: the hash is that of nothing"
            ev.tell(Problem("hash-files-no-match", part.start, part.end, message, "patterns are relative to the workspace"))
    if digest is None:
        return unknown_call(node, args, [])
    if not patterns:
        ev.tell(Problem("hash-files-no-match", node.start, node.end, "no pattern is given: the hash is that of nothing"))
    return digest


def hashed_files(ev: Evaluator, node: Call) -> list[Path] | None:
    """The files and folders that a call of `hash_files` or `hash_files_relative` reads, in its order; None where that is not known."""
    from flowlang.expr.budget import Budget
    from flowlang.expr.hashing import HashError, Outside, TooManyFiles, matching

    args = [ev.value(arg) for arg in node.args]
    root = args.pop(0) if node.function == "hash_files_relative" and args else ev.scope.workspace
    folder = root if root is ev.scope.workspace else _real(ev, root)
    if not isinstance(folder, Path) or ev.scope.workspace is None or not all(isinstance(pattern, str) for pattern in args):
        return None
    try:
        return [path.relative_to(folder) for path in matching(folder, args, ev.scope.workspace, ev.scope.disk, Budget())]
    except (HashError, Outside, TooManyFiles, OSError, RuntimeError, ValueError):
        return None


def _real(ev: Evaluator, root: object) -> Path | None:
    """The folder on disk for a path value; None when it is not below the workspace."""
    workspace = ev.scope.workspace
    if not isinstance(root, Path) or workspace is None:
        return None
    flow = ev.scope.contexts.get("flow")
    said = flow.fields.get("workspace") if isinstance(flow, Record) else None
    if isinstance(said, Path) and root.is_relative_to(said):
        root = workspace / root.relative_to(said)
    return root if ".." not in root.parts and root.is_relative_to(workspace) else None


def _leaves(root: Path) -> bool:
    """Whether a path that is not below the workspace leads out of it; other relative ones depend on where the engine is started."""
    return root.is_absolute() or ".." in root.parts


def parse_volume(ev: Evaluator, node: Call, args: Args) -> object:
    """The volume that a reference describes, made absolute against the user's current project."""
    text = args[0]
    scope = ev.scope
    parts = text.split(":")
    read_only = False
    if not scope.platform:
        return ev.fail("evaluation-error", node, "'parse_volume()' cannot be used here")
    if len(parts) == 4:
        if parts[3] not in ("ro", "rw"):
            return ev.fail("evaluation-error", node.args[0], f"{quoted(parts[3])} is not a mode: 'ro' or 'rw' can end a volume reference")
        read_only = parts.pop() == "ro"
    elif len(parts) != 3:
        return ev.fail(
            "evaluation-error", node.args[0], f"{quoted(text)} is not a volume reference", "write 'storage:PATH:MOUNT', with ':ro' or ':rw' after it"
        )
    mount = PurePosixPath(parts.pop())
    reference = ":".join(parts)
    place = (scope.project, scope.cluster, scope.org)
    known = all(isinstance(name, str) for name in place[:2]) and not isinstance(scope.org, Unknown)
    project, cluster, org = [name if isinstance(name, str) else None for name in place]
    try:
        remote = Uri(absolute_uri(reference, project=project or "project", cluster=cluster or "cluster", org=org, schemes=("storage",)))
    except UriError as error:
        return ev.fail("evaluation-error", node.args[0], str(error))
    waits = frozenset[str]().union(*(name.waits for name in place if isinstance(name, Unknown)))
    return volume("<volume>", remote if known else Unknown(types.URI, None, waits), mount, read_only)


def upload(ev: Evaluator, node: Call, args: Args) -> object:
    """The volume itself; that it is uploaded is noted."""
    value = args[0]
    if isinstance(value, Unknown):
        return Unknown(value.type, unknown_call(node, args, [value]).residual, value.waits)
    if not isinstance(value, Record) or value.type_name != "volume":
        return ev.fail("type-mismatch", node.args[0], f"'upload()' takes a volume, not {value.noun if isinstance(value, Record) else type_of(value).words}")
    if value.fields.get("local") is None:
        message = f"volume {quoted(str(value.fields.get('id')))} has no 'local' folder: a file named 'None' would be uploaded"
        ev.tell(Problem("upload-without-local", node.at, node.close, message, "give the volume 'local: FOLDER'"))
    ev.uploads.append(str(value.fields.get("id")))
    return value


def inspect_job(ev: Evaluator, node: Call, args: Args) -> object:
    """What a running job is like: known only once the flow runs."""
    if not ev.scope.live_job or ev.bound:
        why = "not inside a list comprehension" if ev.scope.live_job else "only in jobs of live flows"
        return ev.fail("context-not-available", node, f"'inspect_job()' cannot be used here: {why}")
    name = args[0] if isinstance(args[0], str) else "…"
    inside = [arg for arg in args if isinstance(arg, Unknown)]
    residual = unknown_call(node, args, inside).residual
    waits = frozenset({f"inspect_job({name})"}).union(*(part.waits for part in inside))
    return Unknown(types.RECORD, residual, waits)
