"""`docs/rules` says what the catalogue and the pages say."""

from __future__ import annotations

import re

from tests.rules.reference import FOLDER, files
from tests.shell_lines import check, command_lines


def test_it_is_up_to_date() -> None:
    made, shown = files(), {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    stale = sorted(name for name in {*shown, *made} if shown.get(name) != made.get(name))
    assert stale == [], "write it anew with: python -m tests.rules.reference"


def test_its_links_lead_somewhere() -> None:
    for name, text in files().items():
        for target in re.findall(r"\]\((?!https://)([^)#]+)\)", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)):
            assert (FOLDER / target).is_file(), (name, target)


def test_its_command_lines_are_taken() -> None:
    for text in files().values():
        for words in command_lines(text):
            check(words)
