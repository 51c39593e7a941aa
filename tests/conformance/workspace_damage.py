from __future__ import annotations


def damage(workspace, random):
    return workspace, ""
