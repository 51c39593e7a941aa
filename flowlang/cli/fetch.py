"""`flowlang fetch`: copies of remote actions, with git."""

from __future__ import annotations

import os

import click

from flowlang.cli.options import config_option, option, path_argument, stack
from flowlang.cli.output import write
from flowlang.cli.program import FINDINGS, Program, Wrong
from flowlang.cli.settings import Finder
from flowlang.cli.streams import say
from flowlang.reporting.visible import visible
from flowlang.settings import start_folder
from flowlang.text import quoted

_EXAMPLES = """
flowlang fetch                         what the project around the working directory calls
flowlang fetch --locked                fail rather than fetch what the lock does not have
flowlang fetch --update                look up branches and tags anew
flowlang fetch --url-template 'ssh://git@example.org/{owner}/{repo}.git'
"""


@click.command("fetch", cls=Program, examples=_EXAMPLES)
@path_argument()
@stack(
    option("Fetch", "--actions-dir", "actions_dir", metavar="DIR", help="The folder of copies; default: .flowlang/actions in the project."),
    option(
        "Fetch",
        "--url-template",
        metavar="URL",
        default="https://github.com/{owner}/{repo}.git",
        show_default=True,
        help="Where repositories are.",
    ),
    option("Fetch", "--update", is_flag=True, help="Look up branches and tags anew, whatever the lock says."),
    option("Fetch", "--locked", is_flag=True, help="Fail if the lock would change."),
    config_option(),
)
def _fetch(path: str | None, actions_dir: str | None, url_template: str, update: bool, locked: bool, config: str | None) -> int:
    """Fetch the remote actions that a flow project calls.

    PATH is a project, its config folder or one flow file; without one, the project around the
    working directory. The folder is used by the other commands without being told. Nothing else
    in this program touches the network.

    \b
    Exit status: 0 everything is at hand; 1 something is not; 2 the command line
    is wrong; 3 a mistake of this program.
    """
    from flowlang.fetching.folder import Folder, default_problem
    from flowlang.fetching.lock import NAME, BadLock
    from flowlang.fetching.run import Plan, run
    from flowlang.runs import UsageError, resolve_targets

    if "{repo}" not in url_template or url_template.startswith("-"):
        raise Wrong(f"--url-template {quoted(url_template)} is no address with '{{repo}}' in it", "for instance https://github.com/{owner}/{repo}.git")
    settings = Finder(config, linter=False).around(start_folder(path or "."))
    try:
        targets = resolve_targets([path] if path is not None else [])
    except UsageError as error:
        raise Wrong(error.message, error.hint) from error
    if len(targets) != 1 or (workspace := targets[0].workspace) is None:
        raise Wrong(f"{path or '.'} is no single project", "give a folder that holds .apolo or .neuro, or one flow file of it")
    root = actions_dir or workspace.fetched_folder
    problem = default_problem(root, workspace.root) if actions_dir is None else None
    if problem is not None:
        raise Wrong(f"refusing to write: {problem}", "remove the link, or give another folder with --actions-dir")
    plan = Plan(Folder(root), url_template, update, locked, os.environ)
    others = tuple(folder for folder in settings.actions_dirs() if os.path.realpath(folder) != os.path.realpath(root))
    failed = False
    try:
        for step in run(workspace, targets[0].files, others, plan):
            line = f"{visible(step.reference)}: {_words(step.what, step.words)}"
            if step.what == "failed":
                failed = True
                say(f"error: {line}")
            else:
                write(f"{line}\n", None)
    except BadLock as error:
        raise Wrong(f"cannot read the lock {quoted(NAME)}: {error.message}", "mend it, or remove it to fetch everything anew") from None
    except OSError as error:
        raise Wrong(f"cannot write to {quoted(root)}: {(error.strerror or type(error).__name__).lower()}") from None
    return FINDINGS if failed else 0


def _words(what: str, words: str) -> str:
    shown = {"fetched": f"fetched, commit {words[:12]}", "kept": f"kept, commit {words[:12]}", "elsewhere": "at hand in another folder"}
    return visible(shown.get(what, words))


command: Program = _fetch
