from __future__ import annotations

from flowlang.text.tomlkeys import place_of, places

TEXT = '''\
top = 1
[tool.flowlint]  # comment
select = ["a = 1"]
long = """
fake = 1
[tool.fake]
"""
severity = {FL702 = "error", "FL703" = "info"}
[tool . "flowlang"]
engine = "26.7"
a.b = 1
[[tool.flowlint.per-path]]
paths = []
[[tool.flowlint.per-path]]
  ignore = []
[tool.flowlint.per-path.severity]
FL1 = "x"
'''


def test_places() -> None:
    found = {place.path: (place.line, place.column) for place in places(TEXT)}
    flowlint = ("tool", "flowlint")
    assert found[("top",)] == (1, 1)
    assert found[flowlint] == (2, 2)
    assert found[(*flowlint, "severity", "FL703")] == (8, 30)
    assert found[("tool", "flowlang", "engine")] == (10, 1)
    assert found[("tool", "flowlang", "a", "b")] == (11, 1)
    assert found[(*flowlint, "per-path", 1, "ignore")] == (15, 3)
    assert found[(*flowlint, "per-path", 1, "severity", "FL1")] == (17, 1)
    assert not any("fake" in path for path in found)


def test_the_nearest_key_around() -> None:
    assert place_of(TEXT, ("tool", "flowlint", "select", 0)) == (3, 1)
    assert place_of(TEXT, ("tool", "flowlang", "nothing")) == (9, 2)
    assert place_of(TEXT, ("nothing",)) is None
    assert place_of("", ("a",)) is None
