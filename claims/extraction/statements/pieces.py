"""The claims of a report or a quotation, each with words that read alone."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from claims.extraction.attribution.sources import is_passive
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import lexicon
from claims.extraction.statements.clauses import Piece, cut
from claims.extraction.statements.heads import AUXILIARIES
from claims.extraction.statements.people.spoken_of import About, SpokenOf
from claims.extraction.statements.quoted import Quoted, quoted_sentences
from claims.extraction.statements.references.agreement import agreeing
from claims.extraction.statements.references.antecedents import relative_in_full
from claims.extraction.statements.references.rewriting import rewritten
from claims.extraction.statements.references.voices import Voice
from claims.extraction.statements.wording import spelled
from claims.extraction.text.casing import sentence_case
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.text.quotations import Quotation
from claims.extraction.text.segments import PASSAGE_LIMIT, has_words, merged
from claims.extraction.types import Quotation as QuotationType
from claims.extraction.types import Span, Spans

_FEW = 3
"""A sentence with fewer words says nothing on its own in a list."""
_SHORT_ANSWER = 6
"""Words."""
_CLOSED = re.compile(r"’(?!\w)")
_PASSIVE = frozenset({"nsubjpass", "expl"})
_OBJECTS = frozenset({"dobj", "dative"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "VB"})


def pieces(
    attribution: Attribution, voice: Voice, quoted: Quoted, spoken: SpokenOf | None = None
) -> list[Piece]:
    """Cut an attribution's content into claims.

    One for each sentence of a quotation, one for each clause of a coordination ("killed two and wounded
    nine"), one for a concession ("although fighting went on").

    Args:
        attribution: an attribution with content.
        voice: who speaks.
        quoted: the article's quoted sentences.
        spoken: whom the article's last quotation spoke of, if anybody keeps that.

    Returns:
        At least one piece, in the order of the text.
    """
    passage = attribution.passage
    own = [token for token in attribution.content if passage.masked[token.i] is None]
    about = About(spoken.before(attribution, voice) if spoken is not None else ())
    said = quoted_pieces(sentences_of(attribution), voice, quoted, about)
    if spoken is not None:
        spoken.note(attribution, voice, about.people)
    if not has_words(passage.words(own)):
        return said
    if not attribution.clausal or attribution.mood != "asserted" or _is_small(attribution, own):
        return [retold(attribution, voice, own), *said]
    clauses = cut(passage, own, voice)
    if attribution.entry is None and len(clauses) == 1:
        clauses = [_told(clauses[0], own, voice)]
    return sorted([*clauses, *said], key=lambda piece: piece.own or piece.spans)


def sentences_of(attribution: Attribution) -> list[Spans]:
    """Return the places of the sentences of an attribution's whole quotations."""
    passage = attribution.passage
    hidden = {passage.masked[token.i] for token in attribution.content}
    own = [(one.start, one.end) for one in hidden if one is not None]
    return quoted_sentences(passage.text, merged((*own, *attribution.joined)))


def quoted_pieces(
    sentences: Iterable[Spans], voice: Voice, quoted: Quoted, about: About | None = None
) -> list[Piece]:
    """Cut quoted sentences into claims; clauses with a subject of their own are claims of their own.

    Args:
        sentences: their places.
        voice: who speaks.
        quoted: the article's quoted sentences.
        about: whom the words before them spoke of; changed to whom they speak of.
    """
    about = about if about is not None else About()
    found: list[Piece] = []
    own = replace(voice, verbatim=True)
    somebody = Voice(look=voice.look, described=voice.described, verbatim=True)
    for number, sentence in enumerate(sentences):
        if number and own.question:
            own = replace(own, question="")
        passage = quoted.passage(sentence)
        tokens = list(passage.doc)
        speaks = somebody
        if not _is_inner(passage.text, sentence[0]):
            speaks = replace(own, known=about.known(passage, tokens, own))
            about.hear(passage, tokens, own)
        clauses = cut(passage, tokens, speaks, alone=True)
        if len(clauses) == 1:
            clauses = [_whole(clauses[0], sentence, passage, own)]
        found += clauses
    return found


def _is_small(attribution: Attribution, spoken: Sequence[Token]) -> bool:
    """Return whether a verb's object and what is said of it make the content: "found him not guilty"."""
    cue = attribution.cue[0]
    verbs = any(token.pos_ in VERBS and token.tag_ != "VBG" for token in spoken)
    return cue.pos_ == "VERB" and spoken[0].i > cue.i and not verbs


def _has_verb(tokens: Iterable[Token]) -> bool:
    return any(token.tag_ in _FINITE for token in tokens)


def _is_inner(text: str, span: Span) -> bool:
    """Return whether a sentence is what the speaker quotes: "They all say: ‘I was alone.’"."""
    far = max(0, span[0] - PASSAGE_LIMIT)
    outer = max(text.rfind("“", far, span[0] + 1), text.rfind('"', far, span[0] + 1))
    begun = text[slice(*span)].lstrip('“"')[:1] == "‘" and outer > text.rfind("‘", far, span[0])
    opened = text.rfind("‘", outer + 1, span[0])
    return begun or (opened > outer >= 0 and not _CLOSED.search(text, opened, span[0]))


def _whole(piece: Piece, sentence: Spans, passage: Passage, voice: Voice) -> Piece:
    """Let a quoted sentence stand as one claim."""
    return replace(_told(piece, passage.doc, voice), spans=sentence, own=sentence)


def _told(piece: Piece, tokens: Sequence[Token] | Doc, voice: Voice) -> Piece:
    """Let a fragment say whose words it is: "Venn said: “No comment”"."""
    words = [token for token in tokens if token.is_alpha or token.like_num]
    is_fragment = len(words) < _FEW or not _has_verb(tokens)
    is_answer = voice.question and _is_short_answer(words)
    if not ((is_fragment or is_answer) and words and voice.called):
        return piece
    verb = "asked" if piece.statement.endswith("?") else "said"
    answer = f"{voice.called} {verb}: “{piece.statement}”"
    if not voice.question or verb == "asked":
        return replace(piece, statement=sentence_case(answer))
    direct = voice.question.endswith("?") and not voice.question.endswith("”?")
    told = f"Asked “{voice.question}”, {answer}" if direct else f"{voice.question}; {answer}"
    return replace(piece, statement=told, weighed=sentence_case(answer))


def _is_short_answer(words: Sequence[Token]) -> bool:
    """Return whether words leave out what the question said: "Yes, I do", "They will not"."""
    last = words[-1]
    return len(words) <= _SHORT_ANSWER and (last.pos_ == "AUX" or last.dep_ == "neg")


def retold(attribution: Attribution, voice: Voice, spoken: Sequence[Token]) -> Piece:
    """Restate a whole report, for what does not read alone or is not asserted: "X denied taking bribes".

    Args:
        attribution: the report.
        voice: who speaks; the name stands in the place of "he".
        spoken: the words of its content that are not whole quotations.
    """
    passage = attribution.passage
    words = sorted(
        {
            *attribution.cue,
            *attribution.content,
            *_empty_subject(attribution),
            *_agent(attribution),
            *_told_before(attribution),
            *_told_between(attribution),
        },
        key=lambda token: token.i,
    )
    first = attribution.content[0].i if attribution.content else 0
    opened = passage.doc[max(0, first - 1)]
    tied = opened.dep_ == "mark" or (opened.dep_ == "prep" and opened.head in attribution.cue)
    if tied and opened not in words and opened.i > words[0].i:
        words.insert(words.index(attribution.content[0]), opened)
    passive = attribution.content and attribution.content[0].i < attribution.cue[0].i
    named = voice.speaker is not None and voice.speaker.named
    # "Its lawyer" is told with whose lawyer it is, where that is known.
    name = _closed(voice.called if named or "’s " in voice.called else voice.mention)
    found = rewritten(passage, words, voice, before="" if passive else name)
    found.changed |= relative_in_full(passage, words, name)
    first_word = words[0]
    if attribution.source is not None and attribution.source.head.tag_ == "PRP":
        # "I take responsibility", but "Venn takes responsibility".
        agreed = agreeing(attribution.source.head, plural=False)
        found.changed |= {one.i: word for one, word in agreed if one in attribution.cue}
    if first_word.is_sent_start and first_word in attribution.cue:
        found.changed.setdefault(first_word.i, first_word.lower_)
    verb = next((token for token in attribution.cue[:1] if token.tag_ == "VBG"), None)
    alone = all(token.dep_ not in AUXILIARIES for token in attribution.cue)
    if verb is not None and alone and attribution.entry is not None:
        found.changed[verb.i] = lexicon().past.get(attribution.entry.words, verb.text)

    def worded(changed: Mapping[int, str]) -> str:
        told = spelled(passage, words, changed)
        return sentence_case(told if passive else f"{name} {told}")

    statement = worded(found.changed)
    places = passage.whole(spoken)
    piece = Piece(places, statement, (), tuple(found.unresolved), words=tuple(words))
    rejected = _rejected(attribution, voice)
    if rejected is None:
        return piece
    noun, clause = rejected
    told = {noun.i - 1: "the", noun.i: f"{noun.text} {clause}"}
    if noun.pos_ == "PRON":
        told = {noun.i: f"the claim {clause}"}
        left = tuple(one for one in piece.unresolved if one != noun)
        piece = replace(piece, unresolved=left)
    return replace(piece, statement=worded(found.changed | told), weighed=statement)


def _closed(name: str) -> str:
    """Close an apposition: "The owner, Nordvik Foods,"."""
    return f"{name}," if name.count(", ") == 1 and " and " not in name else name


def _rejected(attribution: Attribution, voice: Voice) -> tuple[Token, str] | None:
    """Find what "the claim" says that somebody rejects."""
    if not attribution.cue or voice.speaker is None:
        return None
    verb, content = attribution.cue[0], attribution.content
    return voice.claimed.rejected(attribution.passage, verb, content, voice.speaker.name)


def _empty_subject(attribution: Attribution) -> Iterator[Token]:
    """Yield the "it" of "it was denied that the mill had closed", which stands for nobody."""
    for verb in attribution.cue:
        if is_passive(verb):
            yield from (one for one in verb.children if one.dep_ in _PASSIVE and one.lower_ == "it")


def _agent(attribution: Attribution) -> Sequence[Token]:
    """Give "by police", where a passive's statement has it in its midst."""
    source = attribution.source
    if source is None or source.tokens[0].i == 0:
        return ()
    by = source.tokens[0].doc[source.tokens[0].i - 1]
    own = attribution.cue and attribution.content and attribution.content[0].i < source.tokens[0].i
    return (by, *source.tokens) if own and by.lower_ == "by" else ()


def _told_before(attribution: Attribution) -> Sequence[Token]:
    """Give who is told where nobody tells: "staff were told of the vote"."""
    told, cue = attribution.told, attribution.cue
    passive = attribution.source is None and any(map(is_passive, cue))
    return told if passive and told and told[-1].i < cue[0].i else ()


def _told_between(attribution: Attribution) -> Iterator[Token]:
    """Yield who is told, where that stands between cue and content: "warned the ministry of cracks"."""
    if not attribution.cue or not attribution.content:
        return
    cue, end = attribution.cue, attribution.content[0].i
    told = [
        one
        for verb in cue
        for one in verb.children
        if one.dep_ in _OBJECTS and verb.i < one.i < end
    ]
    if told and told[0] not in attribution.content:
        # What ties them stays too.
        yield from told[0].doc[told[0].left_edge.i : end]


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
    return sum(map(str.isalnum, text[start:end]))
