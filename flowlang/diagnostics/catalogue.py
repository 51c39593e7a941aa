"""The catalogue: every rule there is, by code and by name."""

from __future__ import annotations

from flowlang.diagnostics.codes import FAMILIES
from flowlang.diagnostics.rule import Rule

CATALOGUE: tuple[Rule, ...] = tuple(row for family in FAMILIES for row in family)
"""All rules, in the order of their codes."""

BY_KEY = {key: row for row in CATALOGUE for key in (row.code, row.name)}
"""The rules by code and by name."""
