"""Everything that the server answers, by method: what has no row here is not announced."""

from flowlang.lsp.adapters import actions, pull
from flowlang.lsp.adapters.frame import Asked, Feature

FEATURES: tuple[Feature, ...] = (*pull.FEATURES, *actions.FEATURES)

__all__ = ["FEATURES", "Asked", "Feature"]
