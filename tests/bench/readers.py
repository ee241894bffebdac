"""`make bench-readers`: what hostile files cost, and what the sandbox costs a normal article.

Each file of `tests.ingest.hostile` is read in a separate process, whose processor time and peak memory the system
reports. Then one article is read alternately in a process that is kept warm and in this one.
"""

import argparse
import io
import json
import os
import resource
import sys
from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter

from claims import ingest
from claims.ingest.sandbox import LIMITS, Sandbox
from claims.ingest.sandbox.limits import MEGABYTE
from tests.bench.figures import Figure, tell
from tests.ingest.hostile import FILES, read
from tests.ingest.samples import html
from tests.printing import say

COMMAND = "make bench-readers"
EXTRA = 30.0
"""The aim: milliseconds more for an article that is read in a process that is kept warm."""


def main() -> int:
    """Measure. Returns the exit status, 0 even if a target is missed."""
    options = argparse.ArgumentParser(prog="make bench-readers", description=__doc__)
    options.add_argument("--files", type=int, help="how many of the hostile files, evenly chosen")
    options.add_argument("--rounds", type=int, default=200, help="how often the article is read")
    chosen = options.parse_args()
    names = list(FILES)
    if chosen.files:
        names = names[:: max(1, len(names) // chosen.files)]
    tell("readers", [*_hostile(names), _article(chosen.rounds)])
    return 0


def _hostile(names: Sequence[str]) -> Iterator[Figure]:
    say(f"{'':56}{'processor':>10} {'memory':>9}")
    slowest = largest = 0.0
    otherwise = 0
    for name in names:
        became, seconds, megabytes = _cost(name)
        say(f"{name:56}{seconds:8.2f} s {megabytes:6.0f} MB  {became}")
        slowest, largest = max(slowest, seconds), max(largest, megabytes)
        otherwise += became != FILES[name].outcome
    of = f"of {len(names)} hostile files"
    yield Figure(
        name=f"the slowest {of}, processor",
        value=round(slowest, 1),
        unit="s",
        command=COMMAND,
        peer="the limit",
        beside=LIMITS.processor,
        most=LIMITS.processor + 2,
        by_ratio=False,
    )
    yield Figure(
        name=f"the largest {of}, memory",
        value=round(largest),
        unit="MB",
        command=COMMAND,
        peer="the limit",
        beside=round(LIMITS.memory / MEGABYTE),
        most=LIMITS.memory / MEGABYTE + 200,
        by_ratio=False,
    )
    yield Figure(f"with another outcome {of}", otherwise, "files", COMMAND, most=0)


def _cost(name: str) -> tuple[str, float, float]:
    """The result for a file, the processor time in seconds, and the peak memory in MB.

    The system sums the time of finished processes and keeps their highest peak, so a fresh process measures each file.
    """
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        sandbox = Sandbox()
        # It begins before the file is made, for what its parent holds then would count as its own.
        sandbox.read(io.BytesIO(b"Bridge closed"), name="a.txt")
        became = read(sandbox, FILES[name])
        sandbox.close()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        row = [became, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]
        os.write(tell, json.dumps(row).encode())
        os._exit(0)
    os.close(tell)
    with os.fdopen(told, "rb") as answer:
        became, seconds, megabytes = json.loads(answer.read())
    os.waitpid(child, 0)
    return became, seconds, megabytes


def _article(rounds: int) -> Figure:
    """The median milliseconds an article takes in a process that is kept warm, compared with this one."""
    data, sandbox = html(), Sandbox(jobs=10 * rounds)
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for seconds, reader in zip(took, (ingest.read, sandbox.read), strict=True):
            began = perf_counter()
            reader(io.BytesIO(data), name="a.html")
            seconds.append(perf_counter() - began)
    sandbox.close()
    here, there = (round(1000 * median(seconds), 2) for seconds in took)
    return Figure(
        name="an article read in the sandbox",
        value=there,
        unit="ms",
        command=COMMAND,
        peer="read without one",
        beside=here,
        most=here + EXTRA,
        by_ratio=False,
    )


if __name__ == "__main__":
    sys.exit(main())
