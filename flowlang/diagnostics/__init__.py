"""Diagnostics: what is wrong, where, how bad, and how to mend it.

The catalogue is read when the first finding is made: files without any never load it.
"""

from flowlang.diagnostics.diagnostic import Diagnostic, Fix, Label, SourceEdit, Suppressed
from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity, rule

__all__ = ["Diagnostic", "Effect", "Fix", "Fixable", "Label", "Rule", "Severity", "SourceEdit", "Suppressed", "rule"]
