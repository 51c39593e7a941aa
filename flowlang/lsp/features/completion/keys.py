"""Keys of blocks: those that may stand in the place, documented, mandatory ones first."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.lsp.features.completion.candidates import Candidate, Maker
from flowlang.lsp.features.levels import Level, possible
from flowlang.lsp.features.probe import PROBE, Probe
from flowlang.lsp.features.words import TYPES, attribute_doc
from flowlang.model.build import decide, key_of
from flowlang.schema import BlockShape, ListShape, MapShape, NeverShape, Notes, ScalarShape, Shape
from flowlang.yamltree import Mapping, Node, Scalar

_LIKELY = frozenset({"image", "id", "needs"})
"""Keys of jobs and tasks that nearly every one has."""
_EMPTY = Mapping(0, 0, None, [], False)
_NOTHING = frozenset({"null"})


def keys_of_block(probe: Probe, level: Level, maker: Maker) -> Iterator[Candidate]:
    """The keys that may be written in a block, or that may begin one."""
    node = level.node if isinstance(level.node, Mapping) else None
    present = {key for pair in node.pairs if isinstance(key := key_of(pair.key), str) and PROBE not in key} if node is not None else set()
    shapes = [shape for shape in possible(level.shape, node) if isinstance(shape, BlockShape)]
    fitting = [shape for shape in shapes if present <= set(shape.fields)] or shapes
    branch = level.decided if node is not None else decide(level.shape, _EMPTY, level.scope)[0]
    decided = branch if isinstance(branch, BlockShape) else None
    fields: dict[str, Shape] = {}
    for shape in sorted(fitting, key=lambda shape: shape is not decided):
        taken = {name for group in shape.exclusive if present & set(group) for name in group}
        for name, field in shape.fields.items():
            if name not in present and name not in taken and _is_useful(field):
                fields.setdefault(name, field)
    required = decided.required if decided is not None else ()
    one_of = {name for group in decided.one_of if not present & set(group) for name in group} if decided is not None else set()
    for name, field in fields.items():
        notes = field.notes
        needed = name in required or name in one_of
        scope = notes.scope or level.scope
        detail = TYPES.get(notes.type, "") + (", mandatory" if name in required else "")
        text, snippet = _written(probe, name, field)
        yield maker.make(
            name,
            "key",
            text=text,
            snippet=snippet,
            detail=detail.removeprefix(", "),
            doc=attribute_doc(notes, scope),
            rank=2 if needed else 8 if _is_last(notes) else 3 if name in _LIKELY else 5,
            deprecated=_is_last(notes),
        )


def _is_useful(field: Shape) -> bool:
    """Whether a key has any sense in the place: some are known only to say that they are not allowed, or have no effect."""
    if isinstance(field, NeverShape) or field.notes.type == "any":
        return False
    return not (isinstance(field, ScalarShape) and field.kinds == _NOTHING)


def _is_last(notes: Notes) -> bool:
    return notes.deprecated is not None or notes.scope == "unevaluated"


def _written(probe: Probe, name: str, field: Shape) -> tuple[str, str | None]:
    """The key as it is written in the place, and with room for its value."""
    rest = probe.source.text[probe.replace.end :].partition("\n")[0]
    if probe.scalar.style or rest.lstrip(" \"'").startswith(":"):
        return name, None
    owner = probe.nodes[-2] if probe.is_key else None
    if isinstance(owner, Mapping) and owner.flow:
        return f"{name}: ", _flow_snippet(name, field)
    form = _form(field)
    if form == "scalar":
        return f"{name}: ", None
    pad = " " * (_inner(probe) + 2)
    opening = {"block": f"\n{pad}", "list": f"\n{pad}- ", "script": f" |\n{pad}"}[form]
    return f"{name}:", f"{name}:{opening}$0"


def _inner(probe: Probe) -> int:
    """How far the key is from the first character of its line: behind the dashes of a list."""
    source = probe.source
    line = source.line_span(source.position(probe.insert.start).line)
    return len(source.text[line.start : probe.insert.start].lstrip(" "))


def _form(field: Shape) -> str:
    """How a value of that shape is best written: in the key's line, as a block, as a list or as a script."""
    if field.notes.type in ("bash", "python"):
        return "script"
    shapes = [type(shape) for shape in possible(field, None)]
    return "list" if ListShape in shapes else "block" if BlockShape in shapes or MapShape in shapes else "scalar"


def _flow_snippet(name: str, field: Shape) -> str | None:
    form = _form(field)
    return f"{name}: {{$0\\}}" if form == "block" else f"{name}: [$0]" if form == "list" else None


def keys_of_map(probe: Probe, level: Level, names: Iterator[Candidate], maker: Maker) -> Iterator[Candidate]:
    """The keys of a mapping with free keys: names that are known, and those that have a meaning of their own."""
    yield from names
    shape = level.decided
    node: Node = level.node
    present = {pair.key.value for pair in node.pairs if isinstance(pair.key, Scalar)} if isinstance(node, Mapping) else set()
    for name, field in shape.fields.items() if isinstance(shape, MapShape) else ():
        if name not in present:
            text, snippet = _written(probe, name, field)
            yield maker.make(name, "key", text=text, snippet=snippet, doc=attribute_doc(field.notes, level.scope), rank=7)
