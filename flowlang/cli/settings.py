"""Settings as the commands take them: mistakes in them end the command."""

from __future__ import annotations

import os
from typing import Any

from flowlang import settings
from flowlang.cli.program import Wrong
from flowlang.cli.streams import say


class Finder(settings.Finder):
    """Reads each settings file once. `config`: the file that the command line names in place of those found."""

    def __init__(self, config: str | None, *, linter: bool) -> None:
        super().__init__(config, base=os.getcwd(), linter=linter)

    def around(self, folder: str) -> settings.InForce:
        """The settings for a workspace: those of the nearest files from its folder upwards; raises `Wrong`."""
        try:
            return super().around(folder)
        except settings.WrongSettings as error:
            *others, (message, hint) = error.told()
            for each, help in others:
                say("\n".join([f"error: {each}", *([f"hint: {help}"] if help else [])]))
            raise Wrong(message, hint) from None


def first(*values: Any) -> Any:
    """The first value that is not None."""
    return next((value for value in values if value is not None), None)
