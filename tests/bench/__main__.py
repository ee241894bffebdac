"""`make bench`: every benchmark with small sizes, and one table of the results. OUT=docs/performance.md keeps it there.

Small sizes reveal large regressions in a few minutes. The figures for a million claims in `docs/performance.md` come
from the individual benchmarks with large sizes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import INTO, Figure, machine, rewritten, table
from tests.printing import say

SMALL = {
    "splitting": [],
    "desk": [],
    "lists": ["--few", "10000", "--rows", "30000", "--rounds", "5"],
    "exports": ["--rows", "30000"],
    "intake": ["--articles", "80"],
    "server": ["--shapes", "1x4,2x4", "--turns", "1"],
    "public": ["--turns", "1"],
    "readers": ["--files", "8", "--rounds", "50"],
}
"""The benchmarks, with the arguments that make each of them short."""


def main() -> int:
    """Run all of them. Returns the exit status: 1 if one of them breaks down or the page cannot be written."""
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--out", type=Path, help="the page whose table of figures to rewrite")
    options.add_argument("--only", choices=SMALL, action="append", help="run only these")
    chosen = options.parse_args()
    figures = [figure for bench in chosen.only or SMALL for figure in measured(bench)]
    say(f"\n{table(figures)}\n\n{machine()}")
    if chosen.out:
        page = rewritten(chosen.out.read_text(), figures, machine())
        chosen.out.write_text(page)
        say(f"The figures of {chosen.out} are now these.")
    return 0


def measured(bench: str) -> list[Figure]:
    """What a benchmark measures, in a separate process. Raises `CalledProcessError` if it breaks down."""
    say(f"\n{bench}")
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "figures.json"
        command = [sys.executable, "-m", f"tests.bench.{bench}", *SMALL[bench]]
        subprocess.run(command, env={**os.environ, INTO: str(into)}, check=True)
        return [Figure.of(row) for row in json.loads(into.read_text())]


if __name__ == "__main__":
    sys.exit(main())
