"""Smaller workspaces that show the same disagreement."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.conformance.workspace_flows import Workspace
from tests.conformance.workspace_judge import Disagreement, Judge

_MOST = 250


def shrink(workspace: Workspace, disagreement: Disagreement, judge: Judge) -> tuple[Workspace, Disagreement]:
    """Drop files, keys, items and lines as long as a disagreement of the same signature stays."""
    left = _MOST
    changed = True
    while changed and left > 0:
        changed = False
        for smaller in _smaller(workspace):
            left -= 1
            if left <= 0:
                break
            try:
                found = [item for item in judge.judge(smaller).disagreements if item.signature == disagreement.signature]
            except Exception:
                continue
            if found:
                workspace, disagreement, changed = smaller, found[0], True
                break
    return workspace, disagreement


def _smaller(workspace: Workspace) -> Iterator[Workspace]:
    for name in workspace.trees:
        if name not in workspace.texts:
            yield replace(workspace, trees={other: tree for other, tree in workspace.trees.items() if other != name})
    for name, text in workspace.texts.items():
        lines = text.splitlines(keepends=True)
        size = max(1, len(lines) // 2)
        while lines:
            for start in range(0, len(lines), size):
                yield replace(workspace, texts={**workspace.texts, name: "".join(lines[:start] + lines[start + size :])})
            if size == 1:
                break
            size //= 2
    for name, tree in workspace.trees.items():
        if name not in workspace.texts:
            for path in sorted(_paths(tree, ()), key=len):
                yield replace(workspace, trees={**workspace.trees, name: _without(tree, path)})


def _paths(tree: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield (*path, key)
        yield from _paths(tree[key], (*path, key))


def _without(tree: Any, path: tuple[Any, ...]) -> Any:
    tree = copy.deepcopy(tree)
    owner = tree
    for step in path[:-1]:
        owner = owner[step]
    del owner[path[-1]]
    return tree
