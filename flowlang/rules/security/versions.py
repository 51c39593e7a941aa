"""Names of actions and images behind which something else may stand tomorrow."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.model import Leaf
from flowlang.patterns import pattern
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.definitions import images
from flowlang.semantics.image_names import ImageError, image_reference
from flowlang.semantics.visit import blocks, units_by
from flowlang.text import quoted

_REMOTE = pattern(r"(?:gh|github):[^@\s]+@(?P<ref>[^@\s]+)")
# What is mostly a tag that stays: a version, a date, a commit.
_STEADY = pattern(r"(?:[A-Za-z]*[-_]?)?v?[0-9].*|[0-9a-f]{40}")


class GhMutableRef(CheckedRule):
    """
    ## What it does

    Points out actions of other repositories that are called at a branch, such as `@master`.

    ## Why

    What the branch holds at the moment is run. Whoever may push to it changes what your flow does,
    and a run of last month cannot be repeated. A tag of a version changes rarely.

    ## Bad

    With `--actions-dir actions`:

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      board:
        action: gh:acme/board@master
        args: {}
    ```

    ```yaml actions/acme/board@master/action.yml
    kind: live
    job:
      image: python:3.12
    ```

    ## Good

    With `--actions-dir actions`:

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      board:
        action: gh:acme/board@v1.2.0
        args: {}
    ```

    ```yaml actions/acme/board@v1.2.0/action.yml
    kind: live
    job:
      image: python:3.12
    ```

    ## Fix

    None: name a tag of the repository.
    """

    name = "gh-mutable-ref"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every call at what does not look like a version."""
        for block in blocks(file, "action"):
            leaf = block.leaf("action")
            if leaf is None or not isinstance(leaf.value, str):
                continue
            found = _REMOTE.fullmatch(leaf.value)
            if found is not None and _STEADY.fullmatch(found["ref"]) is None:
                message = f"{quoted(found['ref'])} seems to be a branch: what is run there changes with every push"
                yield Diagnostic(cls.row(), leaf.source, leaf.place(*found.span("ref")), message, help="name the tag of a version, such as '@v1'")


class FloatingImageTag(CheckedRule):
    """
    ## What it does

    Points out images at `:latest`, and images of the platform's registry without a tag, which means
    the same.

    ## Why

    Tomorrow it may be another image: a run cannot be repeated, and a result that is cached may be that
    of an older one. An image of a batch flow is built only if its reference is not in the registry
    yet, so that one without a changing tag is never built again.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:latest
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
    ```

    ## Fix

    None: name a version.
    """

    name = "floating-image-tag"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such image, where its reference is written."""
        defined: set[object] = set()
        for image in images(file):
            leaf, value = image.block.leaf("ref"), image.record.fields["ref"]
            if leaf is not None and _floats(value):
                defined.add(value)
                yield cls._told(leaf)
        for unit in units_by(file, "image"):
            leaf, value = unit.leaf("image"), unit.values.get("image")
            if leaf is not None and _floats(value) and (leaf.template.is_text or value not in defined):
                yield cls._told(leaf)

    @classmethod
    def _told(cls, leaf: Leaf) -> Diagnostic:
        text = leaf.value if isinstance(leaf.value, str) else ""
        at = text.rfind(":latest")
        tagged = at >= 0 and text.endswith(":latest")
        place = leaf.place(at + 1, len(text)) if tagged else leaf.span
        message = "'latest' is another image tomorrow" if tagged else "without a tag this is the image's 'latest', another one tomorrow"
        return Diagnostic(cls.row(), leaf.source, place, message, help="name a version as its tag")


def _floats(value: object) -> bool:
    """Whether a reference to an image is that of its latest version: by name, or without a tag in the platform's registry."""
    if not isinstance(value, str):
        return False
    try:
        reference = image_reference(value)
    except ImageError:
        return False
    return reference.tag == "latest" or (reference.on_platform and reference.tag is None)
