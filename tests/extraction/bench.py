"""`make bench-splitting`: how well the splitter does, and how fast.

Prints a table for people and, as its last line, one JSON object. Compares within one run only, and counts the
processor's time, not the clock's, which other programs share.
"""

import argparse
import json
import platform
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import spacy

from claims.extraction import extract
from claims.extraction.engines import Engine
from claims.extraction.text.parsing import BATCH, MODEL
from tests.extraction.expected import QUESTIONS, ask, passages
from tests.extraction.hostile import TEXTS, TIMES
from tests.extraction.scoring import Score, read
from tests.printing import say

AIMS = {
    "passages.all": 95.0,
    "gold.headline": 84.0,
    "gold.precision": 84.0,
    "rules.headline": 78.0,
    "recall.direct": 92.0,
    "recall.mixed": 86.0,
    "recall.indirect": 77.0,
    "recall.without a source": 40.0,
    "speed.both": 0.75,
    "speed.rules": 0.85,
}
"""The least that each figure should reach: percent right, and words a second for each of plain spaCy's."""
MOST = 11.0
"""Times the time that ten times a hostile text may take."""
ROUNDS, LONG = 5, 25.0
"""How often a hostile text is measured, and after how many seconds of it no more."""


def main(arguments: Sequence[str]) -> int:
    """Run the parts that the arguments name.

    Returns:
        The exit status; 0 also where an aim is missed.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.extraction.bench", description=__doc__)
    parser.add_argument("--show", action="store_true", help="tell every wrong answer")
    parser.add_argument("--gold", type=Path, help="annotated articles, JSON Lines")
    parser.add_argument("--limit", type=int, help="how many of them at most")
    parser.add_argument("--hostile", action="store_true", help="only the texts made to be slow")
    options = parser.parse_args(arguments)
    if options.hostile:
        name, figures = "splitting-hostile", hostile()
        missed = [one for one, times in figures.items() if times > MOST]
    else:
        name, figures = "splitting", passages_right(show=options.show)
        if options.gold is not None:
            figures |= against(options.gold, options.limit)
        missed = [one for one, least in AIMS.items() if figures.get(one, least) < least]
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    say(json.dumps({"bench": name, "machine": machine, "figures": figures, "missed": missed}))
    return 0


def passages_right(*, show: bool) -> dict[str, float]:
    """Give the share of right answers about the passages, in percent, by kind of question."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for passage in passages():
        answers = ask(passage)
        asked["whole passages"] += 1
        right["whole passages"] += all(answer.is_right for answer in answers)
        for answer in answers:
            for row in (answer.question, "all"):
                asked[row] += 1
                right[row] += answer.is_right
            if show and not answer.is_right:
                say(f"{passage.file}: {passage.name}: {answer}")
    say("The splitter's own passages")
    figures = {}
    for row in (*QUESTIONS, "all", "whole passages"):
        figures[f"passages.{row}"] = round(100 * right[row] / asked[row], 1)
        say(f"  {row:24}{figures[f'passages.{row}']:6.1f} % of {asked[row]}")
    return figures


def against(gold: Path, limit: int | None) -> dict[str, float]:
    """Compare with people's annotations, and its speed with that of spaCy with all its parts.

    Both readers together use two processors where there are two; spaCy uses one.
    """
    articles = list(read(gold, limit))
    plain = spacy.load(MODEL)
    engines: tuple[Engine, ...] = ("both", "rules")
    scores = {engine: Score() for engine in engines}
    took = dict.fromkeys(("plain", *engines), 0.0)
    for engine in engines:
        extract("Ready, the server said.", engine=engine)
    # By turns, so that a processor that slows down does so for all.
    for batch in _batches(articles, 10):
        texts = [article["text"] for article in batch]
        began = perf_counter()
        for _ in plain.pipe(texts, batch_size=BATCH):
            pass
        took["plain"] += perf_counter() - began
        for engine in engines:
            began = perf_counter()
            split = [extract(text, engine=engine) for text in texts]
            took[engine] += perf_counter() - began
            for article, claims in zip(batch, split, strict=True):
                outer = [one for one in claims if one.cue and one.within is None]
                scores[engine].add(article, outer)
    score = scores["both"]
    figures = {f"gold.{name}": value for name, value in score.figures().items()}
    say(f"{len(articles)} annotated articles, {score.annotated} statements")
    for name, value in figures.items():
        say(f"  {name.removeprefix('gold.'):24}{value:6.1f} %")
    say("  right ones of each kind")
    for kind, value in score.recalls().items():
        figures[f"recall.{kind}"] = value
        say(f"    {kind:22}{value:6.1f} % of {score.by_kind[kind]['all']}")
    figures["rules.headline"] = scores["rules"].figures()["headline"]
    say(f"  rules alone             {figures['rules.headline']:6.1f} %")
    words = sum(len(article["text"].split()) for article in articles)
    for engine in engines:
        figures[f"speed.{engine}"] = round(took["plain"] / took[engine], 2)
        say(
            f"  {engine:8} {words / took[engine]:,.0f} words/s, {figures[f'speed.{engine}']:.2f} of spaCy's"
        )
    return figures


def _batches(rows: list[dict], size: int) -> Iterable[list[dict]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def hostile() -> dict[str, float]:
    """Give for each hostile text how many times longer ten times of it takes: of the medians, sizes by turns.

    A processor that is shared changes its pace from one second to the next. What takes long enough to even that
    out is measured once.
    """
    figures = {}
    extract("Ready, the server said.")
    for name, make in TEXTS.items():
        took: list[tuple[float, float]] = []
        while len(took) < ROUNDS and sum(map(sum, took)) < LONG:
            took.append((_seconds(make(1)), _seconds(make(TIMES))))
        small, large = (median(sizes) for sizes in zip(*took, strict=True))
        figures[name] = round(large / small, 1)
        say(f"  {name:36}{small:7.2f} s {large:8.2f} s {figures[name]:6.1f} times")
    return figures


def _seconds(text: str) -> float:
    began = process_time()
    extract(text)
    return process_time() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
