"""A bounded part of the fuzzing, the same in every run: ``python -m tests.fuzz`` goes on with fresh seeds, for as long as it is given."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import own
from tests.fuzz.targets import TARGETS, TEXTS, case, check_compile, check_lint, run
from tests.fuzz.trees import tree
from tests.workspaces import write

FINDINGS = sorted((Path(__file__).parent / "findings").glob("*.json"))
_SEEDS = {"reading": 150, "template": 300, "lint": 25, "compile": 25, "fix": 8, "editor": 3}
_steady = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def _able(target: str) -> None:
    if target == "editor" and find_spec("lsprotocol") is None:
        pytest.skip("the language server's packages are not installed")


@pytest.mark.parametrize("target", TARGETS)
def test_a_few_seeds(target: str, tmp_path: Path) -> None:
    _able(target)
    for seed in range(_SEEDS[target]):
        run(target, case(target, seed, own()), tmp_path, seed)


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_what_was_found_once(path: Path, tmp_path: Path) -> None:
    """Inputs that something was wrong with, each made small."""
    found = json.loads(path.read_text("utf-8"))
    _able(found["target"])
    run(found["target"], found["input"], tmp_path, found["seed"])


@given(st.text(max_size=60))
@settings(_steady, max_examples=100)
def test_any_text(text: str) -> None:
    for check in TEXTS.values():
        check(text)


@given(st.one_of(st.binary(max_size=80), st.lists(st.sampled_from([b"a", b": ", b"- ", b"\n", b"\xff", b"\xef\xbb\xbf", b"{", b"jobs"])).map(b"".join)))
@settings(_steady, max_examples=40)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    root = write(tmp_path_factory.mktemp("any"), {".neuro/live.yml": ""})
    for path in (root / ".neuro" / "live.yml", root / ".neuro" / "project.yml"):
        path.write_bytes(data)
    check_lint(root, {}, Random(0))
    check_compile(root, {}, Random(0))


@given(st.randoms(use_true_random=False))
@settings(_steady, max_examples=40)
def test_any_document(tmp_path_factory: pytest.TempPathFactory, random: Random) -> None:
    """Keys of the language, with values of every kind in every place."""
    root = write(tmp_path_factory.mktemp("any"), {})
    (root / ".neuro").mkdir(parents=True)
    for name in ("live.yml", "b.yml"):
        (root / ".neuro" / name).write_text(tree(random), "utf-8", newline="")
    check_lint(root, {}, random)
    check_compile(root, {}, random)
