"""Files of real projects: the schemas take all of them but those the engine refuses for their structure."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.schemas.vocabulary import FOLDER, validator

CORPUS = FOLDER.parents[1] / "shared" / "corpus"
ACTION_KEYS = {"inputs", "outputs", "job", "main", "cmd"}
# Real files with a real mistake: the documented, but refused, `needs` of outputs; a job under another name.
REFUSED = {
    "checkout/action.yml": ["$.outputs.needs"],
    "checkout@v1/action.yml": ["$.outputs.needs"],
    "webdav_server/action.yaml": ["$", "$"],
}


def json_like(value: Any) -> Any:
    """What YAML made, with text for what JSON does not have."""
    if isinstance(value, dict):
        return {str(key): json_like(item) for key, item in value.items()}
    if isinstance(value, list):
        return [json_like(item) for item in value]
    return str(value) if isinstance(value, (datetime.date, bytes)) else value


def kind_of(path: Path, document: dict[str, Any]) -> str | None:
    kind = document.get("kind")
    if path.stem == "project":
        return "project"
    if kind in ("stateful", "local") or ACTION_KEYS & set(document):
        return "action"
    return kind if kind in ("live", "batch") else None


def files() -> list[Any]:
    found = []
    for path in sorted(path for path in CORPUS.rglob("*") if path.suffix in (".yml", ".yaml")) if CORPUS.is_dir() else []:
        document = json_like(yaml.safe_load(path.read_text(encoding="utf-8")))
        if isinstance(document, dict) and (kind := kind_of(path, document)):
            found.append(pytest.param(kind, document, path, id=str(path.relative_to(CORPUS))))
    return found or [pytest.param("", {}, CORPUS, id="none", marks=pytest.mark.skip(reason="the corpus of real projects is not here"))]


@pytest.mark.parametrize(("kind", "document", "path"), files())
def test_real_file(kind: str, document: dict[str, Any], path: Path) -> None:
    found = [error.json_path for error in validator(kind).iter_errors(document)]
    assert found == REFUSED.get(f"{path.parent.name}/{path.name}", [])
