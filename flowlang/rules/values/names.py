"""Names without quotes that YAML does not read as names."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.keys import bool_key
from flowlang.semantics.visit import blocks


class Yaml11BoolKey(CheckedRule):
    """
    ## What it does

    Finds names of variables and arguments that YAML reads as true or false: `on`, `off`, `yes`, `no`,
    `true`, `false` in any spelling, without quotes.

    ## Why

    The name is lost: the job gets a variable named `True` or `False`. An argument of that name fits no
    input, and the error that the engine makes of it does not say so.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          NO: "1"
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: ubuntu
        env:
          "NO": "1"
    ```

    ## Fix

    Safe: the name is put in quotes.
    """

    name = "yaml11-bool-key"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such name."""
        for name in ("env", "args"):
            for item in blocks(file, name):
                section = item.map(name)
                for key in section.entries if section is not None else ():
                    found = bool_key(section, key) if section is not None else None
                    if found is not None:
                        yield found
