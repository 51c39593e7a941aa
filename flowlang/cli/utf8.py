"""Names of files in UTF-8, whatever the locale says."""

from __future__ import annotations

import os
import sys

_MODE = "PYTHONUTF8"


def start_anew() -> None:
    """Go on in a Python that takes names of files, and the words of the command line, for UTF-8; returns where that cannot be.

    Configs are UTF-8 and name files. In a locale of another encoding (``LC_ALL=C`` with ``PYTHONUTF8=0``, an old ``ISO-8859-1``) Python spells
    the names on the disk otherwise than a config does, so that no file with such a name is found. How names are spelled is settled when Python
    starts (https://docs.python.org/3/library/os.html#utf8-mode), so this process becomes another one. What streams are encoded in stays.
    """
    if os.environ.get(_MODE) == "1" or os.name != "posix" or not sys.executable:
        return  # it was asked for, and this Python does not listen; or there is no way to become another process
    environment = {**os.environ, _MODE: "1"}
    encoding = next((stream.encoding for stream in (sys.stdout, sys.stderr, sys.stdin) if stream is not None), "utf-8")
    environment.setdefault("PYTHONIOENCODING", encoding)
    try:
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)
    except OSError:
        return
