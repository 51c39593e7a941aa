from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hypothesis import given, settings

from flowlang.reporting import View
from flowlang.reporting.checkstyle import lines
from flowlang.text import Source, Span
from tests.reporting.make import FLOATING, NOTE, found
from tests.reporting.strategies import views
from tests.reporting.xml_shapes import CHECKSTYLE, check


def report(view: View) -> Element:
    root = ElementTree.fromstring("\n".join(lines(view)).encode())
    check(root, CHECKSTYLE)
    return root


def test_the_report() -> None:
    source = Source(".neuro/live.yml", "jobs:\n  a:\n    image: trian\n")
    view = View(
        (found(source, "trian", message='unknown <image> & "more"', help="available: train"), found(source, "image", FLOATING, "100% 日本")),
        paths=(".neuro/a.yml", ".neuro/live.yml"),
        root="ml",  # of no consequence
    )
    assert list(lines(view)) == [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<checkstyle version="4.3">',
        '  <file name=".neuro/a.yml" />',
        '  <file name=".neuro/live.yml">',
        '    <error line="3" column="12" severity="error" message="unknown &lt;image&gt; &amp; &quot;more&quot;&#10;help: available: train"'
        ' source="flowlint.FL201-unknown-image" />',
        '    <error line="3" column="5" severity="warning" message="100% 日本" source="flowlint.FL711-floating-image" />',
        "  </file>",
        "</checkstyle>",
    ]
    assert report(view)[1][0].get("message") == 'unknown <image> & "more"\nhelp: available: train'


def test_what_xml_forbids_is_made_visible() -> None:
    source = Source("a\x1b\udcff\ufffe.yml", "")
    (file,) = report(View((found(source, Span(0, 0), NOTE, "it says \x00\x1b\ufffe\ud800\nand \x85"),)))
    assert file.get("name") == "a\\x1b\\udcff\\ufffe.yml"
    assert file[0].get("message") == "it says \\x00\\x1b\\ufffe\\ud800\nand "  # NEL breaks lines of a message


def test_nothing_found() -> None:
    assert list(lines(View(()))) == ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3" />']
    assert [file.get("name") for file in report(View((), paths=("a.yml", "b.yml")))] == ["a.yml", "b.yml"]


@given(views())
@settings(max_examples=40, deadline=None)
def test_anything_found_has_its_shape(view: View) -> None:
    report(view)
