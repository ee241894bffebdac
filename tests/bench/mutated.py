"""`python -m tests.bench.mutated`: articles as nobody would lay them out, and how many of them cannot be split.

Each article is made from the run's seed and its number, so that it can be made again. What falls is told as a line of
JSON; the figure counts it.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from random import Random

from claims.extraction.engines import ENGINES, Engine
from tests.bench.figures import Figure, tell
from tests.extraction.varied.articles import article
from tests.extraction.varied.fuzz import fallen
from tests.printing import say

LINES = 20_000
COMMAND = "python -m tests.bench.mutated"
EVERY = 100
"""After how many articles to say how far it is."""


def main(arguments: Sequence[str]) -> int:
    """Split mutated articles until they have had enough lines.

    Returns:
        The exit status; 0 even if some fell.
    """
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=ENGINES, default="both")
    options = parser.parse_args(arguments)
    tell("splitting-mutated", list(mutated(options.lines, options.seed, options.engine)))
    return 0


def mutated(lines: int, seed: int, engine: Engine) -> Iterator[Figure]:
    """Return how many articles of so many lines could not be split, or were split unsoundly."""
    split = fell = read = 0
    while read < lines:
        text = article(Random(f"{seed}/{split}"))
        fault = fallen(text, engine)
        split += 1
        read += 1 + text.count("\n")
        if fault:
            fell += 1
            say(
                json.dumps({"article": split - 1, "fault": fault, "text": text}, ensure_ascii=False)
            )
        if split % EVERY == 0:
            say(f"{read:,} lines in {split:,} articles, {fell} fell")
    yield Figure(
        name=f"mutated articles that fall, of {read:,} lines",
        value=fell,
        unit="articles",
        command=COMMAND,
        peer="all",
        beside=split,
        most=0,
        by_ratio=False,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
