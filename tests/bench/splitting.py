"""`make bench-splitting`: how well the splitter does, and how fast.

Compares only within one run, and counts processor time, because other programs affect elapsed time.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from claims.extraction.engines import Engine
from claims.extraction.types import Claim
from claims.ingest import read as read_file
from tests.bench.figures import Figure, between_marks, machine, table, tell
from tests.bench.splitter.checkworthiness import checkworthiness
from tests.bench.splitter.genres import Genres
from tests.bench.splitter.hostile import hostile
from tests.bench.splitter.mutated import LINES, mutated
from tests.bench.splitter.pace import PACE, Pace
from tests.bench.splitter.put_in import put_in
from tests.extraction.expected import QUESTIONS, ask, passages
from tests.extraction.scoring.annotated import read_sets
from tests.extraction.scoring.attributions import Score, read
from tests.printing import say

RIGHT = {
    "passages: all": 95.0,
    "gold: headline": 85.0,
    "gold: precision": 84.0,
    "gold: headline, rules alone": 78.0,
    "gold: recall, direct": 92.0,
    "gold: recall, mixed": 86.0,
    "gold: recall, indirect": 77.0,
    "gold: recall, without a source": 40.0,
}
"""The lowest acceptable percentage of right answers."""
ROOT = Path(__file__).resolve().parents[2]
SEEDS, GENRES = ROOT / "seeds", ROOT / "tests" / "extraction" / "genres"
COMMAND = "make bench-splitting"


def main(arguments: Sequence[str]) -> int:
    """Run the parts that the arguments name.

    Returns:
        The exit status; 0 even if a target is missed.
    """
    options = _options(arguments)
    if options.hostile:
        command = f"{COMMAND}-hostile"
        tell("splitting-hostile", [*mutated(options.lines, command), *hostile(command)])
        return 0
    figures = list(passages_right(show=options.show))
    genres = Genres(read_sets(options.genres))
    gold = list(read(options.gold, options.limit)) if options.gold else []
    seeds = [read_file(path.open("rb"), name=path.name).body for path in sorted(SEEDS.glob("*.md"))]
    texts = [*genres.texts(), *(article["text"] for article in gold), *seeds]
    pace = Pace(texts)
    genres.add(_some(pace, 0, len(genres.texts())))
    of_genres = list(genres.figures(_command(GENRES=options.genres != GENRES)))
    figures += against(gold, _some(pace, len(genres.texts()), len(gold))) if gold else []
    if options.checkworthy:
        figures += checkworthiness(options.checkworthy, _command(CHECKWORTHY=True), options.limit)
    figures += pace.figures(COMMAND)
    if options.show:
        say("\n".join(map(str, genres.mistakes())))
    if options.put_in:
        say(
            "\n".join(
                put_in(genres.sets, pace.claims["both"][: len(genres.texts())], options.put_in)
            )
        )
    say(f"\n{genres.tables()}")
    if options.out:
        page = f"{genres.tables()}\n\n{table(figures)}\n\nMeasured on {machine()}."
        options.out.write_text(between_marks(options.out.read_text(), page))
    tell("splitting", [*of_genres, *figures], more=genres.by_genre())
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--show", action="store_true", help="print every wrong answer")
    parser.add_argument(
        "--genres", type=Path, default=GENRES, help="a folder of annotated articles of many genres"
    )
    parser.add_argument("--gold", type=Path, help="annotated news, JSON Lines")
    parser.add_argument("--checkworthy", type=Path, help="a folder of labelled sentences")
    parser.add_argument(
        "--limit", type=int, help="how many of the news, and of each file of sentences"
    )
    parser.add_argument(
        "--out", type=Path, help="a page whose figures to rewrite, such as the model card"
    )
    parser.add_argument(
        "--put-in", type=int, help="how many statements to print into which words were put"
    )
    parser.add_argument(
        "--hostile", action="store_true", help="only texts designed to be slow or to fail"
    )
    parser.add_argument(
        "--lines", type=int, default=LINES, help="how many mutated lines (default: %(default)s)"
    )
    return parser.parse_args(arguments)


def _command(**given: bool) -> str:
    return " ".join([COMMAND, *(f"{name}=…" for name, is_given in given.items() if is_given)])


def _some(pace: Pace, start: int, number: int) -> dict[Engine, list[list[Claim]]]:
    return {engine: claims[start : start + number] for engine, claims in pace.claims.items()}


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


def against(
    articles: Sequence[dict[str, Any]], claims: dict[Engine, list[list[Claim]]]
) -> Iterator[Figure]:
    """Compare what each engine made of annotated news with the annotations."""
    command = _command(GOLD=True)
    scores: dict[Engine, Score] = {engine: Score() for engine in PACE}
    for engine, found in claims.items():
        for article, here in zip(articles, found, strict=True):
            outer = [one for one in here if one.cue and one.within is None]
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
