"""Tags of jobs: what they are found by."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Label
from flowlang.model import identifier_problem
from flowlang.patterns import pattern
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.flow import tag_of
from flowlang.semantics.job_names import has_bad_id, is_nameless
from flowlang.semantics.jobs import LiveJob
from flowlang.semantics.visit import jobs
from flowlang.text import quoted

# Engine 26.7: the pattern of tags that it has beside its tables.
_TAG = pattern(r"[a-z](?:[-.:/]?[a-z0-9]){0,255}")


class JobTagCollision(CheckedRule):
    """
    ## What it does

    Finds jobs whose ids differ in nothing but capital letters.

    ## Why

    The engine finds the running instance of a job by the tag `job:ID`, the id in small letters and
    with dashes in place of `_`. Two jobs of one tag are one to it: `status`, `logs` and `kill` act on
    whichever is found first, and `run` attaches to the other job instead of starting this one.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        name: train-all
        image: python:3.12
      Train:
        name: train-one
        image: python:3.12
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        name: train-all
        image: python:3.12
      train_one:
        name: train-one
        image: python:3.12
    ```

    ## Fix

    None: rename one of the two.
    """

    name = "job-tag-collision"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every job whose tag an earlier one has."""
        known: dict[str, LiveJob] = {}
        for job in jobs(file):
            if identifier_problem(job.name) is not None:
                continue
            tag = f"job:{tag_of(job.name)}"
            first = known.setdefault(tag, job)
            if first is not job:
                message = f"jobs {quoted(first.name)} and {quoted(job.name)} have one tag, {quoted(tag)}: the engine takes the one for the other"
                related = (Label(first.block.source, first.key, "the other one"),)
                yield Diagnostic(cls.row(), job.block.source, job.key, message, help="rename one of them", related=related)


class JobTagInvalid(CheckedRule):
    """
    ## What it does

    Finds ids of jobs that make a tag with dashes side by side or at an end, or with letters beyond
    a to z: `a__b`, `x_`.

    ## Why

    The engine gives each job the tag `job:ID`, with dashes in place of `_`. The platform's pattern
    for tags has a letter or digit after each dash, so `job:a--b` is none.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train__big:
        image: python:3.12
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train_big:
        image: python:3.12
    ```

    ## Fix

    None: rename the job.
    """

    name = "job-tag-invalid"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such id; not those that already make a name that cannot be."""
        for job in jobs(file):
            tag = f"job:{tag_of(job.name)}"
            if _TAG.fullmatch(tag) is not None or (is_nameless(job) and has_bad_id(job)):
                continue
            message = f"the job gets the tag {quoted(tag)}, which does not fit the platform's pattern for tags"
            help = "letters a to z and digits, single '_' between them"
            yield Diagnostic(cls.row(), job.block.source, job.key, message, help=help)
