"""Where a folder lies in its repository."""

from __future__ import annotations

import os

from flowlang.text import shown_path


def below_repository(folder: str) -> str:
    """The folder as seen from the root of the git repository around it, with ``/``; '' at the root, and where there is no repository.

    The root is the nearest folder with a `.git`, which is a file in linked work trees and submodules.
    """
    root = folder
    while not os.path.exists(os.path.join(root, ".git")):
        parent = os.path.dirname(root)
        if parent == root:
            return ""
        root = parent
    return "" if root == folder else shown_path(folder, root)
