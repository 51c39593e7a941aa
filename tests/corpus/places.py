"""Where the corpus of real projects lies beside the checkout, if it does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = (ROOT.parent / "shared").resolve()
CORPUS = SHARED / "corpus"
ANSWERS = SHARED / "answers"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real projects is not beside the checkout")
needs_answers = pytest.mark.skipif(not ANSWERS.is_dir(), reason="the engine's answers about the corpus are not beside the checkout")


def workspaces() -> list[tuple[str, str]]:
    """Every workspace of the corpus with the name of its config folder."""
    if not CORPUS.is_dir():
        return []
    found = (folder for name in (".neuro", ".apolo") for folder in CORPUS.rglob(name) if folder.is_dir() and "_actions" not in folder.parts)
    return sorted((folder.parent.relative_to(CORPUS).as_posix(), folder.name) for folder in found)


def answer(workspace: str, config: str) -> dict[str, Any]:
    """What the engine makes of a workspace, with the paths of this checkout put in."""
    text = (ANSWERS / workspace / f"{config.lstrip('.')}.json").read_text("utf-8")
    text = text.replace("{workspace}", str(CORPUS / workspace)).replace("{actions}", str(CORPUS / "_actions"))
    loaded: dict[str, Any] = json.loads(text)
    return loaded
