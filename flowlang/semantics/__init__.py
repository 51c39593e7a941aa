"""Semantics: names, scopes, merging and evaluation of what the model holds."""

from flowlang.semantics.environment import Environment
from flowlang.semantics.file import FileAnalysis
from flowlang.semantics.jobs import LiveJob
from flowlang.semantics.live import LiveFlow
from flowlang.semantics.project import Project, read_project

__all__ = ["Environment", "FileAnalysis", "LiveFlow", "LiveJob", "Project", "read_project"]
