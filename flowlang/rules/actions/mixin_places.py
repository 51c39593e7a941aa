"""Mixins where nothing comes of them."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Label
from flowlang.model import ACTION, ListItem
from flowlang.rules.frame import CheckedRule, ProjectRule
from flowlang.semantics import Analysis, FileAnalysis
from flowlang.text import quoted


class MixinsIgnoredInAction(CheckedRule):
    """
    ## What it does

    Finds `mixins` in the job of a live action or module.

    ## Why

    The engine builds the job without them and does not even look whether there are any of that name.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu:
        preset: gpu-small
    jobs:
      train:
        module: ws:train
        args: {}
    ```

    ```yaml train.yml
    kind: live
    job:
      image: ubuntu
      mixins: [gpu]
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        module: ws:train
        args: {}
    ```

    ```yaml train.yml
    kind: live
    job:
      image: ubuntu
      preset: gpu-small
    ```

    ## Fix

    None: write the attributes into the job.
    """

    name = "mixins-ignored-in-action"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """The `mixins` of an action's job."""
        block = file.config.block
        job = block.block("job") if block is not None and file.config.kind == ACTION else None
        item = job.fields.get("mixins") if job is not None else None
        if job is not None and isinstance(item, ListItem) and item.items:
            message = "mixins in the job of an action or module are ignored"
            yield Diagnostic(cls.row(), job.source, job.key_span("mixins"), message, help="write their attributes into the job")


class MixinShadowsProject(ProjectRule):
    """
    ## What it does

    Points out a mixin of a flow that has the name of one in project.yml.

    ## Why

    The flow's own takes its place as a whole; the two are not merged. That may be meant, or the one in
    project.yml was forgotten.

    ## Bad

    ```yaml .neuro/project.yml
    id: demo
    mixins:
      gpu:
        preset: gpu-small
    ```

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu:
        life_span: 1d
    jobs:
      train:
        mixins: [gpu]
        image: ubuntu
    ```

    ## Good

    ```yaml .neuro/project.yml
    id: demo
    mixins:
      gpu:
        preset: gpu-small
    ```

    ```yaml .neuro/live.yml
    kind: live
    mixins:
      gpu_for_a_day:
        mixins: [gpu]
        life_span: 1d
    jobs:
      train:
        mixins: [gpu_for_a_day]
        image: ubuntu
    ```

    ## Fix

    None: give one of them another name, if both are needed.
    """

    name = "mixin-shadows-project"

    @classmethod
    def check(cls, analysis: Analysis) -> Iterator[Diagnostic]:
        """Every such mixin."""
        file = analysis.project.file
        project = file.block.map("mixins") if file is not None and file.block is not None else None
        for flow in analysis.flows() if project is not None else ():
            section = flow.block.map("mixins")
            for name in section.entries if section is not None else ():
                if section is not None and project is not None and name in project.entries:
                    message = f"this takes the place of the mixin {quoted(str(name))} in project.yml as a whole"
                    help = f"to add to that one, give this another name and include it there: 'mixins: [{name}]'"
                    related = (Label(project.source, project.key_span(name), "not used in this flow"),)
                    yield Diagnostic(cls.row(), section.source, section.key_span(name), message, help=help, related=related)
