"""What holds for every test."""

from __future__ import annotations

import os

# Findings are made anew: a test that is about remembering them names a folder of its own.
os.environ["FLOWLINT_CACHE_DIR"] = ""
