"""Other people's programs that tests drive: a missing one skips the test by name, and fails it where everything must be there."""

from __future__ import annotations

import os
import shutil

import pytest


def need(*programs: str) -> None:
    """Skip when a program is missing; fail when it is and the environment variable CI is ``true``."""
    missing = [program for program in programs if shutil.which(program) is None]
    if not missing:
        return
    message = f"not installed: {', '.join(missing)}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
