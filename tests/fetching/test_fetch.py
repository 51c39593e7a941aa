"""`flowlang fetch` against repositories on this disk."""

from __future__ import annotations

import ast
import json
import os
import select
import subprocess
from pathlib import Path
from typing import Any

import pytest

from flowlang.compiling import compile_path
from flowlang.linting import lint
from flowlang.runs import Options
from tests.fetching.conftest import ACTION, Server, git

ROOT = Path(__file__).resolve().parents[2]
BATCH = "kind: batch\ntasks:\n  - id: x\n    action: gh:o/inner@main\n"
LOCK = "flowlang-actions.lock"


def lock(server: Server) -> list[dict[str, str]]:
    loaded: list[dict[str, str]] = json.loads((server.copies / LOCK).read_text("utf-8"))["actions"]
    return loaded


def test_a_tag_is_fetched_and_locked(server: Server) -> None:
    commit = server.commit("o/r", {"action.yml": ACTION, "other.txt": "x"}, tag="v1")
    root = server.workspace("gh:o/r@v1")
    assert any(found.rule.name == "missing-action" for found in lint([str(root)], Options()).diagnostics)
    result = server.fetch()
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"gh:o/r@v1: fetched, commit {commit[:12]}\n", "")
    assert server.files() == [LOCK, "o/r@v1/action.yml"]
    assert (server.copies / "o/r@v1/action.yml").read_text("utf-8") == ACTION
    assert lock(server) == [{"reference": "gh:o/r@v1", "commit": commit, "url": server.template.format(owner="o", repo="r")}]


def test_the_copies_are_used_without_being_told(server: Server) -> None:
    server.commit("o/r", {"action.yaml": ACTION}, tag="v1")
    root = server.workspace("gh:o/r@v1")
    server.fetch()
    assert lint([str(root)], Options()).diagnostics == ()
    document = compile_path(str(root), Options()).document
    assert document is not None
    assert document["flows"][".neuro/live.yml"]["jobs"]["job0"]["calls"]["file"] == "o/r@v1/action.yaml"  # type: ignore[index]


def test_what_is_locked_is_kept_until_it_is_updated(server: Server) -> None:
    first = server.commit("o/r", {"action.yml": ACTION})
    server.workspace("gh:o/r@main")
    server.fetch()
    before = (server.copies / LOCK).read_bytes()
    second = server.commit("o/r", {"action.yml": ACTION + "name: new\n"})
    assert "kept" in server.fetch().stdout
    assert (server.copies / LOCK).read_bytes() == before
    (server.copies / "o/r@main/action.yml").unlink()
    assert f"fetched, commit {first[:12]}" in server.fetch().stdout
    assert (server.copies / "o/r@main/action.yml").read_text("utf-8") == ACTION
    locked = server.fetch("--update", "--locked")
    assert (locked.exit_code, locked.stdout) == (1, "")
    assert "the lock would change" in locked.stderr
    assert (server.copies / LOCK).read_bytes() == before
    assert server.fetch("--update").exit_code == 0
    assert lock(server)[0]["commit"] == second
    assert (server.copies / "o/r@main/action.yml").read_text("utf-8") != ACTION
    assert server.fetch("--update", "--locked").exit_code == 0


def test_locked_fails_without_asking_anybody(server: Server) -> None:
    server.commit("o/r", {"action.yml": ACTION}, tag="v1")
    server.workspace("gh:o/r@v1")
    result = server.fetch("--locked", "--url-template", "file:///nowhere/{repo}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "it is not in the lock" in result.stderr
    assert not server.copies.exists()
    server.fetch()
    assert server.fetch("--locked").exit_code == 0


def test_actions_of_actions(server: Server) -> None:
    server.commit("o/inner", {"action.yml": "kind: batch\ntasks: [{image: u}]\n"})
    server.commit("o/outer", {"action.yml": BATCH})
    flow = "kind: batch\ntasks:\n  - action: ws:local\n"
    server.workspace(more={".neuro/b.yml": flow, "local.yml": BATCH.replace("o/inner", "o/outer")})
    result = server.fetch()
    assert result.exit_code == 0, result.stderr
    assert server.files() == [LOCK, "o/inner@main/action.yml", "o/outer@main/action.yml"]


def test_branches_with_slashes_commits_and_single_flows(server: Server) -> None:
    commit = server.commit("o/r", {"action.yml": ACTION})
    git(server.folder / "remote/o/r.git", "branch", "feature/x", "main")
    server.workspace("gh:o/r@feature/x", f"github:o/r@{commit}", more={".neuro/b.yml": BATCH})
    result = server.fetch(str(server.folder / "demo/.neuro/live.yml"))
    assert result.exit_code == 2  # two paths
    result = server.fetch()
    assert result.exit_code == 1  # o/inner is nowhere
    assert "gh:o/inner@main: git fetch failed" in result.stderr
    assert set(server.files()) == {LOCK, f"o/r@{commit}/action.yml", "o/r@feature/x/action.yml"}
    assert [row["commit"] for row in lock(server)] == [commit, commit]


@pytest.mark.parametrize(
    "reference",
    [
        "gh:o/r@--upload-pack=touch hacked",
        "gh:o/r@-v",
        "gh:o/r@../../../etc",
        "gh:o/r@a/../../b",
        "gh:o/r@a b",
        "gh:o/r@a\tb",
        "gh:o/r@a\x01b",
        "gh:o/r@a\x7f",
        "gh:o/r@v1:refs/heads/x",
        "gh:o/r@+v1",
        "gh:o/r@v*",
        "gh:o/r@/v1",
        "gh:o/r@.hidden",
        "gh:o/r@a\\b",
        "gh:../r@v1",
        "gh:-o/r@v1",
        "gh:o/..@v1",
        "gh:o/r/x@v1",
        "gh:o@v1",
        "gh:o/r",
        "gh:o/r@",
        "gh:o/@v1",
        "gh:/r@v1",
        "gh:o/r@@",
        "gh:o/r@a@{1}",
        "gh:o/r@a..b",
        "gh:o..p/r@v1",
        "gh:o/r..@v1",
    ],
)
def test_hostile_references_never_reach_git(server: Server, monkeypatch: pytest.MonkeyPatch, reference: str) -> None:
    import flowlang.fetching.git

    def never(*_: object, **__: object) -> None:
        raise AssertionError("git was started")

    monkeypatch.setattr(flowlang.fetching.git.subprocess, "Popen", never)
    server.workspace(more={".neuro/live.yml": f"kind: live\njobs:\n  a:\n    action: {json.dumps(reference)}\n"})
    result = server.fetch()
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith("error: gh:")
    assert not server.copies.exists()
    assert list(server.folder.rglob("hacked")) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_in_the_repository_is_not_followed(server: Server) -> None:
    (server.folder / "secret").write_text("secret")
    server.commit("o/r", {"real.yml": ACTION}, links={"action.yml": str(server.folder / "secret")})
    server.workspace("gh:o/r@main")
    result = server.fetch()
    assert result.exit_code == 1
    assert "its action.yml is a symbolic link, which is not followed" in result.stderr
    assert not server.copies.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_in_the_folder_of_copies_are_not_written_through(server: Server) -> None:
    server.commit("o/r", {"action.yml": ACTION}, tag="v1")
    root = server.workspace("gh:o/r@v1")
    victim = server.folder / "victim"
    victim.mkdir()
    (victim / "file").write_text("mine")
    server.copies.mkdir(parents=True)
    (server.copies / "o").symlink_to(victim)
    result = server.fetch()
    assert result.exit_code == 1
    assert "is a link" in result.stderr
    (server.copies / "o").unlink()
    (server.copies / "o/r@v1").mkdir(parents=True)
    (server.copies / "o/r@v1/action.yml").symlink_to(victim / "file")
    assert server.fetch().exit_code == 0
    assert not (server.copies / "o/r@v1/action.yml").is_symlink()
    assert (victim / "file").read_text() == "mine"
    assert sorted(path.name for path in victim.iterdir()) == ["file"]
    import shutil

    shutil.rmtree(root / ".flowlang")
    (root / ".flowlang").symlink_to(victim)
    result = server.fetch()
    assert result.exit_code == 2
    assert "leads out of the workspace" in result.stderr
    assert sorted(path.name for path in victim.iterdir()) == ["file"]


def test_a_file_that_changes_its_name(server: Server) -> None:
    server.commit("o/r", {"action.yml": ACTION})
    server.workspace("gh:o/r@main")
    server.fetch()
    (server.folder / "work/o/r/action.yml").unlink()
    server.commit("o/r", {"action.yaml": ACTION})
    server.fetch("--update")
    assert server.files() == [LOCK, "o/r@main/action.yaml"]


def test_what_is_too_large_or_no_action(server: Server) -> None:
    server.commit("o/large", {"action.yml": "#" * ((1 << 20) + 1)})
    server.commit("o/none", {"readme": "x"})
    server.workspace("gh:o/large@main", "gh:o/none@main", "gh:o/none@nothing")
    result = server.fetch()
    assert result.exit_code == 1
    assert "larger than" in result.stderr
    assert "it holds no action.yml" in result.stderr
    assert "gh:o/none@nothing: git fetch failed: couldn't find remote ref" in result.stderr


def test_a_folder_elsewhere_and_settings(server: Server) -> None:
    server.commit("o/r", {"action.yml": ACTION})
    root = server.workspace("gh:o/r@main", "gh:own/made@v1")
    (root / "vendor/own/made@v1").mkdir(parents=True)
    (root / "vendor/own/made@v1/action.yml").write_text(ACTION)
    (root / "pyproject.toml").write_text('[tool.flowlang]\nactions-dirs = ["vendor"]\n')
    result = server.fetch("--actions-dir", str(server.folder / "else"))
    assert result.exit_code == 0, result.stderr
    assert "gh:own/made@v1: at hand in another folder" in result.stdout
    assert (server.folder / "else/o/r@main/action.yml").is_file()
    assert not server.copies.exists()


HOSTILE_LOCK = '{"version": 1, "actions": [{"reference": "gh:o/r@v1", "commit": "--x", "url": "u"}]}'


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '{"version": 2, "actions": []}', HOSTILE_LOCK])
def test_a_lock_that_cannot_be_read(server: Server, text: str) -> None:
    server.workspace("gh:o/r@v1")
    server.copies.mkdir(parents=True)
    (server.copies / LOCK).write_text(text)
    result = server.fetch()
    assert result.exit_code == 2
    assert "cannot read the lock" in result.stderr


def test_wrong_usage(server: Server) -> None:
    from click.testing import CliRunner

    from flowlang.cli.fetch import command

    server.workspace()
    assert server.fetch("--url-template", "--upload-pack=x{repo}").exit_code == 2
    assert server.fetch("--url-template", "https://x").exit_code == 2
    assert CliRunner().invoke(command, [str(server.folder / "nothing")]).exit_code == 2
    assert server.fetch().exit_code == 0
    server.workspace("gh:o/r@v1")
    result = server.fetch("--url-template", "ext::sh -c touch% hacked {repo}")
    assert result.exit_code == 1
    assert list(server.folder.rglob("hacked")) == []


def test_a_git_that_hangs_is_stopped(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    import flowlang.fetching.git

    tool = server.folder / "bin"
    tool.mkdir()
    (tool / "git").write_text(f"#!/bin/sh\nsleep 300 &\necho $! > '{server.folder}/pid'\nwait\n")
    (tool / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(flowlang.fetching.git, "SECONDS", 0.3)
    server.workspace("gh:o/r@v1")
    assert "git took longer than 0.3 seconds" in server.fetch().stderr
    if (server.folder / "pid").exists() and hasattr(os, "pidfd_open"):
        # what it has started ends as well, as soon as the system comes to it
        try:
            started = os.pidfd_open(int((server.folder / "pid").read_text()))
        except ProcessLookupError:
            return
        assert select.select([started], [], [], 60)[0]
        os.close(started)


def test_a_git_that_cannot_be_started(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = server.folder / "bin"
    tool.mkdir()
    server.workspace("gh:o/r@v1")
    monkeypatch.setenv("PATH", str(tool))
    assert server.fetch().stderr == "error: gh:o/r@v1: git is not installed\n"
    (tool / "git").write_text("#!/nowhere/at/all\n")
    assert "error: gh:o/r@v1: git cannot be started: " in server.fetch().stderr


@pytest.mark.parametrize("reference", ["gh:o/r", "gh:o/r@", "gh:o@v1", "gh:@v1"])
def test_how_a_reference_is_written(server: Server, reference: str) -> None:
    server.workspace(reference)
    assert server.fetch().stderr == f"error: {reference}: it is no reference to GitHub: write gh:OWNER/REPO@REF\n"


def test_a_transport_that_runs_commands_is_refused_whatever_the_user_allows(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever allows ``ext::`` for a repository of their own has not allowed it for what a project calls."""
    for name, value in (("COUNT", "1"), ("KEY_0", "protocol.ext.allow"), ("VALUE_0", "always")):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    server.workspace("gh:o/r@v1")
    result = server.fetch("--url-template", f"ext::touch {server.folder}/hacked {{repo}}")
    assert result.exit_code == 1
    assert "transport 'ext' not allowed" in result.stderr
    assert not (server.folder / "hacked").exists()


def test_how_git_is_started(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes from a project stands behind ``--``; nothing is asked, no password and no key; no other repository is found."""
    import flowlang.fetching.git

    started: list[tuple[list[str], dict[str, Any]]] = []
    real = flowlang.fetching.git.subprocess.Popen

    def start(line: list[str], **options: Any) -> Any:
        started.append((line, options))
        return real(line, **options)

    server.commit("o/r", {"action.yml": ACTION}, tag="v1")
    server.workspace("gh:o/r@v1")
    monkeypatch.setattr(flowlang.fetching.git.subprocess, "Popen", start)
    assert server.fetch().exit_code == 0
    url = server.template.format(owner="o", repo="r")
    commands = {next(word for word in line[1:] if not word.startswith(("-", "core.", "gc.", "maintenance."))): line for line, _ in started}
    assert commands["fetch"][-3:] == ["--", url, "v1:refs/fetched/it"]
    assert [name for name, line in commands.items() if url in line or "v1" in line] == ["fetch"]
    for line, options in started:
        assert line[:3] == ["git", "-c", "core.askPass="]
        variables = options["env"]
        assert (variables["GIT_TERMINAL_PROMPT"], variables["GIT_SSH_COMMAND"], variables["LC_ALL"]) == ("0", "ssh -o BatchMode=yes", "C")
        assert variables["GIT_CEILING_DIRECTORIES"] == os.path.dirname(options["cwd"])
        assert (options["stdin"], options["start_new_session"], options.get("shell", False)) == (subprocess.DEVNULL, True, False)
    assert {"--template=", "--bare"} <= set(commands["init"])
    assert {"--no-recurse-submodules", "--no-tags", "--depth=1"} <= set(commands["fetch"])


def test_the_users_own_way_of_using_ssh_is_kept(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from flowlang.fetching.git import _Git
    from flowlang.signals import Ending

    assert _Git("/x", {"GIT_SSH_COMMAND": "ssh -i mine"}, Ending())._environment["GIT_SSH_COMMAND"] == "ssh -i mine"


def test_git_is_started_without_prompts_and_of_no_other_repository(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.commit("o/r", {"action.yml": ACTION})
    server.workspace("gh:o/r@main")
    monkeypatch.setenv("GIT_DIR", "/nowhere")  # as in a hook
    assert server.fetch().exit_code == 0
    tool = server.folder / "bin"
    tool.mkdir()
    (tool / "git").write_text('#!/bin/sh\necho "$GIT_TERMINAL_PROMPT|$*" >> "$LOG"\nexit 1\n')
    (tool / "git").chmod(0o755)
    monkeypatch.setenv("LOG", str(server.folder / "log"))
    monkeypatch.setenv("PATH", f"{tool}{os.pathsep}{os.environ['PATH']}")
    server.fetch("--update")
    (line,) = (server.folder / "log").read_text().splitlines()
    assert line.startswith("0|")


NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "requests", "httpx", "aiohttp", "xmlrpc", "telnetlib"}


def test_nothing_else_touches_the_network() -> None:
    from tests.test_layers import IMPORTS

    packages = [(found.module, found.target.partition(".")[0]) for found in IMPORTS if found.target != "urllib.parse"]
    assert [row for row in packages if row[1] in NETWORK and not row[0].startswith("flowlang.lsp")] == []
    fetching = {found.module for found in IMPORTS if found.target.startswith("flowlang.fetching")}
    assert {module for module in fetching if not module.startswith("flowlang.fetching")} == {"flowlang.cli.fetch"}
    for path in (ROOT / "flowlang" / "cli" / "git.py", ROOT / "flowlang" / "fetching" / "git.py"):
        words = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        assert ("fetch" in words) is (path.parent.name == "fetching")


@pytest.mark.skipif(os.name == "nt", reason="no file may be called so there")
def test_what_would_move_the_cursor_is_shown_escaped(server: Server) -> None:
    root = server.workspace(more={".neuro/live.yml": 'kind: live\njobs:\n  a:\n    action: "gh:o/r@\\e[2Jv1"\n'})
    (root / "vendor" / "o" / "r@\x1b[2Jv1").mkdir(parents=True)
    (root / "vendor" / "o" / "r@\x1b[2Jv1" / "action.yml").write_text(ACTION)
    (root / "pyproject.toml").write_text('[tool.flowlang]\nactions-dirs = ["vendor"]\n')
    assert server.fetch().stdout == "gh:o/r@\\x1b[2Jv1: at hand in another folder\n"
