"""What all the expressions of one analysis may take together."""

from __future__ import annotations

from flowlang.expr.values import size

STEPS = 2_000_000
"""Nodes and characters that an analysis may compute at ease; some seconds of work and some hundred megabytes."""
FILES = 500_000
"""Files and folders that all calls of `hash_files` in an analysis may look at."""
BYTES = 32 << 20
"""Bytes that all calls of `hash_files` in an analysis may read where their values help to check alone; some hundredths of a second."""
LEAST_STEPS = 2_000
"""Nodes that one template may always take, and characters that its value may have: more than nearly all need."""


class Budget:
    """Counts what is left. A template is bounded by itself, but a matrix or a list of jobs can have thousands.

    When the `steps` are spent only what is small is still computed. `files` are those that may still be looked at, `bytes`
    those of files that may still be read, `digests` what `hash_files` gave for a folder and patterns, so that no file is read twice.
    `unread` holds the patterns of calls whose files have too many bytes.
    """

    __slots__ = ("bytes", "digests", "files", "steps", "unread")

    def __init__(self, bytes: int | None = None) -> None:
        self.steps = STEPS
        self.files = FILES
        self.bytes = BYTES if bytes is None else bytes
        self.digests: dict[tuple[str, ...], tuple[str | None, list[str]]] = {}
        self.unread: set[tuple[str, ...]] = set()

    def allowed(self, most: int) -> int:
        """How many steps one template may take, of at most `most`."""
        return most if self.steps > 0 else LEAST_STEPS

    def spend(self, steps: int, value: object) -> bool:
        """Take off what a template took, and its value; False where there is too little left for that value."""
        if value.__class__ is str and len(value) <= LEAST_STEPS:  # most are
            self.steps -= steps + len(value)
            return True
        large = size(value, max(self.steps, LEAST_STEPS))
        enough = large <= max(self.steps, LEAST_STEPS)
        self.steps -= steps + (large if enough else 0)
        return enough
