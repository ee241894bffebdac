"""A collection of texts in memory, in which those about the same thing as another are found."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from claims.matching.candidates.ranking import Frequencies, Numbers, features, likely
from claims.matching.candidates.words import content_words, stems
from claims.matching.vectors import Vectors, closeness, encode, in_bytes

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
    """Texts, with an index of their stems and their vectors.

    Attributes:
        vectors: a row for each text.
    """

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Index texts, which takes some milliseconds each.

        Args:
            texts: each with its title, or "". The words of both count, and the vector lies between theirs.
        """
        texts = list(texts)
        self._stems = [stems(content_words(f"{text} {title}")) for text, title in texts]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self._stems):
            for stem in found:
                self._holding[stem].append(number)
        self._frequencies = Frequencies(
            texts=len(texts),
            holding={stem: len(numbers) for stem, numbers in self._holding.items()},
            length=sum(map(len, self._stems)) / max(1, len(texts)) or 1.0,
        )
        self.vectors = _vectors(texts)

    def nearest(self, text: str, number: int = 50) -> list[Match]:
        """Return the texts that may be about the same thing as another, best first."""
        vector, found, described = self.candidates(text)
        close = closeness(vector[None], self.vectors[found])[0]
        rated = likely(described, vector, self.vectors[found])
        best = np.argsort(-rated, kind="stable")[:number]
        return [Match(found[at], float(rated[at]), float(close[at])) for at in best]

    def candidates(self, text: str) -> tuple[Vectors, list[int], Numbers]:
        """Return a text's vector, the places of candidates for it, and their features."""
        wanted = stems(content_words(text))
        vector = encode([text])[0]
        close = closeness(vector[None], self.vectors)[0]
        nearest = np.argsort(-close, kind="stable")[:BY_VECTORS]
        found = list(dict.fromkeys([*self._by_words(wanted), *map(int, nearest)]))
        texts = [self._stems[one] for one in found]
        return vector, found, features(wanted, texts, close[found], self._frequencies)

    def _by_words(self, wanted: Sequence[str]) -> list[int]:
        shared: dict[int, float] = defaultdict(float)
        for stem in self._frequencies.rarest(wanted, len(self._stems)):
            for one in self._holding[stem]:
                shared[one] += self._frequencies.weight(stem)
        return sorted(shared, key=lambda one: -shared[one])[:BY_WORDS]


def _vectors(texts: Sequence[tuple[str, str]]) -> Vectors:
    """Return the texts' vectors: with a title, halfway between that of the text and that of both together."""
    vectors = encode([text for text, _title in texts])
    titled = [at for at, (_text, title) in enumerate(texts) if title]
    both = encode([f"{texts[at][1]}. {texts[at][0]}" for at in titled])
    between = vectors[titled].astype(np.float32) + both
    length = np.sqrt((between**2).sum(axis=1, keepdims=True))
    vectors[titled] = in_bytes(between / np.maximum(length, 1.0))
    return vectors
