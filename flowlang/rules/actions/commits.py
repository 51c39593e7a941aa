"""Actions named by a commit."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic
from flowlang.patterns import pattern
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis

_COMMIT = pattern(r"(?:gh|github):[^@]*@(?P<commit>[0-9a-fA-F]{40})")


class GhShaRef(CheckedRule):
    """
    ## What it does

    Finds an action on GitHub whose version is the id of a commit.

    ## Why

    The engine fetches the action with `git clone --branch`, which knows branches and tags alone. With
    the id of a commit it fails: "Remote branch … not found".

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      board:
        action: gh:acme/tensorboard@8f3c1e7a9b2d4056c1f7e8a9b0c1d2e3f4a5b6c7
        args: {}
    ```

    ```yaml actions/acme/tensorboard@v1.2.0/action.yml
    kind: live
    job:
      image: tensorflow/tensorflow
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      board:
        action: gh:acme/tensorboard@v1.2.0
        args: {}
    ```

    ```yaml actions/acme/tensorboard@v1.2.0/action.yml
    kind: live
    job:
      image: tensorflow/tensorflow
    ```

    ## Fix

    None: name a tag; if there is none for the commit, make one in a fork.
    """

    name = "gh-sha-ref"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such reference."""
        for leaf in file.leaves:
            found = _COMMIT.fullmatch(leaf.value) if leaf.notes.names in ("action", "module") and isinstance(leaf.value, str) else None
            if found is not None:
                message = "the version of an action cannot be a commit: the engine looks for a branch or tag of that name"
                yield Diagnostic(cls.row(), leaf.source, leaf.place(*found.span("commit")), message, help="name a tag or a branch: gh:OWNER/REPO@TAG")
