"""Which modules hold rules with a function, and what must stand in a file for them to find anything.

A module is imported only when one of its words stands in a text that is linted, so that a clean run
loads few of them; no words: always. A word is a plain piece of the text (``"matrix"``, ``"${{"``).
"""

from __future__ import annotations

Row = tuple[str, tuple[str, ...]]
"""A module below `flowlang.rules`, and its words."""

FILE_RULES: tuple[Row, ...] = (
    ("yaml.duplicates", ()),
    ("expressions.scripts", ("$", "{{")),
    ("platform.git_tags", ("git.tags",)),
    ("platform.image_names", ("image", "ref:")),
    ("platform.job_names", ("jobs", "name")),
    ("platform.job_tags", ("jobs",)),
    ("platform.mount_paths", ("volumes", "workdir")),
    ("platform.places", ("context",)),
    ("platform.ports", ("port_forward", "browse", "http_auth")),
    ("platform.project", ("role",)),
    ("platform.volume_references", ("volumes",)),
    ("scripts.commands", ("cmd",)),
    ("scripts.lines", ("\\\n", "\\\r")),
    ("scripts.python", ("python: ", "python:\n", "python:\r")),
)
"""Rules asked about every file."""

PROJECT_RULES: tuple[Row, ...] = (("platform.places", ("project_name",)),)
"""Rules asked once about the whole project."""
