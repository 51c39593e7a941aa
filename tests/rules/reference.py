"""The reference of the rules in `docs/rules`, made of the catalogue and the rules' pages.

``python -m tests.rules.reference`` writes it anew; a test says when that is due.
"""

from __future__ import annotations

import re
from pathlib import Path

from flowlang.cli.rules import facts
from flowlang.diagnostics import Rule
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.diagnostics.families import FAMILIES, family
from flowlang.rules import all_pages

FOLDER = Path(__file__).parents[2] / "docs" / "rules"

_INTRODUCTION = """\
# Rules

Every finding of `flowlint` belongs to one of these rules. A rule goes by its code or its name wherever one is asked for: in `--select` and `--ignore`, in
settings, in comments. `flowlint --explain CODE` prints its page.

The *effect* says what the engine makes of it: what is `refused` fails while the project is read, built or checked before a run; what is `betrayed` is taken,
and then fails, is ignored or does something else than is written; `advice` is the rest. The severity is the one that a rule has until settings change it.
Rules marked *preview* run only when they are named.

The fix is what `flowlint --fix` makes; an `unsafe` one may change what is meant and needs `--unsafe-fixes` too; `sometimes` is safe, where there is one.
"""


def files() -> dict[str, str]:
    """The text of every file of the reference, by its name."""
    return {"README.md": _index(), **{f"{rule.code}.md": _page(rule) for rule in CATALOGUE}}


def _index() -> str:
    parts = [_INTRODUCTION]
    for each in FAMILIES:
        rows = [_row(rule) for rule in CATALOGUE if family(rule) is each]
        if rows:
            parts += [f"\n## {each.prefix}: {each.title}\n", "\n| rule | what it finds | severity | effect | fix |\n|---|---|---|---|---|\n", *rows]
    return "".join(parts)


def _row(rule: Rule) -> str:
    preview = " *preview*" if rule.preview else ""
    fix = "" if rule.fixable.value == "no" else rule.fixable.value
    cells = (f"[{rule.code} {rule.name}]({rule.code}.md)", _cell(rule.summary) + preview, rule.severity.value, rule.effect.value, fix)
    return f"| {' | '.join(cells)} |\n"


def _page(rule: Rule) -> str:
    told = "".join(f"| {name} | {_cell(value)} |\n" for name, value in facts(rule).items())
    page = re.sub(r"^```yaml (\S+)$", r"`\1`:\n\n```yaml", all_pages()[rule.name].page(), flags=re.M)
    summary = rule.summary[:1].upper() + rule.summary[1:]
    return f"# {rule.code} {rule.name}\n\n{_text(summary)}.\n\n| | |\n|---|---|\n{told}\n{page}\n"


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|")


def _text(text: str) -> str:
    """Plain text in Markdown: what would be a sign of it is one of the text."""
    return re.sub(r"([\\`*_<\[\]])", r"\\\1", text)


def main() -> None:
    """Write the folder anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = files()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
