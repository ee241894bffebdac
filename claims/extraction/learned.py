"""Turn what the encoder finds in a text into attributions over its parse."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from claims.extraction.attribution import Attribution
from claims.extraction.cues import entry_of, lexicon
from claims.extraction.encoder.reading import Found
from claims.extraction.grammar import VERBS, Passage
from claims.extraction.listeners import told_to
from claims.extraction.segments import has_words, trim
from claims.extraction.sources import Source
from claims.extraction.types import Span, Spans


def attributions(passages: Sequence[Passage], found: Iterable[Found]) -> list[list[Attribution]]:
    """Sort what was found into the passages of its cues.

    Args:
        passages: the article's passages, in order.
        found: what the encoder found in the article.

    Returns:
        For each passage its attributions, in the order of their cues. Found things whose cue or content
        no parsed word stands for are left out.
    """
    starts = [passage.start for passage in passages]
    sorted_in: list[list[Attribution]] = [[] for _ in passages]
    for one in found:
        number = bisect_right(starts, one.cue[0][0]) - 1
        if number < 0:
            continue
        elsewhere = list(_outside(passages, starts, number, one.content))
        attribution = _attribution(passages[number], one, elsewhere)
        if attribution is not None:
            sorted_in[number].append(attribution)
    for here in sorted_in:
        here.sort(key=Attribution.place)
    return sorted_in


def _attribution(passage: Passage, found: Found, elsewhere: list[Span]) -> Attribution | None:
    cue = tuple(_tokens(passage, found.cue))
    content = tuple(_tokens(passage, found.content))
    taken = {*cue, *content}
    source = tuple(token for token in _tokens(passage, found.source) if token not in taken)
    apart = {*cue, *source}
    content = tuple(token for token in content if token not in apart)
    if not cue or not (elsewhere or passage.spans(content)):
        return None
    verb = next((token for token in cue if token.pos_ in VERBS and entry_of(token)), cue[0])
    entry = entry_of(verb) or lexicon().nouns.get(verb.lemma_.lower())
    told = tuple(token for token in told_to(verb) if token not in content)
    return Attribution(
        passage=passage,
        entry=entry,
        cue=cue,
        content=content,
        source=Source(_head(source), source) if source else None,
        clausal=_is_clausal(content),
        told=told,
        mood=entry.mood if entry is not None else "asserted",
        joined=elsewhere,
    )


def _outside(
    passages: Sequence[Passage], starts: Sequence[int], number: int, spans: Spans
) -> Iterator[Span]:
    """Give what of places lies in other passages: "She added:" may stand in a paragraph of its own.

    What lies in no passage, such as a dateline, is no part of a statement.
    """
    for start, end in spans:
        first = max(bisect_right(starts, start) - 1, 0)
        for other in range(first, bisect_left(starts, end)):
            passage = passages[other]
            inside = max(start, passage.start), min(end, passage.end)
            if other != number and has_words(passage.text, *inside):
                yield trim(passage.text, *inside)


def _tokens(passage: Passage, spans: Spans) -> Iterator[Token]:
    """Give the words that stand in places; a quotation's stand-in where most of the quotation does."""
    starts = [place[0] for place in passage.places]
    for start, end in spans:
        for token in passage.doc[max(0, bisect_left(starts, start) - 1) : bisect_left(starts, end)]:
            first, last = passage.places[token.i]
            if 2 * (min(end, last) - max(start, first)) > last - first and not token.is_space:
                yield token


def _head(tokens: Sequence[Token]) -> Token:
    inside = set(tokens)
    return next((token for token in tokens if token.head not in inside), tokens[0])


def _is_clausal(content: Sequence[Token]) -> bool:
    inside = set(content)
    return any(token.pos_ in VERBS and token.head not in inside - {token} for token in content)
