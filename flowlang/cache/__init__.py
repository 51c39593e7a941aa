"""The cache of findings: what came of a target, kept with all that was asked of the disk for it.

An entry counts as long as every question has the same answer as when it was written: the same
contents (by digest), the same names in folders, the same files there and not there, the same links.
"""

from flowlang.cache.entries import Cache

__all__ = ["Cache"]
