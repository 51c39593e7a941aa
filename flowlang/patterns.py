"""Regular expressions that are compiled when they are first asked: most serve findings, and most files have none.

Compiling those of all modules would take as long as all else that a run of one small file does.
"""

from __future__ import annotations

import re
from typing import cast

_NAMES = ("findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "pattern", "search", "split", "sub", "subn")


class _Uncompiled:
    """Becomes, name by name, what the compiled expression is."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name not in _NAMES:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        self.__dict__.update((each, getattr(compiled, each)) for each in _NAMES)
        return self.__dict__[name]


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """The same as `re.compile`, done at first use; to be asked for its methods, not handed to the functions of `re`."""
    return cast("re.Pattern[str]", _Uncompiled(text, flags))
