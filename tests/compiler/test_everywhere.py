"""What holds of every compiled document: of real projects, and of random ones with everything the language has."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flowlang.compiling import compile_path
from flowlang.runs import Options
from tests.compiler.generated import compile_at, put
from tests.compiler.shapes import violations
from tests.corpus.places import CORPUS, needs_corpus, workspaces

SEEDS = st.integers(0, 1 << 32)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder for the workspaces of one module; each has one of its own below."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def fresh(folder: Path, seed: int) -> Path:
    """The workspace of a seed, alone in the folder."""
    for old in folder.iterdir():
        shutil.rmtree(old)
    return put(folder / "here", seed)


def moved(root: Path, folder: Path) -> Path:
    """A copy of a workspace and of its remote actions, at a path of another depth."""
    there = folder / "another place" / "deeper"
    shutil.copytree(root.parent, there)
    return there / root.name


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_random_documents_are_what_the_schema_says(folder: Path, seed: int) -> None:
    root = fresh(folder, seed)
    for relocatable in (True, False):
        assert violations(compile_at(root, relocatable=relocatable).document) == []


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_random_documents_are_the_same_everywhere(folder: Path, seed: int) -> None:
    root = fresh(folder, seed)
    texts = [json.dumps(compile_at(place).document) for place in (root, root, moved(root, folder))]
    assert len(set(texts)) == 1
    assert str(folder) not in texts[0]
    assert json.dumps(compile_at(root, relocatable=False).document) == json.dumps(compile_at(root, relocatable=False).document)


@needs_corpus
@pytest.mark.parametrize("actions", [(), (str(CORPUS / "_actions"),)], ids=["without actions", "with actions"])
@pytest.mark.parametrize(("workspace", "config"), workspaces(), ids=lambda value: value)
def test_real_documents_are_the_same_everywhere(workspace: str, config: str, actions: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = CORPUS / workspace
    copy = tmp_path / "a" / "b" / root.name
    shutil.copytree(root, copy)
    options = Options(keep_going=True, relocatable=True, actions_dirs=actions)
    texts = [json.dumps(compile_path(str(place / config), options).document) for place in (root, root, copy)]
    monkeypatch.chdir(copy)
    texts.append(json.dumps(compile_path(config, options).document))
    assert len(set(texts)) == 1
    assert str(CORPUS) not in texts[0]
    here = options._replace(relocatable=False)
    assert json.dumps(compile_path(str(root / config), here).document) == json.dumps(compile_path(str(root / config), here).document)


# --- one character of a committed output --------------------------------------------------------


def texts_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all texts in what was compiled, but those of origins."""
    if isinstance(value, str):
        yield path
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        is_unit = key == "origin" and isinstance(value, dict) and "id" in value and {"line", "column"} <= set(item)
        if not is_unit:
            yield from texts_of(item, (*path, key))


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.data())
def test_one_changed_character_of_a_committed_output_is_found(folder: Path, seed: int, data: st.DataObject) -> None:
    from flowlang.cli.compile import command

    root = fresh(folder, seed)
    compiled = compile_at(root, keep_going=False)
    assume(compiled.complete and compiled.document is not None)
    document: Any = json.loads(json.dumps(compiled.document))
    committed = root / "flows.json"
    arguments = [str(root), "--check", str(committed), "--actions-dir", str(root.parent / "actions")]
    committed.write_text(json.dumps(document), "utf-8")
    assert CliRunner().invoke(command, arguments).exit_code == 0
    path = data.draw(st.sampled_from([path for path in texts_of(document) if path[0] in ("project", "flows")]))
    owner = document
    for step in path[:-1]:
        owner = owner[step]
    text = owner[path[-1]]
    at = data.draw(st.integers(0, len(text)))
    owner[path[-1]] = text[:at] + data.draw(st.characters(exclude_characters=text[at : at + 1], exclude_categories=("Cs",))) + text[at + 1 :]
    committed.write_text(json.dumps(document), "utf-8")
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 1, (path, result.output)
    assert "+++ compiled now" in result.stdout
