"""Smaller workspaces that show the same disagreement."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from tests.conformance.workspace_flows import Workspace
from tests.conformance.workspace_judge import Disagreement, Judge

_MOST = 300


def shrink(workspace: Workspace, disagreement: Disagreement, judge: Judge) -> tuple[Workspace, Disagreement]:
    """Drop files, keys, items and lines as long as a disagreement of the same signature stays."""
    left = _MOST
    changed = True
    while changed and left > 0:
        changed = False
        for drop in _drops(workspace):
            try:
                smaller = drop(workspace)
                found = [item for item in judge.judge(smaller).disagreements if item.signature == disagreement.signature]
            except Exception:
                continue  # what was to be dropped is gone, or what is left cannot be judged
            left -= 1
            if found:
                workspace, disagreement, changed = smaller, found[0], True
            if left <= 0:
                break
    return workspace, disagreement


Drop = Callable[[Workspace], Workspace]


def _drops(workspace: Workspace) -> Iterator[Drop]:
    """Ways to make it smaller, the big ones first."""
    for name in workspace.trees:
        yield partial(_drop_file, name)
    for name, text in workspace.texts.items():
        count = len(text.splitlines())
        size = max(1, count // 2)
        while size:
            yield from (partial(_drop_lines, name, start, size) for start in range(count - size, -1, -size))
            size //= 2
    for name, tree in workspace.trees.items():
        if name not in workspace.texts:
            paths = list(_paths(tree, ()))
            paths.reverse()  # later items first: dropping them moves no others
            paths.sort(key=len)
            yield from (partial(_drop_part, name, path) for path in paths)


def _drop_file(name: str, workspace: Workspace) -> Workspace:
    texts = {other: text for other, text in workspace.texts.items() if other != name}
    return replace(workspace, trees={other: tree for other, tree in workspace.trees.items() if other != name}, texts=texts)


def _drop_lines(name: str, start: int, size: int, workspace: Workspace) -> Workspace:
    lines = workspace.texts[name].splitlines(keepends=True)
    if start >= len(lines):
        raise IndexError(start)
    return replace(workspace, texts={**workspace.texts, name: "".join(lines[:start] + lines[start + size :])})


def _drop_part(name: str, path: tuple[Any, ...], workspace: Workspace) -> Workspace:
    return replace(workspace, trees={**workspace.trees, name: _without(workspace.trees[name], path)})


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
