"""`python -m tests.extraction.varied.fuzz --lines 20000`: varied lines through the splitter, and what falls of them.

With `--articles`, whole articles of so many lines, whose layout is changed.

Each line is made from the run's seed and its number, so that it can be made again. Twenty lines make an article, which
takes a fifth of the time; where one falls, its lines are split one by one to find out which it is. Exit status 0: none
fell. 1: some did, each told as a line of JSON.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import Any

from claims.extraction import Claim, extract
from claims.extraction.engines import ENGINES, Engine
from claims.extraction.text.segments import passages
from tests.extraction.varied.articles import article
from tests.extraction.varied.lines import line
from tests.printing import say

TOGETHER = 20
"""How many lines make an article."""

EVERY = 1_000


def faults(text: str, claims: Sequence[Claim]) -> Iterator[str]:
    """Say what is wrong with claims, whatever the text: places, words, numbers."""
    for claim in claims:
        yield from _claim_faults(claim)
        for name in ("content", "source", "cue"):
            yield from (f"{name}: {fault}" for fault in _misplaced(text, getattr(claim, name)))
    numbers = [claim.attribution for claim in claims]
    if numbers != sorted(numbers) or set(numbers) != set(range(len(set(numbers)))):
        yield "attributions are not counted up"
    if any(claim.within is not None and claim.within >= claim.attribution for claim in claims):
        yield "a report stands within a later one"
    touched = [
        span for one in claims for spans in (one.content, one.source, one.cue) for span in spans
    ]
    for start, end in passages(text):
        if not any(first < end and start < last for first, last in touched):
            yield "a passage is left out"


def _claim_faults(claim: Claim) -> Iterator[str]:
    if not claim.statement.strip():
        yield "a statement is empty"
    if not claim.content:
        yield "a claim has no words of the text"
    if not 0 <= claim.checkworthiness <= 1:
        yield "a checkworthiness is out of bounds"
    if claim.source and claim.speaker is None:
        yield "a source is nobody"
    if claim.quotation == "narration" and claim.cue:
        yield "narration has a cue"


def _misplaced(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        yield "outside the text, or empty"
    if any(one[1] > other[0] for one, other in pairwise(spans)):
        yield "not in order, or overlapping"
    words = [text[start:end] for start, end in spans]
    if any(word != word.strip() for word in words):
        yield "white space at an end"


def fallen(text: str, engine: Engine) -> str:
    """Split a text. What is wrong with that, or ""."""
    try:
        return "; ".join(dict.fromkeys(faults(text, extract(text, engine=engine))))
    except Exception as error:  # noqa: BLE001 - whatever falls is what is looked for
        return repr(error.__cause__ or error)


def main(arguments: Sequence[str]) -> int:
    """Split many lines. The exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.extraction.varied.fuzz", description=__doc__
    )
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--articles", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=ENGINES, default="both")
    options = parser.parse_args(arguments)
    if options.articles:
        return _articles(options.lines, options.seed, options.engine)
    seen: Counter[str] = Counter()
    for first in range(0, options.lines, TOGETHER):
        numbers = range(first, min(first + TOGETHER, options.lines))
        for told in _fallen_of(
            {n: line(Random(f"{options.seed}/{n}")) for n in numbers}, options.engine
        ):
            seen[told["fault"]] += 1
            say(json.dumps(told, ensure_ascii=False))
        if numbers.stop % EVERY == 0:
            say(f"{numbers.stop:,} lines, {seen.total()} fell")
    for fault, times in seen.most_common():
        say(f"{times:5} {fault}")
    return 1 if seen else 0


def _articles(lines: int, seed: int, engine: Engine) -> int:
    """Split articles of so many lines. The exit status."""
    split = fell = read = 0
    while read < lines:
        text = article(Random(f"{seed}/{split}"))
        fault = fallen(text, engine)
        if fault:
            fell += 1
            say(json.dumps({"article": split, "fault": fault, "text": text}, ensure_ascii=False))
        split += 1
        read += 1 + text.count("\n")
    say(f"{read:,} lines in {split:,} articles, {fell} fell")
    return 1 if fell else 0


def _fallen_of(lines: Mapping[int, str], engine: Engine) -> list[dict[str, Any]]:
    """What falls of an article of these lines: single lines, or the article where none of them falls alone."""
    together = "\n\n".join(lines.values())
    fault = fallen(together, engine)
    if not fault:
        return []
    alone = ((number, text, fallen(text, engine)) for number, text in lines.items())
    found = [{"line": number, "fault": why, "text": text} for number, text, why in alone if why]
    return found or [{"line": min(lines), "fault": fault, "text": together}]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
