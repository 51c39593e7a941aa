"""The report for people, in the manner of rustc.

The findings as `finding_text` has them, one blank line between them; the summary last.
"""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.reporting.summary import closing
from flowlang.reporting.view import View


def lines(view: View) -> Iterator[str]:
    """The report's lines."""
    if view.diagnostics:
        from flowlang.reporting.finding_text import finding

        for diagnostic in view.diagnostics:
            yield from finding(diagnostic, view.paint)
            yield ""
    yield from closing(view)
