"""URIs of documents and the paths of files that they name."""

from __future__ import annotations

import os
from urllib.parse import quote, unquote, urlsplit

from flowlang.patterns import pattern

_DRIVE = pattern(r"/?([A-Za-z])[:|](?=/|\Z)")
# What RFC 3986 allows in a path as it is, '/' among it; editors differ in what they escape beyond need.
_PLAIN = "/!$&'()*+,;=:@~"


def path_of(uri: str, *, windows: bool = os.name == "nt") -> str | None:
    """The absolute path of the file that a URI names, made plain; None for what is no file (``untitled:``, ``git:`` …).

    `windows`: paths have drives and backslashes. A drive's letter is upper case, however it is written.
    """
    try:
        parts = urlsplit(uri)
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return None
    if parts.scheme.lower() != "file" or not path or "\0" in path:
        return None
    host = unquote(parts.netloc)
    if not windows:
        return os.path.normpath(path) if host in ("", "localhost") and path.startswith("/") else None
    import ntpath

    drive = _DRIVE.match(path)
    if drive is not None:
        path = f"{drive[1].upper()}:{path[drive.end() :] or '/'}"
    elif host not in ("", "localhost"):
        path = f"//{host}{path}"
    else:
        return None
    return ntpath.normpath(path)


def uri_of(path: str, *, windows: bool = os.name == "nt") -> str:
    """The URI of the file at an absolute path."""
    path = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if not windows else path.replace("\\", "/")
    if windows and path.startswith("//"):
        host, _, rest = path[2:].partition("/")
        return f"file://{quote(host)}/{quote(rest, safe=_PLAIN)}"
    if windows:
        path = f"/{path}"
    return f"file://{quote(path, safe=_PLAIN)}"
