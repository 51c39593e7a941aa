"""What a rule is: a row of the catalogue."""

from __future__ import annotations

from enum import Enum

from flowlang.light import NamedTuple


class Severity(str, Enum):
    """How loudly a finding is told; users may remap it."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for error, 1 for warning, 2 for info: smaller is worse."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Effect(str, Enum):
    """What the engine makes of it: a fact, never remapped.

    `REFUSED`: the engine fails reading the workspace, building a flow, job or task, or in the
    checks before a bake. `BETRAYED`: built, but certain to fail later, to be ignored, or to do
    something other than what is written. `ADVICE`: probably not meant, or worth knowing.
    """

    REFUSED = "refused"
    BETRAYED = "betrayed"
    ADVICE = "advice"


class Fixable(str, Enum):
    """Whether a rule comes with a fix, and of which kind.

    `SAFE`: keeps the meaning the author wrote, or changes nothing for the engine. `UNSAFE`:
    changes behaviour. `SOMETIMES`: a safe fix where one can be told, else none.
    """

    NO = "no"
    SAFE = "safe"
    UNSAFE = "unsafe"
    SOMETIMES = "sometimes"


class Rule(NamedTuple):
    """One row of the catalogue.

    `code` (``FL`` and three digits) and `name` (kebab-case) are never reused. `severity` is the
    default. `since` and `until` name the engine releases it holds for (``YY.M``, `until`
    exclusive; None: all known). `preview` rules run only when they are named.
    """

    code: str
    name: str
    effect: Effect
    severity: Severity
    summary: str
    fixable: Fixable = Fixable.NO
    since: str | None = None
    until: str | None = None
    preview: bool = False


def rule(key: str) -> Rule:
    """The rule of that code or name; `KeyError` when there is none."""
    from flowlang.diagnostics.catalogue import BY_KEY

    return BY_KEY[key]
