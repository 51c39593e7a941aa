"""References to volumes as the platform's client takes them apart: ``URI:MOUNT[:ro|:rw]``."""

from __future__ import annotations

from functools import lru_cache

from flowlang.expr import absolute_uri
from flowlang.light import NamedTuple
from flowlang.text import closest, quoted

VOLUME_SCHEMES = ("storage", "disk", "secret")
"""What can be mounted (client 26.9: its parser of volumes)."""
MODES = ("ro", "rw")
_FORM = "the form is URI:MOUNT, or URI:MOUNT:ro, such as 'storage:data:/data:ro'"
_SECRET_FORM = "the form is secret:NAME:FILE, such as 'secret:key:/root/.ssh/id_rsa'"


class Reference(NamedTuple):
    """A reference that the client takes: `uri` as written, the mount, the mode ('' without one)."""

    uri: str
    mount: str
    mode: str


class VolumeError(ValueError):
    """A text that is no reference to a volume: the rule it breaks, what is wrong, what is allowed, which part of it (None: all)."""

    def __init__(self, rule: str, message: str, help: str, part: str | None = None) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.help = help
        self.part = part


@lru_cache(maxsize=4096)
def volume_reference(text: str) -> Reference:
    """The parts of a reference; `VolumeError` where the client refuses it when the job is started (client 26.9)."""
    parts = text.split(":")
    scheme = parts[0] if text.startswith(("secret:", "disk:")) else "storage"
    if scheme == "secret" and len(parts) == 4:
        raise VolumeError("secret-volume-ref", "a secret takes no mode such as ':ro': the job cannot be started", _SECRET_FORM)
    if len(parts) not in (3, 4):
        shown, form = quoted(text), _SECRET_FORM if scheme == "secret" else _FORM
        if len(parts) == 1 or (len(parts) == 2 and parts[0] not in VOLUME_SCHEMES):
            raise VolumeError("bad-volume-ref", f"{shown} is no reference to a volume", form)
        if len(parts) == 2:
            raise VolumeError("bad-volume-ref", f"{shown} says not where to mount the volume", form)
        raise VolumeError("bad-volume-ref", f"{shown} has too many parts between ':'", form)
    mode = parts.pop() if len(parts) == 4 else None
    if mode is not None and mode not in MODES:
        guess = closest(mode, MODES)
        hint = f"; did you mean {quoted(guess)}?" if guess else ""
        raise VolumeError("bad-volume-ref", f"{quoted(mode)} is no mode of a volume{hint}", "allowed: ro, rw", mode)
    mount = parts.pop()
    uri = ":".join(parts)
    try:
        absolute_uri(uri, project="project", cluster="cluster", org=None, schemes=(scheme,))
    except ValueError as error:
        if "not allowed here" in str(error):
            message = f"{quoted(parts[0] + ':')} cannot be mounted: the job cannot be started"
            raise VolumeError("bad-volume-ref", message, "allowed: storage:, disk:, secret:", f"{parts[0]}:") from None
        raise VolumeError("bad-volume-ref", str(error), _FORM) from None
    return Reference(uri, mount, mode or "")
