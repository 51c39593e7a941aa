"""References to volumes that the platform's client refuses, when the job or task is started."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, rule
from flowlang.expr import Attr, Lookup, Unknown, Uri
from flowlang.model import Leaf
from flowlang.model.mending import one_edit, replacement
from flowlang.rules.frame import CheckedRule, RulePage
from flowlang.semantics import FileAnalysis
from flowlang.semantics.definitions import Definition, images, volumes
from flowlang.semantics.merge import Piece
from flowlang.semantics.placed import PlacedItem, default_volumes, placed, unit_volumes
from flowlang.semantics.visit import units_by
from flowlang.semantics.volume_references import VOLUME_SCHEMES, VolumeError, volume_reference
from flowlang.text import Span, quoted

_REFS = ("ref", "ref_ro", "ref_rw")
# Texts of values that were no texts: whatever is wrong with them has been told.
_NO_TEXT = ("VolumeCtx(", "ImageCtx(", "None")


class BadVolumeScheme(CheckedRule):
    """
    ## What it does

    Finds volumes whose `remote` is neither on the storage nor a disk nor a secret.

    ## Why

    The engine takes any URI, `s3://bucket/data` too. Only `storage:`, `disk:` and `secret:` can be
    mounted: `apolo run` refuses a job with another one, and of a batch flow the task fails when it is
    started, after those before it have run.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: s3://bucket/data
        mount: /data
    jobs:
      train:
        image: python:3.12
        volumes:
        - ${{ volumes.data.ref_ro }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      data:
        remote: storage:bucket/data
        mount: /data
    jobs:
      train:
        image: python:3.12
        volumes:
        - ${{ volumes.data.ref_ro }}
    ```

    ## Fix

    None: copy the data to the storage, or read the bucket from within the job.
    """

    name = "bad-volume-scheme"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such volume."""
        for volume in volumes(file):
            scheme = _scheme(volume)
            leaf = volume.block.leaf("remote")
            if scheme in ("", *VOLUME_SCHEMES) or leaf is None:
                continue
            text = leaf.value if isinstance(leaf.value, str) else ""
            place = leaf.place(0, len(scheme) + 1) if text.lower().startswith(f"{scheme}:") else leaf.span
            message = f"volume {quoted(volume.name)} cannot be mounted: {quoted(scheme + ':')} is no volume of the platform"
            yield Diagnostic(cls.row(), leaf.source, place, message, help="allowed: storage:, disk:, secret:")


class SecretVolumeRef(RulePage):
    """
    ## What it does

    Finds secrets mounted with a mode: by `.ref` and its like of a volume whose `remote` is a secret,
    or as `secret:NAME:FILE:ro`.

    ## Why

    `.ref` of a volume ends with `:rw` or `:ro`. Secrets take no mode, and the client refuses the job
    or task when it is started: "Invalid secret file specification".

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      key:
        remote: secret:ssh-key
        mount: /root/.ssh/id_rsa
    jobs:
      train:
        image: python:3.12
        volumes:
        - ${{ volumes.key.ref_ro }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    volumes:
      key:
        remote: secret:ssh-key
        mount: /root/.ssh/id_rsa
    jobs:
      train:
        image: python:3.12
        volumes:
        - ${{ volumes.key.remote }}:${{ volumes.key.mount }}
    ```

    ## Fix

    Unsafe: the reference is made of `remote` and `mount`, or the mode is taken away.
    """

    name = "secret-volume-ref"


class BadVolumeRef(CheckedRule):
    """
    ## What it does

    Finds references to volumes that are none: `storage:data`, `storage:data:/data:rx`, `data:/data`.

    ## Why

    The engine passes on whatever stands in `volumes`. `apolo run` refuses the job then; in a batch
    flow the task fails when it is started, after those before it have run.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        volumes:
        - storage:data
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        volumes:
        - storage:data:/data
    ```

    ## Fix

    None: write `URI:MOUNT`, or `URI:MOUNT:ro`.
    """

    name = "bad-volume-ref"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such reference, and every volume whose references are none."""
        told: set[object] = set()
        for volume in volumes(file):
            refs = {volume.record.fields.get(name) for name in _REFS}
            found = list(cls._volume(volume))
            if found or _scheme(volume) not in VOLUME_SCHEMES:
                told |= refs
            yield from found
        for item in _mounted(file):
            if not isinstance(item.value, str) or item.value in told or item.value.startswith(_NO_TEXT):
                continue
            try:
                volume_reference(item.value)
            except VolumeError as error:
                fixes = _without_mode(item.leaf) if error.rule == "secret-volume-ref" else ()
                yield Diagnostic(rule(error.rule), item.leaf.source, _place(item.leaf, error.part), error.message, help=error.help, fixes=fixes)

    @classmethod
    def _volume(cls, volume: Definition) -> Iterator[Diagnostic]:
        """A colon in `mount` or `remote` makes a part too many of every reference."""
        reference = volume.record.fields.get("ref_ro")
        scheme = _scheme(volume)
        if not isinstance(reference, str) or scheme not in VOLUME_SCHEMES:
            return
        text = reference.removesuffix(":ro") if scheme == "secret" else reference
        try:
            volume_reference(text)
        except VolumeError as error:
            key = "mount" if ":" in str(volume.record.fields["mount"]) else "remote"
            leaf = volume.block.leaf(key)
            if leaf is not None:
                message = f"volume {quoted(volume.name)} cannot be mounted: {error.message}"
                yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help=error.help)


def _place(leaf: Leaf, part: str | None) -> Span:
    """Where a part of a reference stands: its scheme, or its mode at the end; the whole where that is not known."""
    text = leaf.value
    if part is None or not isinstance(text, str) or not leaf.template.is_text:
        return leaf.span
    at = 0 if part.endswith(":") else len(text) - len(part)
    return leaf.place(at, at + len(part)) if text[at : at + len(part)] == part else leaf.span


def _scheme(volume: Definition) -> str:
    """The scheme of a volume's remote; '' where it is not known."""
    remote = volume.record.fields.get("remote")
    return remote.scheme if isinstance(remote, Uri) and not isinstance(remote, Unknown) else ""


def _mounted(file: FileAnalysis) -> Iterator[PlacedItem]:
    """All references in a flow's defaults, in what runs, and in what is built."""
    flow = file.live or file.batch
    if flow is None:
        return
    yield from default_volumes(flow)
    for unit in units_by(file, "volumes"):
        yield from unit_volumes(unit)
    for image in images(file):
        values = image.record.fields.get("volumes")
        if isinstance(values, list) and "volumes" in image.block.fields:
            yield from placed([Piece(image.block.fields["volumes"], image.block)], values)


def _without_mode(leaf: Leaf) -> tuple[Fix, ...]:
    """The fix that mounts a secret without a mode."""
    text = leaf.value if isinstance(leaf.value, str) else ""
    if leaf.template.is_text:
        return replacement(leaf.source, leaf.node, text.rpartition(":")[0], safe=False)
    whole = leaf.template.whole
    tree = whole.tree if whole is not None else None
    if whole is None or not isinstance(tree, Lookup) or tree.name != "volumes" or len(tree.trailers) != 2 or not isinstance(tree.trailers[0], Attr):
        return ()
    opener, closer = text[:3], text[-2:]
    meant = ":".join(f"{opener} volumes.{tree.trailers[0].name}.{field} {closer}" for field in ("remote", "mount"))
    span: Span = leaf.place(whole.start, whole.end)
    return (one_edit(f"Write {meant}", leaf.source, span.start, span.end, meant, safe=False),)
