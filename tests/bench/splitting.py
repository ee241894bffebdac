"""`make bench-splitting`: how well the splitter does, and how fast.

Compares only within one run. For texts designed to be slow it counts processor time, because other programs affect
elapsed time.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import spacy

from claims.extraction import extract
from claims.extraction.engines import Engine
from claims.extraction.text.parsing import BATCH, MODEL
from claims.extraction.types import Claim
from claims.ingest import read as read_file
from tests.bench.figures import Figure, tell
from tests.extraction.expected import QUESTIONS, ask, passages
from tests.extraction.hostile import TEXTS, TIMES
from tests.extraction.scoring.attributions import Score, read
from tests.printing import say

RIGHT = {
    "passages: all": 95.0,
    "gold: headline": 84.0,
    "gold: precision": 84.0,
    "gold: headline, rules alone": 78.0,
    "gold: recall, direct": 92.0,
    "gold: recall, mixed": 86.0,
    "gold: recall, indirect": 77.0,
    "gold: recall, without a source": 40.0,
}
"""The lowest acceptable percentage of right answers."""
PACE: dict[Engine, float] = {"both": 0.75, "rules": 0.85}
"""The lowest acceptable ratio of words a second to that of spaCy with all its components."""
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
TURNS = 5
"""How often the seeds are split to measure speed, without annotated articles."""
COMMAND = "make bench-splitting"
MOST = 11.0
"""How many times as long ten times a hostile text may take."""
ROUNDS, LONG = 5, 25.0
"""How often a hostile text is measured, and the seconds above which once is enough."""


def main(arguments: Sequence[str]) -> int:
    """Run the parts that the arguments name.

    Returns:
        The exit status; 0 even if a target is missed.
    """
    parser = argparse.ArgumentParser(prog="make bench-splitting", description=__doc__)
    parser.add_argument("--show", action="store_true", help="print every wrong answer")
    parser.add_argument("--gold", type=Path, help="annotated articles, JSON Lines")
    parser.add_argument("--limit", type=int, help="how many of them at most")
    parser.add_argument("--hostile", action="store_true", help="only the texts designed to be slow")
    options = parser.parse_args(arguments)
    if options.hostile:
        tell("splitting-hostile", list(hostile()))
        return 0
    figures = list(passages_right(show=options.show))
    if options.gold is None:
        texts = [read_file(path.open("rb"), name=path.name).body for path in SEEDS.glob("*.md")]
        figures += Pace(TURNS * [texts]).figures(COMMAND)
    else:
        figures += against(options.gold, options.limit)
    tell("splitting", figures)
    return 0


def passages_right(*, show: bool) -> Iterator[Figure]:
    """Return the percentage of right answers about the passages, by kind of question."""
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
    for row in (*QUESTIONS, "all", "whole passages"):
        say(f"{row:24}{100 * right[row] / asked[row]:6.1f} % of {asked[row]}")
    for row in ("all", "whole passages"):
        yield _right(f"passages: {row}", 100 * right[row] / asked[row], COMMAND)


def _right(name: str, percent: float, command: str) -> Figure:
    return Figure(f"{name}, right", round(percent, 1), "%", command, least=RIGHT.get(name))


class Pace:
    """How many words a second each engine splits, compared with spaCy with all its components, which uses one processor.

    Both readers together use two processors if available.

    Attributes:
        claims: what each engine found, text by text.
    """

    def __init__(self, batches: Iterable[list[str]]) -> None:
        plain = spacy.load(MODEL)
        self.claims: dict[Engine, list[list[Claim]]] = {engine: [] for engine in PACE}
        self._took: dict[str, list[float]] = {name: [] for name in ("plain", *PACE)}
        self._words: list[int] = []
        for engine in PACE:
            extract("Ready, the server said.", engine=engine)
        # Alternating, so that a processor that slows down does so for all.
        for texts in batches:
            self._words.append(sum(len(text.split()) for text in texts))
            began = perf_counter()
            for _ in plain.pipe(texts, batch_size=BATCH):
                pass
            self._took["plain"].append(perf_counter() - began)
            for engine in PACE:
                began = perf_counter()
                self.claims[engine] += [extract(text, engine=engine) for text in texts]
                self._took[engine].append(perf_counter() - began)

    def figures(self, command: str) -> Iterator[Figure]:
        """The medians of the batches."""
        for engine, least in PACE.items():
            yield Figure(
                name=f"splitting, engine “{engine}”",
                value=self._pace(engine),
                unit="words a second",
                command=command,
                peer="spaCy alone",
                beside=self._pace("plain"),
                least=least,
            )

    def _pace(self, name: str) -> float:
        pairs = zip(self._words, self._took[name], strict=True)
        return round(median(words / took for words, took in pairs))


def against(gold: Path, limit: int | None) -> Iterator[Figure]:
    """Compare the answers with people's annotations, and the speed with spaCy's with all its components."""
    command = f"{COMMAND} GOLD=…"
    articles = list(read(gold, limit))
    pace = Pace([one["text"] for one in batch] for batch in _batches(articles, 10))
    scores: dict[Engine, Score] = {engine: Score() for engine in PACE}
    for engine, found in pace.claims.items():
        for article, claims in zip(articles, found, strict=True):
            outer = [one for one in claims if one.cue and one.within is None]
            scores[engine].add(article, outer)
    score = scores["both"]
    say(f"{len(articles)} annotated articles, {score.annotated} statements")
    for name, value in score.figures().items():
        yield _right(f"gold: {name}", value, command)
    for kind, value in score.recalls().items():
        say(f"{kind:22}{value:6.1f} % of {score.by_kind[kind]['all']}")
        yield _right(f"gold: recall, {kind}", value, command)
    rules = scores["rules"].figures()["headline"]
    yield _right("gold: headline, rules alone", rules, command)
    yield from pace.figures(command)


def _batches(rows: list[dict], size: int) -> Iterable[list[dict]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def hostile() -> Iterator[Figure]:
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
            command="make bench-splitting-hostile",
            peer="once",
            beside=round(small, 4),
            most=MOST,
        )


def _seconds(text: str) -> float:
    began = process_time()
    extract(text)
    return process_time() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
