"""Statements tied to their source by punctuation and paragraphs: colons, dashes, quotations that follow."""

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from claims.extraction.attribution.sources import Source
from claims.extraction.attribution.turns.acted import acted
from claims.extraction.attribution.turns.announced import announced
from claims.extraction.attribution.turns.reading import read
from claims.extraction.attribution.turns.turn import is_own, tokens_in
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import lexicon
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.text.quotations import Quotation
from claims.extraction.text.segments import merged
from claims.extraction.types import Span

_LABEL = re.compile(r"(?P<name>@?[^\W\d_][^:;.?!“”\"\n]{1,60}):\s")
_SIGNATURE = re.compile(r"\s*[—–―-]{1,2}\s*(?P<name>[^\W\d_][^“”\"?!]{1,90})$")
_HEADLINE = re.compile(r"(?P<said>[^:\n]{12,200}):\s+(?P<name>[^\W\d_][^:.,;?!“”\"\n]{1,40})$")
_NAME_LIMIT = 7
_AROUND = 5_000
"""Characters in which a text writes the name of a label too."""


def marked(passage: Passage, *, first: bool) -> Attribution | None:
    """Read "Mayor: Bridge will open" at the start of a passage, or "“...” — Name" at its end.

    Args:
        passage: a parsed passage.
        first: it is the article's first one, where a label is a headline's.

    Returns:
        An attribution whose cue is the mark, or None.
    """
    return (
        _label(passage, first=first)
        or _signature(passage)
        or (_headline(passage) if first else None)
    )


def _label(passage: Passage, *, first: bool) -> Attribution | None:
    match = _LABEL.match(passage.text, passage.start, passage.end)
    if match is None:
        return None
    name = tokens_in(passage, *match.span("name"))
    colon = match.end("name")
    quoted = any(colon < quotation.start <= match.end() for quotation in passage.quotations)
    shouted = _is_shouted_name(passage, match["name"])
    first = first and (_may_speak(match["name"]))
    mark = tokens_in(passage, colon, colon + 1)
    if not mark or not (first or quoted or shouted) or not _is_name(name):
        return None
    content = tokens_in(passage, match.end(), passage.end)
    if not quoted and all(token.pos_ not in VERBS for token in content):
        # "Orble council: notes of the May meeting" says nothing.
        return None
    return Attribution(passage, None, mark, content, _source(name), clausal=True)


def _is_shouted_name(passage: Passage, label: str) -> bool:
    """Return whether a label in capitals may name who speaks: the text writes it as a name too, or the words are somebody's."""
    if not label.isupper() or any(map(str.isdigit, label)):
        return False
    return is_own(passage) or label.rsplit(maxsplit=1)[-1].title() in passage.text


def _may_speak(label: str) -> bool:
    """Return whether a headline's label names somebody: "Ferry firm" and "Ada Venn", not "Fuel prices"."""
    words = label.split()
    last = words[-1].lower()
    speaker = (
        last in lexicon().headline_speakers
        or " ".join(words[-2:]).lower() in lexicon().headline_speakers
    )
    return speaker or (
        label.lower() not in lexicon().labels and all(word[0].isupper() for word in words)
    )


def _headline(passage: Passage) -> Attribution | None:
    """Read "Bridge will open in May: mayor"."""
    match = _HEADLINE.match(passage.text, passage.start, passage.end)
    if match is None:
        return None
    name = tokens_in(passage, *match.span("name"))
    mark = tokens_in(passage, match.end("said"), match.end("said") + 1)
    said = tokens_in(passage, *match.span("said"))
    if not mark or not _is_name(name) or all(token.pos_ not in VERBS for token in said):
        return None
    return Attribution(passage, None, mark, said, _source(name), clausal=True)


def _signature(passage: Passage) -> Attribution | None:
    if not passage.quotations:
        return None
    last = passage.quotations[-1]
    match = _SIGNATURE.match(passage.text, last.end, passage.end)
    if match is None:
        return None
    name = tokens_in(passage, *match.span("name"))
    dash = tokens_in(passage, last.end, match.start("name"))
    if not dash or not _is_name(name):
        return None
    content = tokens_in(passage, last.start, last.end)
    return Attribution(passage, None, dash, content, _source(name), clausal=True)


def _is_name(tokens: Sequence[Token]) -> bool:
    if not tokens or tokens[0].i + _NAME_LIMIT < tokens[-1].i:
        return False
    words = "".join(token.text_with_ws for token in tokens).strip().lower()
    return words not in lexicon().labels and not any(token.pos_ in VERBS for token in tokens)


def _source(tokens: tuple[Token, ...]) -> Source:
    inside = set(tokens)
    return Source(
        next(token for token in tokens if token.head not in inside or token.head == token), tokens
    )


def join(passages: Sequence[Passage], found: Sequence[list[Attribution]]) -> None:
    """Put whole turns among the attributions, and join quotations without a cue to the statement that they continue.

    A quotation that follows a claimed statement in its paragraph goes on with it; so does one that is
    continued from the paragraph before, or fills its paragraph right after a quoted statement; one after
    "She said:" belongs to that cue; one that runs on into the next paragraph belongs to the speaker there.

    Args:
        passages: the article's passages, in order.
        found: the attributions of each; they are changed in place, and those of a bare "She said:" added.
    """
    read(passages, found)
    speaking: Attribution | None = None
    waiting: list[Span] = []
    before: Passage | None = None
    joined = merged(span for here in found for one in here for span in one.joined)
    for passage, here in zip(passages, found, strict=True):
        runs_on = bool(passage.quotations) and passage.quotations[0].continued
        fills = not here and _is_quoted_only(passage)
        known = speaking if runs_on or fills else None
        started: list[Span] = []
        for quotation in _unclaimed(passage, here, joined):
            owner = (
                _announced(passage, quotation, before, here)
                or _last_before(here, quotation.start)
                or known
            )
            span = (quotation.start, quotation.end)
            if owner is None or owner.named() is None:
                told = acted(passage, quotation)
                if told is not None:
                    here.append(told)
                    continue
            if owner is not None:
                owner.joined.append(span)
            elif not quotation.closed:
                started.append(span)
        last = _last_before(here, passage.end)
        if runs_on and last is not None:
            last.joined.extend(waiting)
            waiting = []
        waiting = [*waiting, *started] if runs_on else started
        speaking = last if last is not None and last.quotes() else known
        before = passage


def _unclaimed(
    passage: Passage, here: Iterable[Attribution], joined: Sequence[Span]
) -> list[Quotation]:
    hidden = {quotation for quotation in passage.masked if quotation is not None}
    claimed = [*joined, *(span for one in here for span in one.content_spans())]
    return sorted(
        (
            one
            for one in hidden
            if not any(start < one.end and one.start < end for start, end in claimed)
        ),
        key=lambda quotation: quotation.start,
    )


def _last_before(here: Iterable[Attribution], place: int) -> Attribution | None:
    before = [one for one in here if one.outer is None and one.place() < place]
    return max(before, key=Attribution.place, default=None)


def _is_quoted_only(passage: Passage) -> bool:
    return all(
        passage.masked[token.i] is not None or not token.text[0].isalnum() for token in passage.doc
    )


def _announced(
    passage: Passage, quotation: Quotation, before: Passage | None, here: list[Attribution]
) -> Attribution | None:
    """Read "She said:" right before a quotation, in its passage or at the end of the one before."""
    announcing = passage if quotation.start > passage.start else before
    if announcing is None:
        return None
    made = announced(announcing, min(quotation.start, announcing.end))
    if made is not None:
        here.append(made)
    return made
