"""Finds the addressee of a statement."""

from itertools import takewhile

from spacy.tokens import Token

from claims.extraction.attribution.sources import (
    agent,
    direct_object,
    is_passive,
    noun_phrase,
    subject,
)
from claims.extraction.lexicons.cues import entry_of, lexicon

_WHERE = frozenset({"outside", "inside", "opposite", "near"})
_HEARERS = frozenset(
    {"me", "us", "him", "her", "it", "them", "you", "both", "everyone", "everybody"}
)


def told_to(verb: Token) -> list[Token]:
    """Find the addressee of a statement.

    "told Reuters", "said to reporters", "was told by doctors", "was quoted as saying by the agency", "in an
    interview with the BBC", "at a briefing for diplomats", "in a letter to parents", "a letter to parents says",
    "testified before the committee", "Speaking to the Gazette, she said", "Asked by the chairman, he said".
    """
    entry = entry_of(verb)
    if (entry is not None and entry.heard) or is_heard(verb):
        return _phrase_of(subject(verb), verb)
    telling = verb.lemma_ in lexicon().telling
    if telling and is_passive(verb):
        return _phrase_of(subject(verb), verb)
    addressing = telling or bool(
        lexicon().addressing & {verb.lemma_, entry.words if entry is not None else ""}
    )
    found = next(
        (
            words
            for child in verb.children
            if (words := _told(child, telling=telling, addressing=addressing))
        ),
        [],
    )
    return found or _quoted_by(verb) or _written_to(verb) or _addressee(subject(verb))


def is_heard(verb: Token) -> bool:
    """Return whether the subject of "tell" is told, as in headlines: "Jury told gate was open"."""
    return (
        verb.lemma_ == "tell"
        and is_listener(subject(verb))
        and not any(child.dep_ in {"dobj", "dative"} for child in verb.children)
    )


def is_listener(noun: Token | None) -> bool:
    """Return whether a noun is one of those who hear what others say: a court, a jury."""
    return noun is not None and noun.lemma_.lower() in lexicon().listeners


def _told(child: Token, *, telling: bool, addressing: bool) -> list[Token]:
    """Find the addressee in one word that depends on a cue."""
    if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
        return _objects(child) if addressing else []
    if child.dep_ == "prep" and child.lower_ == "in" and child.head.lemma_ == "confide":
        return _objects(child)
    if telling and child.dep_ in {"dative", "dobj"} and _may_hear(child):
        return _with_name(child)
    if child.dep_ == "prep" and child.lower_ == "before":
        heard = any(is_listener(noun) for noun in child.children)
        # "Before the committee that" is no relative clause.
        words = takewhile(lambda token: token.lower_ != "that", _objects(child))
        return list(words) if addressing and heard else []
    if child.dep_ == "prep" and child.lower_ in {"in", "during", "on", "via", "at"}:
        return [token for noun in child.children for token in _addressee(noun)]
    return _in_participle(child) if child.dep_ == "advcl" else []


def _in_participle(verb: Token) -> list[Token]:
    """Find the addressee in "Speaking to the Gazette, she said" and "Asked by the chairman, he said"."""
    if verb.tag_ == "VBN" and verb.lemma_ in lexicon().asking:
        return _phrase_of(agent(verb), verb)
    if verb.tag_ != "VBG" or verb.lemma_ not in lexicon().talking:
        return []
    to = (one for one in verb.children if one.dep_ == "prep" and one.lower_ in {"to", "with"})
    told = [token for one in to for token in _to_place(_objects(one))]
    heard = _phrase_of(direct_object(verb), verb)
    # "Speaking outside court", of which the parser makes an object
    return told or (heard if heard and heard[0].lower_ not in _WHERE else [])


def _may_hear(token: Token) -> bool:
    """Return whether an object can be an addressee: a noun, or a pronoun for somebody."""
    return token.pos_ in {"NOUN", "PROPN"} or token.lower_ in _HEARERS


def _phrase_of(noun: Token | None, verb: Token) -> list[Token]:
    phrase = noun_phrase(noun, verb)
    return list(phrase.tokens) if phrase is not None else []


def _quoted_by(verb: Token) -> list[Token]:
    """Find the outlet in "was quoted as saying by the agency"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as":
        return []
    return _phrase_of(agent(verb) or agent(verb.head.head), verb)


def _written_to(verb: Token) -> list[Token]:
    """Find the addressee in "wrote to parents to say that"."""
    purpose = verb.dep_ in {"advcl", "xcomp"} and any(one.lower_ == "to" for one in verb.lefts)
    if not purpose or entry_of(verb.head) is None:
        return []
    return [
        token
        for child in verb.head.children
        for token in _told(child, telling=False, addressing=True)
    ]


def _to_place(words: list[Token]) -> list[Token]:
    """Leave out where the addressees were: "reporters outside the assembly"."""
    places = {"outside", "inside", "after", "before", "at", "during"}
    return list(takewhile(lambda token: token.lower_ not in places, words))


def _with_name(noun: Token) -> list[Token]:
    """Take a noun with the name after it, which the parser may attach elsewhere.

    "the channel Aldmere One", "the High Court in Aldmere".
    """
    words = list(noun.subtree)
    following = noun.doc[words[-1].i + 1 :]
    words += takewhile(lambda token: token.is_title and not token.is_punct, following)
    behind = noun.doc[words[-1].i + 1 : words[-1].i + 2]
    if noun.pos_ == "PROPN" and any(token.lower_ in {"in", "of"} for token in behind):
        place = list(behind[0].subtree)
        if all(token.pos_ in {"ADP", "PROPN", "DET"} for token in place):
            words += place
    return words


def _objects(preposition: Token) -> list[Token]:
    nouns = [noun for noun in preposition.children if noun.dep_ == "pobj"]
    return [token for noun in nouns for token in noun.subtree]


def _addressee(noun: Token | None) -> list[Token]:
    """Read "an interview with the BBC", "a briefing for diplomats", "a letter to parents"."""
    ties = set()
    if noun is None:
        return []
    if noun.lemma_ in lexicon().interviews:
        ties = {"with", "to", "for"}
    elif noun.lemma_ in lexicon().messages:
        ties = {"to"}
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ties:
            words = [token for inner in child.children for token in inner.subtree]
            return list(takewhile(lambda token: token.text != ",", words))
    return []
