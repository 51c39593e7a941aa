"""Ports: tunnels and web pages of jobs that nothing comes of."""

from __future__ import annotations

from collections.abc import Iterator

from flowlang.diagnostics import Diagnostic, Label
from flowlang.rules.frame import CheckedRule
from flowlang.semantics import FileAnalysis
from flowlang.semantics.visit import Unit, units
from flowlang.text import Source, Span


def _written(unit: Unit, name: str) -> tuple[Source, Span]:
    """Where the value of an attribute is written."""
    item = unit.item(name)
    return (item.source, item.span) if item is not None else unit.place


class PortForwardDetached(CheckedRule):
    """
    ## What it does

    Finds live jobs with `port_forward` and `detach: true`.

    ## Why

    The tunnels are those of the terminal that is attached to the job. `apolo run --detach` takes
    `--port-forward`, leaves as soon as the job runs, and opens none, without a word.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      db:
        image: postgres:16
        detach: true
        port_forward:
        - "5432:5432"
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      db:
        image: postgres:16
        port_forward:
        - "5432:5432"
    ```

    ## Fix

    None: delete one of the two, or open the tunnel with `apolo job port-forward`.
    """

    name = "port-forward-detached"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such job."""
        for unit in units(file):
            piece = unit.piece("port_forward")
            if not unit.live or unit.values.get("detach") is not True or not unit.values["port_forward"] or piece is None:
                continue
            related = (Label(*_written(unit, "detach"), "the job is detached here"),)
            message = "the ports are not forwarded: nothing stays attached to a detached job"
            help = "delete 'detach', or open the tunnel by 'apolo job port-forward'"
            yield Diagnostic(cls.row(), piece.origin.source, piece.origin.key_span("port_forward"), message, help=help, related=related)


class BrowseWithoutPort(CheckedRule):
    """
    ## What it does

    Finds live jobs with `http_port: 0` and `browse: true`, or with `http_port: 0` and `http_auth`.

    ## Why

    Port 0 means that the job has no web page. `apolo run` refuses the command line that the engine
    builds: "--browse requires --http-port". The job is never started.

    ## Bad

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      notebook:
        image: jupyter/base-notebook:2024-05-27
        http_port: 0
        browse: true
    ```

    ## Good

    ```yaml .neuro/live.yml
    kind: live
    jobs:
      notebook:
        image: jupyter/base-notebook:2024-05-27
        http_port: 8888
        browse: true
    ```

    ## Fix

    None: give the port, or delete what needs it.
    """

    name = "browse-without-port"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every attribute that needs the port; of a job one, as the client stops at the first."""
        for unit in units(file):
            if not unit.live or unit.values.get("http_port") != 0 or unit.leaf("http_port") is None:
                continue
            name = "http_auth" if isinstance(unit.values["http_auth"], bool) else "browse"
            piece = unit.piece(name)
            if piece is None or (name == "browse" and unit.values["browse"] is not True):
                continue
            related = (Label(*_written(unit, "http_port"), "the job has no port"),)
            message = f"'{name}' needs a port: 'apolo run' refuses the job with 'http_port: 0'"
            help = f"give 'http_port', or delete '{name}'"
            yield Diagnostic(cls.row(), piece.origin.source, piece.origin.key_span(name), message, help=help, related=related)


class BatchHttpPort(CheckedRule):
    """
    ## What it does

    Finds tasks with `http_auth` and no `http_port`.

    ## Why

    A live job without `http_port` gets port 80, and the documentation says the same of tasks. The
    executor of batch flows gives them none: nothing is exposed, and `http_auth` has no effect.

    ## Bad

    ```yaml .neuro/serve.yml
    kind: batch
    tasks:
    - id: serve
      image: nginx:1.27
      http_auth: true
    ```

    ## Good

    ```yaml .neuro/serve.yml
    kind: batch
    tasks:
    - id: serve
      image: nginx:1.27
      http_auth: true
      http_port: 80
    ```

    ## Fix

    None: add the port, or delete `http_auth`.
    """

    name = "batch-http-port"

    @classmethod
    def check(cls, file: FileAnalysis) -> Iterator[Diagnostic]:
        """Every such task."""
        for unit in units(file):
            piece = unit.piece("http_auth")
            if unit.live or piece is None or not unit.merged.complete or not isinstance(unit.values.get("http_auth"), bool):
                continue
            if unit.values["http_port"] in (None, 0):
                message = "'http_auth' has no effect: a task without 'http_port' exposes none"
                help = "add 'http_port: 80'; only live jobs have that by default"
                yield Diagnostic(cls.row(), piece.origin.source, piece.origin.key_span("http_auth"), message, help=help)
