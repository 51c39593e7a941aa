"""Messages: the golden file, and that safe fixes mend."""

from __future__ import annotations

import pytest

from flowlang.expr import parse_template
from flowlang.text import Edit, Span, apply_edits
from tests.expr import golden

BLOCKS = golden.blocks()


def test_the_golden_file_is_up_to_date() -> None:
    assert golden.FILE.read_text(encoding="utf-8") == golden.whole()


@pytest.mark.parametrize(("kind", "template"), BLOCKS)
def test_a_safe_fix_removes_its_finding_and_brings_no_other(kind: str, template: str) -> None:
    told = golden.problems(kind, template)
    for problem in told:
        for fix in problem.fixes:
            mended = apply_edits(template, [Edit(Span(start, end), text) for start, end, text in fix.edits])
            left = golden.problems(kind, mended)
            same = [found for found in left if found.rule == problem.rule]
            assert len(same) < sum(found.rule == problem.rule for found in told), mended
            if fix.safe and problem.refused and not any(found.rule == "expr-syntax" for found in told):
                assert sum(found.refused for found in parse_template(mended).problems) <= sum(found.refused for found in parse_template(template).problems)


def test_every_rule_of_expressions_is_shown() -> None:
    from flowlang.diagnostics.codes.expressions import ROWS

    shown = {problem.rule for kind, template in BLOCKS for problem in golden.problems(kind, template)}
    assert {row.name for row in ROWS if row.code < "FL350"} <= shown
