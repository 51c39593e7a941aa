"""Rules FL3."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Rule, Severity

ROWS: tuple[Rule, ...] = ()
