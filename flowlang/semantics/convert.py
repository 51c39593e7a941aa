"""From the value of an expression or constant to the value of an attribute, as the engine converts.

Every converter takes a known value and gives the converted one or raises `ConversionError`. Facts:
engine 26.7, its expression types; each behaves like the Python constructor it is named after.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path, PurePath, PurePosixPath

from flowlang.expr import ALWAYS, Unknown, Uri, text_of, type_of
from flowlang.light import NamedTuple
from flowlang.model import RESTART_POLICIES, identifier_problem, near_identifier
from flowlang.patterns import pattern
from flowlang.schema import CONVERTED
from flowlang.text import closest, listing, quoted

_TIME_SPAN = pattern(r"^((?P<days>\d+)d)?((?P<hours>\d+)h)?((?P<minutes>\d+)m)?((?P<seconds>\d+)s)?$")
_PORT_PAIR = pattern(r"^\d+:\d+$")


class QuotedCommand(NamedTuple):
    """A command line made from a ``bash`` or ``python`` text that is not wholly known yet."""

    prefix: str
    text: Unknown


class ConversionError(Exception):
    """A value that the attribute does not take: the rule it breaks, what is wrong, what is allowed.

    `replacement` is the text that means the same, or what was surely meant.
    """

    def __init__(self, rule: str, message: str, help: str | None = None, replacement: str | None = None) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.help = help
        self.replacement = replacement


_NUMBER_HELP = "write it in digits, for instance 80"


def _int(value: object) -> int:
    if isinstance(value, str | int | float):
        try:
            return int(value)
        except (ValueError, OverflowError):
            pass
    raise ConversionError("bad-number", f"{_shown(value)} is no whole number", _NUMBER_HELP)


def _float(value: object) -> float:
    if isinstance(value, str | int | float):
        try:
            return float(value)
        except (ValueError, OverflowError):
            pass
    raise ConversionError("bad-number", f"{_shown(value)} is no number", _NUMBER_HELP)


_TIME_SPAN_HELP = "a number of seconds, or days, hours, minutes and seconds in this order: 1d2h3m4s"


_UNITS = frozenset("dhms")
"""What no number ends with."""


def _time_span(value: object) -> float:
    if not isinstance(value, str) or value[-1:] not in _UNITS:
        try:
            return _float(value)
        except ConversionError:
            pass
    if isinstance(value, str) and (match := _TIME_SPAN.match(value)):
        try:
            return timedelta(**{unit: int(number or 0) for unit, number in match.groupdict().items()}).total_seconds()
        except (OverflowError, ValueError):
            raise ConversionError("bad-timedelta", f"{_shown(value)} is longer than any time span can be", _TIME_SPAN_HELP) from None
    from flowlang.semantics.time_spans import normal_time_span

    raise ConversionError("bad-timedelta", f"{_shown(value)} is no time span", _TIME_SPAN_HELP, normal_time_span(value) if isinstance(value, str) else None)


def _bool(value: object) -> bool:
    return bool(value)


def _enable(value: object) -> object:
    # engine 26.7: the text 'always()' counts as the call, any other text as its truth value
    if value is ALWAYS or value == "always()":
        return ALWAYS
    return bool(value)


def _remote_path(value: object) -> PurePosixPath:
    if isinstance(value, str | PurePath):
        return PurePosixPath(value)
    raise ConversionError("bad-value", f"a path is expected, not {describe(value)}")


def _local_path(value: object) -> Path:
    if isinstance(value, str | PurePath):
        return Path(value)
    raise ConversionError("bad-value", f"a path is expected, not {describe(value)}")


def _uri(value: object) -> Uri:
    if isinstance(value, Uri):
        return value
    if isinstance(value, str):
        try:
            return Uri(value)
        except ValueError as error:
            raise ConversionError("bad-uri", str(error)) from None
    raise ConversionError("bad-uri", f"a URI is expected, not {describe(value)}", "for instance storage:folder/subfolder")


def _port_pair(value: object) -> str:
    text = text_of(value)
    if _PORT_PAIR.match(text):
        return text
    raise ConversionError("bad-port-pair", f"{_shown(value)} is no pair LOCAL:REMOTE of ports", "for instance '8080:80'")


def _restart(value: object) -> str:
    text = text_of(value)
    if text in RESTART_POLICIES:
        return text
    guess = closest(text, RESTART_POLICIES)
    hint = f"; did you mean {quoted(guess)}?" if guess else ""
    raise ConversionError("bad-enum", f"{quoted(text)} is no restart policy{hint}", f"allowed: {listing(RESTART_POLICIES)}", guess)


def _id(value: object) -> str:
    if not isinstance(value, str):
        raise ConversionError("bad-id", f"a name is expected, not {describe(value)}")
    problem = identifier_problem(value)
    if problem:
        near = near_identifier(value)
        raise ConversionError("bad-id", f"{quoted(value)} {problem}", f"for instance {quoted(near)}" if near is not None else None)
    return value


def _primitive(value: object) -> object:
    return value if isinstance(value, int | float) else text_of(value)


SHELLS = {"bash": "bash -euo pipefail -c ", "python": "python3 -uc "}
"""How ``bash`` and ``python`` texts become a command line (engine 26.7): the prefix of the quoted text."""


def _bash(value: object) -> str:
    return SHELLS["bash"] + shlex.quote(text_of(value))


def _python(value: object) -> str:
    return SHELLS["python"] + shlex.quote(text_of(value))


_CONVERT: dict[str, Callable[[object], object]] = {
    "int": _int,
    "float": _float,
    "timespan": _time_span,
    "bool": _bool,
    "enable": _enable,
    "remote-path": _remote_path,
    "local-path": _local_path,
    "uri": _uri,
    "port-pair": _port_pair,
    "restart": _restart,
    "id": _id,
    "primitive": _primitive,
    "bash": _bash,
    "python": _python,
}

NO_CONCATENATION = frozenset({"int", "float", "timespan", "bool", "enable", "list", "mapping"})
"""Types that take one constant or one expression alone (language reference: no concatenation)."""


def convert(type: str, value: object) -> object:
    """`value` as the attribute type `type` takes it; types not in the table are texts.

    Raises `ConversionError` where the engine refuses the value.
    """
    return _CONVERT.get(type, text_of)(value)


_TEXTS = frozenset({"str", "status"})
_NUMBERS = _TEXTS | {"int", "float", "bool"}
_PATHS = _TEXTS | {"path", "remote-path"}
_TAKEN = {
    "int": (_NUMBERS, "bad-number", "a whole number", _NUMBER_HELP),
    "float": (_NUMBERS, "bad-number", "a number", _NUMBER_HELP),
    "timespan": (_NUMBERS, "bad-timedelta", "a time span", _TIME_SPAN_HELP),
    "remote-path": (_PATHS, "bad-value", "a path", None),
    "local-path": (_PATHS, "bad-value", "a path", None),
    "uri": (_TEXTS | {"uri"}, "bad-uri", "a URI", "for instance storage:folder/subfolder"),
}
"""Of attribute types that do not take every value: the kinds that they take, the rule that others break, what is expected, what helps."""


def check_unknown(type: str, value: Unknown) -> None:
    """Raise `ConversionError` where no value of an expression's type will do, whatever it comes to."""
    taken, broken, expected, help = _TAKEN.get(type, (None, "", "", None))
    if taken is not None and not taken & value.type.kinds:
        raise ConversionError(broken, f"{expected} is expected, not {value.type.words}", help)


def is_text(type: str) -> bool:
    """Whether values of the attribute type are made texts by Python's `str`."""
    return type not in CONVERTED


def describe(value: object) -> str:
    """What kind of value it is, in words."""
    return type_of(value).words


def _shown(value: object) -> str:
    return quoted(value) if isinstance(value, str) else describe(value)
