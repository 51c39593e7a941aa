"""URIs: the only door to `yarl`.

A `Uri` behaves as the engine's URIs do (engine 26.7 takes `yarl.URL` for them); texts that are
their own normal form, the usual case, never load it. `absolute_uri` and `short_uri` are the rules
of the platform's client (SDK 26.9) for references such as ``storage:data``.
"""

from __future__ import annotations

from typing import Any

from flowlang.patterns import pattern
from flowlang.text import quoted

CLUSTER_SCHEMES = ("storage", "image", "job", "secret", "disk", "blob", "flow")
"""Schemes whose URIs may leave out cluster, organisation and project."""

# Their own normal form: no escapes, no dots to resolve, nothing that looks like a port.
_SEGMENT = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9_.~-]+(?::[A-Za-z0-9_.~-]+)*"
_PATH = rf"(?:{_SEGMENT})(?:/{_SEGMENT})*"
_SAFE = pattern(rf"(?:storage|image|disk|secret|blob|job|flow):(?:/?(?=[A-Za-z_])(?:{_PATH})|//[a-z][a-z0-9-]*[a-z0-9]/(?:{_PATH}))")
_RELATIVE = pattern(rf"(storage|image|disk|secret|blob|job|flow):(/?)((?=[A-Za-z_])(?:{_PATH}))")
_HOST = pattern(r"[a-z][a-z0-9-]*[a-z0-9]")
_NAME = pattern(r"[A-Za-z_][A-Za-z0-9_-]*")
_DIGITS = pattern(r"[a-zA-Z0-9+\-.]{2,}:[0-9]+")


class UriError(ValueError):
    """A text that is no URI, or not one of the kind that is wanted; its text is for users."""


class Uri:
    """A URI in its normal form: `str()` gives its text."""

    __slots__ = ("_text", "_url")

    def __init__(self, text: str) -> None:
        """`UriError` when `text` is no URI."""
        self._url: Any = None
        if not _SAFE.fullmatch(text):
            self._url = _url(text)
            text = str(self._url)
        self._text = text

    @classmethod
    def _of(cls, url: Any) -> Uri:
        made = cls.__new__(cls)
        made._text, made._url = str(url), url
        return made

    @property
    def _parsed(self) -> Any:
        if self._url is None:
            self._url = _url(self._text)
        return self._url

    @property
    def scheme(self) -> str:
        """What stands before the first colon; '' when there is none."""
        if self._url is None:  # a text that is its own normal form
            return self._text.partition(":")[0]
        scheme: str = self._url.scheme
        return scheme

    @property
    def path(self) -> str:
        """The path, with its escapes undone."""
        if self._url is None:
            after = self._text.partition(":")[2]
            return f"/{after[2:].partition('/')[2]}" if after.startswith("//") else after
        path: str = self._url.path
        return path

    @property
    def host(self) -> str:
        """The host; '' when there is none."""
        if self._url is None:
            after = self._text.partition(":")[2]
            return after[2:].partition("/")[0] if after.startswith("//") else ""
        return self._url.host or ""

    def join(self, name: str) -> Uri:
        """The URI with a path appended; `UriError` when that cannot be."""
        try:
            return Uri._of(self._parsed / name)
        except (ValueError, TypeError) as error:
            raise UriError(_words(error, name)) from None

    def query(self, query: Any) -> Uri:
        """The URI with its query updated, which is what ``%`` does to one; `UriError` when that cannot be."""
        try:
            return Uri._of(self._parsed % query)
        except (ValueError, TypeError, AttributeError):
            raise UriError("such a value cannot be the query of a URI") from None

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"URL({self._text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Uri) and (self._text == other._text or bool(self._parsed == other._parsed))

    def __hash__(self) -> int:
        return hash(self._parsed)

    def __lt__(self, other: Uri) -> bool:
        return bool(self._parsed < other._parsed)

    def __le__(self, other: Uri) -> bool:
        return bool(self._parsed <= other._parsed)

    def __gt__(self, other: Uri) -> bool:
        return bool(self._parsed > other._parsed)

    def __ge__(self, other: Uri) -> bool:
        return bool(self._parsed >= other._parsed)

    def __bool__(self) -> bool:
        return bool(self._parsed)


def absolute_uri(text: str, *, project: str, cluster: str, org: str | None, schemes: tuple[str, ...] = ()) -> str:
    """The URI that a reference stands for, with cluster, organisation and project; `UriError` when it is none.

    `schemes` are those that are allowed; empty: any.
    """
    found = _RELATIVE.fullmatch(text)
    if found is not None and (not schemes or found[1] in schemes) and _plain_names(project, cluster, org):
        scheme, rooted, path = found[1], found[2], found[3]
        head = f"{scheme}://{cluster}/" + (f"{org}/" if org else "")
        return head + path if rooted else f"{head}{project}/{path}"
    return str(_absolute(text, project, cluster, org, schemes))


def short_uri(text: str, *, project: str, cluster: str, org: str | None, current: str | None = None) -> str:
    """The URI made absolute against `project`, then shortened against the user's `current` project; `UriError` when it is none.

    `current` is `project` unless given. What lies in the user's own project loses cluster,
    organisation and project; trailing slashes go.
    """
    current = project if current is None else current
    found = _RELATIVE.fullmatch(text)
    if found is not None and _plain_names(project, cluster, org) and _NAME.fullmatch(current):
        scheme, rooted, path = found[1], found[2], found[3]
        if not rooted:
            path = f"{project}/{path}"
        if path == current:
            return f"{scheme}:"
        if path.startswith(f"{current}/"):
            rest = path[len(current) + 1 :]
            if _RELATIVE.fullmatch(f"{scheme}:{rest}"):
                return f"{scheme}:{rest}"
        else:
            return f"{scheme}://{cluster}/" + (f"{org}/" if org else "") + path
    return str(_shorten(_absolute(text, project, cluster, org, ()), current, cluster, org))


def _plain_names(project: str, cluster: str, org: str | None) -> bool:
    """Whether the names of the place are such that nothing has to be escaped."""
    return bool(_NAME.fullmatch(project) and _HOST.fullmatch(cluster) and (org is None or _NAME.fullmatch(org)))


def _url(text: str) -> Any:
    """The `yarl.URL` of a text."""
    from yarl import URL

    try:
        return URL(text)
    except (ValueError, TypeError) as error:
        raise UriError(_words(error, text)) from None


def _words(error: Exception, text: str) -> str:
    """What is wrong with a text that yarl refuses."""
    return f"{quoted(text)} is not a URI ({str(error)[:1].lower()}{str(error)[1:]})" if str(error) else f"{quoted(text)} is not a URI"


def _absolute(text: str, project: str, cluster: str, org: str | None, schemes: tuple[str, ...]) -> Any:
    """The same by the rules in full."""
    from yarl import URL

    url = _url(text)
    if (not url.scheme or len(url.scheme) == 1) and _DIGITS.fullmatch(text):
        url = _url(f"{text}#")
    scheme = url.scheme
    if not scheme:
        raise UriError(f"{quoted(text)} has no scheme: a URI begins with 'storage:', 'image:' or another one")
    if schemes and scheme not in schemes:
        raise UriError(f"{quoted(scheme + ':')} is not allowed here, only {' and '.join(f'{name!r}' for name in (f'{name}:' for name in schemes))}")
    for char, code in (("#", "%23"), ("?", "%3F")):
        if char in text:
            raise UriError(f"{quoted(char)} is not allowed in a URI: write '{code}'")
    for part, value in (("user", url.user), ("password", url.password), ("port", _port(url))):
        if value is not None:
            raise UriError(f"a {part} is not allowed in a '{scheme}:' URI")
    if scheme == "file":
        return _local(url)
    path = url.path
    if (url.host or path.lstrip("/")).startswith("~"):
        raise UriError("'~' is not allowed at the begin of a path: name the project")
    if url.host:
        return url
    if scheme not in CLUSTER_SCHEMES:
        raise UriError(f"a '{scheme}:' URI needs a host: '{scheme}://HOST/PATH'")
    relative = f"{project}/{path}" if path else project
    path = path.lstrip("/") if path.startswith("/") else relative
    if org is not None:
        path = f"{org}/{path}"
    try:
        return URL.build(scheme=scheme, host=cluster, path="/" + path)
    except (ValueError, TypeError) as error:
        raise UriError(_words(error, text)) from None


def _port(url: Any) -> Any:
    try:
        return url.port
    except ValueError as error:
        raise UriError(_words(error, str(url))) from None


def _local(url: Any) -> Any:
    """A ``file:`` URI; a relative one would depend on the working directory and stays as it is."""
    if url.host:
        raise UriError("a host is not allowed in a 'file:' URI")
    if url.path.startswith("~"):
        raise UriError("'~' is not allowed at the begin of a path")
    while url.path.startswith("//"):
        url = url.with_path(url.path[1:])
    return url


def _shorten(url: Any, project: str, cluster: str, org: str | None) -> Any:
    """What the platform's client shows of a URI."""
    from yarl import URL

    try:
        if url.scheme != "file" and url.host == cluster:
            prefix = ("/", project) if org is None else ("/", org, project)
            if url.parts[: len(prefix)] == prefix:
                url = URL.build(scheme=url.scheme, host="", path="/".join(url.parts[len(prefix) :]))
        while url.path.endswith("/") and url.path != "/":
            url = URL.build(scheme=url.scheme, host=url.host or "", path=url.path[:-1])
    except (ValueError, TypeError) as error:
        raise UriError(_words(error, str(url))) from None
    return url
