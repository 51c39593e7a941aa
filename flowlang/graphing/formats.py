"""The forms that a graph can be written in, and Graphviz for the drawn ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flowlang.graphing.model import TaskGraph

Writer = Callable[[TaskGraph], Iterator[str]]

_SECONDS = 60


class NoGraphviz(Exception):
    """Graphviz could not draw: `message`, and a `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def _text() -> Writer:
    from flowlang.graphing.text import lines

    return lines


def _dot() -> Writer:
    from flowlang.graphing.dot import lines

    return lines


def _mermaid() -> Writer:
    from flowlang.graphing.mermaid import lines

    return lines


def _json() -> Writer:
    from flowlang.graphing.data import lines

    return lines


_LOADERS: dict[str, Callable[[], Writer]] = {"text": _text, "dot": _dot, "mermaid": _mermaid, "json": _json}

TEXTS = tuple(_LOADERS)
"""Forms that are written here."""
DRAWN = ("svg", "pdf", "png")
"""Forms that Graphviz draws."""
BINARY = frozenset({"pdf", "png"})
"""Forms that are no text."""


def write_graph(graph: TaskGraph, form: str) -> str:
    """The graph in one of `TEXTS`."""
    return "".join(f"{line}\n" for line in _LOADERS[form]()(graph))


def draw_graph(graph: TaskGraph, form: str) -> bytes:
    """The graph in one of `DRAWN`, by Graphviz' program ``dot``; `NoGraphviz` when it is not there or fails."""
    import shutil
    import subprocess

    program = shutil.which("dot")
    if program is None:
        raise NoGraphviz(
            f"--format {form} needs the program 'dot', which is not installed",
            "install the package 'graphviz' (Debian, Ubuntu: apt install graphviz), or take --format mermaid or text",
        )
    try:
        done = subprocess.run([program, f"-T{form}"], input=write_graph(graph, "dot").encode(), capture_output=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoGraphviz(f"'dot' could not be run: {type(error).__name__}", "--format dot writes what it was to draw") from error
    if done.returncode != 0 or not done.stdout:
        words = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise NoGraphviz(f"'dot' failed: {words}" if words else "'dot' failed", "--format dot writes what it was to draw")
    return done.stdout
