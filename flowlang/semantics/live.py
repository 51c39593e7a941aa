"""A live flow elaborated: its jobs on top of what all flows have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowlang.light import cached_property
from flowlang.semantics.flow import Flow
from flowlang.semantics.inspected import unknown_jobs
from flowlang.semantics.project import blocks

if TYPE_CHECKING:
    from flowlang.semantics.jobs import LiveJob

# What leaves of project.yml see in a live flow.
_VARIANTS = {"project-eager": "live-eager", "project-mixin": "live-job"}


class LiveFlow(Flow):
    """One live flow."""

    defaults_keys = frozenset({"env", "volumes", "tags", "workdir", "life_span", "preset", "schedule_timeout"})
    eager_scope = "live-eager"

    def variant(self, scope: str) -> str:
        """The scope that a leaf of project.yml has here."""
        return _VARIANTS.get(scope, scope)

    @cached_property
    def jobs(self) -> dict[str, LiveJob]:
        """The jobs by id, in the order of the file."""
        from flowlang.semantics.jobs import LiveJob

        section = self.block.map("jobs")
        if section is None:
            return {}
        return {name: LiveJob(name, block, section.key_span(name), self) for name, block in blocks(self.block, "jobs").items()}

    def given_params(self, job: str) -> dict[str, str]:
        """Values given for params of one job: ``NAME=VALUE`` for any job, ``JOB.NAME=VALUE`` stronger."""
        given: dict[str, str] = {}
        stronger: dict[str, str] = {}
        for text in self.environment.params:
            name, _, value = text.partition("=")
            owner, dot, inner = name.partition(".")
            if dot and owner == job:
                stronger[inner] = value
            elif not dot and ":" not in name:
                given[name] = value
        return {**given, **stronger}

    def release(self) -> None:
        """Take the flow and its jobs apart."""
        jobs: dict[str, LiveJob] = vars(self).get("jobs", {})
        for job in jobs.values():
            vars(job).clear()
        super().release()

    def elaborate(self) -> None:
        """Compute everything, so that every finding is made."""
        _ = self.flow_id, self.title, self.env, self.tags, self.default_volumes, self.volumes, self.images, self.mixins
        for name in ("workdir", "life_span", "preset", "schedule_timeout"):
            self.default(name)
        for job in self.jobs.values():
            job.elaborate()
        self.diagnostics += unknown_jobs(self)
