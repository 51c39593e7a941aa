"""One file with what the analysis made of it: what rules look at."""

from __future__ import annotations

from dataclasses import dataclass

from flowlang.model import ConfigFile
from flowlang.semantics.batch import BatchFlow
from flowlang.semantics.live import LiveFlow


@dataclass(slots=True, eq=False)
class FileAnalysis:
    """A config file and, for a flow that could be read, its elaboration."""

    config: ConfigFile
    live: LiveFlow | None = None
    batch: BatchFlow | None = None
