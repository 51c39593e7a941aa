"""What the features look things up in: an analysis, with broken files read on behind what breaks them.

An `Index` is made once for each analysis; what it holds is found when it is first asked for. Flows of
files that are broken are elaborated from what can be read of them, without findings.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from flowlang.light import cached_property
from flowlang.model import BATCH, LIVE, PROJECT, ConfigFile, recovered
from flowlang.project import FileStore, Workspace
from flowlang.semantics import Analysis, Environment, FileAnalysis, LiveFlow, Project, read_project
from flowlang.semantics.actions import Action, Actions
from flowlang.semantics.bake import owners_below
from flowlang.semantics.batch import BatchFlow
from flowlang.semantics.owners import TaskOwner
from flowlang.semantics.symbols import Symbols

Flow = LiveFlow | BatchFlow


class Index:
    """An analysis as features see it. Files are named by the paths that reports name them by.

    `replaced` are files to be read as something else than the analysis has: as the editor would have
    them with what is being typed finished.
    """

    def __init__(self, analysis: Analysis, replaced: Mapping[str, ConfigFile] | None = None) -> None:
        self.analysis = analysis
        self.workspace = analysis.workspace
        self._replaced = replaced or {}

    @classmethod
    def alone(cls, file: FileAnalysis) -> Index:
        """The index of one file outside any workspace."""
        path = os.path.abspath(file.config.source.path)
        root = os.path.dirname(path)
        workspace = Workspace(root, os.path.join(root, ".neuro"))
        actions = Actions(workspace, FileStore(root))
        return cls(Analysis(workspace, read_project(workspace, None, Environment()), [file], actions))

    def replacing(self, config: ConfigFile) -> Index:
        """The same with one file read as something else."""
        return Index(self.analysis, {**self._replaced, config.source.path: config})

    @cached_property
    def _files(self) -> tuple[dict[str, ConfigFile], Actions]:
        """All files by path, each as far as it can be read, and the actions, those that only broken files call among them."""
        known = {file.config.source.path: file.config for file in self.analysis.files}
        files = {path: self._replaced.get(path) or recovered(config) for path, config in known.items()}
        changed = [path for path, config in files.items() if path in self._replaced or config is not known[path]]
        if not changed:
            return files, self.analysis.actions
        actions = self.analysis.actions.reading({})
        while changed:
            for reference in _calls(files[changed.pop()]):
                found = actions.find(reference)
                if isinstance(found, Action) and (path := found.file.source.path) not in files:
                    files[path] = recovered(found.file)
                    changed.append(path)
        return files, actions.reading(files)

    @property
    def configs(self) -> dict[str, ConfigFile]:
        """All files by path, each as far as it can be read."""
        return self._files[0]

    @property
    def actions(self) -> Actions:
        """The actions, each as far as its file can be read."""
        return self._files[1]

    def config(self, path: str) -> ConfigFile | None:
        """A file as far as it can be read; None where there is none of that path."""
        return self.configs.get(path)

    @cached_property
    def environment(self) -> Environment:
        """What is known of the world outside the files."""
        return next((flow.environment for flow in self.analysis.flows()), Environment())

    @cached_property
    def project(self) -> Project:
        """The project, as far as its file can be read."""
        known = self.analysis.project
        config = self.configs.get(known.file.source.path) if known.file is not None else None
        return known if config is known.file else read_project(self.workspace, config, self.environment)

    @cached_property
    def flows(self) -> dict[str, Flow]:
        """The flows by path, those of broken files among them."""
        if self.actions is self.analysis.actions:
            return {flow.file.source.path: flow for flow in self.analysis.flows()}
        return {path: flow for path, config in self.configs.items() if (flow := self._flow(config)) is not None}

    def _flow(self, config: ConfigFile) -> Flow | None:
        if config.block is None or config.kind not in (LIVE, BATCH):
            return None
        make = LiveFlow if config.kind == LIVE else BatchFlow
        return make(config, config.block, self.project, self.workspace, self.environment, self.actions)

    def owners_in(self, path: str) -> Iterator[TaskOwner]:
        """What owns the tasks that a file holds: a batch flow, or an action once for each of its calls."""
        flows = (flow for flow in self.flows.values() if isinstance(flow, BatchFlow))
        return (owner for flow in flows for owner in owners_below(flow.tasks) if owner.block.source.path == path)

    @cached_property
    def symbols(self) -> Symbols:
        """The names of the project."""
        return Symbols(self.configs.values(), self.actions)

    def action(self, reference: str) -> Action | None:
        """The action that a reference leads to, if it is at hand."""
        found = self.actions.find(reference)
        return found if isinstance(found, Action) else None

    def actions_at(self, path: str) -> Iterator[Action]:
        """The actions that a file is, one for each way it is referred to."""
        return (action for action in self.actions.all() if action.file.source.path == path)

    def is_project(self, path: str) -> bool:
        """Whether a file is the project file."""
        config = self.configs.get(path)
        return config is not None and config.kind == PROJECT


def _calls(config: ConfigFile) -> list[str]:
    """The references of the actions and modules that a file calls."""
    leaves = config.block.leaves() if config.block is not None else ()
    return [leaf.value for leaf in leaves if leaf.notes.names in ("action", "module") and isinstance(leaf.value, str)]
