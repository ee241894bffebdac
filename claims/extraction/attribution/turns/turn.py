"""One speaker's turn: all that is said at one go, and the places of its words."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.extraction.attribution.sources import Source
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Span

_OWN = frozenset({"i", "we", "me", "us", "my", "our", "you", "your"})

Introduced = tuple[Passage, Source]
"""Words that name a person, with their passage."""


@dataclass(slots=True)
class Turn:
    """One speaker's paragraphs.

    Attributes:
        name: the label's place, or None where there is none.
        said: for each paragraph its number and the place of its words.
        asks: it is the interviewer's.
        shown: whom a mere letter, or nothing, stands for: the words that name that person elsewhere.
        tied: the place of the question's mark, which ties an answer without a label to its speaker.
    """

    name: Span | None
    said: list[tuple[int, Span]] = field(default_factory=list)
    asks: bool = False
    shown: Introduced | None = None
    tied: tuple[Span, ...] = ()


def is_own(passage: Passage) -> bool:
    """Return whether a paragraph speaks of "I", "we" or "you", outside quotations."""
    return any(token.lower_ in _OWN and passage.masked[token.i] is None for token in passage.doc)


def before(passage: Passage) -> str:
    """Return what stands on a passage's line before it, which is not part of the article: "1/5", "•"."""
    text = passage.text
    start = max(text.rfind("\n", 0, passage.start), text.rfind("\r", 0, passage.start)) + 1
    return text[max(start, passage.start - 12) : passage.start]


def tokens_in(passage: Passage, start: int, end: int) -> tuple[Token, ...]:
    """Return a passage's words that start within a place."""
    return tuple(
        token
        for token in passage.doc
        if start <= passage.places[token.i][0] < end and not token.is_space
    )
