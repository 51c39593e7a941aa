"""The task graph of a batch flow as a picture or as data."""

from flowlang.graphing.model import Call, Edge, Group, TaskGraph, TaskNode, task_graph

__all__ = ["Call", "Edge", "Group", "TaskGraph", "TaskNode", "task_graph"]
