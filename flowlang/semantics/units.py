"""Exec units: what jobs and tasks have in common."""

from __future__ import annotations

from collections.abc import Iterable

from flowlang.diagnostics import Diagnostic, Effect, rule
from flowlang.expr import POISON, Unknown
from flowlang.model import Leaf, MapItem
from flowlang.semantics.attributes import Attributes
from flowlang.semantics.convert import ConversionError
from flowlang.semantics.keys import bool_key
from flowlang.semantics.leaves import conversion_diagnostic
from flowlang.semantics.merge import Merged, Piece
from flowlang.semantics.uris import UriBase, normalise_image
from flowlang.text import Source, Span, quoted

PLAIN_ATTRIBUTES = ("name", "entrypoint", "cmd", "http_port", "http_auth", "pass_config", "restart")
"""Attributes evaluated as they are, with nothing of the flow mixed in."""
WITH_DEFAULT = ("preset", "schedule_timeout", "life_span")
"""Attributes for which an absent, zero or empty value means the flow's default."""


def elaborate_unit_image(unit: Merged, attributes: Attributes, base: UriBase | None, what: str, source: Source, key: Span) -> object:
    """The image of a job or task, normalised against `base` where there is one.

    `what` is ``job`` or ``task``; `source` and `key` say where it stands, for the finding that it has
    no image at all: one, whatever calls it and however many rows it has.
    """
    item = unit.first("image")
    image = attributes.value(item)
    if image is None:
        if unit.complete:
            pieces, use = unit.pieces.get("image"), unit.own.use
            if pieces:
                # left empty, in the job or in a mixin: that key is where it is missing
                source, key, use = pieces[0].origin.source, pieces[0].origin.key_span("image"), pieces[0].item.use
            elif use is not None:
                key = unit.own.head
            message, help = f"the {what} has no image", "add 'image: …' to it or to one of its mixins"
            attributes.sink.append(Diagnostic(rule("missing-image"), source, key, message, help=help).put_at(use))
        return POISON
    if base is None:
        return image
    try:
        return normalise_image(image, base)
    except ConversionError as error:
        assert isinstance(item, Leaf)
        attributes.sink.append(conversion_diagnostic(item, error))
        return POISON


def has_odd_names(env: object) -> bool:
    """Whether there are variables whose names are no texts, so that the engine may fail on them."""
    return isinstance(env, dict) and not set(map(type, env)) <= {str}


def check_env_keys(env: object, pieces: Iterable[Piece], sink: list[Diagnostic]) -> None:
    """Names of variables must be texts, or all be numbers: the engine sorts them when it builds a task (engine 26.7: its cache key)."""
    if not has_odd_names(env):
        return
    try:
        sorted(env)  # type: ignore[call-overload]
    except TypeError:
        pass
    else:
        return
    for piece in pieces:
        if isinstance(piece.item, MapItem):
            for key in piece.item.entries:
                if isinstance(key, bool):
                    sink += filter(None, [bool_key(piece.item, key, Effect.REFUSED)])
                elif not isinstance(key, str):
                    message = f"the name of a variable must be text, {quoted(str(key))} is not"
                    sink.append(Diagnostic(rule("bad-key"), piece.item.source, piece.item.key_span(key), message, help="put it in quotes"))


def own_variables(unit: Merged | None) -> frozenset[str]:
    """Names of the variables that a unit sets itself, for the words about one looked for in the context ``env``."""
    pieces = unit.pieces.get("env", ()) if unit is not None else ()
    return frozenset(key for piece in pieces if isinstance(piece.item, MapItem) for key in piece.item.entries if isinstance(key, str))


def join_env(base: dict[object, object] | Unknown, own: dict[object, object] | Unknown) -> dict[object, object] | Unknown:
    """The flow's variables with the job's own over them; unknown or wrong when one of the two is."""
    if isinstance(own, Unknown):
        return own
    return base if isinstance(base, Unknown) else {**base, **own}
