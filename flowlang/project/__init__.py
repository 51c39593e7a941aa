"""Workspaces: where they are, which files they hold, what their project is called."""

from flowlang.project.files import FileStore
from flowlang.project.identity import ProjectId, folder_id
from flowlang.project.workspace import CONFIG_FOLDERS, Workspace, find_below, find_workspace, is_client_folder, workspace_around, workspace_of

__all__ = [
    "CONFIG_FOLDERS",
    "FileStore",
    "ProjectId",
    "Workspace",
    "find_below",
    "find_workspace",
    "folder_id",
    "is_client_folder",
    "workspace_around",
    "workspace_of",
]
