"""What gives a value that is only known at the run: the option for it, in words."""

from __future__ import annotations

_OPTIONS = {
    "project.project_name": "--project-name NAME, or 'project_name' in project.yml",
    "flow.username": "--username NAME",
    "git.sha": "--git-sha SHA",
    "git.branch": "--git-branch NAME",
    "git.tags": "--git-tag NAME",
    "multi.suffix": "--suffix TEXT",
    "bake_id": "--bake-id ID",
}


def remedy(wait: str, owner: str | None = None) -> str:
    """How to give the value that is waited for; `owner` is the job whose params are meant."""
    if wait in _OPTIONS:
        return _OPTIONS[wait]
    context, _, name = wait.partition(".")
    if context == "params":
        return f"--param {f'{owner}.' if owner else ''}{name}=VALUE"
    if wait.startswith("inspect_job("):
        return "nothing: only the platform knows it, while that job runs"
    return "nothing: it is only known at the run"
