"""A text without the differences that do not matter, with a mapping back to the original places."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from claims.anchoring.qualifiers import abbreviations
from claims.anchoring.types import Span, Spans

_PLAIN = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a\u2032`", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}
_DROPPED = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}
"""What nobody sees: soft hyphens, joiners, marks of byte order."""
_CLUSTER = re.compile(
    r".[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0670\u3099\u309a]*", re.DOTALL
)
# A sentence ends at a mark with any closing marks after it, before white space; and at the end of
# its paragraph.
_SENTENCE = re.compile(r"\S.*?(?:[.!?…][\"')\]]*(?=\s)|(?=\n)|\Z)", re.DOTALL)

_LONGEST = 12
"""Characters. No abbreviation is longer."""


@dataclass(frozen=True)
class NormalizedText:
    """A normalized text.

    Attributes:
        source: the original text.
        text: the normalized text: one space for any white space within a line, one newline for any
            between paragraphs.
        places: for each of its characters, and for its end, the place in the original.
        sentences: its sentences, in order.
    """

    source: str
    text: str
    places: tuple[int, ...]
    sentences: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> "NormalizedText":
        """Normalize a text."""
        letters: list[str] = []
        places: list[int] = []
        for found in _CLUSTER.finditer(text):
            letter = found[0]
            if letter in _DROPPED:
                continue
            if letter.isspace():
                last = letters[-1] if letters else "\n"
                if last not in {" ", "\n"}:
                    letters.append("\n" if letter in "\n\r\u2028\u2029" else " ")
                    places.append(found.start())
                elif last == " " and letter in "\n\r\u2028\u2029":
                    letters[-1] = "\n"
                continue
            for one in unicodedata.normalize("NFC", _PLAIN.get(letter, letter)):
                letters.append(one)
                places.append(found.start())
        plain = "".join(letters)
        return cls(text, plain, (*places, len(text)), tuple(_sentences(plain)))

    def inside(self, spans: Spans) -> Spans:
        """Return where places of the original are in the normalized text."""
        return tuple(
            (bisect_left(self.places, start), bisect_left(self.places, end)) for start, end in spans
        )

    def words(self, spans: Spans) -> list[str]:
        """Return the normalized words in some places of the original."""
        return [self.text[start:end] for start, end in self.inside(spans)]

    def outside(self, span: Span) -> Span:
        """Return where a place of the normalized text is in the original."""
        start, end = self.places[span[0]], self.places[span[1]]
        # What was left out after its last character does not belong to it.
        while end > start + 1 and (
            self.source[end - 1] in _DROPPED or self.source[end - 1].isspace()
        ):
            end -= 1
        return start, end

    def standing(self, words: str, start: int = 0, end: int | None = None) -> Iterator[int]:
        """Return where some words are in a part of the normalized text."""
        at = self.text.find(words, start, end)
        while at >= 0:
            if _is_whole(self.text, at, at + len(words)):
                yield at
            at = self.text.find(words, at + 1, end)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The places where its sentences begin."""
        return tuple(start for start, _end in self.sentences)

    @cached_property
    def beginnings(self) -> frozenset[int]:
        """The places where its sentences begin, with a letter or with a mark before it."""
        return frozenset(place for start in self.starts for place in (start, start + 1))

    def is_led(self, sentence: int) -> bool:
        """Return whether another sentence precedes one in its paragraph."""
        start = self.starts[sentence]
        return start > 0 and self.text[start - 1] != "\n"

    def around(self, spans: Spans) -> range:
        """Return the sentences from the start of the first place to the end of the last, in order."""
        start, end = min(start for start, _ in spans), max(end for _, end in spans)
        first = max(0, bisect_left(self.starts, start + 1) - 1)
        last = max(first, bisect_left(self.starts, end) - 1)
        return range(first, last + 1)


def _sentences(text: str) -> list[Span]:
    found: list[Span] = []
    for one in _SENTENCE.finditer(text):
        start, end = one.span()
        if found and text[start - 1] != "\n" and _goes_on(text, found[-1], start):
            start = found.pop()[0]
        found.append((start, end))
    return found


def _goes_on(text: str, before: Span, start: int) -> bool:
    """Return whether a sentence continues after its mark: after "Dr." and "E. M.", and in "“Really?” she said"."""
    last = max(before[0], before[1] - _LONGEST)
    return text[start].islower() or _short().search(text, last, before[1]) is not None


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(abbreviations())}|[^\W\d_])\.\Z")


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether words are not parts of longer ones: "boat" is not in "boats"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (
        (before.isalnum() and text[start].isalnum())
        or (after.isalnum() and text[end - 1].isalnum())
    )
