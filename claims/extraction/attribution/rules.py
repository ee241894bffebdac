"""Find attributions in a parsed passage: a statement, its source, and the cue that ties them.

Every cue of the lexicon in the passage is tried with the shapes of statement that its entry takes.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile

from spacy.tokens import Token

from claims.extraction.attribution.addressees import told_to
from claims.extraction.attribution.complements import shapes, without_that
from claims.extraction.attribution.non_reports import is_nobody, is_non_report
from claims.extraction.attribution.parentheticals import LEADING
from claims.extraction.attribution.sources import (
    RELATIVES,
    Source,
    agent,
    direct_object,
    is_passive,
    noun_phrase,
    source_of,
    subject,
)
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import Cue, entry_of, lexicon
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.types import Mood

_AUTHOR = frozenset({"i", "we"})
"""Outside quotation marks these are the article's own voice."""


def attributions(passage: Passage) -> list[Attribution]:
    """Find a passage's attributions, in the order of their first words.

    Args:
        passage: a parsed passage.

    Returns:
        Outer and inner ones. A cue makes at most one attribution.
    """
    found: list[Attribution] = []
    for token in passage.doc:
        if passage.masked[token.i] is None:
            attribution = _read(passage, token)
            if attribution is not None and passage.spans(attribution.content):
                found.append(attribution)
    return found


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
        return _verb(passage, token) or _phrase(passage, token)
    if token.pos_ == "NOUN":
        return _noun(passage, token) or _last_word(passage, token)
    return _phrase(passage, token)


def _verb(passage: Passage, verb: Token) -> Attribution | None:
    entry = entry_of(verb)
    if entry is None or is_non_report(verb):
        return None
    for shape, read, clausal in shapes(entry.takes):
        content = read(passage, verb)
        if content:
            mood: Mood = "demanded" if shape in entry.demands else entry.mood
            made = _attribution(passage, verb, entry, content, clausal=clausal, mood=mood)
            if made is not None and shape == "object infinitive" and not made.told:
                # The addressee is the one who should act: "told residents to leave".
                made.told = tuple(told_to(verb))
            return made
    return None


def _attribution(
    passage: Passage,
    verb: Token,
    entry: Cue,
    content: Sequence[Token],
    *,
    clausal: bool,
    mood: Mood,
) -> Attribution | None:
    inside = set(content)
    source = None if entry.heard else _apart(_inverted(passage, verb) or source_of(verb), inside)
    if entry.heard:
        if not _is_listener(subject(verb)):
            return None
    elif source is None and not (is_passive(verb) and subject(verb) is not None):
        return None
    if source is not None and source.head.lower_ in _AUTHOR:
        return None
    if verb in inside or (source is not None and source.head in inside):
        return None
    told = tuple(told_to(verb))
    if inside.intersection(told) or (source is not None and source.head in told):
        told = ()
    return Attribution(
        passage, entry, cue_words(verb, content), tuple(content), source, clausal, told, mood
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


def _is_listener(noun: Token | None) -> bool:
    return noun is not None and noun.lemma_.lower() in lexicon().listeners


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


def _noun(passage: Passage, noun: Token) -> Attribution | None:
    """Find the statement of a noun: "his claim that ...", "reports that ...", "in a message sent by ..."."""
    entry = lexicon().nouns.get(noun.lemma_.lower())
    if entry is None:
        return None
    if "by" in entry.takes:
        sent = _sent_by(passage, noun, entry)
        if sent is not None:
            return sent
    if "clause" not in entry.takes:
        return None
    clause = next(
        (child for child in noun.children if child.dep_ in {"acl", "ccomp"} and _is_that(child)),
        None,
    )
    denied = any(token.dep_ == "neg" for token in noun.head.children) or is_nobody(noun)
    if clause is None or denied:
        return None
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    source = noun_phrase(owner, noun)
    if source is None and entry.itself:
        own = [token for token in noun.subtree if token.i < clause.left_edge.i]
        source = Source(noun, tuple(token for token in own if not token.is_punct))
    if source is None:
        return None
    return Attribution(passage, entry, (noun,), tuple(without_that(clause)), source, clausal=True)


def _last_word(passage: Passage, word: Token) -> Attribution | None:
    """Find a cue at the end of a sentence that the parser took for a noun: ", the city's statistics show"."""
    sentence = word.sent
    first = word.left_edge.i
    first += word.doc[first].text == ","
    entry = lexicon().verbs.get(word.lemma_.lower())
    ends = not any(token.text.isalnum() for token in word.doc[word.i + 1 : sentence.end])
    if entry is None or "clause" not in entry.takes or not ends or first < sentence.start + 2:
        return None
    said = word.doc[sentence.start : first - 1]
    source = word.doc[first : word.i]
    apart = word.doc[first - 1].text == ","
    if not (
        apart and source and source[-1].tag_ == "NNS" and any(one.pos_ in VERBS for one in said)
    ):
        return None
    named = Source(source[-1], tuple(source))
    return Attribution(passage, entry, (word,), tuple(said), named, clausal=True)


def _is_that(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def _sent_by(passage: Passage, noun: Token, entry: Cue) -> Attribution | None:
    """Find the statement of a whole clause that ends in "in a message sent by X to Y"."""
    opening = noun.head
    if opening.dep_ != "prep" or opening.lower_ not in {"in", "through", "via"}:
        return None
    sent = next((child for child in noun.children if _is_sent(child)), None)
    sender = _sender(sent) if sent is not None else None
    source = noun_phrase(sender, noun)
    if sent is None or source is None:
        return None
    inside = range(opening.i, noun.right_edge.i + 1)
    content = tuple(token for token in _clause_around(opening) if token.i not in inside)
    told = tuple(told_to(sent))
    apart = {*source.tokens, *told}
    last = max(sent.i + 1, source.tokens[0].i)
    cue = tuple(token for token in passage.doc[opening.i : last] if token not in apart)
    return Attribution(passage, entry, cue, content, source, clausal=True, told=told)


def _is_sent(clause: Token) -> bool:
    return clause.dep_ in {"acl", "relcl"} and clause.lemma_ in lexicon().sending


def _sender(sent: Token) -> Token | None:
    """Find the sender: "sent by their spokesman", "that their spokesman sent"."""
    sender = subject(sent)
    if is_passive(sent) or sender is None or sender.lower_ in RELATIVES:
        return agent(sent)
    return sender


def _is_sending(outer: Attribution, inner: Attribution) -> bool:
    """Return whether one statement is reported twice: "took responsibility in a message sent by ..."."""
    content = set(outer.content)
    return any(token in content and token.head not in content - {token} for token in inner.cue)


def _clause_around(token: Token) -> list[Token]:
    while token.dep_ not in {"ROOT", "ccomp", "conj", "advcl", "relcl"} and token.head != token:
        token = token.head
    return list(token.sent if token.dep_ == "ROOT" else token.subtree)


def _to_comma(source: Source | None) -> Source | None:
    """End a source that runs on into the statement at its last comma: "according to police, 14 of the ..."."""
    if source is None or source.tokens[-1].i + 1 == len(source.head.doc):
        return source
    following = source.head.doc[source.tokens[-1].i + 1]
    commas = [token.i for token in source.tokens if token.text == "," and token.i > source.head.i]
    if following.is_punct or following.is_space or not commas:
        return source
    return Source(source.head, tuple(token for token in source.tokens if token.i < commas[-1]))


def _with_apposition(source: Source | None) -> Source | None:
    """Take the name after a source, which the parser attached to the statement: "the engineer, Oona Harl, "."""
    if source is None or source.head.pos_ == "PROPN":
        return source
    following = source.head.doc[source.tokens[-1].i + 1 :]
    if not following or following[0].text != ",":
        return source
    name = tuple(takewhile(lambda token: token.pos_ == "PROPN", following[1:]))
    if len(name) < 2 or following[len(name) + 1 :].text[:1] != ",":
        return source
    return Source(source.head, (*source.tokens, following[0], *name))


def _phrase(passage: Passage, token: Token) -> Attribution | None:
    """Find the statement of a phrase before the source, "according to police": it is the rest of the clause."""
    doc = token.doc
    for words, entry in lexicon().phrases.items():
        length = words.count(" ") + 1
        phrase = doc[token.i : token.i + length]
        if phrase.text.lower() != words:
            continue
        last = phrase[-1]
        noun = next((child for child in last.children if child.dep_ == "pobj"), None)
        source = _with_apposition(_to_comma(noun_phrase(noun, token)))
        if source is None or source.head.lemma_ in entry.unless:
            continue
        clauses = [child for child in source.head.children if child.dep_ == "relcl"]
        group = {*phrase, *source.tokens, *(word for one in clauses for word in one.subtree)}
        content = [word for word in _clause_around(token) if word not in group]
        while content and (content[0].lower_ in LEADING or content[0].is_punct):
            content.pop(0)
        if content:
            return Attribution(passage, entry, tuple(phrase), tuple(content), source, clausal=True)
    return None
