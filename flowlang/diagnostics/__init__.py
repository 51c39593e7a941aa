"""Diagnostics: what is wrong, where, how bad, and how to mend it."""

from flowlang.diagnostics.catalogue import CATALOGUE, rule
from flowlang.diagnostics.diagnostic import Diagnostic, Fix, Label, SourceEdit
from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

__all__ = ["CATALOGUE", "Diagnostic", "Effect", "Fix", "Fixable", "Label", "Rule", "Severity", "SourceEdit", "rule"]
