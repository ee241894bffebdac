"""Lists of phrases, found in a text in any form of their words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from claims.matching.text.words import Word, words_of


class Found(NamedTuple):
    """A phrase in a text: the numbers of its first word and of the one behind its last, and what the list says of it."""

    first: int
    behind: int
    label: str


class Phrases:
    """Phrases, each with a label, that are looked for by the stems of their words."""

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        """Take (phrase, label); one phrase may have several labels."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for phrase, label in labelled:
            first, *rest = (word.stem for word in words_of(phrase))
            entry = (tuple(rest), label)
            if entry not in self._by_first[first]:
                self._by_first[first].append(entry)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._by_first = dict(self._by_first)

    def find(self, words: Sequence[Word]) -> Iterator[Found]:
        """Yield all phrases in a text, in order; those that begin at one word longest first."""
        for at, word in enumerate(words):
            if word.stem in self._by_first:
                yield from self.at(words, at)

    def at(self, words: Sequence[Word], at: int) -> Iterator[Found]:
        """Yield the phrases that begin at a word, longest first."""
        for rest, label in self._by_first.get(words[at].stem, ()):
            behind = at + 1 + len(rest)
            if not rest or (
                behind <= len(words)
                and all(words[at + 1 + step].stem == one for step, one in enumerate(rest))
            ):
                yield Found(at, behind, label)

    def longest(self, words: Sequence[Word], at: int) -> Found | None:
        """Return the longest phrase that begins at a word."""
        return next(self.at(words, at), None)

    def before(self, words: Sequence[Word], end: int, most: int = 5) -> Found | None:
        """Return the longest phrase that ends just before the word of a number."""
        for first in range(max(0, end - most), end):
            for found in self.at(words, first):
                if found.behind == end:
                    return found
        return None
