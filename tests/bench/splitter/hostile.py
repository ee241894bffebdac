"""How the time of texts designed to be slow grows with their length.

It counts processor time, because other programs affect elapsed time.
"""

from collections.abc import Iterator
from statistics import median
from time import process_time

from claims.extraction import extract
from tests.bench.figures import Figure
from tests.extraction.hostile import TEXTS, TIMES
from tests.printing import say

MOST = 11.0
"""How many times as long ten times a hostile text may take."""
ROUNDS, LONG = 5, 25.0
"""How often a hostile text is measured, and the seconds above which once is enough."""


def hostile(command: str) -> Iterator[Figure]:
    """Return for each hostile text how many times as long ten times of it takes: medians, sizes alternating.

    The speed of a shared processor changes from one second to the next. What takes long enough to even that out is
    measured once.
    """
    extract("Ready, the server said.")
    for name, make in TEXTS.items():
        took: list[tuple[float, float]] = []
        while len(took) < ROUNDS and sum(map(sum, took)) < LONG:
            took.append((_seconds(make(1)), _seconds(make(TIMES))))
        small, large = (median(sizes) for sizes in zip(*took, strict=True))
        say(f"  {name:36}{small:7.2f} s {large:8.2f} s")
        yield Figure(
            name=f"hostile: {name}, ten times the text",
            value=round(large, 2),
            unit="s",
            command=command,
            peer="once",
            beside=round(small, 4),
            most=MOST,
        )


def _seconds(text: str) -> float:
    began = process_time()
    extract(text)
    return process_time() - began
