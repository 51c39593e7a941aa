"""A run that remembers shows what one shows that does not, whatever has changed in between."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.diagnostics import Severity
from flowlang.project.environment import Environment
from flowlang.runs import Options
from tests.cache.runs import Counter, cached, fresh
from tests.corpus.places import CORPUS, needs_corpus, workspaces
from tests.workspaces import write

DEMO = "fixtures/projects/demo"

LIVE = """\
kind: live
images:
  main:
    ref: image:main:v1
    context: docker
    dockerfile: Dockerfile
volumes:
  data: {remote: storage:data, mount: /data, local: data}
jobs:
  train:
    image: ${{ images.main.ref }}
    env: {HASH: "${{ hash_files('src/**/*.py', 'nothing/*') }}"}  # flowlint: ignore[hash-files-no-match] later
    volumes: ["${{ volumes.data.ref_rw }}"]
    cmd: sleep ${{ parms.x }}
  call:
    module: ws:parts/one
"""
BATCH = """\
kind: batch
tasks:
- {id: a, image: ubuntu, cmd: x}
- action: ws:parts/two
- action: gh:own/repo@v1
- id: a
  image: ubuntu
  bash: |
    echo $X
"""
ACTION = "kind: live\njob:\n  image: ubuntu\n  cmd: x\n"
TWO = "kind: batch\ninputs: {x: {default: '1'}}\ntasks:\n- image: ubuntu\n  cmd: ${{ inputs.y }}\n"
FILES = {
    ".neuro/live.yml": LIVE,
    ".neuro/train.yml": BATCH,
    ".neuro/project.yml": "id: demo\nowner: me\n",
    "parts/one.yml": ACTION,
    "parts/two.yaml": TWO,
    "docker/Dockerfile": "FROM scratch\n",
    "src/a.py": "a\n",
    "src/in/b.py": "b\n",
    "action.yml": TWO,
    "copies/own/repo@v1/action.yml": TWO,
}
PATHS = (
    *FILES,
    *(f".neuro/{name}" for name in ("live.yaml", "other.yml", "a.b.yml", "a.yml", "db")),
    *(".apolo", ".apolo/live.yml", "project.yml", "data", "docker"),
    *(f"parts{name}" for name in ("", "/one", "/one.yaml", "/two")),
    *("src/c.py", "src/in", "nothing/x"),
    *("copies", "copies/own/repo@v1", ".flowlang/actions/own/repo@v1/action.yml"),
)
TEXTS = (
    "",
    "a: b\n",
    LIVE,
    BATCH,
    ACTION,
    TWO,
    LIVE.replace("parms", "params"),
    BATCH.replace("id: a", "id: b", 1),
    "kind: live\njobs: [\n",
    "\udcff",
    "x: 1\0",
)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _write(path: Path, text: str) -> None:
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))


def _folder(path: Path, text: str) -> None:
    _remove(path)
    with contextlib.suppress(OSError):
        path.mkdir(parents=True)


def _link(path: Path, text: str) -> None:
    _remove(path)
    with contextlib.suppress(OSError):
        path.symlink_to(["../src", "live.yml", "/etc/hostname", "nowhere", path.name][len(text) % 5])


CHANGES: tuple[Callable[[Path, str], None], ...] = (_write, _write, lambda path, text: _remove(path), _folder, _link)
OPTIONS = (
    Options(actions_dirs=("demo/copies",)),
    Options(),
    Options(engine="25.1", missing_actions=Severity.ERROR),
    Options(environment=Environment(project_name="p", cluster="c")),
)


@given(
    changes=st.lists(st.tuples(st.sampled_from(CHANGES), st.sampled_from(PATHS), st.sampled_from(TEXTS)), max_size=4),
    options=st.lists(st.sampled_from(OPTIONS), min_size=2, max_size=3),
    paths=st.sampled_from(("demo", ("demo/.neuro/live.yml",), ("demo/.neuro/train.yml", "demo/parts/one.yml", "demo/alone.yml"), "demo/.neuro")),
)
@settings(max_examples=40, deadline=None)
def test_after_any_change(changes: list[tuple[Callable[[Path, str], None], str, str]], options: list[Options], paths: tuple[str, ...] | str) -> None:
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            root, cache = write(Path(folder), FILES), Path(folder, "cache")
            (root / "alone.yml").write_text(ACTION)
            for round in (None, *changes):
                if round is not None:
                    change, name, text = round
                    change(root / name, text)
                for each in options:
                    expected = _outcome(lambda each=each: fresh(paths, each))  # type: ignore[misc]
                    for _ in range(2):
                        assert _outcome(lambda each=each: cached(cache, paths, each)) == expected  # type: ignore[misc]
        finally:
            os.chdir(before)


def _outcome(run: Callable[[], str]) -> str:
    from flowlang.runs import UsageError

    try:
        return run()
    except UsageError as error:
        return f"usage: {error.message}"


def test_the_second_run_judges_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter(monkeypatch)
    first = cached(tmp_path, DEMO)
    assert (counter.count, cached(tmp_path, DEMO) == first, counter.count) == (1, True, 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "src/a.py").write_text("other\n"),
        lambda root: (root / "src/new.py").write_text(""),
        lambda root: (root / "parts/one").write_text(ACTION),
        lambda root: (root / ".neuro/more.yml").write_text(BATCH),
        lambda root: (root / "project.yml").write_text(""),
        lambda root: (root / ".flowlang/actions/own/repo@v1").mkdir(parents=True),
    ],
    ids=["content that is hashed", "file that is hashed", "action that hides another", "flow", "project file", "copy of an action"],
)
def test_what_was_asked_for_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]) -> None:
    root = write(tmp_path, FILES)
    counter = Counter(monkeypatch)
    cached(tmp_path / "cache", str(root))
    change(root)
    cached(tmp_path / "cache", str(root))
    assert counter.count == 2


def test_what_was_not_asked_for_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, FILES)
    counter = Counter(monkeypatch)
    cached(tmp_path / "cache", str(root))
    (root / "README.md").write_text("x")
    os.utime(root / ".neuro/live.yml", (1, 1))
    cached(tmp_path / "cache", str(root))
    assert counter.count == 1


@pytest.mark.parametrize("other", [{"options": Options(engine="25.1")}, {"edition": "2"}, {"options": Options(missing_actions=Severity.ERROR)}])
def test_what_a_run_is_told_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: dict[str, object]) -> None:
    counter = Counter(monkeypatch)
    cached(tmp_path, DEMO)
    cached(tmp_path, DEMO, **other)  # type: ignore[arg-type]
    assert counter.count == 2


def test_paths_are_those_of_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, FILES)
    monkeypatch.chdir(root)
    assert ".neuro/live.yml" in cached(tmp_path / "cache", str(root))
    monkeypatch.chdir(root / "src")
    assert "../.neuro/live.yml" in cached(tmp_path / "cache", str(root))


def test_a_crash_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flowlang.rules.names.unused import UnusedImage

    def crash(analysis: object) -> object:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(UnusedImage, "check", crash)
        assert "internal error" in cached(tmp_path, DEMO)
    assert "internal error" not in cached(tmp_path, DEMO)


@needs_corpus
@pytest.mark.parametrize(("workspace", "config"), workspaces()[::7])
def test_real_projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workspace: str, config: str) -> None:
    path, options = str(CORPUS / workspace / config), Options(actions_dirs=(str(CORPUS / "_actions"),))
    counter = Counter(monkeypatch)
    assert cached(tmp_path, path, options) == cached(tmp_path, path, options) == fresh(path, options)
    assert counter.count == 2  # the first with the cache, and the one without
