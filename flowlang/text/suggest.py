"""Words for messages: did-you-mean and lists of what is allowed."""

from __future__ import annotations

from collections.abc import Iterable

# Words shorter than this have too many near neighbours for a guess to help.
_SHORT = 3
# Longer words are no names that somebody mistyped, and in more comparisons than this nobody misses a guess.
_LONG = 80
_MOST_STEPS = 30_000
_EACH = 100


def _distance(left: str, right: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two words, or `limit` + 1."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, char in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != other))
            if i > 1 and j > 1 and char == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def closest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that `word` was probably meant to be, or None.

    Case and ``-`` against ``_`` count as no difference; else up to a third of the word may be
    wrong (Damerau-Levenshtein distance). Ties go to the word that sorts first. Of words that are very
    long, or very many, none is found.
    """
    if len(word) > _LONG:
        return None
    folded = word.lower().replace("-", "_")
    limit = 1 if len(word) <= _SHORT else max(1, len(word) // 3)
    best: tuple[int, str] | None = None
    steps = 0
    letters = set(folded)
    for candidate in allowed:
        if abs(len(candidate) - len(word)) > limit:
            continue
        left, right = folded, candidate.lower().replace("-", "_")
        if len(letters.difference(right)) > limit:
            continue
        same = next((at for at, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), min(len(left), len(right)))
        left, right = left[same:], right[same:]
        steps += _EACH + len(left) * len(right)
        if steps > _MOST_STEPS:
            return None
        distance = _distance(left, right, limit)
        if distance <= limit and distance < max(len(word), 1):
            best = min(best or (distance, candidate), (distance, candidate))
    return best[1] if best else None


def quoted(word: str) -> str:
    """A name as messages show it: in single quotes, control characters escaped."""
    if word.isprintable():
        return f"'{word}'"
    return "'" + "".join(c if c.isprintable() else repr(c)[1:-1] for c in word) + "'"


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, the last a ``…`` where it was cut."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def listing(words: Iterable[str], most: int = 12) -> str:
    """Words joined by commas, in the order given, cut after `most`."""
    all_words = list(words)
    shown = ", ".join(all_words[:most])
    rest = len(all_words) - most
    return f"{shown}, and {rest} more" if rest > 0 else shown
