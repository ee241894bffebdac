"""The limits on reading one file."""

from dataclasses import asdict, dataclass
from math import inf

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that are generous for a real file of maximum size on a slow machine; beyond them a file is refused.

    Attributes:
        memory: bytes beyond what the process had before.
        processor: seconds of processor time; for an archive, per record.
        wall: seconds of wall-clock time; for an archive, per record.
    """

    memory: int = 1024 * MEGABYTE
    processor: int = 60
    wall: float = 120.0

    def as_data(self) -> dict[str, float]:
        """The same as message data."""
        return asdict(self)


LIMITS = Limits()
DRAWING = Limits(memory=768 * MEGABYTE, processor=20, wall=60.0)
"""For a thumbnail, which a document can do without. A photograph of 50 million pixels takes some 3 seconds."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How much a reader may answer about one file. Beyond that, it is no longer trusted.

    Attributes:
        answers: number of answers.
        size: total bytes of all answers.
        in_records: whether answers are consumed one by one, as with an archive, so that time limits apply
            to each.
    """

    answers: float = inf
    size: float = inf
    in_records: bool = False


MOST = 2
"""How many files one process has read at the same time; whoever comes then waits."""

PATIENCE = 60.0
"""Seconds that someone waits for others' files at most."""

JOBS = 200
"""How many files a process reads before a fresh one takes its place."""

START = 60.0
"""Seconds that a process may take to start."""
