"""Reading config files: from a path to the model, whatever is wrong kept as findings."""

from __future__ import annotations

from flowlang.model import LIVE, ConfigFile, load
from flowlang.project.files import FileStore
from flowlang.text import Source


def read_config(store: FileStore, path: str, kind: str | None = None) -> ConfigFile:
    """The config file at an absolute path; `kind` says what it is for who refers to it."""
    source, problems = store.read(path)
    if not problems:
        return load(source, kind)
    from flowlang.yamltree import parse

    return ConfigFile(source, parse(Source(source.path, "")), kind or LIVE, None, problems, False)
