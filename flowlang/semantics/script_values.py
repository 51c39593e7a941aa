"""The fix for a value pasted into a shell script: it becomes a variable in `env`, which the script reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowlang.diagnostics import Fix, SourceEdit
from flowlang.expr import Attr, ExprPart, Lookup, Template, TextPart
from flowlang.model import Block, Item, Leaf, ListItem, MapItem
from flowlang.model.mending import added_after, line_break, one_edit
from flowlang.patterns import pattern
from flowlang.text import Edit
from flowlang.yamltree import Mapping, Scalar
from flowlang.yamltree.values import line_start
from flowlang.yamltree.writing import written_in

_NAME = pattern(r"[A-Z][A-Z0-9_]*")
# Variables that mean something to the shell, or to nearly every program.
_TAKEN = pattern(
    r"PATH|HOME|USER|LOGNAME|PWD|OLDPWD|SHELL|TERM|LANG|LANGUAGE|LC_.*|LD_.*|IFS|U?ID|E?UID|PPID|HOST(?:NAME|TYPE)?|RANDOM|SECONDS|LINENO|OPTARG|OPTIND|PS[0-9]"
    r"|TMPDIR|EDITOR|PAGER|DISPLAY|MAIL|ENV|COLUMNS|LINES|REPLY|CDPATH|BASH.*|PYTHON.*|NEURO_.*|APOLO_.*"
)
_STARTS_A_COMMAND = pattern(r"(?:^|[\n;&|({`!]|\b(?:then|do|else|if|while|until|exec|time))[ \t]*\Z")


def owner_of(script: Leaf, file: Block | None) -> Block | None:
    """The job, task or mixin in a file whose shell script this is; None for that of a local action, the file itself, which has no variables."""
    todo: list[Item] = [file] if file is not None else []
    while todo:
        item = todo.pop()
        if isinstance(item, Block):
            if item.fields.get("bash") is script:
                return item if item is not file else None
            todo += item.fields.values()
        elif isinstance(item, MapItem):
            todo += item.entries.values()
        elif isinstance(item, ListItem):
            todo += item.items
    return None


def as_variable(owner: Block, leaf: Leaf, part: ExprPart) -> tuple[Fix, ...]:
    """The unsafe fix for one lookup in the script `leaf` of a job or task. None where the way it is quoted there cannot be told."""
    node = leaf.node
    quotes = shell_quotes(leaf.template, part)
    if quotes is None or not isinstance(part.tree, Lookup) or not isinstance(node, Scalar) or leaf.key is None:
        return ()
    if not isinstance(owner.node, Mapping) or owner.node.flow or not owner.node.start <= leaf.key.start < owner.node.end:
        return ()
    value = leaf.template.text[part.start : part.end]
    for name in _names(part.tree):
        variable = _variable(owner, leaf, name, value)
        if variable is not None:
            read = written_in(node.style, _read(name, quotes, leaf.template.text[part.end : part.end + 1]))
            edits = (*variable, SourceEdit(leaf.source, Edit(leaf.place(part.start, part.end), read)))
            return (Fix(f"Pass it as the variable {name}", False, edits),)
    return ()


def shell_quotes(template: Template, part: ExprPart) -> str | None:
    """The quotes that an expression stands in as the shell reads the script: ``"``, ``'`` or none.

    None where that cannot be told by looking at quotes alone (in a comment, after a here document or a
    backquote), or where the value is the command itself, which quotes would keep in one word.
    """
    text = "".join("x" * (other.end - other.start) if isinstance(other, ExprPart) else other.text for other in template.parts if other.start < part.start)
    stack: list[str] = []
    at = 0
    while at < len(text):
        char, top = text[at], stack[-1] if stack else ""
        if top == "'":
            if char == "'":
                stack.pop()
        elif char == "`" or (char == "<" and text.startswith("<<", at)) or (char == "$" and text.startswith("$'", at) and top != '"'):
            return None
        elif char == "\\":
            at += 1
        elif char == '"' or (char == "'" and top != '"'):
            _ = stack.pop() if top == char else stack.append(char)  # type: ignore[func-returns-value]
        elif char == "(" and (top == "(" or text[at - 1 : at] == "$"):
            stack.append("(")
        elif char == ")" and top == "(":
            stack.pop()
        elif char == "#" and top != '"' and (at == 0 or text[at - 1] in " \t\n;&|("):
            end = text.find("\n", at)
            if end < 0:
                return None
            at = end
        at += 1
    quotes = stack[-1] if stack and stack[-1] != "(" else ""
    return None if not quotes and _STARTS_A_COMMAND.search(text) else quotes


def _names(lookup: Lookup) -> Iterator[str]:
    """Names for the variable: the last word of the lookup, then with the context before it."""
    if lookup.trailers and all(isinstance(trailer, Attr) for trailer in lookup.trailers):
        last = lookup.trailers[-1]
        assert isinstance(last, Attr)
        for name in (last.name.upper(), f"{lookup.name}_{last.name}".upper()):
            if _NAME.fullmatch(name) and not _TAKEN.fullmatch(name):
                yield name


def _variable(owner: Block, leaf: Leaf, name: str, value: str) -> tuple[SourceEdit, ...] | None:
    """The edits that give the variable to the job or task, none where it has it; None where the name is used for something else."""
    env = owner.fields.get("env")
    if env is None:
        return _new_section(leaf, name, value) if not _is_used(leaf.template, name) else None
    node = env.node
    if not isinstance(env, MapItem) or not isinstance(node, Mapping) or not owner.node.start <= node.start < owner.node.end:
        return None
    if name in env.entries:
        own = env.entries[name]
        return () if isinstance(own, Leaf) and own.value == value else None
    if _is_used(leaf.template, name):
        return None
    if node.flow and not node.pairs:
        return one_edit("", leaf.source, node.start, node.end, f'{{{name}: "{written_in(chr(34), value)}"}}').edits
    added = added_after(leaf.source, node, node.pairs[-1].key, name, value) if node.pairs else ()
    return added[0].edits if added else None


def _new_section(leaf: Leaf, name: str, value: str) -> tuple[SourceEdit, ...]:
    assert leaf.key is not None
    text, start = leaf.source.text, leaf.key.start
    indent = " " * (start - line_start(text, start))
    newline = line_break(text)
    return one_edit("", leaf.source, start, start, f"env:{newline}{indent}  {name}: {value}{newline}{indent}").edits


def _is_used(template: Template, name: str) -> bool:
    return any(re.search(rf"\b{name}\b", part.text) for part in template.parts if isinstance(part, TextPart))


def _read(name: str, quotes: str, following: str) -> str:
    """How the script reads the variable, within the quotes around it."""
    plain = f"${{{name}}}" if quotes == '"' and (following.isalnum() or following in ("_", "[")) else f"${name}"
    return {'"': plain, "'": f"'\"{plain}\"'", "": f'"{plain}"'}[quotes]
