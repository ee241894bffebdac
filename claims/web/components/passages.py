"""A claim's words in their place: the sentence that holds them, and those before and after it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.extraction.text.segments import sentences
from claims.extraction.types import Span

_LONGEST = 180
"""How many characters of what stands before the words, and of what follows them, are shown at most."""
_NEAR = 2_000
"""How far from the words sentences are looked for."""


class Passage(NamedTuple):
    """A claim's words with what surrounds them.

    Attributes:
        before: what comes before the words: the rest of their sentence, and the sentence before it.
        words: the words in pieces, each with whether the claim says it; the others stand between two parts of it.
        after: what follows them.
    """

    before: str
    words: tuple[tuple[str, bool], ...]
    after: str


def passage_of(body: str, spans: Sequence[Span]) -> Passage:
    """Return a claim's words with what surrounds them.

    Args:
        body: the article's text.
        spans: the claim's places in it.
    """
    start, end = spans[0][0], spans[-1][1]
    found = _sentences(body, start, end)
    first = max((at for at, (low, _high) in enumerate(found) if low <= start), default=0)
    last = min((at for at, (_low, high) in enumerate(found) if high >= end), default=len(found) - 1)
    low = found[max(first - 1, 0)][0] if found else start
    high = found[min(last + 1, len(found) - 1)][1] if found else end
    return Passage(
        _shortened(body[low:start], at_end=False),
        tuple(_words(body, spans)),
        _shortened(body[end:high], at_end=True),
    )


def _sentences(body: str, start: int, end: int) -> list[Span]:
    """Return the sentences near a place, in the order of the text. A line ends a sentence."""
    low, high = max(0, start - _NEAR), min(len(body), end + _NEAR)
    found: list[Span] = []
    at = low
    for line in body[low:high].split("\n"):
        found += sentences(body, at, at + len(line))
        at += len(line) + 1
    return found


def _words(body: str, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    at = spans[0][0]
    for start, end in spans:
        if start > at:
            yield body[at:start], False
        yield body[start:end], True
        at = end


def _shortened(text: str, *, at_end: bool) -> str:
    """Cut a text at a space, at its end or its beginning, where it is too long."""
    if len(text) <= _LONGEST:
        return text
    if at_end:
        return f"{text[:_LONGEST].rpartition(' ')[0]} …"
    return f"… {text[-_LONGEST:].partition(' ')[2]}"
