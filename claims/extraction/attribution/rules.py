"""Find attributions in a parsed passage: a statement, its source, and the cue that ties them.

Every cue of the lexicon in the passage is tried with the shapes of statement that its entry takes.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from itertools import takewhile

from spacy.tokens import Token

from claims.extraction.attribution.addressees import is_heard, is_listener, told_to
from claims.extraction.attribution.complements import shapes
from claims.extraction.attribution.non_reports import is_held, is_non_report
from claims.extraction.attribution.nouns import of_adjective, of_noun
from claims.extraction.attribution.phrases import behind_phrase
from claims.extraction.attribution.sources import (
    Source,
    direct_object,
    is_passive,
    noun_phrase,
    source_of,
    subject,
)
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import Cue, entry_of, lexicon
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.types import Span

_AUTHOR = frozenset({"i", "we"})
"""Outside quotation marks these are the article's own voice."""
_ANYBODY = frozenset(
    {"you", "anybody", "anyone", "somebody", "someone", "everybody", "everyone", "people"}
)
"""What a speaker says of them is no report: "people think", "did anybody tell you"."""


_ANY = Cue("", frozenset(), ())


def attributions(passage: Passage) -> list[Attribution]:
    """Find a passage's attributions, in the order of their first words.

    Args:
        passage: a parsed passage.

    Returns:
        Outer and inner ones. A cue makes at most one attribution.
    """
    return [one for one in _all(passage) if not _is_author(one)]


def inside(
    outer: Attribution, sentence: Passage, known: Set[Span] = frozenset()
) -> list[Attribution]:
    """Find the reports inside a quoted sentence: "“The log says he slept,” she said", "“I asked him why”, he said".

    Its "I" is the speaker; what the speaker says to have thought is not reported apart, nor what somebody would say
    ("my mother will tell you") or what the speaker met with ("we were promised a school").

    Args:
        outer: the report that quotes the sentence.
        sentence: its parse.
        known: the places of cues that have their report already.

    Returns:
        The reports, each inside the outer one or inside another of them.
    """
    found = [one for one in _all(sentence) if _is_apart(one) and known.isdisjoint(one.cue_spans())]
    nest(found)
    for one in found:
        one.outer = one.outer or outer
        if _is_author(one):
            one.shown = outer.named()
    return found


def _is_apart(one: Attribution) -> bool:
    """Return whether a report in a speaker's own words is more than that speaker's statement."""
    if any(word.tag_ in {"MD", "TO"} for cue in one.cue for word in cue.children):
        return False
    if one.source is None:
        return one.clausal
    if one.source.head.lower_ in _ANYBODY:
        return False
    spoken = one.entry is not None and one.entry.spoken and not one.entry.thought
    return spoken or not _is_author(one)


def _all(passage: Passage) -> list[Attribution]:
    tokens = zip(passage.doc, passage.masked, strict=True)
    found = [_read(passage, token) for token, quotation in tokens if quotation is None]
    return [one for one in found if one is not None and passage.spans(one.content)]


def _is_author(one: Attribution) -> bool:
    return one.source is not None and one.source.head.lower_ in _AUTHOR


def nest(found: list[Attribution]) -> None:
    """Set the outer report of each report inside another one's statement, and keep it within that.

    A report that another one repeats with its sender is removed: "took responsibility in a message sent by
    its spokesman" is the spokesman's.
    """
    senders = [one for one in found if one.entry is not None and "by" in one.entry.takes]
    found[:] = [one for one in found if not any(_is_sending(outer, one) for outer in senders)]
    held = {id(one): {token.i for token in one.content} for one in found}
    for inner in found:
        around = [outer for outer in found if _holds(outer, inner, held)]
        inner.outer = min(around, key=lambda outer: len(outer.content), default=None)
        if inner.outer is not None:
            within = held[id(inner.outer)]
            inner.content = tuple(token for token in inner.content if token.i in within)
            held[id(inner)] &= within
    # The outer report may itself have become shorter at its end.
    for inner in sorted(found, key=lambda one: len(list(one.around()))):
        if inner.outer is not None:
            within = {token.i for token in inner.outer.content}
            inner.content = tuple(token for token in inner.content if token.i in within)


def _holds(outer: Attribution, inner: Attribution, held: Mapping[int, set[int]]) -> bool:
    """Return whether a report is within another one's statement; of two that contain each other, the later is."""
    if outer is inner or inner.cue[0].i not in held[id(outer)]:
        return False
    return outer.cue[0].i not in held[id(inner)] or outer.content[0].i < inner.content[0].i


def _read(passage: Passage, token: Token) -> Attribution | None:
    if token.pos_ in VERBS:
        return (
            _verb(passage, token) or of_adjective(passage, token) or behind_phrase(passage, token)
        )
    if token.pos_ == "NOUN":
        return of_noun(passage, token) or _last_word(passage, token)
    if token.pos_ == "ADJ":
        return of_adjective(passage, token) or behind_phrase(passage, token)
    return behind_phrase(passage, token)


def _verb(passage: Passage, verb: Token) -> Attribution | None:
    entry = entry_of(verb) or _beside_quotation(passage, verb)
    if entry is None or is_non_report(verb) or not (entry.spoken or is_held(verb)):
        return None
    for shape, read, clausal in shapes(entry):
        if not entry.spoken and is_passive(verb) and shape != "passive infinitive":
            continue
        content = read(passage, verb)
        if content:
            made = _attribution(passage, verb, entry, shape, content, clausal=clausal)
            if made is not None and shape == "object infinitive" and not made.told:
                # The addressee is the one who should act: "told residents to leave".
                made.told = tuple(told_to(verb))
            return made
    return None


def _beside_quotation(passage: Passage, verb: Token) -> Cue | None:
    """Return a cue for any verb right behind a quotation that ends in a comma or question mark: "“My cow,” rued Ada Venn"."""
    quotation = passage.masked[verb.i - 1] if verb.i else None
    if quotation is None or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    closed = passage.text[max(quotation.end - 2, quotation.start)] in ",?!"
    noun = subject(verb) or direct_object(verb)
    return _ANY if closed and noun is not None and noun.i > verb.i else None


def _attribution(
    passage: Passage,
    verb: Token,
    entry: Cue,
    shape: str,
    content: Sequence[Token],
    *,
    clausal: bool,
) -> Attribution | None:
    inside = set(content)
    heard = entry.heard or is_heard(verb)
    nobody = heard or shape == "it"
    source = None if nobody else _apart(_inverted(passage, verb) or source_of(verb), inside)
    if heard:
        if not is_listener(subject(verb)):
            return None
    elif source is None and not (shape == "it" or (is_passive(verb) and subject(verb) is not None)):
        return None
    if verb in inside or (source is not None and source.head in inside):
        return None
    told = tuple(told_to(verb))
    if inside.intersection(told) or (source is not None and source.head in told):
        told = ()
    return Attribution(
        passage,
        entry,
        cue_words(verb, content),
        tuple(content),
        source,
        clausal,
        told,
        entry.mood_of(shape),
    )


def _inverted(passage: Passage, verb: Token) -> Source | None:
    """Read "“...,” asked the judge", where the parser took the judge for an object."""
    before = verb.i - 1
    while before > verb.sent.start and passage.doc[before].is_punct:
        before -= 1
    noun = direct_object(verb)
    quoted = before >= verb.sent.start and passage.masked[before] is not None
    if not quoted or noun is None or subject(verb) is not None:
        return None
    return noun_phrase(noun, verb) if noun.left_edge.i == verb.i + 1 else None


def _apart(source: Source | None, content: Collection[Token]) -> Source | None:
    """End a source where its statement begins, which the parser attached to it: "by police of theft"."""
    if source is None or source.head in content:
        return source
    kept = tuple(takewhile(lambda token: token not in content, source.tokens))
    return Source(source.head, kept) if source.head in kept else source


def cue_words(verb: Token, content: Sequence[Token]) -> tuple[Token, ...]:
    """Take a verb with its auxiliaries and particle, and what it depends on in "was quoted as saying".

    The preposition right before the content belongs to it too ("spoke of").
    """
    starts = {content[0].i}
    words = {verb}
    words.update(child for child in verb.children if child.dep_ == "prep" and child.i + 1 in starts)
    words.update(child for child in verb.children if child.dep_ in {"aux", "auxpass", "prt"})
    governor = verb.head.head if verb.dep_ == "pcomp" else None
    if governor is not None and verb.head.lower_ == "as" and is_passive(governor):
        words.update({governor, verb.head})
        words.update(child for child in governor.children if child.dep_ in {"aux", "auxpass"})
    return tuple(sorted(words - set(content), key=lambda token: token.i))


def _last_word(passage: Passage, word: Token) -> Attribution | None:
    """Find a cue at the end of a sentence that the parser took for a noun: ", the city's statistics show"."""
    entry = lexicon().verbs.get(word.lemma_.lower())
    if entry is None or entry.takes.isdisjoint({"clause", "aside"}):
        return None
    sentence = word.sent
    first = word.left_edge.i
    first += word.doc[first].text == ","
    ends = not any(token.text.isalnum() for token in word.doc[word.i + 1 : sentence.end])
    if not ends or first < sentence.start + 2:
        return None
    said = word.doc[sentence.start : first - 1]
    source = word.doc[first : word.i]
    apart = word.doc[first - 1].text == ","
    if not (
        apart
        and source
        and source[-1].tag_ in {"NNS", "NNP", "NNPS"}
        and any(one.pos_ in VERBS for one in said)
    ):
        return None
    named = Source(source[-1], tuple(source))
    return Attribution(passage, entry, (word,), tuple(said), named, clausal=True)


def _is_sending(outer: Attribution, inner: Attribution) -> bool:
    """Return whether one statement is reported twice: "took responsibility in a message sent by ..."."""
    content = set(outer.content)
    return any(token in content and token.head not in content - {token} for token in inner.cue)
