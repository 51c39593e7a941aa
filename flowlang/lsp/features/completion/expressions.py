"""Inside expressions: contexts, fields, functions and the keys that users define."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowlang.expr import POISON, Call, Evaluator, Forbidden, Lookup, Record, Scope, Unknown, parse_template
from flowlang.lsp.features.completion.candidates import Candidate, Maker, escaped
from flowlang.lsp.features.completion.names import Here
from flowlang.lsp.features.excerpts import symbol_doc
from flowlang.lsp.features.probe import PROBE
from flowlang.lsp.features.unfinished import Unfinished
from flowlang.lsp.features.words import CONTEXTS, FIELDS, function_doc, type_words, value_words
from flowlang.queries.contexts import functions
from flowlang.queries.showing import short
from flowlang.semantics.symbols import Symbol, Table
from flowlang.semantics.unknowns import _ADDRESSABLE as ADDRESSABLE

_STATUS = frozenset({"success", "failure", "always"})
_KEYWORDS = {"operator": ("and", "or", "if", "else"), "name": ("not", "True", "False", "None")}
_SECTIONS = {"needs": "needs", "images": "images", "volumes": "volumes", "env": "env", "params": "params", "inputs": "inputs", "matrix": "matrix"}


class Expressions:
    """What may be written in an expression, in any of the scopes in which it is read."""

    def __init__(self, here: Here, open_: Unfinished, scopes: list[Scope], maker: Maker) -> None:
        self.here = here
        self.open = open_
        self.scopes = scopes
        self.maker = maker

    def all(self) -> Iterator[Candidate]:
        """All of them."""
        what = self.open.what
        if what == "attribute":
            yield from self._attributes()
        elif what == "text":
            yield from self._texts()
        elif what == "operator":
            yield from (self.maker.make(word, "keyword", rank=6) for word in _KEYWORDS["operator"])
        elif what == "name":
            yield from self._names()

    # --- names -------------------------------------------------------------------------------

    def _names(self) -> Iterator[Candidate]:
        frame = self.open.frame
        if frame is not None and frame.bracket == "[" and frame.of:
            yield from (self._key(name, value, quoted=False) for name, value in self._fields(frame.of).items())
        for name in self.open.bound:
            yield self.maker.make(name, "value", detail="of the comprehension", rank=3)
        seen: dict[str, object] = {}
        for scope in self.scopes:
            for name in scope.contexts:
                if name not in seen and not isinstance(value := scope.contexts[name], Forbidden):
                    seen[name] = value
        for name, value in seen.items():
            yield self.maker.make(name, "context", detail=type_words(value), doc=CONTEXTS.get(name, ""), rank=4)
        scope = self.scopes[0] if self.scopes else Scope()
        for function in functions(scope):
            text = f"{function.name}()"
            takes = bool(function.parameters or function.more)
            snippet = f"{function.name}($0)" if takes else None
            detail = f"{function.signature} → {short(function.result)}"
            yield self.maker.make(function.name, "function", text=text, snippet=snippet, detail=detail, doc=function_doc(function), rank=5)
        yield from (self.maker.make(word, "keyword", rank=7) for word in _KEYWORDS["name"])

    # --- attributes and keys -----------------------------------------------------------------

    def _attributes(self) -> Iterator[Candidate]:
        base = self.open.base
        for name, (of, value) in self._fields(base).items():
            detail, doc = type_words(value), self._doc(name, of, value)
            if ADDRESSABLE.fullmatch(name):
                yield self.maker.make(name, "field", detail=detail, doc=doc, rank=3)
            elif isinstance(of, Mapping):
                # a key that no dot can stand before
                text = self._quoted(name)
                yield self.maker.make(name, "field", text=f"[{text}]", detail=detail, doc=doc, rank=4, back=1, filter=f".{name}")

    def _texts(self) -> Iterator[Candidate]:
        """What a constant text may be: a key, or the id of a task or job."""
        frame = self.open.frame
        if frame is None:
            return
        if frame.bracket == "[" and frame.of:
            yield from (self._key(name, value, quoted=True) for name, value in self._fields(frame.of).items())
        elif frame.bracket == "(" and frame.of in _STATUS:
            yield from (self._key(name, value, quoted=True) for name, value in self._fields("needs").items())
        elif frame.bracket == "(" and frame.of == "inspect_job" and not frame.commas:
            for symbol in self.here.names.get("jobs", Table()).all():
                if PROBE not in symbol.name:
                    yield self.maker.make(symbol.name, "job", text=self._ended(symbol.name, ")"), doc=symbol_doc(self.here.index, symbol), rank=2)

    def _key(self, name: str, value: tuple[object, object], *, quoted: bool) -> Candidate:
        of, known = value
        detail, doc = type_words(known), self._doc(name, of, known)
        frame = self.open.frame
        closer = "]" if frame is not None and frame.bracket == "[" else ")"
        text = self._ended(name, closer) if quoted else self._quoted(name)
        label = name if quoted else self._quoted(name)
        return self.maker.make(label, "field", text=text, detail=detail, doc=doc, rank=2)

    def _quoted(self, name: str) -> str:
        """A key as a constant text, in the quotes that are the easiest inside the scalar."""
        quote = '"' if self.here.probe.scalar.style == "'" else "'"
        return f"{quote}{self.maker.in_scalar(name)}{quote}"

    def _ended(self, name: str, closer: str) -> str:
        """The rest of a constant text: with its quote and the bracket, where they are not there yet."""
        quote = self.maker.in_scalar(self.open.quote)
        source = self.here.probe.source.text[self.here.probe.replace.end :].partition("\n")[0]
        if source.startswith(quote):
            return self.maker.in_scalar(name)
        return self.maker.in_scalar(name) + quote + ("" if source.lstrip().startswith(closer) else closer)

    def _fields(self, base: str) -> dict[str, tuple[object, object]]:
        """What can be named below a lookup, in any of the scopes: name, and what holds it and its value."""
        found: dict[str, tuple[object, object]] = {}
        tree = _tree(base)
        for scope in self.scopes if tree is not None else ():
            value = Evaluator(scope).value(tree)  # type: ignore[arg-type]
            fields = value.fields if isinstance(value, Record) else value
            if not isinstance(fields, Mapping):
                continue
            for name in fields:
                known = fields[name]
                if isinstance(name, str) and name not in found and PROBE not in name and not isinstance(known, Forbidden):
                    found[name] = (value, known)
        for symbol in self._printed(tree):
            found.setdefault(symbol.name, ({}, Unknown()))
        return found

    def _printed(self, tree: object) -> list[Symbol]:
        """The outputs of a task that its scripts print; the scopes only know that it may have any."""
        if not isinstance(tree, Lookup) or tree.name != "needs" or len(tree.trailers) != 2:
            return []
        from flowlang.semantics.symbols.uses import keys_of

        first, second = keys_of(tree)
        if first is None or second is None or second.name != "outputs":
            return []
        frames = self.here.index.symbols.frames
        return [output for task in self.here.names.get("needs", Table()).find(first.name) for output in frames.outputs(task).all()]

    def _doc(self, name: str, of: object, value: object) -> str:
        parts = [FIELDS.get((of.noun, name), "")] if isinstance(of, Record) else []
        symbol = self._symbol(name) if not isinstance(of, Record) else None
        if symbol is not None:
            parts.append(symbol_doc(self.here.index, symbol))
        elif value is not POISON and (words := value_words(value)):
            parts.append(f"Value: {words}")
        return "\n\n".join(part for part in parts if part)

    def _symbol(self, name: str) -> Symbol | None:
        frame = self.open.frame
        base = self.open.base if self.open.what == "attribute" else frame.of if frame is not None else ""
        section = _SECTIONS.get("needs" if base in _STATUS else base)
        found = self.here.names.get(section, Table()).find(name) if section is not None else ()
        return found[0] if found else None


def _tree(base: str) -> Lookup | Call | None:
    """The lookup or call before a dot or bracket; nothing that would read files."""
    if not base or "hash_files" in base:
        return None
    template = parse_template(f"${{{{ {base} }}}}")
    tree = template.whole.tree if template.whole is not None else None
    return tree if isinstance(tree, Lookup | Call) else None


__all__ = ["Expressions", "escaped"]
