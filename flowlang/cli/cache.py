"""Where the cache of findings lies, and what its entries depend on beside the files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flowlang import __version__, resources

if TYPE_CHECKING:
    from flowlang.cache import Cache

FOLDER = "FLOWLINT_CACHE_DIR"
"""Names the folder in place of the platform's; set and empty, nothing is remembered."""

_LIBRARIES = ("pyyaml-", "lark-", "jsonschema-", "yarl-")


def cache(given: dict[str, Any]) -> Cache | None:
    """The cache for a run with these options; None with ``--no-cache``, and where there is no place for one."""
    if given["no_cache"]:
        return None
    folder = cache_folder()
    if folder is None:
        return None
    from flowlang.cache import Cache

    return Cache(folder, repr((__version__, resources.edition(), sys.version_info[:3], *_libraries(), _shellcheck(given))))


def cache_folder() -> str | None:
    """The folder of the cache: what the environment names, else in the platform's folder for such things; None where there is none."""
    named = os.environ.get(FOLDER)
    if named is not None:
        return os.path.abspath(named) if named else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        # a relative path there is to be ignored (XDG base directory specification)
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if os.path.isabs(base) else os.path.expanduser("~/.cache")
    return os.path.join(base, "flowlint") if os.path.isabs(base) else None


def _libraries() -> Iterator[str]:
    """The releases of the libraries that words and places of findings come from, as the folders of packages name them."""
    for folder in sys.path:
        if folder.endswith("-packages"):
            try:
                names = os.listdir(folder)
            except OSError:
                continue
            yield from sorted(name for name in names if name.lower().startswith(_LIBRARIES))


def _shellcheck(given: dict[str, Any]) -> str | None:
    """The release of shellcheck, where it is asked."""
    if given["shellcheck"] is None:
        return None
    from flowlang.cli.shellcheck import shellcheck_version

    return shellcheck_version()
