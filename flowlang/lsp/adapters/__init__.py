"""Everything that the server answers, by method: what has no row here is not announced."""

from flowlang.lsp.adapters import actions, completion, hovering, navigation, outlining, pull, renaming, showing
from flowlang.lsp.adapters.frame import Asked, Feature, Refused

_GROUPS = (pull, actions, completion, hovering, navigation, renaming, outlining, showing)

FEATURES: tuple[Feature, ...] = tuple(feature for group in _GROUPS for feature in group.FEATURES)

__all__ = ["FEATURES", "Asked", "Feature", "Refused"]
