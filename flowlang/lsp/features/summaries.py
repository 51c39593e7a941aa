"""Jobs and tasks in short: what they come to, mixins and defaults included."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flowlang.expr import POISON, Unknown, text_of, unknowns, unparse_template
from flowlang.lsp.features.index import Index
from flowlang.lsp.features.words import code, seconds_words
from flowlang.queries.showing import value_text
from flowlang.semantics import LiveFlow
from flowlang.semantics.convert import QuotedCommand
from flowlang.semantics.jobs import LiveJob
from flowlang.semantics.symbols import Symbol
from flowlang.semantics.tasks import Task
from flowlang.text import shortened

_SHOWN = ("image", "cmd", "entrypoint", "preset", "workdir", "env", "volumes", "port_forward", "life_span", "schedule_timeout", "http_port", "restart", "multi")
_SECONDS = frozenset({"life_span", "schedule_timeout"})
_WIDTH = 100
_ENTRIES = 6


def summary(index: Index, symbol: Symbol) -> str:
    """What a job or task comes to, in Markdown; empty for other symbols, and where it is not known."""
    if symbol.kind == "job":
        flow = index.flows.get(symbol.source.path)
        job = flow.jobs.get(symbol.name) if isinstance(flow, LiveFlow) else None
        return _fenced(_job(job)) if job is not None else ""
    if symbol.kind == "task":
        rows = tasks_of(index, symbol)
        return f"{sentence(facts(rows, code))}\n\n{_fenced(_task(rows[0]))}".rstrip() if rows else ""
    return ""


def tasks_of(index: Index, symbol: Symbol) -> list[Task]:
    """The rows of the entry of ``tasks`` that a symbol is, of an action's those of its first call."""
    entry = symbol.item.node.span if symbol.item is not None else None
    for owner in index.owners_in(symbol.source.path):
        rows = [task for task in owner.graph.tasks.values() if task.entry.block.node.span == entry]
        if rows:
            return [task for task in rows if task.kind != "post"]
    return []


def _job(job: LiveJob) -> list[str]:
    lines = _lines(job.values)
    if job.is_call:
        lines = [
            f"{'module' if job.is_module else 'action'}: {job.reference or '?'}",
            *_given(job.inputs.given if job.inputs is not None else job.args),
            *lines,
        ]
    if job.params:
        lines.append(f"params: {_short(job.params)}")
    return lines


def _task(task: Task) -> list[str]:
    lines: list[str] = []
    if task.entry.is_call and task.entry.reference is not None:
        lines.append(f"{'module' if task.entry.is_module else 'action'}: {text_of(task.entry.reference.value)}")
        lines += _given(task.inputs.given if task.inputs is not None else task.args)
    lines += _lines(task.values)
    if task.enable is not None:
        lines.append(f"enable: {_short(task.enabled)}")
    return lines


def _given(args: Mapping[object, object] | Mapping[str, object]) -> Iterator[str]:
    if args:
        yield f"args: {_short(args)}"


def facts(rows: list[Task], name: Callable[[str], str]) -> list[str]:
    """What the rows of an entry of ``tasks`` are: how many of a matrix, and what comes before them; `name` writes a name."""
    first = rows[0]
    found = []
    if first.matrix:
        found.append(f"{len(rows)} rows of a matrix, the first is {name(first.real_id)}" if len(rows) > 1 else "one row of a matrix")
    needs = [f"{name(need)}{' (running)' if level == 'running' else ''}" for need, level in first.needs.items()]
    found.append(f"needs {', '.join(needs)}" if needs else "needs nothing")
    return found


def sentence(facts: list[str]) -> str:
    """Facts in one sentence."""
    text = "; ".join(facts)
    return f"{text[:1].upper()}{text[1:]}."


def _lines(values: Mapping[str, object]) -> list[str]:
    """The attributes that have a value worth showing."""
    lines = []
    for name in _SHOWN:
        value = values.get(name)
        if value is None or value is False or value == [] or value == {} or value == "" or value is POISON:
            continue
        lines.append(f"{name}: {seconds_words(value) if name in _SECONDS and isinstance(value, int | float) else _short(value)}")
    return lines


def _short(value: object) -> str:
    return shortened(" ".join(_shown(value).split()), _WIDTH)


def _shown(value: object) -> str:
    if isinstance(value, Unknown):
        return "?" if value is POISON or value.residual is None else unparse_template(value.residual)
    if isinstance(value, QuotedCommand):
        return f"{value.prefix}{_shown(value.text)}"
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return f"[{_joined([_shown(item) for item in value[: _ENTRIES + 1]])}]"
    if isinstance(value, Mapping):
        return f"{{{_joined([f'{key}: {_shown(value[key])}' for key in list(value)[: _ENTRIES + 1]])}}}"
    return text_of(value) if not unknowns(value) else value_text(value)


def _joined(texts: list[str]) -> str:
    return ", ".join([*texts[:_ENTRIES], *(["…"] if len(texts) > _ENTRIES else [])])


def _fenced(lines: list[str]) -> str:
    return "```yaml\n" + "\n".join(lines) + "\n```" if lines else ""
