"""What a job shows of itself, and what it is given."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Label, Severity
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.visit import units
from flowlang.yamltree import Scalar


class PassConfig(CheckedRule):
    """
    ## What it does

    Points out `pass_config: true`.

    ## Why

    The job gets the login of whoever starts it: everything that runs in it, also what an image or
    a package brings along, can act on the platform in that person's name. Few jobs need it, such as
    those that start other jobs.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
        pass_config: true
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      train:
        image: python:3.12
    ```

    ## Fix

    None: leave it out where the job does not use the platform itself.
    """

    name = "pass-config"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such attribute."""
        for leaf in file.leaves:
            if leaf.value is True and isinstance(leaf.key, Scalar) and leaf.key.value == "pass_config":
                message = "the job gets the login of whoever starts it"
                yield Diagnostic(cls.row(), leaf.source, leaf.span, message, help="leave it out where the job does not use the platform itself")


class HttpAuthDisabled(CheckedRule):
    """
    ## What it does

    Points out jobs and tasks whose web page is open to everybody: `http_auth: false`.

    ## Why

    The page of a job has a public address. Without `http_auth` nobody is asked for a login there. Where
    the program itself does not ask for one, anybody can use it. A job with `pass_config: true` also
    holds your login; there this is a warning.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      notebook:
        image: jupyter/base-notebook:2024-05-27
        http_port: 8888
        http_auth: false
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      notebook:
        image: jupyter/base-notebook:2024-05-27
        http_port: 8888
        http_auth: true
    ```

    ## Fix

    None: whether something else guards the page is for you to know.
    """

    name = "http-auth-disabled"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such job and task that has a port."""
        for unit in units(file):
            item = unit.item("http_auth")
            if item is None or unit.values.get("http_auth") is not False or unit.values["http_port"] == 0:
                continue
            if not unit.live and unit.values["http_port"] is None:
                continue
            message = "the job's page is open to everybody"
            severity: Severity | None = None
            related: tuple[Label, ...] = ()
            login = unit.item("pass_config")
            if unit.values["pass_config"] is True and login is not None:
                message += ", and the job holds the login of whoever starts it"
                severity, related = Severity.WARNING, (Label(login.source, login.span, "the login is given here"),)
            help = "leave 'http_auth' out, unless the program asks for a login itself"
            yield Diagnostic(cls.row(), item.source, item.span, message, help=help, related=related, override_severity=severity)
