"""What reading one file may take."""

from dataclasses import asdict, dataclass
from math import inf

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Generous for a real file of the largest size on a slow machine; beyond them a file is refused.

    Attributes:
        memory: bytes beyond what the process had before it.
        processor: seconds of the processor's time; of an archive, for each record.
        wall: seconds of the clock, whatever is waited for; of an archive, for each record.
    """

    memory: int = 1024 * MEGABYTE
    processor: int = 60
    wall: float = 120.0

    def as_data(self) -> dict[str, float]:
        """The same, as a message holds it."""
        return asdict(self)


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Telling:
    """How much a reader may say of one file. Beyond it, it is no reader any more.

    Attributes:
        answers: how many answers.
        size: bytes of all of them, as messages.
        in_records: whether whoever asks keeps none of them, as of an archive, so that time counts for each.
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
