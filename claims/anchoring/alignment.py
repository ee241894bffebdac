"""Aligns the sentences of two texts, and tells repeated sentences apart by their neighbours."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Run:
    """Where a sequence of sentences occurs in each text, by its first sentence, and between which others."""

    before: list[int]
    after: list[int]
    alike: Mapping[int, list[int]]
    there: Mapping[int, list[int]]


class SentenceAlignment:
    """The sentences of two texts.

    Args:
        before: the sentences of the old text, in order.
        after: the sentences of the new text, in order.
    """

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self.before, self.after = before, after
        self.stood, self.stands = _places(before), _places(after)
        self._old, self._new = _gaps(self.stood, self.stands)
        self._runs: dict[tuple[str, ...], _Run] = {}

    def standing(self, sentences: Sequence[int]) -> list[int] | None:
        """Return where a sequence of sentences of the old text is in the new one, by its first sentence.

        Returns:
            The place; empty if the sequence is not there; None if it is ambiguous which of several it was or is.
        """
        run = self._run(tuple(self.before[place] for place in sentences))
        if not run.after or len(run.before) == len(run.after) == 1:
            return run.after
        if len(run.after) > len(run.before):
            return None
        # Repeated sequences between the same neighbours correspond if there are equally many.
        gap = bisect_left(self._old, sentences[0])
        alike, there = run.alike[gap], run.there.get(gap, [])
        return [there[bisect_left(alike, sentences[0])]] if len(alike) == len(there) else None

    def is_moved(self, before: int, after: int) -> bool:
        """Return whether a sentence now follows one that it used to precede, or precedes one that it used to follow.

        Args:
            before: its place in the old text.
            after: its place in the new one.
        """
        return bisect_left(self._old, before) != bisect_left(self._new, after)

    def _run(self, words: tuple[str, ...]) -> _Run:
        if words not in self._runs:
            before = _runs(self.before, words, self.stood)
            after = _runs(self.after, words, self.stands)
            self._runs[words] = _Run(
                before, after, _by_gap(before, self._old), _by_gap(after, self._new)
            )
        return self._runs[words]


def _by_gap(places: Sequence[int], gaps: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for place in places:
        found[bisect_left(gaps, place)].append(place)
    return dict(found)


def _places(sentences: Sequence[str]) -> dict[str, list[int]]:
    """Return the places of each sentence."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(sentences):
        places[words].append(place)
    return dict(places)


def _runs(
    sentences: Sequence[str], words: Sequence[str], places: Mapping[str, list[int]]
) -> list[int]:
    """Return where a sequence of sentences occurs, by the place of its first sentence."""
    return [
        place
        for place in places.get(words[0], ())
        if all(
            place + step < len(sentences) and sentences[place + step] == each
            for step, each in enumerate(words)
        )
    ]


def _gaps(
    before: Mapping[str, list[int]], after: Mapping[str, list[int]]
) -> tuple[list[int], list[int]]:
    """Return the places, in both texts, of sentences that occur once in each and kept their order.

    This is the longest increasing subsequence, found as in patience sorting.
    """
    once = [
        (places[0], after[words][0])
        for words, places in before.items()
        if len(places) == 1 and len(after.get(words, ())) == 1
    ]
    ends: list[int] = []
    piles: list[int] = []
    came: list[int | None] = []
    for number, (_old, new) in enumerate(once):
        pile = bisect_left(ends, new)
        came.append(piles[pile - 1] if pile else None)
        if pile == len(ends):
            ends.append(new)
            piles.append(number)
        else:
            ends[pile], piles[pile] = new, number
    kept: list[tuple[int, int]] = []
    last = piles[-1] if piles else None
    while last is not None:
        kept.append(once[last])
        last = came[last]
    kept.reverse()
    return [old for old, _new in kept], [new for _old, new in kept]
