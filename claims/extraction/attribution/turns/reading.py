"""Finds whose words whole paragraphs are: interviews, transcripts, threads, and lists that somebody announces.

A turn is all that one speaker says at one go. Its words are the speaker's own, as in a quotation; what it reports of
others is a report inside it. What decides is the form of the whole article, for one "Name: ..." alone shows little.
"""

from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.attribution.sources import Source
from claims.extraction.attribution.turns.continued import continued
from claims.extraction.attribution.turns.interviews import asked_turns
from claims.extraction.attribution.turns.labels import labelled
from claims.extraction.attribution.turns.posts import posts
from claims.extraction.attribution.turns.threads import give_lists, threads
from claims.extraction.attribution.turns.turn import Turn, tokens_in
from claims.extraction.attribution.types import Attribution
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Span


def read(passages: Sequence[Passage], found: Sequence[list[Attribution]]) -> None:
    """Put the article's turns among its attributions.

    Args:
        passages: its passages, in order.
        found: the attributions of each; turns are added, and what was read across them is taken out.
    """
    named = list(labelled(passages))
    turns = (
        [*named, *continued(passages, found, named)]
        or list(posts(passages))
        or list(asked_turns(passages, found))
        or list(threads(passages))
    )
    for turn in turns:
        _take(passages, found, turn)
    inside = {number for turn in turns for number, _ in turn.said}
    give_lists(passages, found, inside)


def _take(passages: Sequence[Passage], found: Sequence[list[Attribution]], turn: Turn) -> None:
    """Make a turn's attribution, outside all that is read in its paragraphs."""
    first = turn.said[0][0]
    passage = passages[first]
    source: Source | None = None
    cue: tuple[Token, ...] = ()
    if turn.name is not None:
        tokens = tokens_in(passage, *turn.name)
        source = _source(tokens) if tokens else None
        cue = tokens_in(passage, turn.name[1], turn.said[0][1][0])
    elif turn.shown is not None and not turn.asks:
        passage, source = turn.shown
    made = Attribution(passage, None, cue, (), source, clausal=True, verbatim=True)
    made.shown, made.tied = turn.shown, turn.tied
    made.joined = [place for _, place in turn.said]
    for number, place in turn.said:
        kept = [one for one in found[number] if _is_inside(one, place)]
        for one in kept:
            one.outer = next((outer for outer in one.around() if outer in kept), made)
        found[number][:] = kept
    found[first].insert(0, made)


def _is_inside(one: Attribution, place: Span) -> bool:
    """Return whether a report stands within a turn's words, and is not the turn itself."""
    spans = (*one.content_spans(), *one.passage.spans(one.cue))
    inside = all(place[0] <= start and end <= place[1] for start, end in spans)
    return inside and bool(one.cue) and one.passage.doc[one.cue[0].i].is_alpha


def _source(tokens: tuple[Token, ...]) -> Source:
    inside = set(tokens)
    head = next(token for token in tokens if token.head not in inside or token.head == token)
    return Source(head, tokens)
