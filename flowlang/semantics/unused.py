"""Symbols that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from flowlang.diagnostics import Diagnostic, Severity, rule
from flowlang.model import PROJECT, Block, Leaf, ListItem
from flowlang.patterns import pattern
from flowlang.semantics.actions import Action
from flowlang.semantics.file import Analysis, FileAnalysis
from flowlang.semantics.visit import blocks
from flowlang.text import closest

if TYPE_CHECKING:
    from flowlang.semantics.symbols import Symbol

_CONTEXTS = {"image": "images", "volume": "volumes", "param": "params", "input": "inputs"}
"""Where expressions read the names of each kind."""
_BY_HAND = {"image": ("context", "'apolo-flow build'"), "volume": ("local", "'apolo-flow upload' and 'download'")}
"""What commands do with images and volumes that have such an attribute, used by a job or not (engine 26.7: its command line)."""
_LOOKUP = pattern(r"\b(\w+)(?:\.|\[['\"])(\w+)")
_BEFORE = frozenset(" {([,\n\t")
_OLD_KEY = "inherits:"
"""What `mixins` was called up to release 21.9."""


def unused(analysis: Analysis, kind: str) -> Iterator[Diagnostic]:
    """The findings about symbols of a kind (``image``, ``param`` …) that nothing uses, in the order of the files."""
    if all(_all_stand(file, kind) for file in analysis.files):
        return  # the usual case, told without the tables of symbols
    symbols = analysis.symbols
    defined = [symbol for symbol in symbols.all if symbol.kind == kind]
    texts = _Texts(analysis, kind, defined)
    for symbol in defined:
        # mostly its name stands in the file as it does where it is used: then nobody needs to know all uses of all names
        if symbol.source.path in symbols.remote or texts.hold(symbol) or symbol in symbols.read_as_whole:
            continue
        # what a call gives for an input is no use of it
        used = any(kind != "input" or place.source is symbol.source for place in symbols.uses(symbol))
        if not used and not _may_be_meant(analysis, symbol, texts):
            yield _told(analysis, symbol)


def _all_stand(file: FileAnalysis, kind: str) -> bool:
    """Whether each name of a kind that the file defines surely stands in it where names of that kind are used."""
    if kind == "mixin":
        named = _named(file, kind)
        return all(name in named for name in _defined(file, "mixins"))
    context, text = _CONTEXTS[kind], file.config.source.text
    return all(_is_looked_up(context, name, text) for name in _defined(file, context))


def _defined(file: FileAnalysis, section: str) -> Iterator[str]:
    """The keys of all sections of that name."""
    sections = (block.map(section) for block in blocks(file, section))
    return (name for found in sections if found is not None for name in found.keys if isinstance(name, str))


class _Texts:
    """What the files of an analysis say of the symbols of one kind (`defined`), each file looked through once."""

    def __init__(self, analysis: Analysis, kind: str, defined: list[Symbol]) -> None:
        self._analysis = analysis
        self._kind = kind
        self._names: dict[tuple[str, bool], frozenset[str]] = {}
        self._lacks: dict[str, bool] = {}
        self.paths: dict[str, set[str]] = {}
        for symbol in defined:
            self.paths.setdefault(symbol.name, set()).add(symbol.source.path)
        self._files: dict[int, list[FileAnalysis]] = {}
        for file in analysis.files:
            self._files.setdefault(id(file.config.source), []).append(file)

    def names(self, file: FileAnalysis, *, misspelt: bool = False) -> frozenset[str]:
        """The names that stand in a file; `misspelt`: those too that may be meant."""
        key = file.config.source.path, misspelt
        if key not in self._names:
            self._names[key] = _named(file, self._kind, misspelt=misspelt)
        return self._names[key]

    def hold(self, symbol: Symbol) -> bool:
        """Whether the name stands where names of its kind are used, in comments too, in a file that sees it."""
        files = self.seeing(symbol)
        context = _CONTEXTS.get(self._kind)
        # mostly there is a lookup as plain as can be: all that stand in a file need not be known
        if context is not None and any(_is_looked_up(context, symbol.name, file.config.source.text) for file in files):
            return True
        return any(symbol.name in self.names(file) for file in files)

    def lacks_module(self, file: FileAnalysis) -> bool:
        """Whether a file calls a module that is not there."""
        path = file.config.source.path
        if path not in self._lacks:
            self._lacks[path] = any(_is_missing(self._analysis, item.leaf("module")) for item in blocks(file, "module"))
        return self._lacks[path]

    def seeing(self, symbol: Symbol) -> list[FileAnalysis]:
        """The files that see a symbol: its own; for one of project.yml those too that define none of that name."""
        own = self._files.get(id(symbol.source), [])
        if not self.of_project(symbol):
            return own
        hiding = self.paths.get(symbol.name, set())
        return [*own, *(file for file in self._analysis.files if file.config.source.path not in hiding)]

    def of_project(self, symbol: Symbol) -> bool:
        """Whether project.yml defines it."""
        file = self._analysis.project.file
        return file is not None and symbol.source is file.source


def _may_be_meant(analysis: Analysis, symbol: Symbol, texts: _Texts) -> bool:
    """Whether some text may use the name after all: it cannot be read, or misspells the name."""
    if texts.of_project(symbol) and not any(True for _ in analysis.flows()):
        return True
    if not all(file.config.complete for file in analysis.files):
        return True
    if symbol.kind == "mixin" and any(_OLD_KEY in file.config.source.text for file in analysis.files):
        return True
    files = texts.seeing(symbol)
    if any(map(texts.lacks_module, files)):
        return True
    names = (found for file in files for found in texts.names(file, misspelt=True))
    return any(found == symbol.name or (found not in texts.paths and closest(found, [symbol.name])) for found in names)


def _is_missing(analysis: Analysis, module: Leaf | None) -> bool:
    """Whether a module is not there, which would see all names of its caller."""
    return module is not None and isinstance(module.value, str) and not isinstance(analysis.actions.find(module.value), Action)


def _named(file: FileAnalysis, kind: str, *, misspelt: bool = False) -> frozenset[str]:
    """The names of a kind that stand in a file, in comments too; `misspelt`: also those in contexts whose names are."""
    if kind in _CONTEXTS:
        context, found = _CONTEXTS[kind], _looked_up(file.config.source.text)
        if not misspelt:
            return found.get(context, frozenset())
        return frozenset().union(*(names for other, names in found.items() if other == context or closest(other, [context])))
    sections = (item.fields["mixins"] for item in blocks(file, "mixins"))
    leaves = (leaf for section in sections if isinstance(section, ListItem) for leaf in section.items)
    return frozenset(leaf.value for leaf in leaves if isinstance(leaf, Leaf) and isinstance(leaf.value, str))


def _is_looked_up(context: str, name: str, text: str) -> bool:
    """Whether a name is surely looked up in a text, with a point before it."""
    return name.isascii() and name.isidentifier() and _stands(f"{context}.{name}", text)


def _stands(lookup: str, text: str) -> bool:
    """Whether a lookup stands in a text by itself, behind a blank or a bracket."""
    at = text.find(lookup)
    while at >= 0:
        end = at + len(lookup)
        after = text[end : end + 1]
        if text[at - 1 : at] in _BEFORE and not (after.isalnum() or after == "_"):
            return True
        at = text.find(lookup, end)
    return False


@lru_cache(maxsize=8)
def _looked_up(text: str) -> Mapping[str, frozenset[str]]:
    """What stands in a text like a lookup: for what could be a context the names that follow it."""
    found: dict[str, set[str]] = {}
    for context, name in _LOOKUP.findall(text):
        found.setdefault(context, set()).add(name)
    return {context: frozenset(names) for context, names in found.items()}


def _told(analysis: Analysis, symbol: Symbol) -> Diagnostic:
    """The finding; of what a command may use, that it may be so."""
    block = symbol.item if isinstance(symbol.item, Block) else None
    of_project = any(file.config.kind == PROJECT and file.config.source is symbol.source for file in analysis.files)
    where = "no flow" if of_project else "nothing in this action" if symbol.kind == "input" else "nothing"
    message = f"{symbol.title} is defined, but {where} {'includes' if symbol.kind == 'mixin' else 'uses'} it"
    context = _CONTEXTS.get(symbol.kind)
    help = (
        f"delete it, or use it: ${{{{ {context}.{symbol.name}{'.ref' if symbol.kind in _BY_HAND else ''} }}}}"
        if context
        else "delete it, or name it under 'mixins'"
    )
    key, commands = _BY_HAND.get(symbol.kind, ("", ""))
    leaf = block.leaf(key) if block is not None else None
    severity = None
    if isinstance(leaf, Leaf) and leaf.value is not None:
        severity, help = Severity.INFO, f"only {commands} can make use of it"
    return Diagnostic(rule(f"unused-{symbol.kind}"), symbol.source, symbol.span, message, help=help, override_severity=severity)
