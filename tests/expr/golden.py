"""Golden messages: ``fixtures/expr/messages.txt`` holds templates with all that is told of them.

A block is a template (``live:`` or ``task:`` before it, line breaks written ``⏎``) and, for every
problem, the carets under its place, its words, and what the template is with each fix made.
``python -m tests.expr.golden`` writes the blocks anew: look at what changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flowlang.diagnostics import rule
from flowlang.expr import Problem, evaluate, parse_template
from flowlang.text import Edit, Span, apply_edits
from tests.conformance.expression_scopes import our_scope

FILE = Path(__file__).parents[2] / "fixtures" / "expr" / "messages.txt"
_INDENT = "      "


def blocks() -> list[tuple[str, str]]:
    """The kind of scope and the template of every block."""
    found = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        kind, colon, template = line.partition(": ")
        if colon and kind in ("live", "task"):
            found.append((kind, template.replace("⏎", "\n")))
    return found


def problems(kind: str, template: str) -> list[Problem]:
    """All that is told of a template."""
    parsed = parse_template(template)
    outcome = evaluate(parsed, our_scope(Path("/nowhere"), kind == "task"))
    return sorted([*parsed.problems, *outcome.problems], key=lambda problem: (problem.start, problem.end, problem.rule))


def render(kind: str, template: str) -> Iterator[str]:
    """One block, line by line."""
    yield f"{kind}: {_shown(template)}"
    for problem in problems(kind, template):
        row = rule(problem.rule)
        yield _INDENT + " " * problem.start + "^" * max(1, problem.end - problem.start)
        yield f"{_INDENT}{row.code} {row.name} ({problem.effective.value}): {problem.message}"
        if problem.help:
            yield f"{_INDENT}  help: {problem.help}"
        for fix in problem.fixes:
            mended = apply_edits(template, [Edit(Span(start, end), text) for start, end, text in fix.edits])
            yield f"{_INDENT}  {'fix' if fix.safe else 'unsafe fix'}: {fix.title} => {_shown(mended)}"


def _shown(text: str) -> str:
    return text.replace("\n", "⏎")


def whole() -> str:
    """The file as it should be."""
    return "\n\n".join("\n".join(render(kind, template)) for kind, template in blocks()) + "\n"


if __name__ == "__main__":
    FILE.write_text(whole(), encoding="utf-8", newline="\n")
