"""Images: from their blocks to what expressions see of them."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic, Fix, rule
from flowlang.expr import POISON, Record, Unknown, Uri
from flowlang.model import Block, Leaf
from flowlang.model.mending import added_after, replacement
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.convert import ConversionError
from flowlang.semantics.leaves import conversion_diagnostic
from flowlang.semantics.merge import Piece
from flowlang.semantics.uris import UriBase, normalise_image
from flowlang.semantics.volumes import full_path
from flowlang.text import closest, quoted
from flowlang.yamltree import Mapping, Scalar
from flowlang.yamltree.writing import whole_scalar

if TYPE_CHECKING:
    from flowlang.project import Workspace
    from flowlang.semantics.flow import Flow


def elaborate_image(name: str, block: Block, attributes: Attributes, flow: Flow, base: UriBase | None) -> object:
    """The record of one image, as ``images.NAME`` gives it; `base` is None where references stay as written."""
    ref = attributes.value(block.fields.get("ref"))
    try:
        ref = normalise_image(ref, base) if base is not None else ref
    except ConversionError as error:
        leaf = block.leaf("ref")
        assert leaf is not None
        attributes.sink.append(conversion_diagnostic(leaf, error))
        ref = POISON
    context = _place(block.leaf("context"), attributes, flow)
    dockerfile = _place(block.leaf("dockerfile"), attributes, flow)

    def pieces(key: str) -> tuple[Piece, ...]:
        return (Piece(block.fields[key], block),) if key in block.fields else ()

    force = attributes.value(block.fields.get("force_rebuild"))
    return Record(
        "image",
        {
            "id": name,
            "ref": ref if ref is not None else POISON,
            "context": context,
            "dockerfile": dockerfile,
            "dockerfile_rel": _relative(name, block, context, dockerfile, attributes.sink, flow.workspace),
            "build_args": attributes.list_of("build_args", pieces("build_args")),
            "env": attributes.mapping(pieces("env")),
            "volumes": attributes.list_of("volumes", pieces("volumes"), drop_empty=True),
            "build_preset": attributes.value(block.fields.get("build_preset")),
            "force_rebuild": force if isinstance(force, Unknown) else bool(force),
            "extra_kaniko_args": attributes.value(block.fields.get("extra_kaniko_args")),
        },
    )


def _place(leaf: Leaf | None, attributes: Attributes, flow: Flow) -> object:
    """A context or dockerfile: a URI when it starts with ``storage``, else a path below the workspace (engine 26.7)."""
    text = attributes.value(leaf, "str")
    if text is None or isinstance(text, Unknown) or leaf is None:
        return text
    assert isinstance(text, str)
    if not text.startswith("storage"):
        return full_path(flow, Path(text))
    try:
        return Uri(flow.uri_base.current_absolute(text))
    except ConversionError as error:
        attributes.sink.append(conversion_diagnostic(leaf, error if ":" in text else _looks_remote(text)))
        return POISON


def _looks_remote(text: str) -> ConversionError:
    message = f"{quoted(text)} starts with 'storage' and is taken for a URI"
    return ConversionError("local-path-looks-remote", message, f"write './{text}' for the local path", f"./{text}")


def _relative(name: str, block: Block, context: object, dockerfile: object, sink: list[Diagnostic], workspace: Workspace) -> object:
    """The dockerfile's path within the context; both must be given, of one sort, the one inside the other."""
    if context is None and dockerfile is None:
        return None
    if isinstance(context, Unknown) or isinstance(dockerfile, Unknown):
        # nobody asks for it but specs, and there is no expression that gives it
        return POISON
    if context is None or dockerfile is None:
        given, missing = ("dockerfile", "context") if context is None else ("context", "dockerfile")
        if not _is_misspelt(block, missing):
            sink.append(_other_missing(name, block, given))
        return POISON
    if isinstance(context, Uri) and isinstance(dockerfile, Uri):
        outer: PurePosixPath | Path = PurePosixPath(context.path)
        inner: PurePosixPath | Path = PurePosixPath(dockerfile.path)
    elif isinstance(context, Path) and isinstance(dockerfile, Path):
        outer, inner = context, dockerfile
    else:
        local, remote = ("dockerfile", "context") if isinstance(context, Uri) else ("context", "dockerfile")
        message = f"the {remote} of image {quoted(name)} is on the storage, its {local} is local"
        sink.append(_at(block, "dockerfile", "mixed-image-context", message, "put both in one place"))
        return POISON
    try:
        return inner.relative_to(outer)
    except ValueError:
        sink.append(_outside(name, block, workspace))
        return POISON


def _written(block: Block, key: str) -> str | None:
    """A path as it is written, without the last ``/``; None where it is computed."""
    leaf = block.leaf(key)
    if leaf is None or leaf.may_hold_expressions or not isinstance(leaf.value, str):
        return None
    return leaf.value.rstrip("/") or leaf.value


def _is_misspelt(block: Block, missing: str) -> bool:
    """Whether one of the block's unknown keys, told as such, is probably meant to be the one that is missing."""
    keys = (pair.key for pair in block.node.pairs) if isinstance(block.node, Mapping) else ()
    return any(isinstance(key, Scalar) and key.value not in block.keys and closest(key.value, (missing,)) is not None for key in keys)


def _other_missing(name: str, block: Block, given: str) -> Diagnostic:
    """A context without a dockerfile, or the other way round: the one gives the other by custom."""
    missing = "context" if given == "dockerfile" else "dockerfile"
    text, value = _written(block, given), None
    if text is not None:
        folder, slash, _ = text.rpartition("/")
        value = (folder if slash else "." if ":" not in text else None) if given == "dockerfile" else "Dockerfile" if text == "." else f"{text}/Dockerfile"
    written = whole_scalar("", value) if value else None
    fixes = added_after(block.source, block.node, block.keys[given], missing, written) if written is not None else ()
    message = f"image {quoted(name)} has a {given} but no {missing}"
    help = f"add '{missing}: {value or '…'}'" + ("" if value is not None and ":" in value else "; both are relative to the workspace")
    return _at(block, given, "image-missing-dockerfile", message, help, fixes)


def _outside(name: str, block: Block, workspace: Workspace) -> Diagnostic:
    """A dockerfile that lies outside its context; mostly the one of that name inside it is meant."""
    context, dockerfile = _written(block, "context"), _written(block, "dockerfile")
    meant = f"{context}/{dockerfile}" if context and dockerfile and not dockerfile.startswith(("/", ".", "storage")) else None
    message = f"the dockerfile of image {quoted(name)} does not lie in its context"
    help = f"both paths are relative to the workspace: write 'dockerfile: {meant or 'CONTEXT/Dockerfile'}'"
    leaf = block.fields["dockerfile"]
    there = meant is not None and workspace.disk.is_file(os.path.join(workspace.root, meant))
    fixes = replacement(block.source, leaf.node, meant, safe=True) if meant is not None and there else ()
    return _at(block, "dockerfile", "dockerfile-outside-context", message, help, fixes)


def _at(block: Block, key: str, name: str, message: str, help: str, fixes: tuple[Fix, ...] = ()) -> Diagnostic:
    item = block.fields[key]
    return Diagnostic(rule(name), block.source, item.span, message, help=help, fixes=fixes).put_at(item.use, there=True)
