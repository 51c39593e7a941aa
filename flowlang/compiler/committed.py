"""Reading a compiled document back: the committed output that a new one is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from flowlang.compiler.document import FACTS, VERSION
from flowlang.compiler.lower import Json
from flowlang.semantics import Environment
from flowlang.text import Source, quoted
from flowlang.yamltree import Mapping, Node, Scalar, Sequence, parse, resolve

_ANEW = "write it anew with 'flowlang compile --relocatable -o FILE'"
_LISTS = ("git_tags", "params")


class NotCompiled(Exception):
    """The text is no compiled document that can be compared: what is wrong, in words."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Committed:
    """A compiled document, and the options it was made with."""

    document: dict[str, Json]
    engine: str
    environment: Environment
    only: str | None


def read_committed(text: str) -> Committed:
    """The compiled document that a text holds, as JSON or as YAML; raises `NotCompiled`."""
    document = _load(text)
    if not isinstance(document, dict) or "version" not in document or not isinstance(document.get("flows"), dict):
        raise NotCompiled("it is no compiled document", "'flowlang compile --relocatable -o FILE' writes one")
    version = document["version"]
    if type(version) is not int or version != VERSION:
        raise NotCompiled(f"it has version {version!r} of the format, this program compares version {VERSION}", _ANEW)
    options, engine = document.get("options"), document.get("engine")
    if not isinstance(options, dict) or not isinstance(engine, str):
        raise NotCompiled("it does not say what it was compiled with: 'engine' or 'options' is missing", _ANEW)
    facts = {name: _option(options, name) for name in ("project_name", *FACTS, "params")}
    params = facts.pop("params") or ()
    only = options.get("only")
    return Committed(document, engine, Environment(params=params, **facts), only if isinstance(only, str) else None)  # type: ignore[arg-type]


def without_origins(document: Json) -> Json:
    """The document without the `origin` of its jobs and tasks; other keys of that name stay."""
    if not isinstance(document, dict) or not isinstance(flows := document.get("flows"), dict):
        return document
    return {**document, "flows": {path: _bare(flow, ("jobs", "tasks")) for path, flow in flows.items()}}


def _bare(owner: Json, sections: tuple[str, ...]) -> Json:
    if not isinstance(owner, dict):
        return owner
    plain = dict(owner)
    for section in sections:
        if isinstance(units := plain.get(section), dict):
            plain[section] = {name: _unit(unit) for name, unit in units.items()}
    return plain


def _unit(unit: Json) -> Json:
    if not isinstance(unit, dict):
        return unit
    return _bare({key: value for key, value in unit.items() if key != "origin"}, ("tasks",))


def _option(options: dict[str, Json], name: str) -> object:
    value = options.get(name)
    if name in _LISTS and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if value is None or (name not in _LISTS and isinstance(value, str)):
        return value
    raise NotCompiled(f"its option {quoted(name)} is no {'list of texts' if name in _LISTS else 'text'}", _ANEW)


def _load(text: str) -> Json:
    """The value of a JSON or YAML text."""
    import json

    text = text.removeprefix("\ufeff")
    looks_like_json = text.lstrip()[:1] in ("{", "[", "")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if looks_like_json:
            raise NotCompiled(f"it is no JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}") from None
    except (RecursionError, ValueError):
        raise NotCompiled("it is no JSON that can be read") from None
    tree = parse(Source("", text))
    if not tree.complete or tree.root is None:
        problem = next(iter(tree.problems), None)
        raise NotCompiled(f"it is neither JSON nor YAML{f': {problem.message}' if problem is not None else ''}")
    return _value(tree.root)


def _value(node: Node) -> Json:
    """The value of a YAML node; keys as texts."""
    if isinstance(node, Mapping):
        return {_key(pair.key): _value(pair.value) for pair in node.pairs}
    if isinstance(node, Sequence):
        return [_value(item) for item in node.items]
    return resolve(node) if isinstance(node, Scalar) else None


def _key(node: Node) -> str:
    return node.value if isinstance(node, Scalar) else ""
