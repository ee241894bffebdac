"""A text without the differences that are none, and the way back to its places."""

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
# A sentence ends at a mark with what closes behind it, before white space; and with its paragraph.
_SENTENCE = re.compile(r"\S.*?(?:[.!?…][\"')\]]*(?=\s)|(?=\n)|\Z)", re.DOTALL)

_LONGEST = 12
"""Characters. No abbreviation is longer."""


@dataclass(frozen=True)
class Plain:
    """A text made plain.

    Attributes:
        source: the text as it was.
        text: it, with one blank for any white space in a line, one line end for any between paragraphs.
        places: for each character of it, and for its end, where it stands in the text as it was.
        sentences: its sentences, in order.
    """

    source: str
    text: str
    places: tuple[int, ...]
    sentences: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> "Plain":
        """A text made plain."""
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
        """Where places of the text as it was stand in the plain one."""
        return tuple(
            (bisect_left(self.places, start), bisect_left(self.places, end)) for start, end in spans
        )

    def words(self, spans: Spans) -> list[str]:
        """The plain words in some places of the text as it was."""
        return [self.text[start:end] for start, end in self.inside(spans)]

    def outside(self, span: Span) -> Span:
        """Where a place of the plain text stands in the text as it was."""
        start, end = self.places[span[0]], self.places[span[1]]
        # What was left out behind its last character is none of it.
        while end > start + 1 and (
            self.source[end - 1] in _DROPPED or self.source[end - 1].isspace()
        ):
            end -= 1
        return start, end

    def standing(self, words: str, start: int = 0, end: int | None = None) -> Iterator[int]:
        """Where some words stand in a part of the plain text."""
        at = self.text.find(words, start, end)
        while at >= 0:
            if _is_whole(self.text, at, at + len(words)):
                yield at
            at = self.text.find(words, at + 1, end)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where its sentences begin."""
        return tuple(start for start, _end in self.sentences)

    @cached_property
    def beginnings(self) -> frozenset[int]:
        """Where its sentences begin, with a letter or with a mark before it."""
        return frozenset(place for start in self.starts for place in (start, start + 1))

    def is_led(self, sentence: int) -> bool:
        """Whether another sentence stands before one in its paragraph."""
        start = self.starts[sentence]
        return start > 0 and self.text[start - 1] != "\n"

    def around(self, spans: Spans) -> range:
        """The sentences from the one that holds the first of some places of the plain text to that of the last, in order."""
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
    """Whether a sentence has not ended with its mark: behind "Dr." and "E. M.", and in "“Really?” she said"."""
    last = max(before[0], before[1] - _LONGEST)
    return text[start].islower() or _short().search(text, last, before[1]) is not None


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(abbreviations())}|[^\W\d_])\.\Z")


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether words are not a part of longer ones: "boat" is not in "boats"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (
        (before.isalnum() and text[start].isalnum())
        or (after.isalnum() and text[end - 1].isalnum())
    )
