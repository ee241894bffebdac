"""What reading one file may take."""

from dataclasses import asdict, dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Generous for a real file of the largest size on a slow machine; beyond them a file is refused.

    Attributes:
        memory: bytes beyond what the process had before it.
        processor: seconds of the processor's time; of an archive, for each record.
        wall: seconds of the clock without an answer, whatever is waited for.
    """

    memory: int = 1024 * MEGABYTE
    processor: int = 60
    wall: float = 120.0

    def as_data(self) -> dict[str, float]:
        """The same, as a message holds it."""
        return asdict(self)


LIMITS = Limits()

MOST = 2
"""How many files one process has read at the same time; whoever comes then waits."""

PATIENCE = 60.0
"""Seconds that somebody waits for others' files at most."""

JOBS = 200
"""How many files a process reads before a fresh one takes its place."""

START = 60.0
"""Seconds that a process may take to start."""
