"""What shells are told: click's protocol, spoken by a process of its own as a shell would."""

from __future__ import annotations

import pytest

from flowlang.cli.programs import COMMANDS
from flowlang.diagnostics.catalogue import CATALOGUE
from flowlang.reporting import FORMATS
from tests.cli.conftest import script


def told(line: str) -> list[str]:
    """What bash is told at the end of a command line: ``type,value`` each."""
    words = line.split(" ")
    environment = {f"_{words[0].upper()}_COMPLETE": "bash_complete", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    done = script(words[0], env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().split()


NAMES = [rule.name for rule in CATALOGUE]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("flowlint --sev", ["--severity"]),
        ("flowlint --format ", list(FORMATS)),
        ("flowlint --format = ju", ["junit"]),  # as bash splits --format=ju
        ("flowlint --format =", list(FORMATS)),
        ("flowlint --severity ", ["error", "warning", "info"]),
        ("flowlint --select ", NAMES),
        ("flowlint --ignore bad-e", ["bad-enum"]),
        ("flowlint --ignore FL", [*(f"FL{digit}" for digit in range(10)), "flow-name", "floating-image-tag"]),
        ("flowlint --ignore FL9", ["FL9", *(rule.code for rule in CATALOGUE if rule.code.startswith("FL9"))]),
        ("flowlint --extend-select FL2,unknown-im", ["FL2,unknown-image"]),
        ("flowlint --ignore duplicate-anchor,duplicate-a", []),
        ("flowlint --explain fl1", [rule.code for rule in CATALOGUE if rule.code.startswith("FL1")]),
        ("flowlint --explain removed", ["removed-name"]),
        ("flowlang ", list(COMMANDS)),
        ("flowlang lint --format sa", ["sarif"]),
        ("flowlang compile --keep", ["--keep-going"]),
        ("flowlang schema re", ["report"]),
    ],
)
def test_values(line: str, values: list[str]) -> None:
    assert told(line) == [f"plain,{value}" for value in values]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("flowlint ", "file"),
        ("flowlint a ", "file"),
        ("flowlint -o ", "file"),
        ("flowlint --config ", "file"),
        ("flowlint --baseline ", "file"),
        ("flowlint --actions-dir ", "dir"),
        ("flowlang compile ", "file"),
        ("flowlang compile --check ", "file"),
        ("flowlang graph search ", "file"),
        ("flowlang fetch --actions-dir ", "dir"),
    ],
)
def test_files_and_folders_are_left_to_the_shell(line: str, kind: str) -> None:
    assert told(line) == [f"{kind},"]


@pytest.mark.parametrize("name", ["flowlint", "flowlang"])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell(name: str, shell: str) -> None:
    done = script(name, env={f"_{name.upper()}_COMPLETE": f"{shell}_source"})
    assert done.returncode == 0
    assert f"_{name.upper()}_COMPLETE={shell}_complete" in done.stdout.decode()
