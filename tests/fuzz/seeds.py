"""What fuzzing starts from: workspaces as texts by path, from the rules' pages, the demo, and real projects where they are at hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flowlang.rules import all_pages
from tests.corpus.places import CORPUS

ROOT = Path(__file__).resolve().parents[2]
Files = dict[str, str]


@cache
def own() -> tuple[Files, ...]:
    """The workspaces that the rules' pages show, and the demo."""
    found = [_read(ROOT / "fixtures" / "projects" / "demo")]
    for page in all_pages().values():
        for heading in ("Bad", "Good"):
            examples = page.examples(heading)
            if examples:
                found.append({example.path: example.text for example in examples if "\\" not in example.path and ".." not in example.path})
    return tuple(files for files in found if files)


@cache
def real() -> tuple[Files, ...]:
    """The real projects beside the checkout, if there are any."""
    folders = sorted({folder.parent for name in (".neuro", ".apolo") for folder in CORPUS.rglob(name) if folder.is_dir()}) if CORPUS.is_dir() else []
    return tuple(files for files in map(_read, folders) if files)


def _read(root: Path) -> Files:
    """The configs of a workspace, and the actions below it."""
    paths = [path for path in sorted(root.rglob("*")) if path.suffix in (".yml", ".yaml") and path.is_file() and path.stat().st_size < 30_000]
    return {path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8", errors="replace") for path in paths[:20]}
