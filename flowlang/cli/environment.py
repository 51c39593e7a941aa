"""Options that say what is known of the user and the run, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from flowlang.cli.options import option, stack

if TYPE_CHECKING:
    from flowlang.semantics import Environment

# Options of the environment that take one value, and the field each one fills.
_ENVIRONMENT = {
    "project_name": ("--project-name", "NAME", "The user's current project on the platform."),
    "cluster": ("--cluster", "NAME", "The user's current cluster."),
    "org": ("--org", "NAME", "The user's current organisation; none unless given."),
    "username": ("--username", "NAME", "The user's name on the platform."),
    "git_sha": ("--git-sha", "SHA", "The commit; else read from the git work tree."),
    "git_branch": ("--git-branch", "NAME", "The branch; else read from the git work tree."),
    "bake_id": ("--bake-id", "ID", "The id of the bake."),
    "suffix": ("--suffix", "TEXT", "The suffix of a multi job."),
}

OF_A_MACHINE = frozenset({"username", "git_sha", "git_branch", "git_tags"})
"""What an output that is to be committed does not take from settings: it is deferred unless given by option."""


def environment_options() -> Callable[[Any], Any]:
    """``--project-name``, ``--cluster``, … and ``--param``."""
    return stack(
        *(option("Environment", name, metavar=metavar, help=words) for name, metavar, words in _ENVIRONMENT.values()),
        option("Environment", "--git-tag", "git_tags", multiple=True, metavar="NAME", help="A git tag; may be given more than once."),
        option(
            "Environment",
            "--param",
            "params",
            multiple=True,
            metavar="NAME=VALUE",
            help="The value of a param: NAME in every flow and job, FLOW:NAME of a flow, JOB.NAME of a live job; may be given more than once.",
        ),
    )


def environment_of(given: dict[str, Any], path: str | None, *, read_git: bool, base: Any = None, without: Collection[str] = ()) -> Environment:
    """The facts given by option; with `read_git`, those of git that were not given are read from the work tree around `path`.

    The rest is that of `base` (settings, or what a committed output records), the facts in `without` left out.
    """
    from flowlang.semantics import Environment

    facts: dict[str, Any] = {field: given[field] for field in _ENVIRONMENT}
    facts["git_tags"] = given["git_tags"] or None
    if read_git and None in (facts["git_sha"], facts["git_branch"], facts["git_tags"]):
        from flowlang.cli.git import git_facts

        found = git_facts(path or ".")
        if found is not None:
            for field in ("sha", "branch", "tags"):
                if facts[f"git_{field}"] is None:
                    facts[f"git_{field}"] = getattr(found, field)
    if base is None:
        return Environment(params=given["params"], **facts)
    facts.update({field: getattr(base, field) for field, value in facts.items() if value is None and field not in without})
    return Environment(params=(*(base.params or ()), *given["params"]), **facts)
