"""Neither YAML nor expressions reach into Python: no tag makes an object, no expression sees an attribute or calls what is no function of the language."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.expr import Budget, Record, Scope, Uri, evaluate, functions, parse_template
from flowlang.expr.values import Status, Unknown
from tests.audit import watched
from tests.faults.world import ended_well, flowlang, flowlint
from tests.workspaces import write

TAGS = [
    "!!python/object:os.system",
    "!!python/object/apply:os.system ['touch hacked']",
    "!!python/object/new:os.system ['touch hacked']",
    "!!python/object/apply:subprocess.Popen [['touch', 'hacked']]",
    "!!python/name:os.system",
    "!!python/module:antigravity",
    "!!python/tuple [1]",
    "!!python/bytes aGFja2Vk",
    "!<tag:yaml.org,2002:python/object/apply:os.system> ['touch hacked']",
    "!<tag:yaml.org,2002:python/name:os.system>",
]


PLACES = (
    "--- {tag}\n",
    "kind: live\njobs: {tag}\n",
    "kind: live\njobs: {{a: {{image: python, cmd: {tag}}}}}\n",
    "kind: live\n? {tag}\n: 1\n",
    "kind: live\njobs: &a {tag}\nx: *a\n",
)


@pytest.mark.parametrize("tag", TAGS)
def test_tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    root = write(tmp_path, {f".neuro/f{number}.yml": place.format(tag=tag) for number, place in enumerate(PLACES)})
    monkeypatch.chdir(root)
    for _ in range(2):  # the first time modules are loaded
        started: list[str] = []
        with watched(lambda event, _, started=started: started.append(event) if event in _STARTING else None):  # type: ignore[misc]
            result = flowlint("--format", "concise")
            ended_well(result, (1,))
            ended_well(flowlang("compile", "--keep-going", "--relocatable"), (1,))
    assert started == []
    ended_well(flowlint("--fix", "--unsafe-fixes"))
    assert result.stdout.count("unknown-tag") >= len(PLACES)
    assert not (root / "hacked").exists()


_STARTING = {"os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "exec", "compile", "import"}


ATTRIBUTES = sorted({*dir(object), *dir(str), *dir(dict), *dir(list), *dir(type), *dir(evaluate), "__globals__", "__code__", "__builtins__", "__import__"})
_VALUES = ("'a'", "1", "1.5", "True", "None", "[1]", "{'a': 1}", "flow", "params", "params.a", "flow.uri", "flow.workspace", "state", "len", "always()")


def _scope() -> Scope:
    contexts: dict[str, Any] = {
        "flow": Record("flow", {"id": "live", "workspace": Path("/w"), "uri": Uri("storage://c/p")}),
        "params": {"a": "text", "b": 1},
        "state": Status("succeeded"),
    }
    return Scope(contexts, budget=Budget())


@pytest.mark.parametrize("value", _VALUES)
def test_no_expression_reaches_an_attribute_of_python(value: str) -> None:
    """Neither by a dot, nor as a key, nor called: nothing comes of it."""
    scope = _scope()
    for name in ATTRIBUTES:
        for text in (f"{value}.{name}", f"{value}['{name}']", f"{value}.{name}()"):
            outcome = evaluate(parse_template(f"${{{{ {text} }}}}"), scope)
            assert outcome.problems or isinstance(outcome.value, Unknown), text


def test_only_functions_of_the_language_are_called() -> None:
    scope = _scope()
    for name in {*dir(builtins), "os", "sys", "open", "eval", "exec", "__import__", "getattr", "Budget", "evaluate"} - set(functions.FUNCTIONS):
        outcome = evaluate(parse_template(f"${{{{ {name}('a') }}}}"), scope)
        assert outcome.problems or isinstance(outcome.value, Unknown), name


@given(
    st.lists(
        st.sampled_from(["'", '"', "(", ")", "[", "]", ".", "{0.__class__}", "%(a)s", "__class__", "fmt", "flow", "'{}'", ",", " ", "{", "}", "str"]),
        max_size=9,
    )
)
@settings(max_examples=150, derandomize=True, deadline=None)
def test_formats_reach_nothing(pieces: list[str]) -> None:
    """`fmt` knows '{}' alone, whatever stands in its text."""
    outcome = evaluate(parse_template("${{ " + "".join(pieces) + " }}"), _scope())
    shown = str(outcome.value)
    assert "<class" not in shown
    assert "object at 0x" not in shown or isinstance(outcome.value, Unknown)


@pytest.mark.parametrize("text", ["{0.__class__}", "{0.__class__.__mro__}", "{.__doc__}", "{0[0]}", "{!r}", "{:>{}}", "{a}", "{0!a:>9}"])
def test_fields_of_formats(text: str) -> None:
    outcome = evaluate(parse_template(f"${{{{ fmt('{text}', flow) }}}}"), _scope())
    assert outcome.problems or "class" not in str(outcome.value).replace(text, "")
