"""Values of attributes: words out of fixed sets, and the usual references."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.expr import parse_template
from flowlang.lsp.features.completion.candidates import Candidate, Maker, escaped
from flowlang.lsp.features.completion.names import Here, actions, names_of
from flowlang.lsp.features.excerpts import short_value, symbol_doc
from flowlang.lsp.features.levels import Level, possible
from flowlang.lsp.features.probe import PROBE
from flowlang.model import RESTART_POLICIES
from flowlang.patterns import pattern
from flowlang.schema import ChoiceShape, ListShape, Notes, ScalarShape, Shape, scopes
from flowlang.semantics.inputs import input_type
from flowlang.semantics.symbols import Table
from flowlang.yamltree import Scalar, Sequence
from flowlang.yamltree.writing import written_in

_OPENERS = {"${{": "}}", "$[[": "]]", "$<<": ">>"}
_PRESETS = frozenset({"preset", "build_preset"})
_DOLLAR = pattern(r"\$[{\[<]?$")
_ENABLE = {"always()": "run the task whatever happened before", "success()": "run it when all needs succeeded", "failure()": "run it when any need failed"}


class Values:
    """The values that may be written at a probe that is no key."""

    def __init__(self, here: Here, level: Level, maker: Maker) -> None:
        self.here = here
        self.probe = here.probe
        self.level = level
        self.maker = maker
        self.notation = notation(here.probe.source.text)

    def all(self) -> Iterator[Candidate]:
        """All of them."""
        shapes = list(possible(self.level.shape, None))
        for shape in shapes:
            if isinstance(shape, ListShape):
                yield from self._items(shape)
            elif isinstance(shape, ChoiceShape) or _is_text(shape):
                yield from self._of(shape)
        if any(_is_text(shape) for shape in shapes):
            yield from self._begin()

    def _begin(self) -> Iterator[Candidate]:
        """The begin of an expression: where nothing is written yet, or a dollar sign."""
        scope = self.level.scope
        if scope not in scopes() or scope in ("none", "unevaluated"):
            return
        before = self.probe.before
        dollar = _DOLLAR.search(before)
        if before.strip() and dollar is None:
            return
        opener, closer = self.notation
        whole = f"{opener} {closer}"
        text = self._scalar(whole)
        snippet = escaped(text).replace(f"{escaped(opener)} ", f"{escaped(opener)} $0 ", 1)
        back = len(dollar[0]) - len(before) if dollar is not None else 0
        yield self.maker.make(whole, "snippet", text=text, snippet=snippet, detail="expression", rank=7, back=back)

    # --- single values -----------------------------------------------------------------------

    def _of(self, shape: Shape) -> Iterator[Candidate]:
        notes = shape.notes
        if isinstance(shape, ChoiceShape):
            for choice in shape.choices:
                if isinstance(choice, str) and choice:
                    yield self._word(choice, notes)
            return
        if notes.names in ("action", "module"):
            yield from actions(self.here, self.maker, module=notes.names == "module")
        elif notes.names is not None:
            yield from names_of(self.here, notes.names, self.maker)
        elif notes.type == "restart":
            for policy in RESTART_POLICIES:
                yield self._word(policy, notes)
        elif notes.type == "bool" and not self.probe.scalar.style:
            for word in ("true", "false"):
                yield self._word(word, notes)
        elif notes.type == "enable":
            for call, doc in _ENABLE.items():
                yield self._expression(call, "function", doc=f"{doc[:1].upper()}{doc[1:]}.")
        elif notes.type == "image" and self.level.key == "image":
            yield from self._references("images")
        elif self.level.key in _PRESETS:
            yield from (self._word(name, notes) for name in self._presets())
        elif notes.type == "primitive" and (self.here.inputs.find(self.level.key or "") and self._input_type() == "bool"):
            for word in ("True", "False"):
                yield self._expression(word, "value")

    def _input_type(self) -> str:
        """The type of the input that an arg is for."""
        item = self.here.inputs.find(self.level.key or "")[0].item
        return input_type(item) if item is not None else "str"

    def _presets(self) -> list[str]:
        """The presets that the project uses anywhere: the platform's are not known."""
        leaves = (leaf for config in self.here.index.configs.values() if config.block is not None for leaf in config.block.leaves())
        found = {leaf.value for leaf in leaves if isinstance(leaf.key, Scalar) and leaf.key.value in _PRESETS and isinstance(leaf.value, str)}
        return sorted(name for name in found if name and PROBE not in name and not parse_template(name).expressions)

    def _word(self, word: str, notes: Notes) -> Candidate:
        detail = "default" if notes.default == word else ""
        return self.maker.make(word, "value", text=self._scalar(word), detail=detail, rank=3)

    def _references(self, context: str) -> Iterator[Candidate]:
        """``${{ images.ID.ref }}`` for every image or volume in sight."""
        if context not in scopes().get(self.level.scope, ()):
            return
        for symbol in self.here.names.get(context, Table()).all():
            yield self._expression(f"{context}.{symbol.name}.ref", symbol.kind, detail=short_value(symbol), doc=symbol_doc(self.here.index, symbol))

    def _expression(self, text: str, kind: str, *, detail: str = "", doc: str = "") -> Candidate:
        opener, closer = self.notation
        whole = f"{opener} {text} {closer}"
        return self.maker.make(whole, kind, text=self._scalar(whole), detail=detail, doc=doc, rank=3, filter=f"{text} {whole}")

    # --- lists -------------------------------------------------------------------------------

    def _items(self, shape: ListShape) -> Iterator[Candidate]:
        """The items of a list that is about to begin, in brackets or after a dash."""
        for inner in possible(shape.item, None):
            if self.level.key == "volumes" and inner.notes.type == "str":
                found: Iterator[Candidate] = self._references("volumes")
            else:
                found = self._of(inner)
            for candidate in found:
                yield candidate._replace(text=self._as_item(candidate.text), snippet=None)

    def _as_item(self, text: str) -> str:
        if self.probe.scalar.style:
            return text
        return f"- {text}" if self.probe.starts_line else f"[{text}]" if text[:1] != "$" else f'["{text}"]'

    def _scalar(self, text: str) -> str:
        """A value as it must be written in the place: in quotes where brackets around it make that necessary."""
        style = self.probe.scalar.style
        if style:
            return written_in(style, text)
        flow = any(getattr(node, "flow", False) for node in self.probe.nodes)
        return f'"{written_in(chr(34), text)}"' if flow and text[:1] == "$" and not self.probe.before.strip() else text


def _is_text(shape: Shape) -> bool:
    return isinstance(shape, ScalarShape) and "string" in shape.kinds


def list_items(values: Values, owner: Level) -> Iterator[Candidate]:
    """What one more item of a list may be."""
    if owner.key == "volumes" and isinstance(owner.node, Sequence):
        yield from values._references("volumes")
    yield from values.all()


def notation(text: str) -> tuple[str, str]:
    """The notation of expressions that a file uses most; the first of the engine's where it has none."""
    best = max(_OPENERS, key=lambda opener: (text.count(opener), opener == "${{"))
    return best, _OPENERS[best]
