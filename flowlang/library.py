"""The library: what the commands do, for Python programs.

``flowlang.lint`` and ``flowlang.compile`` give the objects that the commands print. Both raise
`flowlang.UsageError` for arguments that the commands would refuse, and nothing else for whatever
is wrong in or with a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from flowlang.compiling import Compiled, compile_path
from flowlang.diagnostics import Severity
from flowlang.linting import lint as _lint
from flowlang.project.environment import Environment
from flowlang.reporting.selection import Selection, UnknownRule
from flowlang.runs import Options, Report, UsageError

Path = str | os.PathLike[str]


def lint(
    path: Path | Iterable[Path] = (),
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    extend_select: Iterable[str] = (),
    severity: str = "info",
    engine: str | None = None,
    actions_dirs: Iterable[Path] = (),
    missing_actions: str = "info",
) -> Report:
    """Lint a project, a config folder, single files, or several of them; without any, the project around the working directory.

    The options are those of ``flowlint``; `select`, `ignore` and `extend_select` take codes, names
    and prefixes. The report holds the findings of `severity` and above, sorted by path, offset and code,
    and beside them those that comments in the files accept.
    """
    selection = _selection(select, ignore, extend_select)
    least = _level(severity).rank
    options = Options(
        engine=engine,
        actions_dirs=tuple(os.fspath(folder) for folder in actions_dirs),
        environment=Environment(),
        missing_actions=_level(missing_actions),
    )
    paths = (path,) if isinstance(path, (str, os.PathLike)) else tuple(path)
    report = _lint(tuple(os.fspath(each) for each in paths), options)
    return report._replace(
        diagnostics=tuple(found for found in selection.of(report.diagnostics) if found.severity.rank <= least),
        suppressed=tuple(accepted for accepted in report.suppressed if selection.takes(accepted.diagnostic.rule)),
    )


def compile(
    path: Path | None = None,
    *,
    project_name: str | None = None,
    cluster: str | None = None,
    org: str | None = None,
    username: str | None = None,
    git_sha: str | None = None,
    git_branch: str | None = None,
    git_tags: Iterable[str] | None = None,
    bake_id: str | None = None,
    suffix: str | None = None,
    params: Iterable[str] = (),
    only: str | None = None,
    engine: str | None = None,
    actions_dirs: Iterable[Path] = (),
    relocatable: bool = False,
    keep_going: bool = False,
) -> Compiled:
    """Compile a project, its config folder or one flow file; without any, the project around the working directory.

    The options are those of ``flowlang compile``; `params` are texts like ``"lr=0.1"`` or
    ``"train.lr=0.1"``. `document` of the result is None where errors left nothing to write.
    """
    environment = Environment(
        project_name=project_name,
        cluster=cluster,
        org=org,
        username=username,
        git_sha=git_sha,
        git_branch=git_branch,
        git_tags=None if git_tags is None else tuple(git_tags),
        bake_id=bake_id,
        suffix=suffix,
        params=tuple(params),
    )
    options = Options(
        engine=engine,
        actions_dirs=tuple(os.fspath(folder) for folder in actions_dirs),
        environment=environment,
        relocatable=relocatable,
        only=only,
        keep_going=keep_going,
    )
    return compile_path(None if path is None else os.fspath(path), options)


def _selection(select: Iterable[str], ignore: Iterable[str], extend: Iterable[str]) -> Selection:
    try:
        return Selection.parse(*((keys,) if isinstance(keys, str) else keys for keys in (select, ignore, extend)))
    except UnknownRule as error:
        raise UsageError(error.message, error.hint) from error


def _level(word: str) -> Severity:
    try:
        return Severity(word)
    except ValueError:
        raise UsageError(f"unknown severity {word!r}", "it is one of: error, warning, info") from None
