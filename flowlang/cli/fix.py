"""``--fix`` and ``--diff`` of `flowlint`: the fixes made, written or shown, and what is told of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flowlang.cli.colors import paint_for
from flowlang.cli.lint_plan import Plan
from flowlang.cli.output import write, write_bytes
from flowlang.cli.program import FINDINGS
from flowlang.cli.streams import print_error, say
from flowlang.diagnostics import Diagnostic
from flowlang.fixing import Changed, Fixed, Territory, Texts, diff, fix
from flowlang.fixing import write as write_all
from flowlang.linting import lint
from flowlang.reporting import Paint, View
from flowlang.reporting.formats import FOR_PEOPLE
from flowlang.reporting.summary import fixable
from flowlang.reporting.visible import visible
from flowlang.runs import Report, resolve_targets, stdin_path

_PAINTED = {"+": "added", "-": "removed", "@": "hunk"}
_NAMES = 2  # lines of a diff before the changes
Stdin = tuple[str | None, bytes]


class Fixing:
    """The fixes of one run of the command; paths under different settings are fixed one after the other."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._unsafe: bool = given["unsafe_fixes"]
        self._dry: bool = given["diff"]
        self._texts = Texts()
        self._stdin: Stdin | None = None
        self._findings = 0
        self._unsafe_left = 0
        self._changed: dict[str, Changed] = {}

    @property
    def kind(self) -> str:
        """Which fixes are made: ``safe`` or ``all``."""
        return "all" if self._unsafe else "safe"

    def lint(self, plan: Plan, stdin: Stdin | None) -> Report:
        """Fix what is to be told of the findings in the paths of a plan; gives what remains. `UsageError` as `lint` raises it."""
        paths, policy = plan.paths, plan.policy
        name = stdin_path(stdin[0]) if stdin is not None else None
        real = os.path.realpath(name) if name is not None else None
        self._stdin = stdin or self._stdin

        def look(overlay: Mapping[str, bytes]) -> Report:
            return lint(paths, policy.options, stdin=None if stdin is None else (stdin[0], overlay.get(real or "", stdin[1])), overlay=overlay)

        def wanted(found: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
            told = policy.adjusted(found)
            if policy.baseline is not None and self._given["write_baseline"] is None:
                from flowlang.cli.baseline import new_findings

                told = new_findings(plan, told)
            return filter(policy.shows, told)

        targets = resolve_targets(paths if name is None else [*paths, name], None if name is None else {name: b""})
        territory = Territory(targets, unwritten=real, dry=self._dry)
        fixed = fix(look, wanted, territory.allows, unsafe=self._unsafe, texts=self._texts)
        failed = {} if self._dry else self._write(fixed, real)
        self._findings += fixed.count(failed)
        self._changed.update({each.path: each for each in fixed.changed if each.path not in failed})
        self._say(fixed, {**failed, **territory.left})
        report = look(self._texts.overlay()) if failed else fixed.report
        self._unsafe_left += 0 if self._unsafe else fixable(wanted(report.diagnostics))[1]
        return report

    def _write(self, fixed: Fixed, stdin: str | None) -> dict[str, str]:
        """Write what was fixed, but for the file on standard input; gives what could not be written, with the reasons."""
        to_write = [each for each in fixed.changed if each.path != stdin]
        failed = write_all(to_write, fixed.groups)
        for each in to_write:
            # from here on the disk has it as it is
            self._texts.forget(each.path)
        return failed

    def _say(self, fixed: Fixed, failed: Mapping[str, str]) -> None:
        for note in (*fixed.notes, *(f"{self._texts.names[path]} was not fixed: {why}" for path, why in failed.items())):
            say(f"note: {note}")

    def line(self) -> str:
        """What was fixed, in a line; empty when nothing was."""
        if not self._findings:
            return ""
        return f"{'would fix' if self._dry else 'fixed'} {_amount(self._findings, 'finding')} in {_amount(len(self._changed), 'file')}"

    def print_report(self, report: str, view: View) -> None:
        """Print the report, which says what remains; for a file on standard input its fixed text to standard output, the report beside that."""
        if self._stdin is not None:
            path = os.path.realpath(stdin_path(self._stdin[0]))
            write_bytes(self._changed[path].after.encode("utf-8") if path in self._changed else self._stdin[1], None)
        if self._stdin is not None and self._given["output"] in (None, "-"):
            print_error(report)
        else:
            write(report, self._given["output"])
        if view.fixed and not view.quiet and self._given["format"] not in FOR_PEOPLE:
            say(view.fixed)

    def show_diff(self) -> int:
        """Print what would change, and give the exit status."""
        to_file = self._given["output"] not in (None, "-")
        paint = paint_for(None if to_file else sys.stdout, self._given["color"])
        shown = _for_terminal if not to_file and sys.stdout.isatty() else str
        files = sorted(self._changed.values(), key=lambda each: each.name)
        text = "".join(_painted(shown(line), at, paint) for each in files for at, line in enumerate(diff(each)))
        write_bytes(text.encode("utf-8", "surrogateescape"), self._given["output"])
        if not self._given["quiet"]:
            more = f" ({self._unsafe_left} {'more ' if self._findings else ''}with --unsafe-fixes)" if self._unsafe_left else ""
            say((self.line() or "nothing would be fixed") + more)
        return FINDINGS if self._changed else 0


def _for_terminal(line: str) -> str:
    """A line of a diff without what would move the cursor."""
    return visible(line.rstrip("\r\n")) + "\n"


def _painted(line: str, at: int, paint: Paint) -> str:
    """A line in the colour of what it tells; the first two name the file."""
    role = "message" if at < _NAMES else _PAINTED.get(line[:1])
    return line if role is None else paint(line.rstrip("\n"), role) + "\n"


def _amount(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
