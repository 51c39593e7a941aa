"""Fixes applied: made together, judged by the analysis, repeated to a fixpoint, written whole or not at all."""

from flowlang.fixing.diff import diff
from flowlang.fixing.run import Changed, Fixed, Lint, MayEdit, Wanted, fix
from flowlang.fixing.territory import Territory
from flowlang.fixing.texts import Texts
from flowlang.fixing.writing import write

__all__ = ["Changed", "Fixed", "Lint", "MayEdit", "Territory", "Texts", "Wanted", "diff", "fix", "write"]
