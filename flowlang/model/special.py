"""Structural mistakes with a rule of their own: well-known ones that deserve better words than the general."""

from __future__ import annotations

from flowlang.light import NamedTuple


class Special(NamedTuple):
    """The rule, its message and help, and the fix: a text to put in place of the value (``{}`` is the value), or to delete the pair.

    `at_key`: it is the key that should not be there, not its value. `any_value`: the fix holds for
    numbers and truth values too, as the texts that they are written as.
    """

    rule: str
    message: str
    help: str | None = None
    replacement: str | None = None
    delete: bool = False
    at_key: bool = False
    any_value: bool = False


UNKNOWN_KEYS: dict[tuple[str, str], Special] = {
    ("stateful action", "cache"): Special("stateful-cache", "a stateful action has no 'cache', although it is documented", "delete it", delete=True),
}
"""Keys that a block does not have, by block and key."""

MISSING: dict[tuple[str, str], Special] = {
    ("project", "id"): Special(
        "project-missing-id", "project.yml needs the key 'id'", "add 'id: NAME'; with a project file the folder's name no longer counts"
    ),
    ("strategy", "matrix"): Special(
        "strategy-without-matrix",
        "a strategy needs the key 'matrix'",
        "add 'matrix: ~' to set 'fail_fast' or 'max_parallel' alone, or set them in 'defaults'",
    ),
}
"""Keys that are missing, by block and key."""

WRONG_VALUES: dict[tuple[str, str], Special] = {
    ("inputs", "*"): Special(
        "input-short-form",
        "an input is a mapping: the short form, documented as 'NAME: DEFAULT', is refused",
        "write 'NAME: {default: VALUE}'",
        replacement="{{default: {}}}",
        any_value=True,
    ),
    ("outputs", "needs"): Special(
        "deprecated-outputs-needs", "'outputs' has no list of needs any more: every task of the action counts", "delete it", delete=True, at_key=True
    ),
    ("*", "value"): Special(
        "output-value-not-allowed", "an output of this kind of action takes no 'value'", "its command sets it by printing '::set-output name=NAME::VALUE'"
    ),
    ("job", "params"): Special("action-job-params", "the job of an action takes no 'params'", "declare 'inputs' instead", at_key=True),
    ("*", "needs"): Special(
        "needs-form",
        "'needs' is a list of ids, or a mapping of ids to 'completed' or 'running'",
        "put one id in brackets; a task without needs has 'needs: []'",
        replacement="[{}]",
    ),
}
"""Values of a wrong kind, by the key around them (or any) and their own key (or any)."""
