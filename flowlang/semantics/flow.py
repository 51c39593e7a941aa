"""What live and batch flows have in common: project, defaults, images, volumes, and the scopes built of them."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic, Label
from flowlang.expr import POISON, Record, Scope, StrSet, Unknown
from flowlang.expr.types import STR, STRS
from flowlang.light import cached_property
from flowlang.model import Block, ConfigFile, Leaf
from flowlang.project import Workspace
from flowlang.project.environment import Environment
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.contexts import Elsewhere, Thunks, contexts_of
from flowlang.semantics.images import elaborate_image
from flowlang.semantics.merge import Merged, Piece, lay_over, merged
from flowlang.semantics.mixins import Mixins
from flowlang.semantics.project import Project, blocks
from flowlang.semantics.unknowns import unknown
from flowlang.semantics.uris import UriBase
from flowlang.semantics.volumes import elaborate_volume
from flowlang.text import Source

if TYPE_CHECKING:
    from flowlang.semantics.actions import Action, Actions

INSPECTING = frozenset({"live-params", "live-job", "live-multi-job"})
"""Scopes in which `inspect_job` may be called (engine 26.7: attributes, params and args of live jobs)."""


def tag_of(name: str) -> str:
    """An id as it stands in a tag (engine 26.7: lower case, ``_`` turned into ``-``)."""
    return name.replace("_", "-").lower()


class Flow(ABC):
    """A flow elaborated: each part is computed once, when it is first asked for.

    Findings about the flow's own sections are in `diagnostics`, those of a job in the job.
    """

    defaults_keys: frozenset[str]
    """The keys that the defaults of this kind of flow have; others of project.yml do not count."""
    eager_scope: str
    """The scope of what is read when the flow is loaded."""

    def __init__(self, file: ConfigFile, block: Block, project: Project, workspace: Workspace, environment: Environment, actions: Actions) -> None:
        self.file = file
        self.block = block
        self.project = project
        self.workspace = workspace
        self.environment = environment
        self.actions = actions
        self.diagnostics: list[Diagnostic] = []
        self.attributes = Attributes(self.scope_of, self.diagnostics)
        self._defaults: dict[str, object] = {}
        self._scopes: dict[str, Scope] = {}

    def release(self) -> None:
        """Take the flow apart: see `flowlang.semantics.file.Analysis.release`."""
        vars(self).clear()

    # --- facts about the flow ---------------------------------------------------------------

    @cached_property
    def flow_id(self) -> object:
        """The flow's id: its own, or the file's name."""
        own = self.attributes.value(self.block.leaf("id"))
        return own if own is not None else self.file.stem.replace("-", "_")

    @cached_property
    def title(self) -> object:
        """The flow's title; an empty one falls back to the id."""
        own = self.attributes.value(self.block.leaf("title"))
        return own if isinstance(own, Unknown) or own else self.flow_id

    @cached_property
    def uri_base(self) -> UriBase:
        """What URIs of this flow are made absolute and shortened against."""
        return UriBase(self.project.name, self.environment.project_name, self.environment.cluster, self.environment.org)

    @cached_property
    def root(self) -> Path:
        """The workspace's folder as values show it: absolute, or ``.`` for an output that is to be committed."""
        return Path(".") if self.environment.relocatable else Path(self.workspace.real_root)

    # --- defaults, images, volumes, mixins --------------------------------------------------

    @cached_property
    def defaults(self) -> Merged | None:
        """The flow's defaults over those of the project."""
        own, base = self.block.block("defaults"), self.project.defaults
        if own is not None and base is not None:
            return lay_over(merged(own), merged(base), self.defaults_keys)
        found = own or base
        return merged(found) if found is not None else None

    def default(self, name: str) -> object:
        """The value of a scalar of the defaults, None when there is none."""
        if name not in self._defaults:
            item = self.defaults.first(name) if self.defaults else None
            self._defaults[name] = self.attributes.value(item)
        return self._defaults[name]

    @cached_property
    def env(self) -> dict[object, object] | Unknown:
        """The context ``env``: the variables of the defaults, not those of jobs."""
        return self.attributes.mapping(self.env_pieces) if self.env_pieces else {}

    @property
    def env_pieces(self) -> tuple[Piece, ...]:
        """The mappings that the variables of the defaults are written in."""
        return self.defaults.pieces.get("env", ()) if self.defaults else ()

    @cached_property
    def tags(self) -> list[object]:
        """The tags that every job of the flow gets."""
        pieces = self.defaults.pieces.get("tags", ()) if self.defaults else ()
        tags = self.attributes.list_of("tags", pieces)
        project_id = self.project.id.value
        tags.append(f"project:{tag_of(project_id)}" if project_id is not None else POISON)
        tags.append(f"flow:{tag_of(self.flow_id)}" if isinstance(self.flow_id, str) else POISON)
        return tags

    @cached_property
    def default_volumes(self) -> list[object]:
        """The volumes that every job of the flow mounts first."""
        pieces = self.defaults.pieces.get("volumes", ()) if self.defaults else ()
        return self.attributes.list_of("volumes", pieces, drop_empty=True)

    @cached_property
    def volumes(self) -> dict[str, object]:
        """All volumes by id: those of the project, then those of the flow over them."""
        return self._both("volumes", lambda name, block: elaborate_volume(name, block, self))

    @cached_property
    def images(self) -> dict[str, object]:
        """All images by id: those of the project, then those of the flow over them."""
        return self._both("images", lambda name, block: elaborate_image(name, block, self.attributes, self, self.uri_base))

    def _both(self, section: str, elaborate: Callable[[str, Block], object]) -> dict[str, object]:
        # engine 26.7: those of the project are evaluated even where the flow overrides them
        result = {name: elaborate(name, block) for name, block in self.project.section(section).items()}
        result.update({name: elaborate(name, block) for name, block in blocks(self.block, section).items()})
        return result

    @cached_property
    def mixins(self) -> Mixins:
        """The mixins of the project under those of the flow."""
        places = (Label(self.block.source, self.block.key_span("mixins"), "mixins are defined here"),) if self.block.map("mixins") is not None else ()
        of_project = self.project.file.block if self.project.file is not None else None
        sections = tuple(block.map("mixins") for block in (of_project, self.block) if block is not None)
        return Mixins(self.project.section("mixins"), blocks(self.block, "mixins"), self.diagnostics, places, sections)

    # --- scopes -----------------------------------------------------------------------------

    @cached_property
    def record(self) -> Record:
        """The context ``flow``."""
        return Record(self.record_type, {**self._flow_fields(), **self.more_fields()})

    record_type = "flow"

    def more_fields(self) -> dict[str, object]:
        """Fields of the context ``flow`` that only this kind of flow has."""
        return {}

    def _flow_fields(self) -> dict[str, object]:
        username = self.environment.username
        return {
            "flow_id": self.flow_id,
            "project_id": self.project.record.fields["id"],
            "workspace": self.root,
            "title": self.title,
            "username": username if username is not None else unknown(STR, "flow.username"),
        }

    def with_action(self, action: Action | None) -> Record:
        """The context ``flow`` inside an action: that of the caller, with the folder of the action's file."""
        folder = self.local_path(os.path.dirname(os.path.abspath(action.path))) if action is not None else POISON
        return Record("action-flow", {**self._flow_fields(), "action_path": folder})

    def shown_path(self, action: Action) -> str:
        """An action's file in specs: relative to the workspace, or ``OWNER/REPO@TAG/FILE`` for a remote one."""
        if not action.remote:
            return self.workspace.relative(action.path)
        return f"{action.reference.partition(':')[2]}/{os.path.basename(action.path)}"

    def origin_path(self, source: Source) -> str:
        """A source's file in specs: as it is named below the workspace, or as a remote action's."""
        if source is self.file.source:
            return self.path
        for action in self.actions.all():
            if action.file.source is source:
                return self.shown_path(action)
        return source.path

    @cached_property
    def path(self) -> str:
        """The flow's file, relative to the workspace."""
        return self.workspace.relative(os.path.join(self.workspace.config, os.path.basename(self.file.source.path)))

    def local_path(self, path: str) -> Path:
        """An absolute path as values show it: with links resolved, or relative to the workspace."""
        resolved = self.workspace.disk.realpath(path)
        return Path(os.path.relpath(resolved, self.workspace.real_root) if self.environment.relocatable else resolved)

    @cached_property
    def git(self) -> Record:
        """The context ``git``."""
        known = self.environment
        return Record(
            "git",
            {
                "sha": known.git_sha if known.git_sha is not None else unknown(STR, "git.sha"),
                "branch": known.git_branch if known.git_branch is not None else unknown(STR, "git.branch"),
                "tags": list(known.git_tags) if known.git_tags is not None else unknown(STRS, "git.tags"),
            },
        )

    @cached_property
    def tag_set(self) -> object:
        """The context ``tags``."""
        return POISON if any(isinstance(tag, Unknown) for tag in self.tags) else StrSet(self.tags)

    def contexts(self) -> Thunks:
        """Every context that the flow can offer, computed at need."""
        return {
            "project": lambda: self.project.record,
            "flow": lambda: self.record,
            "git": lambda: self.git,
            "env": lambda: self.env,
            "tags": lambda: self.tag_set,
            "volumes": lambda: self.volumes,
            "images": lambda: self.images,
        }

    @abstractmethod
    def variant(self, scope: str) -> str:
        """The scope that a leaf of project.yml has in this kind of flow; others as they are."""

    def scope_of(self, leaf: Leaf) -> Scope:
        """The scope of a leaf outside jobs and tasks."""
        known = self._scopes.get(leaf.scope)
        if known is None:
            known = self._scopes[leaf.scope] = self.scope(self.variant(leaf.scope), {})
        return known

    def scope(self, name: str, more: Mapping[str, Callable[[], object]]) -> Scope:
        """The scope of that name, with the contexts in `more` beside the flow's own."""
        return self.make_scope(name, {**self.contexts(), **more})

    @cached_property
    def _folder(self) -> Path:
        """The workspace's folder, which `hash_files` reads below."""
        return Path(self.workspace.root)

    def make_scope(self, name: str, contexts: Thunks) -> Scope:
        """The scope of that name out of these contexts alone."""
        return Scope(
            contexts=contexts_of(name, contexts),
            elsewhere=Elsewhere(name),
            workspace=self._folder,
            disk=self.workspace.disk,
            budget=self.actions.budget,
            cluster=self.environment.cluster,
            org=self.environment.org,
            project=self.environment.project_name,
            live_job=name in INSPECTING,
        )
