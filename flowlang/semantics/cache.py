"""Cache settings: each level over the one around it."""

from __future__ import annotations

from flowlang.expr import Unknown
from flowlang.light import NamedTuple
from flowlang.model import Block, Item, Leaf
from flowlang.semantics.attributes import Attributes

DAYS_14 = 14 * 24 * 3600.0


class Cache(NamedTuple):
    """A strategy, ``default`` or ``none``, and a life span in seconds (which may be unknown)."""

    strategy: str = "default"
    life_span: object = DAYS_14


NO_CACHE = Cache("none")
"""What stateful, local and post tasks have."""


def lay_cache(base: Cache, item: Item | None, attributes: Attributes) -> Cache:
    """`item` over `base`: a missing or ``inherit`` strategy is the base's, the span the smaller (engine 26.7)."""
    if not isinstance(item, Block):
        return base
    leaf = item.leaf("strategy")
    word = leaf.value if isinstance(leaf, Leaf) and isinstance(leaf.value, str) else "inherit"
    strategy = base.strategy if word == "inherit" else word
    own = attributes.value(item.fields.get("life_span"))
    span = base.life_span
    if isinstance(own, Unknown):
        span = own
    elif isinstance(own, int | float):
        span = min(span, own) if isinstance(span, int | float) else own
    return Cache(strategy, span)
