"""The command where the packages of its extra are there, and where they are not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.tools import needs_package


@pytest.mark.parametrize("package", ["pygls", "lsprotocol", "pytest_lsp"])
def test_everything_that_the_tests_of_the_server_need_is_installed(package: str) -> None:
    needs_package(package)


@pytest.mark.parametrize("package", ["pygls", "lsprotocol", "cattrs"])
def test_without_the_extra_the_command_says_how_to_get_it(package: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; sys.argv = ['flowlang', 'lsp']; from flowlang.cli.entry import flowlang; sys.exit(flowlang())"
    done = subprocess.run([sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == f"error: the language server needs the package '{package}', which is not installed"
    assert done.stderr.splitlines()[1] == "hint: pip install 'flowlang[lsp]'"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--tcp", "here"], "error: --tcp 'here' is no HOST:PORT"),
        (["--tcp", "here:99999"], "error: --tcp 'here:99999' is no HOST:PORT"),
        (["--tcp", "127.0.0.1:1", "--stdio"], "error: --tcp and --stdio exclude one another"),
    ],
)
def test_wrong_options(arguments: list[str], message: str) -> None:
    code = "import sys; from flowlang.cli.entry import flowlang; sys.exit(flowlang())"
    done = subprocess.run([sys.executable, "-c", code, "lsp", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", message)
