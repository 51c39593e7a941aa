"""Rules FL9."""

from __future__ import annotations

from flowlang.diagnostics.rule import Rule

ROWS: tuple[Rule, ...] = ()
