"""The model: config files read along the tables of the schemas."""

from flowlang.model.config import ACTION, BATCH, LIVE, OTHER, PROJECT, ConfigFile, load, recovered
from flowlang.model.identifiers import RESTART_POLICIES, identifier_problem, near_identifier
from flowlang.model.items import Block, Broken, Item, Leaf, ListItem, MapItem

__all__ = [
    "ACTION",
    "BATCH",
    "LIVE",
    "OTHER",
    "PROJECT",
    "RESTART_POLICIES",
    "Block",
    "Broken",
    "ConfigFile",
    "Item",
    "Leaf",
    "ListItem",
    "MapItem",
    "identifier_problem",
    "load",
    "near_identifier",
    "recovered",
]
