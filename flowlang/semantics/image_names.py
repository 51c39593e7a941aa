"""References to images as the platform's client takes them apart."""

from __future__ import annotations

from functools import lru_cache

from flowlang.expr import Uri, UriError
from flowlang.light import NamedTuple
from flowlang.patterns import pattern
from flowlang.text import quoted

PLATFORM = "image:"
"""What references to the platform's own registry begin with."""

_COMPONENT = r"[a-z0-9]+(?:[._-][a-z0-9]+)*"
_NAME = pattern(rf"(?:{_COMPONENT}/)*{_COMPONENT}")
_TAG = pattern(r"[a-zA-Z0-9_]+[a-zA-Z0-9_.-]*")
_REMEMBERED = 256
"""Characters of the longest reference that is remembered."""
_LONGEST_TAG = 128
_NAME_HELP = "a name has small letters and digits, single '.', '_' or '-' between them, and '/' between its parts"
_TAG_HELP = "a tag has letters, digits, '_', '.' and '-', and begins with neither '.' nor '-'"
_FORM = "for instance 'python:3.12', or 'image:NAME:TAG' of the platform's registry"


class ImageReference(NamedTuple):
    """A reference that the client takes: its path with the name, its tag (None without one)."""

    name: str
    tag: str | None
    on_platform: bool

    @property
    def is_floating(self) -> bool:
        """Whether what it refers to changes with time: no tag, which means ``latest``, or that one."""
        return self.tag in (None, "latest")


class ImageError(ValueError):
    """A text that is no reference to an image: what is wrong, what is allowed, and which part of it (None: all)."""

    def __init__(self, message: str, help: str | None = None, part: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.part = part


def image_reference(text: str) -> ImageReference:
    """The parts of a reference; `ImageError` where the client refuses it when the job is started.

    Client 26.9: its parser of image names. A registry's host may be that of the platform, whose
    images it reads a little differently: what only one of the two readings refuses is taken.
    """
    return _short(text) if len(text) <= _REMEMBERED else _parts(text)


@lru_cache(maxsize=1024)
def _short(text: str) -> ImageReference:
    """The same with a bounded memory: few images stand in many places."""
    return _parts(text)


def _parts(text: str) -> ImageReference:
    if not text:
        raise ImageError("the image is empty", _FORM)
    if text != text.strip():
        where = "ends with a line break: write '|-' or '>-' for the block" if text.endswith("\n") else "has blanks around it"
        raise ImageError(f"the name of the image {where}", None)
    if text.startswith("-"):
        raise ImageError("an image cannot begin with '-'", _FORM)
    return _on_platform(text) if text.startswith(PLATFORM) else _elsewhere(text)


def _on_platform(text: str) -> ImageReference:
    if text == "image:latest":
        raise ImageError("'image:latest' may mean two things: an image named 'latest', or the latest 'image'", "write 'image:latest:TAG' or another name")
    for char, code in (("#", "%23"), ("?", "%3F")):
        if char in text:
            raise ImageError(f"{quoted(char)} is not allowed in the name of an image: write {quoted(code)}", _FORM, char)
    rest = text[len(PLATFORM) :]
    path = rest
    if rest.startswith("//") or "%" in rest or "." in rest:
        try:
            path = Uri(text).path if not rest.isdigit() else rest
        except UriError as error:
            raise ImageError(str(error), _FORM) from None
    if path in ("", "/"):
        raise ImageError("the name of the image is missing", _FORM)
    short = path.lstrip("/")
    name, tag = _split(short, short)
    if tag is None and ":" in name:
        raise ImageError(f"{quoted(name.partition(':')[2])} is no tag: a tag has no '/'", _TAG_HELP, name.partition(":")[2])
    if path.startswith("/") and not name.partition("/")[2]:
        raise ImageError(f"{quoted(text)} names a project, but no image in it", "write 'image:/PROJECT/NAME:TAG', or 'image:NAME:TAG' in the current project")
    return ImageReference(name, tag, True)


def _elsewhere(text: str) -> ImageReference:
    if "@" in text.rpartition("/")[2]:
        digest = text[text.index("@") :]
        raise ImageError(f"the platform takes no digest such as {quoted(digest[:10] + '…')}", "write a tag in its place", digest)
    host, slash, rest = text.partition("/")
    is_host = bool(slash) and ("." in host or ":" in host or host == "localhost")
    checked = rest if is_host else text
    if is_host and "/" in rest:
        checked = rest.partition("/")[2]
    name, tag = _split(text, checked)
    return ImageReference(name, tag, False)


def _split(text: str, checked: str) -> tuple[str, str | None]:
    """Name and tag; of the name only what stands in `checked`, after its first ``/``, must have the form of one."""
    colons = text.count(":")
    if text.startswith(":") or text.endswith(":"):
        raise ImageError("the name or the tag of the image is empty", _FORM)
    if colons > 2 or (colons == 2 and "/" not in text):
        raise ImageError("the image has more than one tag", _FORM, text[text.index(":") :])
    name, _, tag = text.rpartition(":") if colons else (text, "", "")
    if colons == 1 and "/" in tag:
        name, tag = text, ""
    bare = checked if not tag else checked[: len(checked) - len(tag) - 1]
    if "/" in name and checked == text:
        bare = name.partition("/")[2]
    if not bare:
        raise ImageError("the name of the image is missing", _FORM)
    if _NAME.fullmatch(bare) is None:
        raise ImageError(f"{quoted(bare)} is no name of an image", _NAME_HELP, bare)
    if tag and (_TAG.fullmatch(tag) is None or len(tag) > _LONGEST_TAG):
        message = f"{quoted(tag)} is no tag of an image" if len(tag) <= _LONGEST_TAG else f"the tag has {len(tag)} characters, {_LONGEST_TAG} at most"
        raise ImageError(message, _TAG_HELP, tag)
    return name, tag or None
