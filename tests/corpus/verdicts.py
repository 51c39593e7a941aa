"""The list of every warning and error on the corpus, each read and judged: `verdicts.tsv`.

``python -m tests.corpus.verdicts`` writes the list anew: verdicts that are there stay, new findings
get the verdict ``?``, which the test does not take. A verdict is one word:

- ``true``: what is said is so, and the owner of the file would mend it (or was hurt by it);
- ``meant``: what is said is so, and the owner may well know; it is worth a word all the same;
- ``refused``: the engine refuses it, as its answer shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from flowlang.diagnostics import Severity
from flowlang.linting import lint
from flowlang.runs import Options

from .places import CORPUS, workspaces

LIST = Path(__file__).with_name("verdicts.tsv")
VERDICTS = frozenset({"true", "meant", "refused"})


class Judged(NamedTuple):
    """One finding of the list."""

    workspace: str
    file: str
    line: int
    code: str
    verdict: str

    @property
    def finding(self) -> tuple[str, str, int, str]:
        """All but the verdict."""
        return self[:4]


def found() -> Iterator[Judged]:
    """Every warning and error that is found today, not judged yet."""
    for workspace, config in workspaces():
        root = CORPUS / workspace
        report = lint([str(root / config)], Options(actions_dirs=(str(CORPUS / "_actions"),)))
        for diagnostic in report.diagnostics:
            if diagnostic.severity is Severity.INFO or diagnostic.rule.preview:
                continue
            path = Path(diagnostic.source.path).resolve()
            shown = path.relative_to(root) if path.is_relative_to(root) else path.relative_to(CORPUS)
            line = diagnostic.source.position(diagnostic.span.start).line
            yield Judged(workspace, shown.as_posix(), line, diagnostic.rule.code, "?")


def read() -> list[Judged]:
    """The list as it is kept."""
    rows = (line.split("\t") for line in LIST.read_text("utf-8").splitlines()[1:])
    return [Judged(workspace, file, int(line), code, verdict) for workspace, file, line, code, verdict in rows]


def written(rows: Iterable[Judged]) -> str:
    """The text of the list."""
    lines = ["\t".join(Judged._fields), *("\t".join(map(str, row)) for row in sorted(set(rows)))]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    known = {row.finding: row.verdict for row in read()} if LIST.is_file() else {}
    LIST.write_text(written(row._replace(verdict=known.get(row.finding, "?")) for row in found()), "utf-8")
