"""How many words a second the splitter reads, compared with spaCy with all its components in the same run."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from time import process_time

import spacy

from claims.errors import SplittingFailedError
from claims.extraction import extract
from claims.extraction.engines import Engine
from claims.extraction.text.parsing import BATCH, MODEL
from claims.extraction.types import Claim
from tests.bench.figures import Figure
from tests.printing import say

PACE: dict[Engine, float] = {"both": 0.70, "rules": 1.5}
"""The lowest acceptable ratio of words a second to that of spaCy with all its components."""
ARTICLES = 10
"""Articles read in turn by each program."""


class Pace:
    """What each engine makes of texts, and the words it splits in a second of processor time.

    The time that other programs take does not count.

    Attributes:
        claims: what each engine found, text by text; nothing in those that it failed on.
        failed: how many texts some engine failed on.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.claims: dict[Engine, list[list[Claim]]] = {engine: [] for engine in PACE}
        self.failed = 0
        self._took = dict.fromkeys(PACE, 0.0)
        self._took_plain = dict.fromkeys(PACE, 0.0)
        self._words = sum(len(text.split()) for text in texts)
        # One engine after the other, each beside a spaCy of its own: what is remembered of a text makes its next reading faster.
        for engine in PACE:
            plain = spacy.load(MODEL)
            extract("Ready, the server said.", engine=engine)
            # Alternating, so that a processor that slows down does so for both.
            for batch in _batches(texts):
                began = process_time()
                for _ in plain.pipe(batch, batch_size=BATCH):
                    pass
                between = process_time()
                self.claims[engine] += [self._split(text, engine) for text in batch]
                self._took_plain[engine] += between - began
                self._took[engine] += process_time() - between

    def figures(self, command: str) -> Iterator[Figure]:
        """The words a second over all texts, and how many texts could not be split."""
        for engine, least in PACE.items():
            yield Figure(
                name=f"speed, engine “{engine}”",
                value=self._pace(self._took[engine]),
                unit="words a second",
                command=command,
                peer="spaCy alone",
                beside=self._pace(self._took_plain[engine]),
                least=least,
            )
        yield Figure("articles that cannot be split", self.failed, "", command, most=0)

    def _split(self, text: str, engine: Engine) -> list[Claim]:
        try:
            return extract(text, engine=engine)
        except SplittingFailedError as error:
            say(f"The engine “{engine}” fails on “{text[:60]}”: {error}")
            self.failed += 1
            return []

    def _pace(self, seconds: float) -> float:
        return round(self._words / seconds)


def _batches(texts: Iterable[str]) -> Iterator[Sequence[str]]:
    waiting = iter(texts)
    while batch := list(islice(waiting, ARTICLES)):
        yield batch
