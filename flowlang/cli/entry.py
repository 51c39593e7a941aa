"""Where the console scripts start. Nothing is imported here that ``--version`` does not need."""

from __future__ import annotations

import gc
import sys

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 and the number of the signal, as shells have it."""
_OBJECTS = 100_000
"""So many new objects, some dozen files' worth, are there before Python looks for cycles among them."""


def flowlint() -> int:
    """The `flowlint` script: gives the exit status."""
    return _start("flowlint")


def flowlang() -> int:
    """The `flowlang` script: gives the exit status."""
    return _start("flowlang")


def _start(program: str) -> int:
    arguments = sys.argv[1:]
    if arguments[:1] == ["--version"]:
        from flowlang import __version__

        try:
            print(program, __version__, flush=True)
        except OSError as error:
            from flowlang.cli.streams import refused

            return refused(error)
        return 0
    if sys.getfilesystemencoding() != "utf-8":
        from flowlang.cli.utf8 import start_anew

        start_anew()
    # What is loaded stays, and what was judged is taken apart: Python need not look for cycles every 700 objects.
    gc.set_threshold(_OBJECTS, 20, 20)
    try:
        from flowlang.cli.programs import PROGRAMS

        return PROGRAMS[program]().run(arguments, program)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        # At its end Python would look through all there is for cycles, thrice; the memory goes back with the process.
        gc.freeze()
