"""The rule that every id of the language obeys, and words out of fixed sets that more than one place needs."""

from __future__ import annotations

import re

RESTART_POLICIES = ("never", "on-failure", "always")
"""What ``restart`` may be (engine 26.7)."""


def identifier_problem(name: str) -> str | None:
    """Why `name` cannot be an id, in words that follow it; None when it can.

    Engine 26.7: an id is a Python identifier that differs from its own upper case (so one without
    any cased letter, such as ``_1``, is refused as well).
    """
    if not name.isidentifier():
        return "is no identifier: only letters, digits and '_', not starting with a digit"
    if name == name.upper():
        return "is reserved: names without a lower-case letter are kept for internal use"
    return None


def near_identifier(name: str) -> str | None:
    """An id that is written much like `name`; None when there is none to think of."""
    for made in (re.sub(r"\W", "_", name), re.sub(r"\W", "_", name.lower())):
        if identifier_problem(made) is None:
            return made
    return None
