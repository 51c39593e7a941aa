"""Semantics: names, scopes, merging and evaluation of what the model holds."""

from flowlang.semantics.batch import BatchFlow
from flowlang.semantics.environment import Environment
from flowlang.semantics.file import FileAnalysis
from flowlang.semantics.jobs import LiveJob
from flowlang.semantics.live import LiveFlow
from flowlang.semantics.project import Project, read_project

__all__ = ["BatchFlow", "Environment", "FileAnalysis", "LiveFlow", "LiveJob", "Project", "read_project"]
