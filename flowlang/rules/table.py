"""Which modules hold rules with a function, and what must stand in a file for them to find anything.

A module is imported only when one of its words stands in a text that is linted (of a flow: also in
project.yml and in the actions that it calls), so that a clean run loads few of them; no words:
always. A word is a plain piece of the text (``"matrix"``, ``"${{"``).
"""

from __future__ import annotations

Row = tuple[str, tuple[str, ...]]
"""A module below `flowlang.rules`, and its words."""

# What tokens of well-known services begin with.
_TOKENS = (
    *("AKIA", "ASIA", "AIza", "eyJ", "sk-", "sk_", "rk_", "hf_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox"),
    *("hooks.slack", "npm_", "pypi-", "dckr_", "_v1_", "dapi", "SG.", ":AA"),
)

FILE_RULES: tuple[Row, ...] = (
    ("yaml.duplicates", ()),
    ("actions.commits", ("gh:", "github:")),
    ("actions.mixin_fields", ("mixins",)),
    ("actions.mixin_lists", ("mixins",)),
    ("actions.mixin_places", ("mixins",)),
    ("actions.optional", ("default",)),
    ("expressions.blanks", ("|", ">", "'", '"')),
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
    ("security.exposure", ("pass_config", "http_auth")),
    ("security.secrets", ("key", "KEY", "oken", "TOKEN", "assw", "PASS", "pass", "pwd", "PWD", "ecret", "SECRET", "://", *_TOKENS)),
    ("security.versions", ("latest", "gh:", "github:", "image:")),
    ("scripts.python", ("python: ", "python:\n", "python:\r")),
    ("cache.images", ("cache",)),
    ("cache.life_span", ("cache",)),
    ("graph.conditions", ("enable", "post_if")),
    ("graph.constants", ("enable", "post_if", " if ")),
    ("graph.marks", ("enable", "post_if")),
    ("graph.matrix_values", ("matrix",)),
    ("graph.needs", ("needs",)),
    ("graph.never_set", (".outputs",)),
    ("graph.outputs", (".outputs",)),
    ("graph.parallel", ("tasks",)),
    ("graph.rows", ("matrix",)),
    ("graph.scripts", ("::",)),
    ("graph.skips", ("enable",)),
    ("values.coercions", ()),
    ("values.defaults", ("params",)),
    ("values.names", ("env", "args")),
    ("values.ranges", ("life_span", "schedule_timeout", "port", "max_parallel")),
    ("values.truths", ("pass_config", "http_auth", "detach", "browse", "multi", "read_only", "force_rebuild", "fail_fast", "enable", "post_if")),
)
"""Rules asked about every file."""

PROJECT_RULES: tuple[Row, ...] = (
    ("actions.mixin_places", ("mixins",)),
    ("names.unused", ("images", "volumes", "params", "inputs", "mixins")),
    ("platform.places", ("project_name",)),
)
"""Rules asked once about the whole project."""
