"""Everything that the server answers, by method: what has no row here is not announced."""

from flowlang.lsp.adapters import actions, completion, navigation, pull, renaming
from flowlang.lsp.adapters.frame import Asked, Feature, Refused

_GROUPS = (pull, actions, completion, navigation, renaming)

FEATURES: tuple[Feature, ...] = tuple(feature for group in _GROUPS for feature in group.FEATURES)

__all__ = ["FEATURES", "Asked", "Feature", "Refused"]
