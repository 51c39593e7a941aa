"""What is known of the world outside the files: the user, the platform, git."""

from __future__ import annotations

from flowlang.light import NamedTuple


class Environment(NamedTuple):
    """Facts about the user and the run. None is unknown: values that need it are deferred.

    `project_name`, `cluster` and `org` are the user's current ones: the fallback for a project
    file without ``project_name``, and what URIs are shortened against. `params` holds the
    ``NAME=VALUE`` texts given for params, stronger ones (``JOB.NAME=VALUE``) included. With `relocatable` paths are
    told relative to the workspace, so that the output means the same on every machine.
    """

    project_name: str | None = None
    cluster: str | None = None
    org: str | None = None
    username: str | None = None
    git_sha: str | None = None
    git_branch: str | None = None
    git_tags: tuple[str, ...] | None = None
    bake_id: str | None = None
    suffix: str | None = None
    params: tuple[str, ...] = ()
    relocatable: bool = False
