from __future__ import annotations

from flowlang.text.tomlkeys import Keys, has_long_key, places

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
    assert Keys(TEXT).place_of(("tool", "flowlint", "select", 0)) == (3, 1)
    assert Keys(TEXT).place_of(("tool", "flowlang", "nothing")) == (9, 2)
    assert Keys(TEXT).place_of(("nothing",)) is None
    assert Keys("").place_of(("a",)) is None


def test_long_keys() -> None:
    long = [
        "a" + ".a" * 100 + " = 1",
        "[x]\n  a" + ".a" * 200 + " = 1",
        "[" + "a . " * 120 + "a]",
        "x = {a" + ".a" * 100 + " = 1}",
        "a" + '."b c"' * 100 + "= 1",
    ]
    short = ["a" + ".a" * 99 + " = 1", "a = '" + ". " * 500 + "'", "# " + "." * 500, "exclude = [" + '"a.yml", ' * 500 + "]", "a.b = 1\n" * 500, "x" * 100_000]
    assert [text for text in long if not has_long_key(text, 100)] == []
    assert [text for text in short if has_long_key(text, 100)] == []
