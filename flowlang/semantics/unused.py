"""Symbols that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Severity, rule
from flowlang.model import PROJECT, Block, Leaf, ListItem
from flowlang.semantics.actions import Action
from flowlang.semantics.file import Analysis, FileAnalysis
from flowlang.semantics.symbols import Symbol
from flowlang.semantics.visit import items
from flowlang.text import closest

_CONTEXTS = {"image": "images", "volume": "volumes", "param": "params", "input": "inputs"}
"""Where expressions read the names of each kind."""
_BY_HAND = {"image": ("context", "'apolo-flow build'"), "volume": ("local", "'apolo-flow upload' and 'download'")}
"""What commands do with images and volumes that have such an attribute, used by a job or not (engine 26.7: its command line)."""
_LOOKUP = re.compile(r"\b(\w+)(?:\.|\[['\"])(\w+)")
_OLD_KEY = "inherits:"
"""What `mixins` was called up to release 21.9."""


def unused(analysis: Analysis, kind: str) -> Iterator[Diagnostic]:
    """The findings about symbols of a kind (``image``, ``param`` …) that nothing uses, in the order of the files."""
    symbols = analysis.symbols
    defined = [symbol for symbol in symbols.all if symbol.kind == kind]
    texts = _Texts(analysis, kind, defined)
    for symbol in defined:
        if symbol.source.path in symbols.remote or symbol in symbols.read_as_whole:
            continue
        # what a call gives for an input is no use of it
        used = any(kind != "input" or place.source is symbol.source for place in symbols.uses(symbol))
        if not used and not _may_be_meant(analysis, symbol, texts):
            yield _told(analysis, symbol)


class _Texts:
    """What the files of an analysis say of the symbols of one kind (`defined`), each file looked through once."""

    def __init__(self, analysis: Analysis, kind: str, defined: list[Symbol]) -> None:
        self._analysis = analysis
        self._kind = kind
        self._names: dict[str, set[str]] = {}
        self._lacks: dict[str, bool] = {}
        self.paths: dict[str, set[str]] = {}
        for symbol in defined:
            self.paths.setdefault(symbol.name, set()).add(symbol.source.path)

    def names(self, file: FileAnalysis) -> set[str]:
        """The names that may be meant in a file."""
        path = file.config.source.path
        if path not in self._names:
            self._names[path] = set(_named([file], self._kind))
        return self._names[path]

    def lacks_module(self, file: FileAnalysis) -> bool:
        """Whether a file calls a module that is not there."""
        path = file.config.source.path
        if path not in self._lacks:
            self._lacks[path] = any(isinstance(item, Block) and _is_missing(self._analysis, item.leaf("module")) for item in items(file))
        return self._lacks[path]


def _may_be_meant(analysis: Analysis, symbol: Symbol, texts: _Texts) -> bool:
    """Whether some text may use the name after all: it cannot be read, is a comment, or misspells the name."""
    of_project = analysis.project.file is not None and symbol.source is analysis.project.file.source
    if of_project and not any(True for _ in analysis.flows()):
        return True
    if not all(file.config.complete for file in analysis.files):
        return True
    if symbol.kind == "mixin" and any(_OLD_KEY in file.config.source.text for file in analysis.files):
        return True
    hiding = texts.paths.get(symbol.name, set())
    files = [file for file in analysis.files if file.config.source is symbol.source or (of_project and file.config.source.path not in hiding)]
    if any(map(texts.lacks_module, files)):
        return True
    return any(found == symbol.name or (found not in texts.paths and closest(found, [symbol.name])) for file in files for found in texts.names(file))


def _is_missing(analysis: Analysis, module: Leaf | None) -> bool:
    """Whether a module is not there, which would see all names of its caller."""
    return module is not None and isinstance(module.value, str) and not isinstance(analysis.actions.find(module.value), Action)


def _named(files: list[FileAnalysis], kind: str) -> Iterator[str]:
    """The names of a kind that stand in files, in comments and misspelt ones too."""
    for file in files:
        if kind in _CONTEXTS:
            context = _CONTEXTS[kind]
            yield from (found[2] for found in _LOOKUP.finditer(file.config.source.text) if found[1] == context or closest(found[1], [context]))
            continue
        for item in items(file):
            section = item.fields.get("mixins") if isinstance(item, Block) else None
            for leaf in section.items if isinstance(section, ListItem) else ():
                if isinstance(leaf, Leaf) and isinstance(leaf.value, str):
                    yield leaf.value


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
