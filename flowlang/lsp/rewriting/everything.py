"""All safe fixes of one file at once, as ``flowlint --fix`` makes them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import pairwise

from flowlang.analysis import judge, judge_alone
from flowlang.fixing import Texts, fix
from flowlang.lsp.analyst import Checked, analysis_of, to_show
from flowlang.project import FileStore
from flowlang.project.reading import read_config
from flowlang.runs import Report, unique
from flowlang.text import Edit, Source, Span


def fix_everything(checked: Checked, path: str, overlay: Mapping[str, bytes]) -> list[Edit]:
    """The edits that make all safe fixes in the file at `path`; `overlay` are the texts that the editor has, by path."""
    real, root, rules = os.path.realpath(path), checked.root, checked.policy
    editor = {os.path.realpath(each): data for each, data in overlay.items()}

    def look(texts: Mapping[str, bytes]) -> Report:
        store = FileStore(root, {**editor, **texts}, checked.store.configs)
        if checked.alone:
            judged, files = judge_alone(read_config(store, path), rules.options), 1
        else:
            analysis = analysis_of(checked.analysis.workspace, store, rules)
            judged, files = judge(analysis, rules.options), len(analysis.files)
        return Report(unique(judged.diagnostics), files, tuple(judged.suppressed))

    fixed = fix(look, lambda found: to_show(found, rules), lambda changed: changed == real, texts=Texts(root))
    return [edit for changed in fixed.changed if changed.path == real for edit in edits_between(changed.before, changed.after)]


def edits_between(before: str, after: str) -> Iterator[Edit]:
    """Edits of whole lines, as few as may be, that turn one text into another."""
    lines = Source("", before).line_starts
    bounds = [*lines, len(before)]
    old = [before[start:end] for start, end in pairwise(bounds)]
    starts = [*Source("", after).line_starts, len(after)]
    new = [after[start:end] for start, end in pairwise(starts)]
    for what, first, last, new_first, new_last in SequenceMatcher(None, old, new).get_opcodes():
        if what != "equal":
            yield Edit(Span(bounds[first], bounds[last]), "".join(new[new_first:new_last]))
