from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flowlang import resources

ROOT = Path(__file__).parents[1]


def test_a_checkout_reads_its_own_files() -> None:
    assert resources.read_text("schemas", "report.schema.json") == (ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8")
    assert "report.schema.json" in resources.names("schemas")


def test_a_wheel_reads_the_packaged_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in ("data/schemas", "schemas"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.json").write_text(folder)
    monkeypatch.setattr(resources, "_ROOTS", (str(tmp_path / "data"), str(tmp_path)))
    assert resources.read_text("schemas", "a.json") == "data/schemas"
    assert resources.names("schemas") == ["a.json"]
    assert resources.names("grammar") == []


def test_what_is_not_there() -> None:
    with pytest.raises(KeyError):
        resources.read_text("nothing", "x")
    with pytest.raises(FileNotFoundError):
        resources.read_text("schemas", "nothing")


def test_nothing_is_imported_for_it() -> None:
    code = "import sys; before = set(sys.modules); import flowlang.resources; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['__future__', 'flowlang', 'flowlang.resources']"
