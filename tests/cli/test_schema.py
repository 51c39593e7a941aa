from __future__ import annotations

import json
from pathlib import Path

from flowlang import resources
from tests.cli.conftest import Run


def test_names(flowlang: Run) -> None:
    names = flowlang("schema").stdout.split()
    assert "report" in names
    assert [f"{name}.schema.json" for name in names] == resources.names("schemas")


def test_every_schema_is_printed(flowlang: Run, tmp_path: Path) -> None:
    for name in flowlang("schema").stdout.split():
        text = resources.read_text("schemas", f"{name}.schema.json")
        assert flowlang("schema", name).stdout == text
        assert flowlang("schema", f"{name}.schema.json").stdout == text
        assert json.loads(text)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert flowlang("schema", "report", "-o", str(tmp_path / "r.json")).stdout == ""
    assert (tmp_path / "r.json").read_text(encoding="utf-8") == resources.read_text("schemas", "report.schema.json")
