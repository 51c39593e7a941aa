"""`flowlang lsp`: the language server."""

from __future__ import annotations

import os
import sys

import click

from flowlang.cli.options import option
from flowlang.cli.program import Program, Wrong
from flowlang.cli.streams import say
from flowlang.text import quoted

_PACKAGES = frozenset({"pygls", "lsprotocol", "cattrs", "attrs", "attr"})
"""What the extra brings."""

_EXAMPLES = """
flowlang lsp                           what an editor starts: see docs/editors.md
flowlang lsp --tcp 127.0.0.1:2087      for debugging: wait for one editor there
"""


@click.command("lsp", cls=Program, examples=_EXAMPLES)
@option("Server", "--tcp", metavar="HOST:PORT", help="Listen there for one editor, in place of standard input and output.")
@option("Server", "--stdio", is_flag=True, help="Speak over standard input and output, as is the default; some editors say so.")
def _lsp(tcp: str | None, stdio: bool) -> int:
    """Serve an editor: findings while you type, fixes, completion, hover, definitions, rename.

    The server speaks the Language Server Protocol. An editor starts it by itself and tells it which
    folders are open; settings are those of flowlint, in pyproject.toml or flowlint.toml. Nothing is written to any
    file: what is to be changed is sent to the editor. Mistakes of the server go to standard error.

    It needs 'pip install flowlang[lsp]'.

    \b
    Exit status: 0 the editor took its leave; 1 it left without; 2 the command
    line is wrong, or the extra is not installed; 3 a mistake of this program.
    """
    address = _address(tcp) if tcp is not None else None
    if tcp is not None and stdio:
        raise Wrong("--tcp and --stdio exclude one another", "leave out one of them")
    try:
        from flowlang.lsp.server import Server
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in _PACKAGES:
            raise
        raise Wrong(f"the language server needs the package {quoted(package)}, which is not installed", "pip install 'flowlang[lsp]'") from None
    import logging

    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # it would tell of each mistake again
    if address is not None:
        host, port = address
        say(f"waiting for an editor at {host}:{port}")
        try:
            return Server().serve_tcp(host, port)
        except OSError as error:
            raise Wrong(
                f"cannot listen at {host}:{port}: {(error.strerror or str(error)).lower()}", "give another address, for instance 127.0.0.1:2087"
            ) from None
    if sys.stdin is None or sys.stdin.isatty():
        raise Wrong("standard input is a terminal: an editor starts this command, people do not", "docs/editors.md shows how an editor does it")
    # the protocol has standard output for itself: whatever else is printed goes to standard error
    stdout = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return Server().serve(sys.stdin.buffer, stdout)


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise Wrong(f"--tcp {quoted(text)} is no HOST:PORT", "for instance 127.0.0.1:2087")
    return host.strip("[]"), int(port)


command: Program = _lsp
