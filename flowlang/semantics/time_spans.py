"""Time spans as people write them, in the one form that the engine reads."""

from __future__ import annotations

import re
from fractions import Fraction

from flowlang.patterns import pattern

_UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
_SECONDS = {
    **dict.fromkeys(("w", "week", "weeks"), 7 * 86400),
    **dict.fromkeys(("d", "day", "days"), 86400),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
}
_PART = pattern(r"\s*(\d{1,9})(?:\.(\d{1,9}))?\s*([a-z]+)\s*,?", re.ASCII)


def normal_time_span(text: str) -> str | None:
    """The same time as ``1d2h3m4s``; None where the text does not say clearly how long it is.

    Whole numbers stay in their units (``90min`` is ``90m``); a unit given twice, a fraction or
    weeks are counted together.
    """
    counts: dict[int, Fraction] = {}
    position, together, low = 0, False, text.lower()
    while position < len(low.rstrip()):
        part = _PART.match(low, position)
        seconds = _SECONDS.get(part[3]) if part is not None else None
        if part is None or seconds is None:
            return None
        number = Fraction(int(part[1] + (part[2] or "")), 10 ** len(part[2] or ""))
        together = together or seconds in counts or number.denominator != 1 or seconds > 86400
        counts[seconds] = counts.get(seconds, Fraction(0)) + number
        position = part.end()
    total = sum((seconds * number for seconds, number in counts.items()), Fraction(0))
    if not counts or total.denominator != 1:
        return None
    if not together:
        return "".join(f"{counts[seconds]}{unit}" for unit, seconds in _UNITS if seconds in counts)
    return written_span(int(total))


def written_span(seconds: int) -> str:
    """A number of seconds, 0 or more, as ``1d2h3m4s``."""
    rest, result = seconds, ""
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        result += f"{count}{unit}" if count else ""
    return result or "0s"
