"""The command line by which the engine starts a live job: ``apolo run …``.

Facts: engine 26.7, its runner of live flows (order, spelling and conditions of the options, the name
of a job that has none). Tags are a set there, without an order; here they are sorted.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flowlang.expr import POISON, Unknown, text_of
from flowlang.light import NamedTuple
from flowlang.semantics.convert import QuotedCommand
from flowlang.semantics.job_names import job_name
from flowlang.semantics.jobs import LiveJob


class Gap(NamedTuple):
    """A part of the command line that is not known: which, and what it waits for."""

    part: str
    waits: tuple[str, ...]


@dataclass(slots=True)
class CommandLine:
    """The words of a command line; with `gaps`, or a `mistake` that the engine fails on, they are not complete."""

    words: list[str] = field(default_factory=lambda: ["apolo", "run"])
    gaps: list[Gap] = field(default_factory=list)
    mistake: str | None = None

    @property
    def complete(self) -> bool:
        """Whether this is what the engine would run."""
        return not self.gaps and self.mistake is None

    def text(self, *, terminal: bool = False) -> str:
        """The line as a shell takes it; for a terminal, words that would move its cursor as bash, zsh and ksh take them (``$'…'``)."""
        return " ".join(_escaped(word) if terminal and not all(map(_harmless, word)) else shlex.quote(word) for word in self.words)


def _harmless(char: str) -> bool:
    return char.isprintable() or char == "\n"


def _escaped(word: str) -> str:
    """A word with an escape for each character that does not print, byte by byte, which every shell with such quotes understands."""
    plain = word.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + "".join(char if _harmless(char) else "".join(f"\\{byte:03o}" for byte in char.encode("utf-8")) for char in plain) + "'"


class _Writer:
    def __init__(self, job: LiveJob) -> None:
        self.job = job
        self.values: Mapping[str, object] = job.values
        self.line = CommandLine()

    def known(self, part: str, value: object) -> bool:
        """Whether a value is known; a gap is noted where it is not."""
        found = value.text if isinstance(value, QuotedCommand) else value
        if not isinstance(found, Unknown):
            return True
        self.line.gaps.append(Gap(part, tuple(sorted(found.waits))))
        return False

    def option(self, option: str, key: str, *, empty: bool = True) -> None:
        """``--option=VALUE`` unless there is no value; with `empty` an empty one counts."""
        value = self.values[key]
        if self.known(f"--{option}", value) and value is not None and (empty or value):
            self.line.words.append(f"--{option}={text_of(value)}")

    def seconds(self, option: str, key: str) -> None:
        """A time span in whole seconds."""
        value = self.values[key]
        if not self.known(f"--{option}", value) or not isinstance(value, int | float):
            return
        try:
            self.line.words.append(f"--{option}={int(value)}s")
        except (ValueError, OverflowError):
            self.line.mistake = f"{value} is no number of seconds for --{option}"

    def flag(self, key: str, option: str, otherwise: str | None = None) -> None:
        """An option without a value, or its opposite."""
        value = self.values[key]
        if not self.known(f"--{option}", value) or value is None:
            return
        if value:
            self.line.words.append(f"--{option}")
        elif otherwise is not None:
            self.line.words.append(f"--{otherwise}")

    def each(self, option: str, values: object) -> None:
        """An option for each item of a list."""
        for value in _items(values):
            if self.known(f"--{option}", value):
                self.line.words.append(f"--{option}={text_of(value)}")

    def env(self) -> None:
        values = self.values["env"]
        if not isinstance(values, Mapping):
            self.known("--env", values)
            return
        for name, value in values.items():
            if self.known(f"--env={text_of(name)}", value):
                self.line.words.append(f"--env={text_of(name)}={text_of(value)}")

    def tags(self) -> None:
        values = list(_items(self.values["tags"]))
        self.each("tag", (value for value in values if isinstance(value, Unknown)))
        self.each("tag", sorted({text_of(value) for value in values if not isinstance(value, Unknown)}))

    def name(self) -> None:
        name = self.values["name"]
        if not self.known("--name", name):
            return
        if not name:
            suffix = self.job.suffix if self.job.multi else None
            project = self.job.flow.project.id.value
            if not self.known("--name", suffix) or project is None:
                return
            name = job_name(project, self.job.name, None if suffix is None else text_of(suffix))
        self.line.words.append(f"--name={text_of(name)}")

    def project(self) -> None:
        name = self.job.flow.project.record.fields["project_name"]
        if self.known("--project", name):
            self.line.words.append(f"--project={text_of(name)}")

    def command(self) -> None:
        image, command = self.values["image"], self.values["cmd"]
        if self.known("image", image):
            self.line.words.append(text_of(image))
        self.line.words.append("--")
        if not self.known("cmd", command) or not command:
            return
        try:
            self.line.words += shlex.split(text_of(command))
        except ValueError as error:
            words = str(error)
            self.line.mistake = f"the engine cannot take 'cmd' apart: {words[:1].lower()}{words[1:]}"

    def write(self) -> CommandLine:
        self.option("description", "title", empty=False)
        self.name()
        self.project()
        self.option("preset", "preset")
        self.seconds("schedule-timeout", "schedule_timeout")
        self.option("http-port", "http_port")
        self.flag("http_auth", "http-auth", "no-http-auth")
        self.option("entrypoint", "entrypoint", empty=False)
        self.option("workdir", "workdir")
        self.env()
        self.each("volume", self.values["volumes"])
        self.tags()
        self.seconds("life-span", "life_span")
        self.flag("browse", "browse")
        self.flag("detach", "detach")
        self.each("port-forward", self.values["port_forward"])
        self.flag("pass_config", "pass-config")
        self.option("restart", "restart", empty=False)
        self.command()
        return self.line


def run_args(job: LiveJob) -> CommandLine | None:
    """The command line that starts a job; None where the action that makes it is not at hand.

    The job must be one that the engine does not refuse.
    """
    return _Writer(job).write() if job.values else None


def _items(values: object) -> Iterator[object]:
    yield from values if isinstance(values, Iterable) and not isinstance(values, str) else [POISON]
