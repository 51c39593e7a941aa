"""What somebody else's project names outside of itself is refused or told, and never read: no file there is opened, no folder listed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import pytest

from flowlang.filesystem import DISK
from flowlang.project import FileStore, Workspace
from flowlang.project.reading import read_config
from flowlang.text import Edit, Span
from tests.audit import watched
from tests.faults.world import ended_well, flowlang, flowlint
from tests.workspaces import write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
SECRET = "kind: live\njob: {image: a, cmd: SECRET}\n"
_CLEAN = ".neuro/live.yml", "kind: live\njobs: {}\n"
_OWN = (sys.prefix, sys.base_prefix, os.path.dirname(os.path.dirname(os.path.dirname(__file__))))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace, and files beside it that are nobody's business."""
    outside = tmp_path.resolve() / "outside"
    (outside / "sub").mkdir(parents=True)
    for name in ("action.yml", "live.yml", "project.yml", "secret", "Dockerfile", "sub/secret"):
        (outside / name).write_text(SECRET)
    root = write(tmp_path.resolve(), dict([_CLEAN]))
    (root / "in").mkdir()
    (root / "link").symlink_to(outside)
    (root / "link.yml").symlink_to(outside / "action.yml")
    (root / "in" / "up").symlink_to("/")
    monkeypatch.chdir(root)
    return root


@contextmanager
def nothing_outside(root: Path) -> Iterator[None]:
    """Fails where a file outside of the workspace is opened or a folder listed, but for Python's own."""
    seen: list[tuple[str, str]] = []

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path != str(root) and not path.startswith((f"{root}{os.sep}", *_OWN)) and path != os.devnull:
                seen.append((event, path))

    with watched(look):
        yield
    assert seen == []


def told(root: Path, *arguments: str) -> str:
    """What the linter says of the workspace, and that neither it nor the compiler looked outside."""
    return _told(root, ("flowlint", "--format", "concise", *arguments), ("flowlang", "compile", "--keep-going"), ("flowlint", "--fix", "--unsafe-fixes"))


def _told(root: Path, *lines: tuple[str, ...]) -> str:
    with nothing_outside(root):
        results = [flowlint(*line[1:]) if line[0] == "flowlint" else flowlang(*line[1:]) for line in lines]
    for result in results:
        ended_well(result, (0, 1, 2))
        assert "SECRET" not in result.output
    return results[0].stdout


def _everything(root: Path) -> None:
    """All of what follows in one project."""
    jobs = "".join(f"  j{number}: {{action: '{name.format(outside=root.parent / 'outside')}'}}\n" for number, name in enumerate(REFERENCES))
    hashes = "".join(f'  h{number}: {{image: a, cmd: "${{{{ {call.format(outside=root.parent)} }}}}"}}\n' for number, call in enumerate(PATTERNS))
    (root / ".neuro" / "live.yml").write_text(f"kind: live\n{VOLUMES}jobs:\n{jobs}{hashes}")
    for name in (".neuro/b.yml", ".neuro/project.yml", "linked.yml", ".flowlang/actions/o/r@v1/action.yml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(root.parent / "outside" / "live.yml")


def test_all_commands(root: Path) -> None:
    """All that prints something of such a project."""
    _everything(root)
    lines = [("flowlint", "--diff", "--unsafe-fixes"), ("flowlint", "--write-baseline", "accepted"), ("flowlang", "fetch", "--locked")]
    lines += [("flowlang", name, *more) for name in ("contexts", "run-args", "eval") for more in (("j0",), ("h1",), ("${{ flow.id }}", "--job", "h2"))]
    _told(root, *lines, ("flowlang", "graph", "b"), ("flowlang", "compile", "--relocatable"), ("flowlint", "--format", "sarif"))


REFERENCES = {
    "ws:../outside/action": "leaves the workspace and is not read",
    "ws:{outside}/action": "leaves the workspace and is not read",
    "ws:in/../../outside/action": "leaves the workspace and is not read",
    "ws:link": "leads out of the workspace and is not read",
    "ws:link/action": "leads out of the workspace and is not read",
    "ws:link/nothing": "leads out of the workspace and is not read",
    "ws:in/up/etc/nothing": "leads out of the workspace and is not read",
    "ws:~/action": "there is no action file",
    "ws:..": "leaves the workspace and is not read",
    "gh:../../outside@v1": "is no reference to GitHub",
    "gh:o/../../outside@v1": "is no reference to GitHub",
    "gh:o/r@../../../outside": "is no reference to GitHub",
    "gh:{outside}@v1": "is no reference to GitHub",
}


@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("kind", ["action", "module"])
def test_references(root: Path, reference: str, kind: str) -> None:
    if reference == "ws:link":
        (root / "link").unlink()
    written = reference.format(outside=root.parent / "outside")
    (root / ".neuro" / "live.yml").write_text(f"kind: live\njobs:\n  a: {{{kind}: '{written}'}}\n")
    refused = "a module must be a file of the workspace" if reference.startswith("gh:") and kind == "module" else REFERENCES[reference]
    assert refused in told(root)


COPIES = {
    ".flowlang/actions/o/r@v1/action.yml": "action.yml",
    ".flowlang/actions/o/r@v1/action.yaml": "secret",
    ".flowlang/actions/o/r@v1": "",
    ".flowlang/actions/o": "",
    ".flowlang/actions": "",
    ".flowlang": "",
    "vendor/o/r@v1/action.yml": "action.yml",
}


@pytest.mark.parametrize("copy", COPIES)
def test_copies_of_remote_actions(root: Path, copy: str) -> None:
    """What somebody else has put where copies lie is no better than the rest of the project."""
    outside = root.parent / "outside"
    (outside / "r@v1").mkdir()
    for folder in ("r@v1", "o/r@v1", "actions/o/r@v1"):
        (outside / folder).mkdir(parents=True, exist_ok=True)
        (outside / folder / "action.yml").write_text(SECRET)
    (root / copy).parent.mkdir(parents=True, exist_ok=True)
    (root / copy).symlink_to(outside / COPIES[copy])
    (root / "pyproject.toml").write_text('[tool.flowlang]\nactions-dirs = ["vendor"]\n')
    (root / ".neuro" / "live.yml").write_text("kind: live\njobs:\n  a: {action: 'gh:o/r@v1'}\n")
    assert "the copy of 'gh:o/r@v1' is a link that leads out of the workspace and is not read" in told(root)


def test_a_folder_of_copies_that_the_user_names_may_lie_anywhere(root: Path) -> None:
    place = root.parent / "outside" / "o" / "r@v1"
    place.mkdir(parents=True)
    (place / "action.yml").symlink_to(root.parent / "outside" / "action.yml")
    (root / ".neuro" / "live.yml").write_text("kind: live\njobs:\n  a: {action: 'gh:o/r@v1'}\n")
    assert "SECRET" in flowlang("compile", "--actions-dir", str(root.parent / "outside"), "--keep-going").output


VOLUMES = "volumes:\n  v: {remote: 'storage:x', mount: /x, local: ../outside}\n  l: {remote: 'storage:y', mount: /y, local: link}\n"
PATTERNS = {
    "hash_files('../outside/*')": "'../outside/*' leaves the folder",
    "hash_files('{outside}/*')": "is absolute: a pattern is relative to the folder",
    "hash_files('in/../../outside/*')": "'in/../../outside/*' leaves the folder",
    "hash_files('link/*')": "'link/*' enters 'link', which lies outside of the folder",
    "hash_files('link/none*')": "'link/none*' enters 'link', which lies outside of the folder",
    "hash_files('link/secret')": "'link/secret' matches 'secret', which lies outside of the folder",
    "hash_files('l*/sub/*')": "'l*/sub/*' enters 'sub', which lies outside of the folder",
    "hash_files('in/up/etc/*')": "'in/up/etc/*' enters 'etc', which lies outside of the folder",
    "hash_files('in/*/etc/passwd')": "matches 'passwd', which lies outside of the folder",
    "hash_files('link.yml')": "'link.yml' matches 'link.yml', which lies outside of the folder",
    "hash_files('**/*.yml')": "'**/*.yml' matches 'link.yml', which lies outside of the folder",
    "hash_files_relative(volumes.v.full_local_path, '*')": "these files lie outside the workspace and are not read",
    "hash_files_relative(volumes.v.local, '*')": "these files lie outside the workspace and are not read",
    "hash_files_relative(volumes.l.full_local_path, '*')": "these files lie outside the workspace and are not read",
    "hash_files_relative(flow.workspace / 'link', '*')": "these files lie outside the workspace and are not read",
    "hash_files_relative(flow.workspace / '..' / 'outside', '*')": "these files lie outside the workspace and are not read",
    "hash_files_relative(flow.workspace, '../outside/*')": "'../outside/*' leaves the folder",
}


@pytest.mark.parametrize("call", PATTERNS)
def test_hashes(root: Path, call: str) -> None:
    if "**" not in call and "link.yml" not in call:
        (root / "link.yml").unlink()
    written = call.format(outside=root.parent / "outside")
    (root / ".neuro" / "live.yml").write_text(f'kind: live\n{VOLUMES}jobs:\n  a: {{image: a, cmd: "${{{{ {written} }}}}"}}\n')
    assert PATTERNS[call] in told(root)


@pytest.mark.parametrize("dockerfile", ["../outside/Dockerfile", "{outside}/Dockerfile", "link/Dockerfile", "in/up/etc/passwd"])
def test_dockerfiles(root: Path, dockerfile: str) -> None:
    written = Path(dockerfile.format(outside=root.parent / "outside"))
    image = f"{{ref: 'image:a:1', context: {written.parent}, dockerfile: {written}}}"
    (root / ".neuro" / "live.yml").write_text(f'kind: live\nimages:\n  a: {image}\njobs:\n  a: {{image: "${{{{ images.a.ref }}}}", cmd: a}}\n')
    assert "the context of image 'a' lies outside the workspace" in told(root)


@pytest.mark.parametrize("name", [".neuro/live.yml", ".neuro/b.yml", ".neuro/project.yml", "project.yml", "action.yml"])
def test_configs_that_are_links(root: Path, name: str) -> None:
    (root / name).unlink(missing_ok=True)
    (root / name).symlink_to(root.parent / "outside" / "live.yml")
    words = "leads out of the workspace and is not read"
    assert words in told(root)
    if name.startswith(".neuro"):
        assert f"{name}:1:1: error FL608 outside-workspace: this file is a link that {words}" in told(root, name)


def test_a_file_that_is_given_in_a_folder_that_is_a_link(root: Path) -> None:
    assert "SECRET" not in flowlint("link.yml").output


def test_a_config_folder_may_be_a_link(root: Path, tmp_path: Path) -> None:
    """It is what the user points at; links inside it are followed where they stay there."""
    (root / ".neuro").rename(tmp_path / "configs")
    (root / ".neuro").symlink_to(tmp_path / "configs")
    (tmp_path / "configs" / "b.yml").write_text("kind: batch\ntasks: [{image: a, cmd: a}]\n")
    (tmp_path / "configs" / "c.yml").symlink_to("b.yml")
    (root / "d.yml").write_text("kind: batch\ntasks: [{image: a, cmd: a}]\n")
    (root / ".neuro" / "e.yml").symlink_to(root / "d.yml")
    assert "outside" not in flowlint("--format", "concise").stdout


@pytest.mark.skipif(find_spec("lsprotocol") is None, reason="the language server's packages are not installed")
def test_an_editor(root: Path) -> None:
    """Every feature at many places of such a project."""
    from tests.fuzz.lsp_edits import Desk

    _everything(root)
    path = root / ".neuro" / "live.yml"
    text = path.read_text() + "  last:\n    action: ws:\n    module: ws:link/\n  other:\n    action: gh:\n    image: ${{ hash_files('link/') }}\n"
    path.write_text(text)
    for link in (root / ".neuro" / "b.yml", root / ".neuro" / "project.yml"):
        link.unlink()  # what is open is the user's own
    desk = Desk(root, Random(1))
    with nothing_outside(root):
        assert desk.found(path)
        for at in range(0, len(text), 23):
            desk.ask_everything(path, Edit(Span(at, at), ""))
        for end in ("ws:", "ws:link/", "gh:", "('link/"):
            at = text.rindex(end)
            desk.ask_everything(path, Edit(Span(at, at), end))


@pytest.mark.skipif(find_spec("lsprotocol") is None, reason="the language server's packages are not installed")
def test_an_editor_where_copies_lie_elsewhere(root: Path) -> None:
    from tests.fuzz.lsp_edits import Desk

    (root.parent / "outside" / "actions" / "o" / "r@v1").mkdir(parents=True)
    (root / ".flowlang").symlink_to(root.parent / "outside")
    path = root / ".neuro" / "live.yml"
    path.write_text("kind: live\njobs:\n  a:\n    action: gh:\n")
    desk = Desk(root, Random(1))
    with nothing_outside(root):
        desk.ask_everything(path, Edit(Span(34, 34), "gh:"))


def test_the_text_of_an_editor_is_no_file(root: Path) -> None:
    """An editor shows what it has opened: the link is not followed for it."""
    path = root / ".neuro" / "b.yml"
    path.symlink_to(root.parent / "outside" / "live.yml")
    store = FileStore(str(root), {str(path): b"kind: batch\ntasks: []\n"})
    assert read_config(store, str(path), within=Workspace(str(root), str(root / ".neuro"), DISK)).source.text.startswith("kind: batch")
