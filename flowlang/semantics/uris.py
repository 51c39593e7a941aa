"""URIs of volumes and images: made absolute against the project, shortened against the user's current one."""

from __future__ import annotations

from functools import lru_cache

from flowlang.expr import Unknown, Uri, absolute_uri, short_uri
from flowlang.light import NamedTuple
from flowlang.semantics.convert import ConversionError


class UriBase(NamedTuple):
    """`project` is the flow's project_name, `current` with `cluster` and `org` what the user works in now.

    Any of them may be unknown. Without any project name, references stay as written.
    """

    project: str | None
    current: str | None
    cluster: str | None
    org: str | None

    def normalised(self, uri: str) -> str:
        """`uri` as the engine passes it on: absolute against the flow's project, then shortened.

        Raises `ConversionError` where the engine refuses it.
        """
        return self._absolute(uri, self.project, short=True)

    def current_absolute(self, uri: str) -> str:
        """`uri` made absolute against the user's current project, as contexts and `parse_volume` are."""
        return self._absolute(uri, self.current, short=False)

    def _absolute(self, uri: str, project: str | None, *, short: bool) -> str:
        return _remembered(self, uri, project, short) if len(uri) <= _REMEMBERED else self._made(uri, project, short)

    def _made(self, uri: str, project: str | None, short: bool) -> str:
        # stand-ins for what is not known: they never get into the result
        place = project or _NOWHERE
        cluster = self.cluster or _NOWHERE
        try:
            if short:
                result = short_uri(uri, project=place, cluster=cluster, org=self.org, current=self.current or place)
            else:
                result = absolute_uri(uri, project=place, cluster=cluster, org=self.org)
        except ValueError as error:
            help = "for instance storage:folder/subfolder" if ":" not in uri else None
            raise ConversionError("bad-uri", str(error), help) from None
        if _NOWHERE not in result:
            return result
        if project is None:
            return uri
        # the cluster is not known: a path from its root means the same on whichever it is
        scheme, _, rest = result.partition("://")
        return f"{scheme}:/{rest.partition('/')[2]}"


_NOWHERE = "unknown-place"
_REMEMBERED = 256
"""Characters of the longest URI that is remembered."""


@lru_cache(maxsize=1024)
def _remembered(base: UriBase, uri: str, project: str | None, short: bool) -> str:
    """The same with a bounded memory: few images and volumes stand in many places."""
    return base._made(uri, project, short)


def normalise_image(value: object, base: UriBase) -> object:
    """An image reference as the engine passes it on; only those that start with ``image:`` are touched."""
    if isinstance(value, Unknown) or not isinstance(value, str) or not value.startswith("image:"):
        return value
    return base.normalised(value)


def normalise_remote(value: object, base: UriBase) -> object:
    """A volume's ``remote`` as the engine passes it on."""
    return Uri(base.normalised(str(value))) if isinstance(value, Uri) else value
