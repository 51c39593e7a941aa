"""The only door to PyYAML: two readers of one language, and the engine's way to make values.

`compose` is libyaml, the fast reader. `events` is the pure Python reader, which is the one the engine
uses (engine 26.7: its loaders derive from PyYAML's Reader, Scanner, Parser, Composer), and therefore
the judge wherever the two differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from yaml.constructor import SafeConstructor
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import Resolver
from yaml.scanner import Scanner

_CParser: Any
try:
    from yaml._yaml import CParser as _CParser
except ImportError:  # PyYAML built without libyaml: the pure reader does everything
    _CParser = None

IS_FAST = _CParser is not None
"""Whether there is libyaml."""

__all__ = [
    "IS_FAST",
    "KNOWN_TAGS",
    "Failure",
    "MappingNode",
    "ScalarNode",
    "SequenceNode",
    "TooDeep",
    "compose",
    "construct",
    "events",
    "fast_events",
    "implicit_tag",
]

DEPTH_LIMIT = 200
"""Collections nested deeper than this are not read. Engine 26.7 recurses to death at some 485 levels (at
fewer the deeper its caller is), libyaml takes the process with it at some 100 000, and no shape of the
language goes below ten: the limit leaves room for whoever walks a tree by recursion."""


class TooDeep(Exception):
    """Raised on reading when collections are nested beyond `DEPTH_LIMIT`."""


class Failure(Exception):
    """What a reader choked on: the words of PyYAML and the offsets of its two marks."""

    def __init__(self, problem: str, at: int, context: str = "", context_at: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at
        self.context = context
        self.context_at = context_at


def _none(_kind: object, _value: object, _implicit: object) -> None:
    """Resolves nothing: tags of nodes stay None unless they are written."""


def _counter() -> tuple[Any, Any]:
    """A pair of hooks that the composer calls going down and up: they bound the depth before anything overflows."""
    depth = 0

    def descend(_parent: object, _index: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_LIMIT:
            raise TooDeep

    def ascend() -> None:
        nonlocal depth
        depth -= 1

    return descend, ascend


if _CParser is not None:

    class _Fast(_CParser):  # type: ignore[misc]
        """libyaml with the resolver taken out: it costs a third of the time, and values are made on demand."""

        def __init__(self, text: str) -> None:
            _CParser.__init__(self, text)
            self.descend_resolver, self.ascend_resolver = _counter()

        resolve = staticmethod(_none)


def compose(text: str) -> Any:
    """PyYAML nodes as libyaml reads them, tags None unless written; None for no document.

    Raises `TooDeep`, and `Failure` for whatever libyaml does not take (its words are of no use:
    the pure reader words errors).
    """
    if _CParser is None:
        raise Failure("no libyaml", 0)
    try:
        return _Fast(text).get_single_node()
    except TooDeep:
        raise
    except MarkedYAMLError as error:
        mark, context = error.problem_mark, error.context_mark
        raise Failure(str(error), mark.index if mark else 0, "", context.index if context else None) from None
    except (YAMLError, ValueError) as error:  # ValueError: a lone surrogate is no UTF-8
        raise Failure(str(error), 0) from None


def fast_events(text: str) -> Iterator[Any]:
    """The events that libyaml reads; raises `Failure`."""
    if _CParser is None:
        raise Failure("no libyaml", 0)
    try:
        parser = _CParser(text)
        while (event := parser.get_event()) is not None:
            yield event
    except (YAMLError, ValueError) as error:
        raise Failure(str(error), 0) from None


class _Pure(Reader, Scanner, Parser):
    """The engine's reader without its composer."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def events(text: str) -> Iterator[Any]:
    """The events that the engine's reader reads, up to its `Failure`."""
    reader: _Pure | None = None
    try:
        reader = _Pure(text)
        get: Callable[[], Any] = reader.get_event
        while (event := get()) is not None:
            yield event
    except MarkedYAMLError as error:
        mark, context_mark = error.problem_mark, error.context_mark
        at = mark.index if mark else context_mark.index if context_mark else 0
        raise Failure(str(error.problem or ""), at, str(error.context or ""), context_mark.index if context_mark else None) from None
    except (YAMLError, ValueError, OverflowError, ArithmeticError, LookupError, AssertionError, TypeError, AttributeError) as error:
        # Not YAMLError: what the reader does not foresee, such as "\U00110000" or a YAML directive
        # with a number of 5000 digits. The engine dies of it too.
        raise Failure("", reader.index if reader else 0, type(error).__name__) from None


_RESOLVER: Any = Resolver()
KNOWN_TAGS = frozenset(tag for tag in SafeConstructor.yaml_constructors if tag)
"""Tags that the engine has a constructor for."""


def implicit_tag(value: str) -> str:
    """The tag that YAML 1.1 gives a plain scalar of that text."""
    return str(_RESOLVER.resolve(ScalarNode, value, (True, False)))


def construct(tag: str, value: str) -> object:
    """The value of a scalar with that tag as the engine constructs it.

    Raises anything: `ValueError`, `KeyError`, `YAMLError` …, as the engine does on text that does not fit the tag.
    """
    maker: Any = SafeConstructor()
    return maker.construct_document(ScalarNode(tag, value))
