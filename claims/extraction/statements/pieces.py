"""The claims of a report or a quotation, each with words that read alone."""

from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import lexicon
from claims.extraction.statements.clauses import AUXILIARIES, Piece, cut
from claims.extraction.statements.wording import spelled
from claims.extraction.text.casing import MARKS, sentence_case
from claims.extraction.text.quotations import Quotation
from claims.extraction.text.segments import has_words, merged, sentences
from claims.extraction.types import Quotation as QuotationType
from claims.extraction.types import Span, Spans

_ENDS = frozenset(".?!…:")


def pieces(attribution: Attribution, name: str) -> list[Piece]:
    """Cut an attribution's content into claims.

    One for each sentence of a quotation, one for each clause of a coordination ("killed two and wounded
    nine"), one for a concession ("although fighting went on").

    Args:
        attribution: an attribution with content.
        name: whom its source resolves to, or "".

    Returns:
        At least one piece, in the order of the text.
    """
    passage = attribution.passage
    spoken = [token for token in attribution.content if passage.masked[token.i] is None]
    hidden = {passage.masked[token.i] for token in attribution.content}
    own = [(one.start, one.end) for one in hidden if one is not None]
    quoted = merged((*own, *attribution.joined))
    said = quoted_pieces(passage.text, quoted)
    if not has_words(passage.words(spoken)):
        return said
    if not (attribution.clausal and attribution.mood == "asserted"):
        return [Piece(passage.whole(spoken), retold(attribution, name)), *said]
    return sorted([*cut(passage, spoken), *said], key=lambda piece: piece.own or piece.spans)


def quoted_pieces(text: str, quotations: Sequence[Span]) -> list[Piece]:
    """Cut quotations into their sentences; a sentence may run through "..., he said, ..."."""
    groups: list[list[Span]] = []
    for start, end in quotations:
        goes_on = bool(groups) and _goes_on(text, groups[-1][-1], start)
        for sentence in sentences(text, start, end):
            if goes_on:
                groups[-1].append(sentence)
            else:
                groups.append([sentence])
            goes_on = False
    return [Piece(tuple(group), quoted_statement(text, group), tuple(group)) for group in groups]


def _goes_on(text: str, before: Span, start: int) -> bool:
    """Say whether a quotation goes on with the sentence that broke off before "he said"."""
    broken_off = text[slice(*before)].rstrip(MARKS + " ")[-1:] not in _ENDS
    between = text[before[1] : start]
    return broken_off and "\n" not in between and between.rstrip()[-1:] not in _ENDS


def quoted_statement(text: str, spans: Sequence[Span]) -> str:
    """Join a quoted sentence's words, without its marks."""
    parts = [" ".join(text[start:end].split()).strip(MARKS + " ,") for start, end in spans]
    return sentence_case(" ".join(part for part in parts if part))


def retold(attribution: Attribution, name: str) -> str:
    """Restate a whole report, for what does not read alone or is not asserted: "X denied taking bribes".

    Args:
        attribution: the report.
        name: its source's name, for the place of "he"; "" where nobody is named.
    """
    passage = attribution.passage
    words = sorted(
        {*attribution.cue, *attribution.content, *_agent(attribution)}, key=lambda token: token.i
    )
    first = attribution.content[0].i if attribution.content else 0
    opened = passage.doc[max(0, first - 1)]
    if opened.dep_ == "mark" and opened not in words and opened.i > words[0].i:
        words.insert(words.index(attribution.content[0]), opened)
    told = spelled(passage, words)
    verb = next((token for token in attribution.cue if token.tag_ == "VBG"), None)
    alone = all(token.dep_ not in AUXILIARIES for token in attribution.cue)
    if verb is not None and alone and attribution.entry is not None:
        past = lexicon().past.get(attribution.entry.words, verb.text)
        told = told.replace(verb.text, past, 1)
    passive = attribution.content and attribution.content[0].i < attribution.cue[0].i
    return sentence_case(told if passive else f"{name} {told}")


def _agent(attribution: Attribution) -> Sequence[Token]:
    """Give "by police", where a passive's statement has it in its midst."""
    source = attribution.source
    if source is None or source.tokens[0].i == 0:
        return ()
    by = source.tokens[0].doc[source.tokens[0].i - 1]
    own = attribution.cue and attribution.content and attribution.content[0].i < source.tokens[0].i
    return (by, *source.tokens) if own and by.lower_ == "by" else ()


def quotation_type(quotations: Sequence[Quotation], text: str, spans: Spans) -> QuotationType:
    """Tell how the article gives words: all in quotation marks, some, or none.

    Args:
        quotations: the article's quotations, in order.
        text: the article.
        spans: the words.
    """
    words = quoted = 0
    for start, end in spans:
        words += _letters(text, start, end)
        number = bisect_right(quotations, start, key=lambda one: one.end)
        while number < len(quotations) and quotations[number].start < end:
            one = quotations[number]
            quoted += _letters(text, max(start, one.start), min(end, one.end))
            number += 1
    if quoted <= words * 0.1:
        return "indirect"
    return "direct" if quoted == words else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])
