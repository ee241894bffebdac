"""Claims of a text in a language that is not parsed: its sentences, and which of them are quoted."""

import re
from collections.abc import Iterator

from claims.extraction.languages import Language
from claims.extraction.statements.checkworthiness import worth
from claims.extraction.statements.pieces import quotation_type
from claims.extraction.text.quotations import Quotation
from claims.extraction.text.segments import has_words, passages, trim
from claims.extraction.types import Claim, Mood, Span

_END = re.compile(r"[.?!…؟۔।]+[”»“\"’'）)\]」』]*(?=\s)|[。！？]+[”’）」』]*")
_QUESTIONS = ("?", "؟", "？")
_LOOSE = " ”»“«„\"’'）」』「『"


def claims(text: str, language: Language) -> Iterator[Claim]:
    """Split a text into its sentences.

    Args:
        text: the article.
        language: its language, which determines the quotation marks.

    Yields:
        One claim per sentence, in order, none with a source; `quotation` is "direct" or "mixed" where it
        is all or partly in quotation marks, else "narration".
    """
    quotations = list(_quotations(text, language))
    sentences = (one for passage in passages(text) for one in _sentences(text, *passage))
    for number, (start, end) in enumerate(sentences):
        statement = " ".join(text[start:end].split())
        asked = statement.rstrip(_LOOSE).endswith(_QUESTIONS)
        mood: Mood = "asked" if asked else "asserted"
        value = worth(statement, mood, None, text_kind="foreign")
        quotation = quotation_type(quotations, text, ((start, end),))
        yield Claim(
            content=((start, end),),
            statement=statement,
            quotation="narration" if quotation == "indirect" else quotation,
            attribution=number,
            mood=mood,
            checkable=value.checkable,
            checkworthiness=value.score,
            reasons=value.reasons,
            language=language.code,
        )


def _quotations(text: str, language: Language) -> Iterator[Quotation]:
    """Find the quotations in one paragraph, between pairs of marks."""
    # Neither mark may be inside, so that a thousand unpaired marks take only linear time.
    pairs = [rf"{pair[0]}[^{pair}\n\r]*{pair[1]}" for pair in language.marks]
    for found in re.finditer("|".join(pairs), text):
        if has_words(text, *found.span()):
            yield Quotation(*found.span())


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for mark in _END.finditer(text, start, end):
        if has_words(text, start, mark.end()):
            yield trim(text, start, mark.end())
            start = mark.end()
    if has_words(text, start, end):
        yield trim(text, start, end)
