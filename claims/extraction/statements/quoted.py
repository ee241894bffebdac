"""Quoted sentences: where each one stands, and its parse.

The passages' parse hides whole quotations; here their sentences are parsed one by one, all of an article at once.
"""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from claims.extraction.text import parsing
from claims.extraction.text.casing import MARKS
from claims.extraction.text.parsing import Passage
from claims.extraction.text.segments import sentences
from claims.extraction.types import Span, Spans

_ENDS = frozenset(".?!…:")
_LOOSE = MARKS + " ,\n\r\t\u00a0"


class Quoted:
    """The parsed sentences of an article's quotations.

    Args:
        text: the article.
        wanted: the places of the sentences; one that runs through "..., he said, ..." has several.
        model: the name of the spaCy model that reads them.
    """

    def __init__(self, text: str, wanted: Iterable[Spans], model: str) -> None:
        self._text = text
        self._model = model
        self._parsed: dict[Spans, Passage] = {}
        self._parse(dict.fromkeys(wanted))

    def passage(self, sentence: Spans) -> Passage:
        """Return the parse of one sentence."""
        if sentence not in self._parsed:
            self._parse([sentence])
        return self._parsed[sentence]

    def _parse(self, wanted: Iterable[Spans]) -> None:
        parts = {sentence: [self._trimmed(span) for span in sentence] for sentence in wanted}
        texts = [self._joined(spans) for spans in parts.values()]
        docs = parsing.load(self._model).pipe(texts, batch_size=parsing.BATCH)
        for (sentence, spans), doc in zip(parts.items(), docs, strict=True):
            places = tuple(_places(doc, spans))
            hidden = (None,) * len(doc)
            self._parsed[sentence] = Passage(
                self._text, sentence[0][0], sentence[-1][1], (), doc, places, hidden, {}
            )

    def _trimmed(self, span: Span) -> Span:
        """Cut marks, commas and white space from both ends."""
        start, end = span
        while start < end and self._text[start] in _LOOSE:
            start += 1
        while start < end and self._text[end - 1] in _LOOSE:
            end -= 1
        return start, end

    def _joined(self, spans: Sequence[Span]) -> str:
        return " ".join(self._text[start:end].replace("\n", " ") for start, end in spans)


def quoted_sentences(text: str, quotations: Sequence[Span]) -> list[Spans]:
    """Divide quotations into sentences; one may run through "..., he said, ...".

    Args:
        text: the article.
        quotations: the places of its quotations, in order.

    Returns:
        The places of each sentence's parts.
    """
    groups: list[list[Span]] = []
    for start, end in quotations:
        goes_on = bool(groups) and _goes_on(text, groups[-1][-1], start)
        for sentence in sentences(text, start, end):
            if goes_on:
                groups[-1].append(sentence)
            else:
                groups.append([sentence])
            goes_on = False
    return [tuple(group) for group in groups]


def _goes_on(text: str, before: Span, start: int) -> bool:
    """Return whether a quotation goes on with the sentence that broke off before "he said"."""
    broken_off = text[slice(*before)].rstrip(MARKS + " ")[-1:] not in _ENDS
    between = text[before[1] : start]
    return broken_off and "\n" not in between and between.rstrip()[-1:] not in _ENDS


def _places(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """Give each token its place in the article."""
    ends = []
    total = 0
    for start, end in spans:
        ends.append((total + end - start, start - total))
        total += end - start + 1
    part = 0
    for token in doc:
        while part + 1 < len(ends) and token.idx >= ends[part][0]:
            part += 1
        start = token.idx + ends[part][1]
        yield start, start + len(token)
