"""Semantics: names, scopes, merging and evaluation of what the model holds.

Batch flows stand in `flowlang.semantics.batch`: only workspaces that have any need to load it.
"""

from flowlang.project.environment import Environment
from flowlang.semantics.file import Analysis, FileAnalysis
from flowlang.semantics.live import LiveFlow
from flowlang.semantics.project import Project, read_project

__all__ = ["Analysis", "Environment", "FileAnalysis", "LiveFlow", "Project", "read_project"]
