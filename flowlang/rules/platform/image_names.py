"""References to images that the platform's client refuses, or takes for something else."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Fix, SourceEdit
from flowlang.expr import POISON, Attr, Call, Lookup, Node, TextPart, children
from flowlang.model import Leaf
from flowlang.model.mending import one_edit
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.definitions import Definition, images
from flowlang.semantics.image_names import PLATFORM, ImageError, image_reference
from flowlang.semantics.visit import units_by
from flowlang.text import Edit, quoted
from flowlang.yamltree import Scalar
from flowlang.yamltree.writing import written_in

# Registries that are certainly not the platform's.
_ELSEWHERE = frozenset(
    {"docker.io", "index.docker.io", "gcr.io", "ghcr.io", "mcr.microsoft.com", "nvcr.io", "public.ecr.aws", "quay.io", "registry.gitlab.com"}
)
# Texts of values that were no texts: whatever is wrong with them has been told.
_NO_TEXT = ("ImageCtx(", "EarlyImageCtx(", "VolumeCtx(", "None")
# Scopes in which git facts can be read where an image is defined; elsewhere that is refused.
_WITH_GIT = frozenset({"live-eager", "project-eager"})


class BuiltImageNeedsImageScheme(CheckedRule):
    """
    ## What it does

    Finds images of batch flows and their actions that have a `context` to be built from and a `ref`
    that does not begin with `image:`.

    ## Why

    The executor builds images of the platform's registry alone. Any other `ref` is taken for an image
    that is there already: nothing is built, and the task waits for an image that nobody made.

    ## Bad

    ```yaml .neuro/train.yml
    kind: batch
    images:
      train:
        ref: train:v1
        context: docker
        dockerfile: docker/Dockerfile
    tasks:
    - id: train
      image: ${{ images.train.ref }}
    ```

    ## Good

    ```yaml .neuro/train.yml
    kind: batch
    images:
      train:
        ref: image:train:v1
        context: docker
        dockerfile: docker/Dockerfile
    tasks:
    - id: train
      image: ${{ images.train.ref }}
    ```

    ## Fix

    Safe, for a plain name: `image:` is put in front. Else none.
    """

    name = "built-image-needs-image-scheme"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such image."""
        if file.batch is None:
            return
        for image in images(file):
            leaf = image.block.leaf("ref")
            if leaf is None or image.record.fields["context"] in (None, POISON) or not _is_elsewhere(image, leaf):
                continue
            message = f"image {quoted(image.name)} is never built: batch flows build images of the platform's registry alone"
            fixes: tuple[Fix, ...] = ()
            if isinstance(leaf.value, str) and "/" not in leaf.value:
                at = leaf.place(0, 0).start
                fixes = (one_edit("Write 'image:' in front", leaf.source, at, at, PLATFORM),)
            yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help="their references begin with 'image:'", fixes=fixes)


def _is_elsewhere(image: Definition, leaf: Leaf) -> bool:
    """Whether an image certainly does not lie in the platform's registry; its host may be that of the platform's."""
    reference = image.record.fields["ref"]
    if not isinstance(reference, str):
        # known in part: what it begins with
        first = leaf.template.parts[0] if leaf.template.parts else None
        reference = first.text if isinstance(first, TextPart) and reference is not POISON else ""
        if not reference or PLATFORM.startswith(reference):
            return False
    if reference.startswith((PLATFORM, *_NO_TEXT)):
        return False
    host, slash, _ = reference.partition("/")
    return not slash or host in _ELSEWHERE or not ("." in host or ":" in host)


class BadImageRef(CheckedRule):
    """
    ## What it does

    Finds references to images that are none: names with capital letters, two tags, a digest.

    ## Why

    The engine passes on whatever stands in `image`. `apolo run` refuses the job then; in a batch flow
    the task fails when it is started, after those before it have run.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: image:Train:v1
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: image:train:v1
    ```

    ## Fix

    None: write `NAME:TAG`, or `image:NAME:TAG` for the platform's registry.
    """

    name = "bad-image-ref"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such reference, where it is written."""
        told: set[object] = set()
        for image in images(file):
            leaf, value = image.block.leaf("ref"), image.record.fields["ref"]
            if leaf is not None:
                for found in cls._problem(leaf, value):
                    told.add(value)
                    yield found
        for unit in units_by(file, "image"):
            leaf, value = unit.leaf("image"), unit.values.get("image")
            if leaf is not None and (leaf.template.is_text or value not in told):
                yield from cls._problem(leaf, value)

    @classmethod
    def _problem(cls, leaf: Leaf, value: object) -> Iterator[Diagnostic]:
        if not isinstance(value, str) or value.startswith(_NO_TEXT):
            return
        if not isinstance(leaf.node, Scalar) or (isinstance(leaf.value, str) and leaf.value != leaf.value.strip()):
            # a collection in its place, or blanks that are written there, are told as such
            return
        try:
            image_reference(value)
        except ImageError as error:
            at = leaf.value.find(error.part) if error.part is not None and isinstance(leaf.value, str) else -1
            place = leaf.place(at, at + len(error.part or "")) if at >= 0 else leaf.span
            yield Diagnostic(cls.row(), leaf.source, place, error.message, help=error.help)


class BranchInImageTag(CheckedRule):
    """
    ## What it does

    Finds `git.branch` in the tag of an image.

    ## Why

    Branches are often called `feature/x`, and a tag has no `/`. `image:train:feature/x` is read as an
    image *named* `train:feature/x` without a tag; another name is refused when the job is started. On
    `main` all is well.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:${{ git.branch }}
        context: docker
        dockerfile: docker/Dockerfile
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:${{ replace(git.branch, '/', '-') }}
        context: docker
        dockerfile: docker/Dockerfile
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Fix

    Unsafe: the slashes are replaced by dashes.
    """

    name = "branch-in-image-tag"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such tag."""
        for leaf in file.expressive:
            if not isinstance(leaf.value, str) or "git.branch" not in leaf.value or not isinstance(leaf.key, Scalar):
                continue
            key = leaf.key.value
            if key == "image" or (key == "ref" and leaf.scope in _WITH_GIT):
                yield from cls._in_tag(leaf)

    @classmethod
    def _in_tag(cls, leaf: Leaf) -> Iterator[Diagnostic]:
        before = ""
        for part in leaf.template.parts:
            if isinstance(part, TextPart):
                before += part.text
            elif ":" in before.removeprefix(PLATFORM):
                for node in _raw_branches(part.tree):
                    assert isinstance(leaf.node, Scalar)
                    span = leaf.place(node.start, node.end)
                    meant = written_in(leaf.node.style, "replace(git.branch, '/', '-')")
                    fix = Fix("Replace the slashes by dashes", False, (SourceEdit(leaf.source, Edit(span, meant)),))
                    message = "a branch such as 'feature/x' makes no tag: tags have no '/'"
                    yield Diagnostic(cls.row(), leaf.source, span, message, help="write replace(git.branch, '/', '-')", fixes=(fix,))


def _raw_branches(node: Node) -> Iterator[Lookup]:
    """The lookups of ``git.branch`` whose text is not changed by a function."""
    if isinstance(node, Call) and node.function == "replace":
        return
    if isinstance(node, Lookup) and node.name == "git" and len(node.trailers) == 1 and isinstance(node.trailers[0], Attr) and node.trailers[0].name == "branch":
        yield node
    for child in children(node):
        yield from _raw_branches(child)
