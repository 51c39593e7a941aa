"""A JSON-like document written as YAML: a subset that YAML 1.1 and 1.2 read alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowlang.patterns import pattern

# Texts that need no quotes: words that start with a letter or a slash and hold no sign that YAML knows; a colon only before more of a word.
_WORD = r"[A-Za-z0-9_/.()=,-]"
_PLAIN = pattern(rf"[A-Za-z/](?:{_WORD}|:(?={_WORD})|[ ](?=[A-Za-z0-9_/.]))*\Z")
# What YAML 1.1 takes for a boolean or a null, in any case.
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# What JSON leaves as it is and YAML must not hold: DEL, C1 controls, NEL, LS, PS, byte order marks, non-characters.
_UNPRINTABLE = pattern("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def dump(document: Mapping[str, object]) -> str:
    """The document as block YAML, keys in their order, empty collections as ``{}`` and ``[]``."""
    return "".join(f"{line}\n" for line in _block(document))


def _block(value: object) -> Iterator[str]:
    """The lines of a value that stands on lines of its own."""
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from _entry(f"{_scalar(key)}:", item)
    elif isinstance(value, (list, tuple)) and value:
        for item in value:
            yield from _item(item)
    else:
        yield _scalar(value)


def _entry(head: str, value: object) -> Iterator[str]:
    """A mapping's entry: its value beside the key, or below it and indented."""
    if isinstance(value, (Mapping, list, tuple)) and value:
        yield head
        for line in _block(value):
            yield f"  {line}"
    else:
        yield f"{head} {_scalar(value)}"


def _item(value: object) -> Iterator[str]:
    """A list's item: its first line behind the dash, the others below that."""
    lead = "- "
    for line in _block(value):
        yield lead + line
        lead = "  "


def _scalar(value: object) -> str:
    import json

    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, (list, tuple)):
        return "[]"
    if isinstance(value, str):
        if _PLAIN.match(value) and value.lower() not in _RESERVED:
            return value
        return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value)


def _number(value: float) -> str:
    """A float that YAML 1.1 reads as one: with a point even before an exponent, which has a sign there."""
    text = repr(value)
    if text in ("nan", "inf", "-inf"):
        return text.replace("nan", ".nan").replace("inf", ".inf")
    mantissa, letter, exponent = text.partition("e")
    return text if not letter or "." in mantissa else f"{mantissa}.0e{exponent}"
