"""A collection of texts in memory, in which those about the same thing as another are found."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from claims.matching.candidates.ranking import Frequencies, features, scores
from claims.matching.candidates.words import content_words, stems
from claims.matching.vectors import closeness, encode

BY_WORDS, BY_VECTORS = 100, 50
"""How many candidates are taken for their words, and how many for their vectors."""


@dataclass(frozen=True, slots=True)
class Match:
    """A text of the collection that may be about the same thing.

    Attributes:
        number: its place in the collection.
        score: how likely it is about the very same thing, 0 to 1.
        closeness: the cosine of the vectors.
    """

    number: int
    score: float
    closeness: float


class Collection:
    """Texts, with an index of their stems and their vectors."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Index texts. The vectors take a few milliseconds each."""
        texts = list(texts)
        self._stems = [stems(content_words(text)) for text in texts]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self._stems):
            for stem in found:
                self._holding[stem].append(number)
        self._frequencies = Frequencies(
            texts=len(texts),
            holding={stem: len(numbers) for stem, numbers in self._holding.items()},
            length=sum(map(len, self._stems)) / max(1, len(texts)) or 1.0,
        )
        self._vectors = encode(texts)

    def nearest(self, text: str, number: int = 50) -> list[Match]:
        """Return the texts that may be about the same thing as another, best first."""
        wanted = stems(content_words(text))
        close = closeness(encode([text]), self._vectors)[0]
        nearest = np.argsort(-close, kind="stable")[:BY_VECTORS]
        found = list(dict.fromkeys([*self._by_words(wanted), *map(int, nearest)]))
        if not found:
            return []
        likely = scores(
            features(wanted, [self._stems[one] for one in found], close[found], self._frequencies)
        )
        best = np.argsort(-likely, kind="stable")[:number]
        return [Match(found[at], float(likely[at]), float(close[found[at]])) for at in best]

    def _by_words(self, wanted: Sequence[str]) -> list[int]:
        shared: Counter[int] = Counter()
        for stem in self._frequencies.rarest(wanted, len(self._stems)):
            for one in self._holding[stem]:
                shared[one] += self._frequencies.weight(stem)  # type: ignore[assignment]
        return [one for one, _weight in shared.most_common(BY_WORDS)]
