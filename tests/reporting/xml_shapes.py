"""What the readers of XML reports take, as a table that a document is checked against."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from xml.etree.ElementTree import Element

TEXT, COUNT, LINE, SECONDS = r"(?s:.*)", r"\d+", r"[1-9]\d*", r"\d+(\.\d+)?"


class Shape(NamedTuple):
    """An element: patterns of its attributes, which of them may be absent, its children and how many of each, whether it holds text."""

    attributes: Mapping[str, str]
    optional: frozenset[str] = frozenset()
    children: Mapping[str, tuple[int, int | None]] = MappingProxyType({})
    text: bool = False


# Checkstyle, `src/main/java/com/puppycrawl/tools/checkstyle/XMLLogger.java`: the elements and attributes it writes.
CHECKSTYLE = {
    "checkstyle": Shape({"version": r"\d+\.\d+(\.\d+)?"}, children={"file": (0, None)}),
    "file": Shape({"name": r"(?s:.+)"}, children={"error": (0, None)}),
    "error": Shape(
        {"line": LINE, "column": LINE, "severity": "ignore|info|warning|error", "message": TEXT, "source": r"\w+(\.[\w-]+)+"}, optional=frozenset({"column"})
    ),
}

# Jenkins, xUnit plugin, `junit-10.xsd`, less what a linter has no use for (`properties`, `rerunFailure`, ...); `file` also in GitLab's
# documentation, "Unit test reports". Both read the first `failure` of a case alone.
JUNIT = {
    "testsuites": Shape({"name": TEXT, "tests": COUNT, "failures": COUNT, "errors": COUNT, "time": SECONDS}, children={"testsuite": (0, None)}),
    "testsuite": Shape({"name": TEXT, "tests": COUNT, "failures": COUNT, "errors": COUNT, "skipped": COUNT, "time": SECONDS}, children={"testcase": (0, None)}),
    "testcase": Shape({"name": r"(?s:.+)", "classname": r"(?s:.+)", "file": r"(?s:.+)", "time": SECONDS}, children={"failure": (0, 1), "system-out": (0, 1)}),
    "failure": Shape({"type": TEXT, "message": TEXT}, text=True),
    "system-out": Shape({}, text=True),
}


def check(element: Element, shapes: dict[str, Shape]) -> None:
    """Fail unless the element and all below it have their shapes."""
    shape = shapes[element.tag]
    assert set(shape.attributes) - shape.optional <= set(element.attrib) <= set(shape.attributes), element.attrib
    for key, value in element.attrib.items():
        assert re.fullmatch(shape.attributes[key], value), (element.tag, key, value)
    assert shape.text or not (element.text or "").strip()
    tags = [child.tag for child in element]
    assert set(tags) <= set(shape.children)
    for tag, (least, most) in shape.children.items():
        assert least <= tags.count(tag) <= (len(tags) if most is None else most), tag
    for child in element:
        assert not (child.tail or "").strip()
        check(child, shapes)
