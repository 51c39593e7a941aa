"""A workspace before both judges: where the engine and we disagree."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

import yaml

from flowlang.compiling import Compiled, compile_path
from flowlang.diagnostics import Diagnostic, Effect
from flowlang.runs import Options, UsageError
from tests.conformance.workspace_answers import ENVIRONMENT, Answer, Refusal, plain
from tests.conformance.workspace_engine import Engine
from tests.conformance.workspace_flows import FILES, Workspace
from tests.conformance.workspace_tasks import batch_disagreements

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Disagreement:
    """One difference: a short signature, the same for all that look alike, and both sides' words; `refused` are the findings of ours that it is about."""

    signature: str
    theirs: str
    ours: str
    refusal: Refusal | None = None
    refused: tuple[Diagnostic, ...] = ()
    live: bool = False  # whether it is about a live flow


@dataclass
class Judgement:
    """Both answers about a workspace on disk, and how they differ."""

    answers: dict[str, Answer]
    compiled: Compiled | None
    disagreements: list[Disagreement]

    @property
    def refused(self) -> bool:
        """Whether the engine refused anything."""
        return any(True for answer in self.answers.values() for _ in answer.refusals())


class Judge:
    """Writes workspaces below a folder, one at a time, and asks the engine and us."""

    def __init__(self, folder: Path, actions: Path | None = None) -> None:
        self._folder = folder.resolve()
        self._actions = actions.resolve() if actions is not None else None
        self.engine = Engine(actions)
        self._inputs: dict[str, Any] = {}  # of the action whose values are compared

    def judge(self, workspace: Workspace) -> Judgement:
        """Both answers for this workspace."""
        root = self._write(workspace)
        answers = self.engine.judge(root, workspace.config)
        try:
            compiled = self._compile(root, workspace.config, answers)
        except Exception as error:
            where = error.__traceback__
            while where is not None and where.tb_next is not None:
                where = where.tb_next
            place = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where is not None else ""
            return Judgement(answers, None, [Disagreement(f"we crash: {type(error).__name__} {place}", "", f"{error!r} in {place}")])
        found: dict[str, Disagreement] = {}
        for disagreement in self._compare(root, workspace.config, answers, compiled):
            found.setdefault(disagreement.signature, disagreement)
        return Judgement(answers, compiled, list(found.values()))

    def _write(self, workspace: Workspace) -> Path:
        for old in self._folder.iterdir():
            shutil.rmtree(old)
        root = self._folder / workspace.name
        (root / workspace.config).mkdir(parents=True)
        for name, text in {**FILES, **workspace.files()}.items():
            path = self._folder / name.removeprefix("../") if name.startswith("../") else root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return root

    def _compile(self, root: Path, config: str, answers: dict[str, Answer]) -> Compiled:
        params = tuple(text for name in answers for text in _given(root / config / name))
        environment = ENVIRONMENT._replace(params=params)
        options = Options(environment=environment, keep_going=True, actions_dirs=(str(self._actions),) if self._actions else ())
        try:
            return compile_path(str(root / config), options)
        except UsageError:
            return compile_path(str(root / config), options._replace(environment=ENVIRONMENT))

    def _compare(self, root: Path, config: str, answers: dict[str, Answer], compiled: Compiled) -> Iterator[Disagreement]:
        refused = [diagnostic for diagnostic in compiled.diagnostics if diagnostic.effect is Effect.REFUSED]
        for diagnostic in compiled.diagnostics:
            if diagnostic.rule.name == "internal-error":
                yield Disagreement(f"internal error: {_pattern(diagnostic.message)}", "", diagnostic.message)
        for name, answer in answers.items():
            wanted = list(answer.refusals())
            for refusal in wanted:
                yield from _place(refusal, refused)
            if answer.refused is None:
                yield from self._flow(root / config / name, f"{config}/{name}", answer, compiled, refused)
        if answers and not any(True for answer in answers.values() for _ in answer.refusals()):
            for diagnostic in refused:
                yield Disagreement(
                    f"engine accepts, we refuse: {diagnostic.rule.name} {_pattern(diagnostic.message)}", "accepted", told(diagnostic), refused=(diagnostic,)
                )

    def _flow(self, path: Path, key: str, answer: Answer, compiled: Compiled, refused: list[Diagnostic]) -> Iterator[Disagreement]:
        flows = compiled.document["flows"] if compiled.document else {}
        assert isinstance(flows, dict)
        if key not in flows:
            shared = any(Path(diagnostic.source.path).stem == "project" for diagnostic in refused)  # mistakes in project.yml concern all flows
            if not any(True for _ in answer.refusals()) or (answer.kind == "live" and answer.units and not shared):
                ours = "; ".join(map(told, refused)) or "; ".join(compiled.notes) or "left out"
                yield Disagreement(f"flow left out: {_pattern(ours)}", f"builds {', '.join(answer.units)}", ours, live=answer.kind == "live")
            return
        flow = flows[key]
        yield from self._values(answer, flow, compiled)
        if answer.kind == "batch":
            yield from ((Disagreement(*item)) for item in batch_disagreements(answer, flow, self))
            return
        for job_id, refusal in answer.unit_refusals.items():
            if "error" not in flow["jobs"].get(job_id, {}):
                yield Disagreement(f"engine refuses job: {_pattern(refusal.message)}", str(refusal), f"job {job_id} compiles", refusal)
        for job_id, theirs in answer.units.items():
            ours = flow["jobs"].get(job_id)
            if ours is None or "error" in ours:
                yield Disagreement(f"engine builds job, we do not: {_pattern(str(ours and ours['error']['message']))}", f"builds {job_id}", str(ours))
                continue
            with self.within((ours.get("calls") or {}).get("inputs")):
                yield from self._fields("job", theirs, ours)

    def _values(self, answer: Answer, flow: dict[str, Any], compiled: Compiled) -> Iterator[Disagreement]:
        theirs = answer.values
        assert compiled.document is not None
        project: Any = compiled.document["project"]
        yield from self._fields("project", theirs["project"], project)
        known = {key: value for key, value in theirs["flow"].items() if key in ("flow_id", "title", "life_span") and key in flow["flow"]}
        yield from self._fields("flow", known, flow["flow"])
        yield from self._fields("flow", {key: theirs[key] for key in ("tags", "env")}, flow)
        for section in ("images", "volumes"):
            if list(theirs[section]) != list(flow[section]) and sorted(theirs[section]) != sorted(flow[section]):
                yield Disagreement(f"{section}: other names", str(list(theirs[section])), str(list(flow[section])))
                continue
            for name, fields in theirs[section].items():
                yield from self._fields(section, fields, flow[section][name])
        if answer.kind == "batch":
            yield from self._params(theirs["params"], flow["params"])
            yield from self._fields("flow.strategy", theirs["strategy"], flow["strategy"])

    def _params(self, theirs: dict[str, Any], ours: dict[str, Any]) -> Iterator[Disagreement]:
        """Defaults of a flow's params; one that has none was given as a mark."""
        for name, value in theirs.items():
            default = ours.get(name, {}).get("default")
            if value != f"param-{name}" and not self.agrees("", default, value):
                yield Disagreement("value of params", repr(value), repr(default))

    def _fields(self, owner: str, theirs: dict[str, Any], ours: dict[str, Any]) -> Iterator[Disagreement]:
        for field, value in theirs.items():
            if not self.agrees(field, ours.get(field), value):
                yield Disagreement(f"value of {owner}.{field}", repr(value), repr(ours.get(field)))

    @contextlib.contextmanager
    def within(self, inputs: dict[str, Any] | None) -> Iterator[None]:
        """Compare what stands inside an action: deferred values there may wait for these inputs, told in the caller's names."""
        outer = self._inputs
        filled = {name: self._filled(value) for name, value in (inputs or {}).items()}
        # an address becomes a text on its way into an action
        self._inputs = {name: str(value) if type(value).__name__ == "URL" else value for name, value in filled.items()}
        try:
            yield
        finally:
            self._inputs = outer

    def agrees(self, field: str, ours: Any, theirs: Any) -> bool:
        """Whether a field of our spec holds what the engine's holds: sets have no order, deferred values are filled with marks."""
        if field == "tags" and isinstance(ours, list) and isinstance(theirs, list):
            return set(map(str, map(self._filled, ours))) == set(map(str, theirs))  # what is filled in may be there already
        if isinstance(ours, dict) and isinstance(theirs, dict) and "$deferred" not in ours:
            return ours.keys() == theirs.keys() and all(self.agrees(key, ours[key], value) for key, value in theirs.items())
        if isinstance(ours, list) and isinstance(theirs, list):
            return len(ours) == len(theirs) and all(self.agrees("", one, other) for one, other in zip(ours, theirs, strict=True))
        if isinstance(ours, dict) and "$deferred" in ours:
            return self._deferred(ours, theirs) or (field == "image" and self._deferred_image(ours, theirs))
        if field == "life_span" and isinstance(ours, float) and isinstance(theirs, int):
            return ours == theirs  # the engine's own default is a whole number of seconds
        return repr(ours) == repr(theirs)

    def _filled(self, value: Any) -> Any:
        if not isinstance(value, dict) or "$deferred" not in value:
            return value
        try:
            return self.engine.evaluate(value["$deferred"], self._inputs)
        except Exception as error:
            return f"({value['$deferred']} cannot be computed: {error})"

    def _deferred(self, ours: dict[str, Any], theirs: Any) -> bool:
        try:
            value = self.engine.evaluate(ours["$deferred"], self._inputs, quoted=bool(ours.get("quoted")))
            if isinstance(theirs, bool | int | float):
                return bool(type(theirs)(value) == theirs)
            # in a quoted command whoever fills the value in quotes it; marks need no quotes
            if ours.get("quoted"):
                return shlex.split(value) == shlex.split(str(theirs))
            # the attribute's own conversion comes when the value is known: paths lose their double slashes only then
            return str(theirs) in (str(value), str(plain(value)), str(PurePosixPath(str(plain(value)))))
        except Exception:
            return False

    def _deferred_image(self, ours: dict[str, Any], theirs: Any) -> bool:
        """A reference is made absolute and percent-encoded only when all of it is known."""
        text = re.sub(r"[\t\r\n]", "", str(self._filled(ours)))
        name = unquote(text).removeprefix("image:").lstrip("/")
        return text.startswith("image:") and unquote(str(theirs)).endswith((name, normpath(name)))


def _given(path: Path) -> Iterator[str]:
    """``param-NAME`` for every param of a flow file that has no default, as options of the command."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except Exception:
        return
    if not isinstance(content, dict):
        return
    jobs = content.get("jobs")
    owners = {f"{name}.": job for name, job in jobs.items() if isinstance(job, dict)} if isinstance(jobs, dict) else {}
    for prefix, owner in {f"{path.stem}:": content, **owners}.items():
        params = owner.get("params")
        for name, param in params.items() if isinstance(params, dict) else ():
            if param is None or (isinstance(param, dict) and param.get("default") is None):
                yield f"{prefix}{name}=param-{name}"


def told(diagnostic: Diagnostic) -> str:
    """A finding in one line."""
    position = diagnostic.source.position(diagnostic.span.start)
    return f"{diagnostic.rule.name} at {os.path.basename(diagnostic.source.path)}:{position.line}:{position.column}: {diagnostic.message}"


def _pattern(message: str) -> str:
    """A message without its particulars."""
    message = re.sub(r'\s*in "[^"]*", line \d+, column \d+', "", message).strip()
    message = re.sub(r"'[^']*'|\"[^\"]*\"|<[^>]*>", "'…'", message)
    message = re.sub(r"\b(job|task|call|action|param|volume|image) [\w-]+ ", r"\1 … ", message)
    return re.sub(r"\d+", "N", message).splitlines()[0][:110] if message else ""


def _place(refusal: Refusal, refused: list[Diagnostic]) -> Iterator[Disagreement]:
    """Nothing, or: that we do not refuse what the engine refuses, or do elsewhere."""
    if not refused:
        yield Disagreement(f"engine refuses, we accept: {refusal.kind} {_pattern(refusal.message)}", str(refusal), "no refused finding", refusal)
    elif refusal.path is not None and not any(covers(diagnostic, refusal) for diagnostic in refused):
        ours = "; ".join(map(told, refused))
        rules = ",".join(sorted({diagnostic.rule.name for diagnostic in refused}))
        yield Disagreement(f"other place: {refusal.kind} {_pattern(refusal.message)} / {rules}", str(refusal), ours, refusal, tuple(refused))


def covers(diagnostic: Diagnostic, refusal: Refusal) -> bool:
    """Whether a finding is at the engine's line, give or take one, or within what begins there."""
    if os.path.realpath(diagnostic.source.path) != os.path.realpath(refusal.path or ""):
        return False
    first = diagnostic.source.position(diagnostic.span.start).line
    last = diagnostic.source.position(diagnostic.span.end).line
    lines = [_our_line(diagnostic.source.text, line) for line in refusal.lines]
    if first - 1 <= max(lines) and min(lines) <= last + 1:
        return True
    return any(begin <= first <= end for begin, end in _nodes(refusal.path or "", refusal.lines[0]))


def _our_line(text: str, line: int) -> int:
    """A line as we count it: the engine's reader ends lines at NEL, LS and PS as well."""
    ends = [match.end() for match in itertools.islice(re.finditer("\r\n|[\n\r\x85\u2028\u2029]", text), line - 1)]
    return len(re.findall(r"\r\n|\n|\r", text[: ends[-1]])) + 1 if ends else 1


def _nodes(path: str, line: int) -> list[tuple[int, int]]:
    """First and last line of the nodes that begin in a line."""
    found: list[tuple[int, int]] = []

    def walk(node: Any, owner: Any) -> None:
        first, last = node.start_mark.line + 1, node.end_mark.line + 1
        if first == line:
            # what is missing in a block is told at its key, which may stand lines above
            found.append((owner.start_mark.line + 1, last))
        for child in node.value if isinstance(node, yaml.CollectionNode) else ():
            for inner in child if isinstance(child, tuple) else (child,):
                if inner.start_mark.line + 1 <= line <= inner.end_mark.line + 1:
                    walk(inner, child[0] if isinstance(child, tuple) else inner)

    with contextlib.suppress(Exception):
        root: Any = yaml.compose(Path(path).read_text(encoding="utf-8"), _Loader)
        walk(root, root)
    return found
