"""Names that YAML does not read as names."""

from __future__ import annotations

from flowlang.diagnostics import Diagnostic, Effect, rule
from flowlang.model import MapItem
from flowlang.model.mending import replacement
from flowlang.text import quoted
from flowlang.yamltree import Scalar, resolve


def bool_key(item: MapItem, key: object, effect: Effect | None = None) -> Diagnostic | None:
    """The finding that a key without quotes, ``on`` for instance, is a truth value to YAML; None where it is none.

    Engine 26.7: the key stays one, so that a variable is named ``True`` and an argument fits no input.
    """
    node = item.keys[key]
    # the key may stand for one that is equal to it and written later: 1 for True
    if not isinstance(key, bool) or not isinstance(node, Scalar) or not isinstance(resolve(node), bool):
        return None
    message = f"{quoted(node.value)} is read as the truth value {key}, not as a name"
    fixes = replacement(item.source, node, node.value, safe=True) if node.tag is None else ()
    return Diagnostic(rule("yaml11-bool-key"), item.source, item.key_span(key), message, help="put it in quotes", fixes=fixes, override_effect=effect)
