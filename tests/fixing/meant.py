"""Which safe fixes change what the engine makes of a file that it takes as it is written."""

MEANT = {"engine-plain-text", "unknown-status-literal", "relative-mount", "job-name-invalid"} | {
    "matrix-include-type",
    "yaml11-coercion",
    "param-bool-default",
    "mixin-applied-twice",
    "null-overrides-mixin",
    "stray-whitespace",
}
"""Advice whose safe fix keeps what the author wrote, not what the engine makes of it: to the engine ``$<< >>`` is text, a word
that no status is never equals one, and relative paths and odd names of jobs go to the platform, which does not take them;
YAML and the engine read values otherwise than they are written, keep a line break that nobody meant, and have mixins twice or hidden by nothing."""
