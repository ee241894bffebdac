"""`make bench-readers`: what hostile files cost, and what the sandbox costs a normal article.

Each file of `tests.ingest.hostile` is read in a process of its own, whose processor time and peak of memory the system
says. Then one article is read by turns in a process that is kept warm and in this one. Prints a table for people and, as
its last line, one JSON object.
"""

import io
import json
import os
import platform
import resource
import sys
from statistics import median
from time import perf_counter

from claims import ingest
from claims.ingest.sandbox import LIMITS, Sandbox
from claims.ingest.sandbox.limits import MEGABYTE
from tests.ingest.hostile import FILES, read
from tests.ingest.samples import html
from tests.printing import say

ROUNDS = 200
EXTRA = 30.0
"""The aim: milliseconds more for an article that is read in a process that is kept warm."""


def main() -> int:
    """Measure. Returns the exit status, 0 also where an aim is missed."""
    figures: dict[str, float] = {}
    missed = []
    say(f"{'':56}{'processor':>10} {'memory':>9}")
    for name, file in FILES.items():
        became, seconds, megabytes = _cost(name)
        figures |= {f"{name}: seconds": seconds, f"{name}: MB": megabytes}
        say(f"{name:56}{seconds:8.2f} s {megabytes:6.0f} MB  {became}")
        if seconds > LIMITS.processor + 2 or megabytes > LIMITS.memory / MEGABYTE + 200:
            missed.append(f"{name}: beyond the limits")
        if became != file.outcome:
            missed.append(f"{name}: {became} and not {file.outcome}")
    here, there = _article()
    extra = there - here
    figures |= {"article here, ms": here, "article in the sandbox, ms": there, "extra, ms": extra}
    say(f"an article: {here:.2f} ms here, {there:.2f} ms in the sandbox")
    if extra > EXTRA:
        missed.append(f"extra: {extra:.1f} ms is not at most {EXTRA}")
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    rounded = {name: round(value, 2) for name, value in figures.items()}
    say(
        json.dumps(
            {"bench": "readers", "machine": machine, "figures": rounded, "missed": missed}
        )
    )
    return 0


def _cost(name: str) -> tuple[str, float, float]:
    """What became of a file, the seconds of the processor's time, and the peak of memory in MB.

    The system sums the time of processes that ended, and keeps the highest peak of them: so a fresh process of this
    one measures one file.
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


def _article() -> tuple[float, float]:
    """The median milliseconds that an article takes here, and in a process that is kept warm."""
    data, sandbox = html(), Sandbox(jobs=10 * ROUNDS)
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for seconds, reader in zip(took, (ingest.read, sandbox.read), strict=True):
            began = perf_counter()
            reader(io.BytesIO(data), name="a.html")
            seconds.append(perf_counter() - began)
    sandbox.close()
    here, there = (1000 * median(seconds) for seconds in took)
    return here, there


if __name__ == "__main__":
    sys.exit(main())
