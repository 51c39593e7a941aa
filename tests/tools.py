"""Tests that need something that may not be there: skipped by name, failed where everything has to be there."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal

import pytest

EVERYTHING = os.environ.get("CI") == "true"
"""Whether nothing may be missing."""


def is_installed(package: str) -> bool:
    """Whether a package can be imported."""
    return importlib.util.find_spec(package) is not None


def needs_package(name: str) -> None:
    """Skip a test where a package is not installed."""
    if not is_installed(name):
        _missing(f"the package {name} is not installed: pip install '.[test]'")


def needs_program(name: str) -> str:
    """The path of a program; without it the test is skipped."""
    found = shutil.which(name)
    if found is None:
        _missing(f"{name} is not installed")
    assert found is not None
    return found


def interruptible() -> None:
    """Let a process that is about to begin be interrupted, even where those before it were told not to be (as in the background of a script)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _missing(what: str) -> None:
    if EVERYTHING:
        pytest.fail(what)
    pytest.skip(what)
