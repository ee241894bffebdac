"""Match the splitter's claims with annotated statements, by the words that they share.

Claims with the same source and the same cue are joined first, for people annotate a quotation of five sentences
once. A joined statement fits an annotated one if they share half of the words of both; pairs are made from the
largest share down. Marks are no words, except in what consists of marks only.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.extraction import Claim
from tests.extraction.scoring import speech

_TOKEN = re.compile(r"\w+(?:['’.\-]\w+)*|[^\w\s]")
_LEAST = 0.5


@dataclass(slots=True)
class Statement:
    """Someone's statement, as sets of the numbers of its words.

    Attributes:
        content: the words of the statement itself.
        source: those of its source.
        cue: those that tie the two.
        pieces: the claims that it was joined from, in the order of the text; none for an annotated one.
    """

    content: set[int]
    source: frozenset[int]
    cue: set[int]
    pieces: list[Claim] = field(default_factory=list)


class Words:
    """A text's words and marks, with their places.

    Attributes:
        text: the text.
        words: its words and marks, in lower case.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(_TOKEN.finditer(text))
        self.words = [one.group().lower() for one in found]
        self._starts = [one.start() for one in found]
        self._ends = [one.end() for one in found]
        self._quoted = quoted(text)

    def within(self, spans: Iterable[Sequence[int]]) -> set[int]:
        """Give the numbers of the words that places touch; marks only where there is nothing else."""
        hit = set()
        for start, end in spans:
            number = bisect_right(self._ends, start)
            while number < len(self._starts) and self._starts[number] < end:
                hit.add(number)
                number += 1
        return {one for one in hit if self.words[one][0].isalnum() or "_" in self.words[one]} or hit

    def quoted(self, numbers: Iterable[int]) -> float:
        """Give the share of words in quotation marks."""
        starts = [self._starts[one] for one in numbers]
        return sum(self._quoted[start] for start in starts) / len(starts)

    def statement(
        self,
        source: Iterable[Sequence[int]],
        cue: Iterable[Sequence[int]],
        content: Iterable[Sequence[int]],
    ) -> Statement:
        """Turn places into words."""
        return Statement(self.within(content), frozenset(self.within(source)), self.within(cue))

    def is_pronoun(self, source: Iterable[int]) -> bool:
        """Say whether a source has pronouns only."""
        named = {self.words[one] for one in source}
        return bool(named) and named <= speech.words()["pronouns"]


def quoted(text: str) -> bytearray:
    """Mark the characters in double quotation marks; one that nothing closes ends with its paragraph."""
    inside = bytearray(len(text))
    is_open = False
    for place, character in enumerate(text):
        if character == "\n" or character in "”»":
            is_open = False
        elif character in "“«":
            is_open = True
        elif character == '"':
            is_open = not is_open
        elif is_open:
            inside[place] = 1
    return inside


def joined(words: Words, claims: Iterable[Claim]) -> list[Statement]:
    """Join the claims that name the same source and cue, one claim a sentence of a long quotation.

    Args:
        words: the article's words.
        claims: its claims; those without a word are left out.
    """
    apart = []
    for claim in claims:
        one = words.statement(claim.source, claim.cue, claim.content)
        one.pieces.append(claim)
        if one.content:
            apart.append(one)
    found: list[Statement] = []
    for one in sorted(apart, key=lambda one: min(one.content)):
        other = next((other for other in reversed(found) if _belong(one, other)), None)
        if other is None:
            found.append(one)
        else:
            other.content |= one.content
            other.cue |= one.cue
            other.pieces += one.pieces
    return found


def _belong(one: Statement, other: Statement) -> bool:
    cues = not one.cue or not other.cue or one.cue == other.cue
    return bool(one.source) and one.source == other.source and cues


def pairs(
    annotated: Sequence[Statement], given: Sequence[Statement]
) -> Iterator[tuple[Statement, Statement]]:
    """Pair what shares half of its words, from the largest share down, each at most once."""
    where: dict[int, list[int]] = {}
    for number, other in enumerate(given):
        for word in other.content:
            where.setdefault(word, []).append(number)
    shares = []
    for first, one in enumerate(annotated):
        for second in {number for word in one.content for number in where.get(word, ())}:
            both = one.content | given[second].content
            share = len(one.content & given[second].content) / len(both)
            if share >= _LEAST:
                shares.append((-share, first, second))
    left, free = set(range(len(annotated))), set(range(len(given)))
    for _, first, second in sorted(shares):
        if first in left and second in free:
            left.remove(first)
            free.remove(second)
            yield annotated[first], given[second]


def is_source_right(words: Words, annotated: Statement, given: Statement) -> bool:
    """Say whether the sources share a word that tells who it is, or any word if the annotated one has none.

    Where no source is annotated, none must be given.
    """
    if not annotated.source:
        return not given.source
    shared = annotated.source & given.source
    telling = {one for one in annotated.source if words.words[one] not in speech.words()["stop"]}
    return bool(shared & telling) if telling else bool(shared)
