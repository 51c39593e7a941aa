"""Names of jobs: what they are started under."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Effect, Fix, Severity
from flowlang.expr import lookups
from flowlang.model import Leaf
from flowlang.model.mending import added_first, replacement
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.job_names import (
    ANY_SUFFIX,
    NAME_LENGTH,
    SUFFIX_LENGTH,
    closest_name,
    excess,
    has_bad_id,
    is_nameless,
    made_name,
    name_problem,
    own_name,
)
from flowlang.semantics.jobs import LiveJob
from flowlang.semantics.visit import jobs, tasks
from flowlang.text import Span, quoted

# Contexts whose values can differ between two instances of a job.
_DIFFER = frozenset({"multi", "params", "inputs"})


class JobNameInvalid(CheckedRule):
    """
    ## What it does

    Finds jobs that are started under a name that the platform does not take: the `name` they have,
    or the one that the engine makes of the project's id and the job's id.

    ## Why

    A name has 3 to 40 characters: small letters, digits and single dashes between them, a letter
    first. The engine does not look; `apolo run` refuses to start the job. An id such as `trainModel`
    is fine by itself, but without a `name` the job is started as `PROJECT-trainModel`.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        name: train_model
        image: python:3.12
      scoreModel:
        image: python:3.12
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        name: train-model
        image: python:3.12
      scoreModel:
        name: demo-score-model
        image: python:3.12
    ```

    ## Fix

    Safe for a `name`: it is written with dashes and small letters. Unsafe for an id: a `name` is
    added.
    """

    name = "job-name-invalid"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every name that jobs and tasks have, and every one that is made for a job."""
        blamed = False
        for job in jobs(file):
            own = own_name(job)
            if own is not None:
                yield from cls._named(own[0], _given(job, own[1]))
            elif is_nameless(job) and excess(job) <= 0 and (project := job.flow.project.id.value) is not None:
                name = made_name(job, project)
                problem = name_problem(name)
                if problem is not None and has_bad_id(job):
                    yield cls._made(job, name, problem)
                elif problem is not None and not blamed:
                    blamed = True
                    yield cls._project(job, name, problem)
        yield from cls._tasks(file)

    @classmethod
    def _named(cls, name: str, leaf: Leaf) -> Iterator[Diagnostic]:
        problem = name_problem(name)
        if problem is not None and (name == name.strip() or name_problem(name.strip()) is not None):  # blanks around a good name are told as such
            meant = closest_name(name) if leaf.template.is_text else None
            fixes = replacement(leaf.source, leaf.node, meant, safe=True) if meant is not None else ()
            help = f"write {quoted(meant)}" if meant is not None else "for instance 'train-model'"
            yield Diagnostic(cls.row(), leaf.source, leaf.span, f"{quoted(name)} {problem}", help=help, fixes=fixes)

    @classmethod
    def _made(cls, job: LiveJob, name: str, problem: str) -> Diagnostic:
        fixes: tuple[Fix, ...] = ()
        meant = closest_name(name.removesuffix(f"-{ANY_SUFFIX}") if job.multi else name)
        if job.multi:
            name = name.replace(ANY_SUFFIX, "SUFFIX")
            meant = f"{meant}-${{{{ multi.suffix }}}}" if meant is not None and len(meant) < NAME_LENGTH - SUFFIX_LENGTH else None
        if meant is not None and not job.is_call:
            fixes = tuple(fix._replace(safe=False) for fix in added_first(job.block.source, job.block.node, "name", meant))
        help = f"add 'name: {meant}' to it, or rename it" if fixes else "give it an id in small letters"
        message = f"without a name of its own the job is started as {quoted(name)}, which {problem}"
        return Diagnostic(cls.row(), job.block.source, job.key, message, help=help, fixes=fixes)

    @classmethod
    def _project(cls, job: LiveJob, name: str, problem: str) -> Diagnostic:
        file = job.flow.project.file
        leaf = file.block.leaf("id") if file is not None and file.block is not None else None
        source, span = (leaf.source, leaf.span) if leaf is not None else (job.flow.file.source, Span(0, 0))
        whose = "of this id" if leaf is not None else "of the folder's name"
        message = f"jobs without a name of their own get one made {whose}: {quoted(name.replace(ANY_SUFFIX, 'SUFFIX'))} {problem}"
        help = "write the id in small letters, or give each job a name" if leaf is not None else "write a project.yml with an id in small letters"
        return Diagnostic(cls.row(), source, span, message, help=help)

    @classmethod
    def _tasks(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Names of tasks: the engine hands them to the platform itself, so that nothing here has seen them refused."""
        for task in tasks(file):
            name = task.values.get("name")
            leaf = task.unit.first("name") if task.unit is not None else None
            if isinstance(name, str) and name and isinstance(leaf, Leaf):
                yield from (found._replace(override_effect=Effect.ADVICE, override_severity=Severity.WARNING) for found in cls._named(name, leaf))


def _given(job: LiveJob, leaf: Leaf) -> Leaf:
    """Where the value of an attribute of an action's job is given: the argument of the call, where one input is all there is."""
    whole = leaf.template.whole
    found = next(lookups(whole.tree), None) if whole is not None and job.is_call else None
    if found is None or found[0].name != "inputs" or len(found[0].trailers) != 1:
        return leaf
    args = job.block.map("args")
    name = getattr(found[0].trailers[0], "name", None)
    item = args.entries.get(name) if args is not None else None
    return item if isinstance(item, Leaf) else leaf


class JobIdTooLong(CheckedRule):
    """
    ## What it does

    Finds jobs without a `name` whose id leaves no room for the project's id in the name that the
    engine makes of the two.

    ## Why

    The name of a job has 40 characters at most. The engine cuts the project's part so that the whole
    fits, and where the job's id alone takes the room it makes a name that is too long or begins with
    a dash, without a word. `apolo run` refuses to start the job. A `multi` job also needs room for
    its suffix of 10 characters.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train_the_big_model_on_the_whole_dataset:
        image: python:3.12
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train_the_big_model_on_the_whole_dataset:
        name: train-big-model
        image: python:3.12
    ```

    ## Fix

    None: give the job a `name`, or a shorter id.
    """

    name = "job-id-too-long"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such job."""
        for job in jobs(file):
            if not is_nameless(job) or excess(job) <= 0 or (project := job.flow.project.id.value) is None:
                continue
            name = made_name(job, project).replace(ANY_SUFFIX, "SUFFIX")
            message = f"this id is too long by {excess(job)}: the job is started as {quoted(name)}, which the platform refuses"
            most = NAME_LENGTH - 2 - (SUFFIX_LENGTH + 1 if job.multi else 0)
            help = f"{most} characters at most{', to leave room for the suffix of a multi job' if job.multi else ''}; or give the job a name of its own"
            yield Diagnostic(cls.row(), job.block.source, job.key, message, help=help)


class MultiStaticName(CheckedRule):
    """
    ## What it does

    Finds jobs that may run several times side by side (`multi: true`) under one constant `name`.

    ## Why

    The names of running jobs are unique on the platform. The first instance starts, the second is
    refused. Without a `name` the engine makes one with the suffix of the instance in it.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        name: train
        multi: true
        image: python:3.12
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        name: "train-${{ multi.suffix }}"
        multi: true
        image: python:3.12
    ```

    ## Fix

    Safe: the suffix is added to the name.
    """

    name = "multi-static-name"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such name."""
        for job in jobs(file):
            own = own_name(job) if job.multi else None
            if own is None or name_problem(own[0]) is not None:
                continue
            name, leaf = own
            if any(found.name in _DIFFER for part in leaf.template.expressions for found, _ in lookups(part.tree)):
                continue
            meant = f"{leaf.value}-${{{{ multi.suffix }}}}" if len(name) < NAME_LENGTH - SUFFIX_LENGTH else None
            fixes = replacement(leaf.source, leaf.node, meant, safe=True) if meant is not None else ()
            message = f"every instance of the job gets the name {quoted(name)}: only one of them can run"
            help = "add '-${{ multi.suffix }}' to the name, or leave the name out"
            yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help=help, fixes=fixes)
