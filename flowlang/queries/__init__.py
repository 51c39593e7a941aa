"""Questions about one place of a project: what a template gives there, and what is in scope."""

from flowlang.queries.opening import Opened, Refused, batch_flow, open_project, pick_flow, pick_job
from flowlang.queries.place import Place, find_place

__all__ = ["Opened", "Place", "Refused", "batch_flow", "find_place", "open_project", "pick_flow", "pick_job"]
