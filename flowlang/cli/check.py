"""`flowlang compile --check`: comparing with a committed output."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from flowlang.cli.kept import kept_text
from flowlang.cli.program import Wrong
from flowlang.cli.streams import say
from flowlang.text import quoted

if TYPE_CHECKING:
    from flowlang.compiler.committed import Committed
    from flowlang.runs import Options


def read_check(path: str) -> Committed:
    """The committed output; raises `Wrong` for a file that cannot be read or is none."""
    from flowlang.compiler.committed import NotCompiled, read_committed

    text = kept_text("--check", path, f"write it with 'flowlang compile --relocatable -o {path}'")
    try:
        return read_committed(text)
    except NotCompiled as error:
        raise Wrong(f"--check: {quoted(path)}: {error.message}", error.hint.replace("FILE", path) if error.hint else None) from None


def report(path: str, committed: Committed, compiled: dict[str, Any], given: dict[str, Any], options: Options) -> bool:
    """Print how the compiled document differs from the committed one; whether it does."""
    from flowlang.cli.output import write
    from flowlang.compiler.committed import without_origins
    from flowlang.reporting.difference import differences, unified

    found = list(differences(without_origins(committed.document), without_origins(compiled)))
    if not found:
        return False
    write("".join(f"{line}\n" for line in unified(found, path, "compiled now")), None)
    places = "1 place" if len(found) == 1 else f"{len(found)} places"
    say(f"error: {quoted(path)} is out of date: it differs in {places}")
    say(f"hint: refresh it with: {refresh(path, given, options)}")
    return True


_FACTS = {
    "project_name": "--project-name",
    "cluster": "--cluster",
    "org": "--org",
    "username": "--username",
    "git_sha": "--git-sha",
    "git_branch": "--git-branch",
    "bake_id": "--bake-id",
    "suffix": "--suffix",
}


def refresh(path: str, given: dict[str, Any], options: Options) -> str:
    """The command line that writes the committed output anew with the options that it records."""
    import shlex

    from flowlang.runs import ENGINE

    words = ["flowlang", "compile"]
    if given["path"] is not None:
        words.append(given["path"])
    words.append("--relocatable")
    environment = options.environment
    for name, option in _FACTS.items():
        value = getattr(environment, name)
        if value is not None:
            words += [option, value]
    for option, values in (("--git-tag", environment.git_tags or ()), ("--param", environment.params), ("--actions-dir", given["actions_dirs"])):
        for value in values:
            words += [option, value]
    engine = options.engine if options.engine != ENGINE else None
    for option, value in (("--only", options.only), ("--engine", engine), ("--config", given["config"])):
        if value is not None:
            words += [option, value]
    if given["keep_going"]:
        words.append("--keep-going")
    if os.path.splitext(path)[1].lower() in (".yml", ".yaml"):
        words += ["--format", "yaml"]
    return " ".join(shlex.quote(word) for word in [*words, "-o", path])
