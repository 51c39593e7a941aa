"""One file with what the analysis made of it: what rules look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowlang.model import ConfigFile

if TYPE_CHECKING:
    from flowlang.semantics.batch import BatchFlow
    from flowlang.semantics.live import LiveFlow


class FileAnalysis:
    """A config file and, for a flow that could be read, its elaboration."""

    __slots__ = ("batch", "config", "live")

    def __init__(self, config: ConfigFile, live: LiveFlow | None = None, batch: BatchFlow | None = None) -> None:
        self.config = config
        self.live = live
        self.batch = batch
