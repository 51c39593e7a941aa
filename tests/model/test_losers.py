"""Values whose key is written again: the engine reads them, and refuses what it cannot read, before it forgets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowlang.diagnostics import Effect
from tests.workspaces import findings, told


def refused(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    """Name and place of what the engine refuses, or takes for a text."""
    found = findings(folder, files)
    return [(name, place) for name, place, _ in told([each for each in found if each.effect is Effect.REFUSED or each.rule.name == "collection-for-scalar"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("volumes: {d: {mount: /x}}\nvolumes: {}\njobs: {}", [("missing-key", "d")]),
        ("jobs: {a: {image: x, imge: y}, a: {image: x}}", [("unknown-key", "imge")]),
        ("jobs: {a: {image: x, life_span: abc, life_span: 1d}}", [("bad-timedelta", "abc")]),
        ("jobs: {a: {image: x, env: {A: [1], A: 2}}}", [("wrong-type", "[1]")]),
        ("jobs: {a: {image: '${{ 1 + }}'}, a: {image: x}}", [("expr-syntax", "")]),
        # in a value that loses itself; and at once in the one that counts
        ("jobs: {a: {bash: x, cmd: [], cmd: y, image: x}}\njobs: {}", [("collection-for-scalar", "[]"), ("exclusive-keys", "cmd")]),
        ("jobs: {a: {image: x, imge: 1}}\njobs: {a: {image: x, imgae: 2}}", [("unknown-key", "imge"), ("unknown-key", "imgae")]),
        # what is only evaluated is never met
        ("jobs: {a: {image: '${{ nope }}'}, a: {image: x}}", []),
        ("jobs: ~\njobs: {}", []),
        ("defaults: 7\ndefaults: {}\njobs: {a: {image: x, params: 1.5, params: {}}}", []),
        ("jobs: {a: {action: {}, action: 'gh:a/b@c', args: {}}}", []),
        ("images: {a: {ref: x, volumes: ~, volumes: []}}\njobs: {}", []),
        ("jobs: {a: {image: x, mixins: ~, mixins: []}}", [("null-value", "~")]),
    ],
)
def test_a_value_that_loses_must_be_well_formed(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert refused(tmp_path, {".neuro/live.yml": f"kind: live\n{text}\n"}) == expected


def test_a_kind_that_loses_is_read_as_well(tmp_path: Path) -> None:
    assert refused(tmp_path, {".neuro/live.yml": "kind: life\nkind: live\njobs: {}\n"}) == [("bad-enum", "life")]


@pytest.mark.parametrize("inputs", ["inputs: {n: {default: 1}}\ninputs: {}", 'inputs: {n: {default: 1}, n: {default: "1"}}'])
def test_defaults_of_inputs_that_lose_are_checked(tmp_path: Path, inputs: str) -> None:
    flow = "kind: batch\ntasks:\n- {action: 'ws:act', args: {}}\n"
    assert refused(tmp_path, {".neuro/train.yml": flow, "act.yml": f"kind: local\ncmd: x\n{inputs}\n"}) == [("input-default-type", "1")]


@pytest.mark.parametrize(("job", "expected"), [("tags: ~", []), ("tags: [~]", [("null-value", "~")]), ("env: ~", [("null-value", "~")])])
def test_nothing_in_place_of_a_list_is_never_met_in_a_job_that_loses(tmp_path: Path, job: str, expected: list[tuple[str, str]]) -> None:
    files = {
        ".neuro/live.yml": "kind: live\njobs: {a: {action: 'ws:act', args: {}}}\n",
        "act.yml": f"kind: live\njob: {{image: x, {job}}}\njob: {{image: x}}\n",
    }
    assert refused(tmp_path, files) == expected


def test_one_value_under_two_attributes_is_judged_at_each(tmp_path: Path) -> None:
    # the message for the one used to be taken for the other
    text = "kind: live\nvolumes: {d: {remote: &a {x: 1}, mount: /d}}\njobs: {a: {image: x, tags: *a , workdir: *a }}\n"
    found = {message for _, _, message in told(findings(tmp_path, {".neuro/live.yml": text}))}
    assert found == {
        "a URI is expected for 'remote', not a mapping",
        "a list is expected for 'tags', not a mapping",
        "a path is expected for 'workdir', not a mapping",
    }


def test_an_alias_as_a_default_is_told_at_its_key(tmp_path: Path) -> None:
    act = "kind: live\njob: {image: x}\ninputs:\n  a: &a {}\n  b: {type: int, default: *a }\n"
    files = {".neuro/live.yml": "kind: live\njobs: {a: {action: 'ws:act', args: {a: x}}}\n", "act.yml": act}
    assert [place for name, place in refused(tmp_path, files) if name == "input-default-type"] == ["default"]
