"""Families of rules: what the first digit of a code says."""

from __future__ import annotations

from flowlang.diagnostics.rule import Rule
from flowlang.light import NamedTuple


class Family(NamedTuple):
    """A family: the start of its codes, one word for it, and what its rules are about."""

    prefix: str
    tag: str
    title: str


FAMILIES = (
    Family("FL0", "yaml", "Files and YAML"),
    Family("FL1", "structure", "Structure"),
    Family("FL2", "names", "Names and references"),
    Family("FL3", "expressions", "Expressions and types"),
    Family("FL4", "graph", "Tasks, their graph, the matrix"),
    Family("FL5", "values", "Values and coercions"),
    Family("FL6", "actions", "Actions, modules, mixins"),
    Family("FL7", "platform", "Images, volumes, the project, jobs on the platform"),
    Family("FL8", "security", "Security"),
    Family("FL9", "hygiene", "Suppressions and settings"),
)
"""All families, in the order of their codes."""

_BY_PREFIX = {each.prefix: each for each in FAMILIES}


def family(rule: Rule) -> Family:
    """The family that a rule belongs to."""
    return _BY_PREFIX[rule.code[:3]]
