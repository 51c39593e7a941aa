"""Edits of flows, typed character by character: ``python -m tests.fuzz.lsp_edits --edits 10000``.

After each edit the findings must be those of a fresh lint of the same text, and every feature must
answer at the place that was edited. Without folders the projects of the corpus are edited, where that is at hand.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from lsprotocol import types

from flowlang.diagnostics import Diagnostic
from flowlang.linting import lint
from flowlang.lsp.adapters import FEATURES, Asked, Refused
from flowlang.lsp.client import Abilities
from flowlang.lsp.documents import Document
from flowlang.lsp.session import Session
from flowlang.lsp.uris import uri_of
from flowlang.project import workspace_of
from flowlang.settings import Finder
from flowlang.settings.policy import policy
from flowlang.text import Edit, Span
from tests.corpus.places import CORPUS, workspaces
from tests.fuzz.typist import Typist

EVERYTHING = Abilities(
    versioned=True, actions=True, links=True, trees=True, offsets=True, snippets=True, two_ranges=True, markdown=frozenset({"completion", "hover", "signature"})
)
_ENCODINGS = ("utf-8", "utf-16", "utf-32")


class Finding(NamedTuple):
    """What is compared of a finding."""

    path: str
    start: int
    end: int
    code: str
    severity: str
    message: str


class Wrong(AssertionError):
    """The server and the linter do not agree, or a feature failed: after which edit of which file."""


class Desk:
    """One workspace with all its flows open, in this process."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root
        self.chance = chance
        self.session = Session()
        self.session.abilities = EVERYTHING
        self.session.documents.places = self.session.documents.places._replace(encoding=chance.choice(_ENCODINGS))
        self.typists: dict[Path, Typist] = {}
        workspace = workspace_of(str(root))
        assert workspace is not None
        for path in map(Path, filter(None, [*workspace.flow_files(), workspace.project_file()])):
            text = path.read_bytes().decode("utf-8", "replace")
            document = self.session.documents.open(types.TextDocumentItem(uri_of(str(path)), "yaml", 1, text))
            self.typists[path] = Typist(document.source.text, chance)

    def change(self, path: Path, edit: Edit) -> Document:
        """Make an edit as an editor sends it."""
        before = self.session.documents.get(uri_of(str(path)))
        assert before is not None
        where = self.session.documents.places.range(before.source, edit.span)
        identifier = types.VersionedTextDocumentIdentifier(before.version + 1, before.uri)
        after = self.session.documents.change(types.DidChangeTextDocumentParams(identifier, [types.TextDocumentContentChangePartial(where, edit.text)]))
        assert after is not None
        return after

    def found(self, path: Path) -> list[Finding]:
        """What the server has found."""
        checked = self.session.analyst.around(self.session.state(), str(path))
        return sorted(_of(str(self.root), (each for found in checked.diagnostics.values() for each in found)))

    def fresh(self) -> list[Finding]:
        """What the linter finds in the same texts."""
        overlay = {document.path: document.data for document in self.session.documents.snapshot().values() if document.path is not None}
        rules = policy(Finder(None, base=str(self.root), linter=True).around(str(self.root)))
        report = lint([str(self.root)], rules.options, overlay=overlay)
        return sorted(_of("", filter(rules.shows, rules.adjusted(report.diagnostics))))

    def ask_everything(self, path: Path, edit: Edit) -> None:
        """Ask every feature about the place of an edit."""
        document = self.session.documents.get(uri_of(str(path)))
        assert document is not None
        places = self.session.documents.places
        end = edit.span.start + len(edit.text)
        position = places.position(document.source, end)
        where = places.range(document.source, Span(edit.span.start, end))
        for feature in FEATURES:
            params = SimpleNamespace(
                text_document=types.TextDocumentIdentifier(document.uri),
                position=position,
                positions=[position],
                range=where,
                context=SimpleNamespace(diagnostics=[], only=None, trigger_kind=types.CodeActionTriggerKind.Automatic, include_declaration=True),
                new_name="other",
                query="",
                previous_result_id=None,
                previous_result_ids=[],
            )
            try:
                feature.answer(Asked(self.session, self.session.state(), params))
            except Refused:
                pass
            except Exception as error:
                raise Wrong(
                    f"{feature.method} failed at {position} of {path} with {type(error).__name__}: {error}; the text was\n{document.source.text}"
                ) from error


def _of(base: str, diagnostics: Iterable[Diagnostic]) -> Iterator[Finding]:
    for each in diagnostics:
        path = os.path.abspath(os.path.join(base, each.source.path))
        yield Finding(path, each.span.start, each.span.end, each.rule.code, each.severity.value, each.message)


def play(root: Path, edits: int, seed: int, *, features: bool = True) -> int:
    """Edit the flows of a workspace; gives how many edits were made. Raises `Wrong`."""
    chance = random.Random(seed)
    desk = Desk(root, chance)
    made = 0
    streams = {path: typist.edits() for path, typist in desk.typists.items()}
    while streams and made < edits:
        path = chance.choice(list(streams))
        for _ in range(min(chance.randint(1, 40), edits - made)):
            edit = next(streams[path])
            document = desk.change(path, edit)
            made += 1
            wanted = desk.typists[path].text[: edit.span.start] + edit.text + desk.typists[path].text[edit.span.end :]
            if document.source.text != wanted:
                raise Wrong(f"the text of {path} went another way with {edit}:\n{document.source.text!r}\n{wanted!r}")
            found, fresh = desk.found(path), desk.fresh()
            if found != fresh:
                raise Wrong(
                    f"after {made} edits (seed {seed}), the last {edit} of {path}:\nthe server alone {sorted(set(found) - set(fresh))}\n"
                    f"the linter alone {sorted(set(fresh) - set(found))}\nthe text was\n{document.source.text}"
                )
            if features:
                desk.ask_everything(path, edit)
    return made


def main() -> int:
    """Edit workspace after workspace until enough edits were made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--each", type=int, default=200, help="edits of each workspace in turn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-features", action="store_true", help="compare findings alone")
    given = parser.parse_args()
    folders = given.folders or [CORPUS / name for name, _ in workspaces()]
    if not folders:
        print("nothing to edit: give a workspace", file=sys.stderr)
        return 2
    made, seed, start = 0, given.seed, time.monotonic()
    while made < given.edits:
        root = folders[seed % len(folders)]
        try:
            made += play(root.resolve(), min(given.each, given.edits - made), seed, features=not given.no_features)
        except Wrong as wrong:
            print(f"{root}, seed {seed}: {wrong}", file=sys.stderr)
            return 1
        seed += 1
    print(f"{made} edits in {time.monotonic() - start:.0f} s, the findings after each those of a fresh lint")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
