"""Places outside the project that it depends on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flowlang.diagnostics import Diagnostic, Fix
from flowlang.model import Leaf
from flowlang.model.mending import one_edit
from flowlang.patterns import pattern
from flowlang.rules.frame import CheckedRule, ProjectRule
from flowlang.semantics import Analysis, FileAnalysis
from flowlang.semantics.definitions import images
from flowlang.semantics.visit import units
from flowlang.text import quoted

# A volume or secret that is relative to a project: no '/' after the scheme.
_VOLUME = pattern(r"(storage|disk|secret):(?![/:])[^:]+:[^:]+(?::r[ow])?")
_SECRET = pattern(r"(secret):(?![/:])[^:]+")
_IMAGE = pattern(r"(image):(?![/:]).+")


class InlineUriIgnoresProject(ProjectRule):
    """
    ## What it does

    Finds relative URIs, such as `storage:data` or `secret:key`, that are written where they are used,
    in a project whose project.yml has a `project_name`.

    ## Why

    With `project_name: research` the `remote` of a volume and the `ref` of an image lie in the
    project `research`. URIs in lists of `volumes`, secrets in `env` and images inside actions do not:
    they are taken in whatever project is the current one of the person who runs the flow. For you it
    is the right one, for a colleague another.

    ## Bad

    ```yaml .neuro/project.yml
    id: demo
    project_name: research
    ```

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        env:
          API_KEY: secret:key
        volumes:
        - storage:data:/data:ro
    ```

    ## Good

    ```yaml .neuro/project.yml
    id: demo
    project_name: research
    ```

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        env:
          API_KEY: secret:/research/key
        volumes:
        - storage:/research/data:/data:ro
    ```

    ## Fix

    Unsafe: the project is written into the URI.
    """

    name = "inline-uri-ignores-project"

    @classmethod
    def check(cls, analysis: Analysis) -> Iterator[Diagnostic]:
        """Every such URI."""
        file = analysis.project.file
        leaf = file.block.leaf("project_name") if file is not None and file.block is not None else None
        if leaf is None or not isinstance(leaf.value, str) or not leaf.value:
            return
        for one in analysis.files:
            for written in one.leaves:
                text = written.value
                if isinstance(text, str) and written.key is None and (_VOLUME.fullmatch(text) or _SECRET.fullmatch(text)):
                    yield cls._told(written, text, leaf.value)
            for unit in units(one):
                image, text = unit.leaf("image"), unit.values.get("image")
                if image is not None and not unit.inherits and _is_relative_image(image, text):
                    yield cls._told(image, str(text), leaf.value)
            for definition in images(one):
                ref, text = definition.block.leaf("ref"), definition.record.fields["ref"]
                if ref is not None and definition.as_written and _is_relative_image(ref, text):
                    yield cls._told(ref, str(text), leaf.value)

    @classmethod
    def _told(cls, leaf: Leaf, text: str, project: str) -> Diagnostic:
        scheme, _, rest = text.partition(":")
        meant = f"{scheme}:/{project}/"
        at = leaf.place(len(scheme) + 1, len(scheme) + 1).start
        fixes: tuple[Fix, ...] = (one_edit(f"Write '{meant}' in front", leaf.source, at, at, f"/{project}/", safe=False),)
        span = leaf.place(0, len(text) if scheme == "image" else len(scheme) + 1 + len(rest.partition(":")[0]))
        message = f"{quoted(leaf.source.slice(span))} lies in the current project of whoever runs the flow, not in {quoted(project)}"
        more = ", or define it under 'volumes'" if scheme in ("storage", "disk") else ""
        return Diagnostic(cls.row(), leaf.source, span, message, help=f"write '{meant}…'{more}", fixes=fixes)


def _is_relative_image(leaf: Leaf, value: object) -> bool:
    """Whether a reference to an image, written as it is, is relative to a project."""
    return isinstance(value, str) and leaf.value == value and _IMAGE.fullmatch(value) is not None


class OutsideFile(CheckedRule):
    """
    ## What it does

    Points out images that are built from a `context` outside the workspace, and hashes of files
    there, which are never read here.

    ## Why

    It works on a machine where that folder is there. In a fresh clone of the project, on a
    colleague's machine or in CI, the image cannot be built, and the hash is another one.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
        context: ../shared
        dockerfile: ../shared/Dockerfile
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    images:
      train:
        ref: image:train:v1
        context: docker
        dockerfile: docker/Dockerfile
    jobs:
      train:
        image: ${{ images.train.ref }}
    ```

    ## Fix

    None: keep what the project needs inside the workspace.
    """

    name = "outside-file"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such context."""
        for image in images(file):
            context, leaf = image.record.fields["context"], image.block.leaf("context")
            if leaf is None or not isinstance(context, Path):
                continue
            workspace = image.flow.workspace
            if context.is_absolute() and any(context.is_relative_to(root) for root in (workspace.root, workspace.real_root)):
                continue
            if context.is_absolute() or context.parts[:1] == ("..",):
                message = f"the context of image {quoted(image.name)} lies outside the workspace"
                yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help="a clone of the project elsewhere does not have it")
