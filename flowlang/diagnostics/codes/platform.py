"""Rules FL7: images, volumes, the project, jobs on the platform."""

from __future__ import annotations

from flowlang.diagnostics.rule import Effect, Fixable, Rule, Severity

_REFUSED, _BETRAYED, _ADVICE = Effect.REFUSED, Effect.BETRAYED, Effect.ADVICE
_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

ROWS: tuple[Rule, ...] = (
    Rule("FL701", "project-missing-id", _REFUSED, _ERROR, "project.yml without the id that it must have", Fixable.SAFE),
    Rule("FL702", "bad-workspace-name", _REFUSED, _ERROR, "a folder whose name cannot be a project id"),
    Rule("FL703", "missing-image", _REFUSED, _ERROR, "a job without an image"),
    Rule("FL704", "image-missing-dockerfile", _REFUSED, _ERROR, "an image with only one of 'context' and 'dockerfile'", Fixable.SAFE),
    Rule("FL705", "dockerfile-outside-context", _REFUSED, _ERROR, "a dockerfile that does not lie in the image's context", Fixable.SOMETIMES),
    Rule("FL706", "mixed-image-context", _REFUSED, _ERROR, "a context and a dockerfile of which only one is on the storage"),
    Rule("FL707", "local-path-looks-remote", _REFUSED, _ERROR, "a local path that starts with 'storage' and is taken for a URI", Fixable.SAFE),
    Rule("FL708", "batch-volume-local", _REFUSED, _ERROR, "a volume with 'local' in a batch flow"),
    Rule("FL709", "duplicate-image-ref", _REFUSED, _ERROR, "two images with one reference and different contexts"),
    Rule("FL710", "shadowed-config", _ADVICE, _WARNING, "a config file that is never read, because another one hides it"),
    Rule("FL711", "dotted-flow-name", _BETRAYED, _ERROR, "a flow with a dot in its name: another file is taken in its place, or none"),
    Rule("FL712", "built-image-needs-image-scheme", _BETRAYED, _ERROR, "an image with a context that is never built", Fixable.SOMETIMES),
    Rule("FL713", "bad-image-ref", _BETRAYED, _ERROR, "a text that is no reference to an image"),
    Rule("FL714", "branch-in-image-tag", _ADVICE, _WARNING, "a git branch as the tag of an image", Fixable.UNSAFE),
    Rule("FL715", "secret-volume-ref", _BETRAYED, _ERROR, "a secret mounted with a mode: the job cannot be started", Fixable.UNSAFE),
    Rule("FL716", "bad-volume-ref", _BETRAYED, _ERROR, "a text that is no reference to a volume"),
    Rule("FL717", "bad-volume-scheme", _BETRAYED, _ERROR, "a volume of a kind that cannot be mounted"),
    Rule("FL718", "git-tags-empty", _ADVICE, _WARNING, "'git.tags' taken for a list that may be empty"),
    Rule("FL719", "workspace-name-truncated", _ADVICE, _WARNING, "a folder of which only a part of the name makes the project id"),
    Rule("FL720", "job-name-invalid", _BETRAYED, _ERROR, "a name that the platform does not take for a job", Fixable.SOMETIMES),
    Rule("FL721", "job-id-too-long", _BETRAYED, _ERROR, "an id of a job that leaves no room in the name made of it"),
    Rule("FL722", "job-tag-collision", _BETRAYED, _ERROR, "two jobs of one tag, taken one for the other"),
    Rule("FL723", "job-tag-invalid", _ADVICE, _WARNING, "an id of a job that makes a tag of a wrong form"),
    Rule("FL724", "multi-static-name", _BETRAYED, _ERROR, "one constant name for all instances of a job", Fixable.SAFE),
    Rule("FL725", "port-forward-detached", _ADVICE, _WARNING, "ports to forward in a job that nothing stays attached to"),
    Rule("FL726", "browse-without-port", _BETRAYED, _ERROR, "a web page asked for and no port to show it on"),
    Rule("FL727", "shell-syntax-in-cmd", _ADVICE, _WARNING, "words of the shell in a command line that no shell reads", Fixable.UNSAFE),
    Rule("FL728", "cmd-quoting", _BETRAYED, _ERROR, "a command line with a quote that is never closed"),
    Rule("FL729", "batch-http-port", _ADVICE, _INFO, "'http_auth' of a task that exposes no port"),
    Rule("FL730", "duplicate-mount", _ADVICE, _WARNING, "two volumes mounted in one place"),
    Rule("FL731", "relative-mount", _ADVICE, _WARNING, "a path in a job that does not begin with '/'", Fixable.SOMETIMES),
    Rule("FL740", "deprecated-role", _ADVICE, _WARNING, "'role' in project.yml, which is ignored", Fixable.SAFE),
    Rule("FL741", "inline-uri-ignores-project", _ADVICE, _WARNING, "a URI that is not taken in the project that project.yml names", Fixable.UNSAFE),
    Rule("FL742", "workspace-is-home", _ADVICE, _INFO, "flows in the folder of the client's own settings"),
    Rule("FL743", "outside-file", _ADVICE, _INFO, "an image built from a folder outside the workspace, or a hash of files there"),
    Rule("FL750", "cache-life-span-ineffective", _ADVICE, _WARNING, "a life span of the cache, which is taken for days"),
    Rule("FL751", "cache-life-span-capped", _ADVICE, _WARNING, "a life span of the cache that is too long to count"),
    Rule("FL752", "cached-floating-image", _ADVICE, _INFO, "a cached result of an image that may change"),
)
