"""`flowlang compile --check`: what is committed against what is compiled now."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from flowlang.compiler.committed import read_committed, without_origins
from flowlang.compiling import compile_path
from flowlang.reporting.difference import differences, shown_path, unified
from flowlang.runs import Options
from flowlang.semantics import Environment
from tests.compiler.everything import FILES
from tests.workspaces import compiled, write


def flowlang(*arguments: object) -> Result:
    from flowlang.cli.compile import command

    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


@pytest.fixture
def committed(root: Path) -> Path:
    file = root / "flows.json"
    arguments = ("--project-name", "mine", "--cluster", "c", "--bake-id", "b", "--git-sha", "0123", "--git-tag", "v1", "--param", "epochs=7")
    assert flowlang(root, "--relocatable", *arguments, "-o", file).exit_code == 0
    return file


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_equal(root: Path, committed: Path, form: str) -> None:
    if form == "yaml":
        options = json.loads(committed.read_text("utf-8"))["options"]
        committed = root / "flows.yml"
        result = flowlang(root, "--relocatable", "--project-name", "mine", "--git-sha", "0123", "--format", "yaml", "-o", committed)
        assert result.exit_code == 0
        assert options["git_sha"] == "0123"
    result = flowlang(root, "--check", committed)
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_difference_is_shown_with_its_path_and_what_to_do(root: Path, committed: Path) -> None:
    live = root / ".neuro" / "live.yml"
    live.write_text(live.read_text("utf-8").replace("cmd: echo ${{ multi.suffix }}", "cmd: echo x ${{ multi.suffix }}"), "utf-8")
    before = committed.read_bytes()
    result = flowlang(root, "--check", committed)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:3] == [f"--- {committed}", "+++ compiled now", '@@ flows[".neuro/live.yml"].jobs.many.cmd @@']
    assert '-  "$deferred": "echo ${{ multi.suffix }}",' in result.stdout.splitlines()
    assert '+  "$deferred": "echo x ${{ multi.suffix }}",' in result.stdout.splitlines()
    assert committed.read_bytes() == before
    (hint,) = (line for line in result.stderr.splitlines() if line.startswith("hint: "))
    command = hint.removeprefix("hint: refresh it with: flowlang compile ").split()
    assert flowlang(*command).exit_code == 0
    assert committed.read_bytes() != before
    assert flowlang(root, "--check", committed).exit_code == 0


def test_the_command_line_wins_over_what_is_recorded(root: Path, committed: Path) -> None:
    result = flowlang(root, "--check", committed, "--cluster", "other")
    assert result.exit_code == 1
    assert "@@ options.cluster @@" in result.stdout


def test_origins_do_not_count(root: Path, committed: Path) -> None:
    for path in root.rglob("*.yml"):
        path.write_text("# moved down\n\n" + path.read_text("utf-8"), "utf-8")
    assert flowlang(root, "--check", committed).exit_code == 0
    document = json.loads(committed.read_text("utf-8"))
    assert "origin" in without_origins(document)["flows"][".neuro/live.yml"]["env"]  # type: ignore[index]
    assert "origin" in without_origins(document)["flows"][".neuro/live.yml"]["jobs"]  # type: ignore[index]


def test_settings_name_the_file_and_do_not_change_what_is_recorded(root: Path, committed: Path) -> None:
    (root / "pyproject.toml").write_text('[tool.flowlang]\ncheck = "flows.json"\nproject-name = "other"\nsuffix = "s"\n')
    assert flowlang(root, "--check").exit_code == 0
    assert flowlang(root).exit_code == 0
    assert flowlang(root, "--check", "--keep-going").exit_code == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file"),
        (b"", "it is no JSON"),
        (b"{", "it is no JSON: expecting property name"),
        (b"\xff\xfe", "is no UTF-8 text"),
        (b"[1]", "it is no compiled document"),
        (b"just: yaml", "it is no compiled document"),
        (b"a: [", "it is neither JSON nor YAML"),
        (b'{"version": 2, "flows": {}}', "it has version 2 of the format"),
        (b'{"version": true, "flows": {}}', "it has version True of the format"),
        (b'{"version": 1, "flows": {}}', "it does not say what it was compiled with"),
        (b'{"version": 1, "engine": "26.7", "options": {"cluster": 1}, "flows": {}}', "its option 'cluster' is no text"),
        (b'{"version": 1, "engine": "26.7", "options": {"params": "a=1"}, "flows": {}}', "its option 'params' is no list of texts"),
        (b'{"version": 1, "engine": "x", "options": {}, "flows": {}}', "is no release"),
        (b"[" * 100_000, "it is no JSON"),
    ],
)
def test_files_that_cannot_be_compared(root: Path, tmp_path: Path, content: bytes | None, message: str) -> None:
    file = tmp_path / "f.json"
    if content is not None:
        file.write_bytes(content)
    result = flowlang(root, "--check", file)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert message in result.stderr


def test_wrong_usage(root: Path, committed: Path) -> None:
    assert flowlang(root, "--check", committed, "-o", "x").exit_code == 2
    assert flowlang(root, "--check", root).exit_code == 2
    result = flowlang(root, "--check")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, "error: --check names no file, and neither do the settings")


def test_a_recorded_param_that_is_gone(root: Path, committed: Path) -> None:
    train = root / ".neuro" / "train.yml"
    train.write_text(train.read_text("utf-8").replace("epochs", "rounds"), "utf-8")
    (root / "module.yml").write_text((root / "module.yml").read_text("utf-8").replace("epochs", "rounds"), "utf-8")
    result = flowlang(root, "--check", committed)
    assert result.exit_code == 2
    assert "no file declares a param 'epochs'" in result.stderr
    assert "records" in result.stderr


def test_errors_in_the_configs(root: Path, committed: Path) -> None:
    live = root / ".neuro" / "live.yml"
    live.write_text(live.read_text("utf-8").replace("image: ubuntu", "image: ${{ nothing }}", 1), "utf-8")
    result = flowlang(root, "--check", committed)
    assert (result.exit_code, result.stdout) == (1, "")
    assert flowlang(root, "--check", committed, "--keep-going").exit_code == 1


# --- every value counts -------------------------------------------------------------------------

Path_ = tuple[object, ...]


def leaves(value: object, path: Path_ = ()) -> Iterator[Path_]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from leaves(item, (*path, at))
    else:
        yield path


def changed(document: Any, path: Path_, at: int) -> Any:
    """The document with one character of the leaf's JSON text changed."""
    result = copy.deepcopy(document)
    owner = result
    for step in path[:-1]:
        owner = owner[step]
    value = owner[path[-1]]
    if isinstance(value, str):
        at = at % (len(value) + 1)
        owner[path[-1]] = value[:at] + ("y" if value[at : at + 1] == "x" else "x") + value[at + 1 :]
    elif isinstance(value, bool) or value is None:
        owner[path[-1]] = {True: False, False: None, None: 0}[value]
    else:
        owner[path[-1]] = value + 1
    return result


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return compiled(tmp_path_factory.mktemp("check"), FILES, username="u", org="o")


def is_origin(document: Any, path: Path_) -> bool:
    """Whether a leaf lies in the origin of a job or task."""
    owner = document
    for at, step in enumerate(path):
        if step == "origin" and isinstance(owner, dict) and "id" in owner and at >= 4:
            return True
        owner = owner[step]
    return False


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_one_changed_character_is_found(document: Any, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path in leaves(document) if not is_origin(document, path)]))
    other = changed(document, path, data.draw(st.integers(0, 200)))
    found = list(differences(without_origins(other), without_origins(document)))
    assert len(found) == 1
    assert shown_path([step for step in path if isinstance(step, str)]).startswith(shown_path(found[0].path))
    lines = list(unified(found, "a", "b"))
    assert any(line.startswith("-") for line in lines[3:])
    assert any(line.startswith("+") for line in lines[3:])


def test_leaves_count_and_origins_do_not(document: Any) -> None:
    bare = without_origins(document)
    paths = list(leaves(document))
    origins = [path for path in paths if is_origin(document, path)]
    assert len(paths) > 400
    assert {path[-1] for path in origins} == {"file", "line", "column"}
    for path in paths[::3]:  # a third of them, for time; the property above draws from all
        assert bool(list(differences(bare, without_origins(changed(document, path, 0))))) is (path not in origins), path


def test_the_type_of_a_number_counts_and_the_order_of_keys_does_not() -> None:
    assert [found.path for found in differences({"a": 1, "b": True, "c": {"x": 1}}, {"c": {"x": 1}, "b": 1, "a": 1.0})] == [("a",), ("b",)]


def test_the_diff_is_short_and_shows_the_place() -> None:
    long = "x" * 500
    lines = list(unified(differences({"a": long + "1"}, {"a": long + "2"}), "a", "b"))
    assert max(map(len, lines)) <= 160
    assert [line[-2] for line in lines[3:]] == ["1", "2"]
    text = list(unified(differences({"a": "one\n-- two\nthree\n"}, {"a": "one\n-- 2\nthree\n"}), "a", "b"))
    assert text[2:] == ["@@ a @@", " one", "--- two", "+-- 2", " three"]
    assert list(unified(differences({"a": "x\n"}, {"a": "x"}), "a", "b"))[3:] == ['-"x\\n"', '+"x"']
    many = list(unified(differences({}, {str(at): at for at in range(100)}), "a", "b"))
    assert many[-1] == "... and 60 more"
    assert len(list(unified(differences({}, {"a": list(range(100))}), "a", "b"))) < 20
    assert "\x1b" not in "".join(unified(differences({"\x1b": "\x1b"}, {}), "\x1b", "b"))


def test_json_and_yaml_read_alike(document: Any) -> None:
    from flowlang.reporting.yaml_text import dump

    assert read_committed(json.dumps(document)).document == read_committed(dump(document)).document == document
    assert read_committed("\ufeff" + json.dumps(document)).environment == Environment(project_name="mine", cluster="default", username="u", org="o")


# --- the same bytes everywhere ------------------------------------------------------------------


def test_two_runs_and_two_places_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write(tmp_path / "one", FILES)
    (first / "src").mkdir()
    second = tmp_path / "a much longer name" / "below" / first.name
    shutil.copytree(first, second)
    options = Options(relocatable=True, environment=Environment(project_name="p"))
    texts = [json.dumps(compile_path(str(path), options).document) for path in (first, first, second)]
    monkeypatch.chdir(second / "src")
    texts.append(json.dumps(compile_path(None, options).document))
    assert len(set(texts)) == 1
    assert str(tmp_path) not in texts[0]
    for root in (first, second):
        assert flowlang(root, "--relocatable", "-o", root / "out.json").exit_code == 0
    assert (first / "out.json").read_bytes() == (second / "out.json").read_bytes()
    assert flowlang(second, "--check", first / "out.json").exit_code == 0
