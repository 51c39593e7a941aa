"""Random findings for property tests: over texts with every kind of line break, in files with awkward names."""

from __future__ import annotations

from hypothesis import strategies as st

from flowlang.diagnostics import Diagnostic, Fix, Label, Severity, SourceEdit, Suppressed
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.reporting import View
from flowlang.text import Edit, Source, Span

_BREAKS = ["\n", "\r\n", "\r", "\x85", "\u2028"]
_PIECES = st.sampled_from(["a", "key: ", "é", "日", "😀", "e\u0301", " ", "\t", "\x00", "\x1b[31m", "%", "&<>\"']]>", "\\", *_BREAKS])
TEXTS = st.builds(lambda mark, pieces: mark + "".join(pieces), st.sampled_from(["", "\ufeff"]), st.lists(_PIECES, max_size=25))
WORDS = st.text(st.sampled_from("ab {0}[x](1)%:,\n\r\t\x00\x1b\x7f\u200b\ufffe日😀é<>&'\"\\`."), max_size=20)
_AWKWARD = ["x:y/z,#?.yml", "tab\there.yml", "line\nbreak.yml", "bad\udcff.yml", "<&'\">.yml"]
PATHS = st.sampled_from(["live.yml", ".neuro/live.yml", "a b/c%20d.yml", "dé/日本.yml", "../up.yml", *_AWKWARD])


@st.composite
def sources(draw: st.DrawFn) -> list[Source]:
    """One to three files of different names."""
    paths = draw(st.lists(PATHS, min_size=1, max_size=3, unique=True))
    return [Source(path, draw(TEXTS)) for path in paths]


@st.composite
def spans(draw: st.DrawFn, source: Source) -> Span:
    """A place in the source, often empty, the end of the text among them."""
    start = draw(st.integers(0, len(source.text)))
    return Span(start, draw(st.integers(start, min(len(source.text), start + 12))))


@st.composite
def diagnostics(draw: st.DrawFn, files: list[Source]) -> Diagnostic:
    """A finding with related places and fixes in any of the files."""

    def place() -> tuple[Source, Span]:
        source = draw(st.sampled_from(files))
        return source, draw(spans(source))

    def edit() -> SourceEdit:
        source, span = place()
        return SourceEdit(source, Edit(span, draw(WORDS)))

    related = tuple(Label(*place(), draw(WORDS)) for _ in range(draw(st.integers(0, 2))))
    fixes = tuple(Fix(f"fix {number}", draw(st.booleans()), (edit(),)) for number in range(draw(st.integers(0, 2))))
    return Diagnostic(
        draw(st.sampled_from(CATALOGUE)),
        *place(),
        draw(WORDS),
        draw(st.none() | WORDS),
        related,
        fixes,
        draw(st.none() | st.sampled_from(Severity)),
    )


@st.composite
def views(draw: st.DrawFn) -> View:
    """What a reporter is given."""
    files = draw(sources())
    found = tuple(sorted(draw(st.lists(diagnostics(files), max_size=4)), key=lambda diagnostic: diagnostic.order))
    kinds = st.sampled_from(["inSource", "external"])
    accepted = draw(st.lists(st.builds(Suppressed, diagnostics(files), kinds, st.none() | WORDS), max_size=2))
    paths = tuple(sorted({source.path for source in files} | {"clean.yml"}))
    return View(found, len(paths), tuple(accepted), paths=paths, root=draw(st.sampled_from(["", "services/ml b"])), fail_on=draw(st.sampled_from(Severity)))
