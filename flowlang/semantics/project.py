"""The project of a workspace: its id, name and owner, and the sections that flows inherit."""

from __future__ import annotations

import os

from flowlang.diagnostics import Diagnostic, rule
from flowlang.expr import POISON, Record, Scope, Unknown
from flowlang.expr.types import STR
from flowlang.light import NamedTuple
from flowlang.model import Block, ConfigFile, Leaf, MapItem, identifier_problem
from flowlang.model.mending import added_first
from flowlang.patterns import pattern
from flowlang.project import ProjectId, Workspace, folder_id
from flowlang.project.environment import Environment
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.unknowns import unknown
from flowlang.text import Span, quoted

_NO_ID = pattern(r"\W+")


class Project(NamedTuple):
    """The project as flows see it. `broken`: the engine refuses it, and with it every flow."""

    id: ProjectId
    record: Record
    name: str | None
    owner: str | None
    file: ConfigFile | None
    broken: bool
    diagnostics: list[Diagnostic]

    def section(self, name: str) -> dict[str, Block]:
        """The blocks of a section of the project file, by id."""
        return blocks(self.file.block if self.file else None, name)

    @property
    def defaults(self) -> Block | None:
        """The project's defaults."""
        return self.file.block.block("defaults") if self.file and self.file.block else None


def blocks(owner: Block | None, name: str) -> dict[str, Block]:
    """The blocks under an id map such as ``images``; entries that are no blocks are left out."""
    section = owner.map(name) if owner is not None else None
    if not isinstance(section, MapItem):
        return {}
    return {key: item for key, item in section.entries.items() if isinstance(key, str) and isinstance(item, Block)}


def read_project(workspace: Workspace, file: ConfigFile | None, environment: Environment) -> Project:
    """The project of a workspace from its project file, or from the folder's name without one."""
    diagnostics: list[Diagnostic] = []
    values: dict[str, object] = {}
    if file is not None and file.block is not None:
        attributes = Attributes(_no_scope, diagnostics)
        values = {key: attributes.value(file.block.leaf(key)) for key in ("id", "project_name", "owner")}
    name = _text(values.get("project_name")) or None
    current = name or environment.project_name
    folder = _usable(folder_id(workspace.root))
    if file is None:
        project_id = ProjectId(folder, "folder")
    else:
        if folder is not None:
            file.diagnostics = tuple(_with_id(file, diagnostic, folder) for diagnostic in file.diagnostics)
        project_id = ProjectId(_text(values.get("id")), "project.yml")
    record = Record(
        "project",
        {
            "id": project_id.value if project_id.value is not None else POISON,
            "project_name": current if current is not None else unknown(STR, "project.project_name"),
            "owner": _text(values.get("owner")),
        },
    )
    return Project(project_id, record, current, _text(values.get("owner")), file, project_id.value is None, diagnostics)


def _with_id(file: ConfigFile, diagnostic: Diagnostic, folder: str) -> Diagnostic:
    """The finding that the id is missing, with the fix that takes it from the folder's name; others as they are."""
    if diagnostic.rule.name != "project-missing-id" or file.tree.root is None:
        return diagnostic
    return diagnostic._replace(fixes=added_first(file.source, file.tree.root, "id", folder))


def folder_problem(workspace: Workspace, file: ConfigFile) -> Diagnostic | None:
    """The finding that the folder's name gives no id, or only a part of it does, shown at the head of a flow file; None else."""
    name = folder_id(workspace.root)
    folder = os.path.basename(workspace.root)
    problem = identifier_problem(name)
    if problem is not None:
        message = f"the folder's name gives the project id {quoted(name)}, which {problem}"
        return Diagnostic(
            rule("bad-workspace-name"), file.source, Span(0, 0), message, help="rename the folder, or write 'id: NAME' into a project.yml beside this file"
        )
    if folder.replace("-", "_") == name:
        return None
    message = f"the folder {quoted(folder)} gives the project id {quoted(name)}: what follows its last dot is dropped"
    help = f"write 'id: {_NO_ID.sub('_', folder).strip('_')}' into a project.yml beside this file, or rename the folder"
    return Diagnostic(rule("workspace-name-truncated"), file.source, Span(0, 0), message, help=help)


def _usable(name: str) -> str | None:
    return None if identifier_problem(name) else name


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and not isinstance(value, Unknown) else None


def _no_scope(leaf: Leaf) -> Scope:
    """The project's own attributes take no expressions; one that has any is reported and not evaluated."""
    return Scope()
