"""Nothing here can be imported without the packages of the server; `test_extra` says so."""

from __future__ import annotations

from tests.tools import is_installed

PACKAGES = ("pygls", "lsprotocol", "pytest_lsp")

collect_ignore_glob = [] if all(map(is_installed, PACKAGES)) else ["test_[!e]*.py", "features/*", "rewriting/*"]
