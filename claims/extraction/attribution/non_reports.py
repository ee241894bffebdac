"""Cues that do not report anything: denied, refused, only supposed, or asked for."""

from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.attribution.sources import direct_object, is_passive, subject
from claims.extraction.lexicons.cues import lexicon
from claims.extraction.lexicons.source_kinds import kinds

_SUPPOSED = frozenset({"if", "unless", "whether", "might", "may", "could"})
_THOUGHT_UP = frozenset({"to", "would", "should", "can", "must"})
_UNNAMED = frozenset({"named", "identified", "quoted"})
_KEPT_FROM = frozenset({"deny", "refuse"})
_DOUBTS = frozenset({"doubt", "question", "secret", "bones"})
_SHORT = 6
"""Words: "that he not be further identified"."""
_NEITHER = frozenset({"neither", "nor"})
_NOBODY = frozenset({"nobody", "none", "no", "neither", "nothing"})


def is_non_report(verb: Token) -> bool:
    """Return whether a cue does not report anything: denied, refused, only supposed, or asked for."""
    current = verb
    while True:
        for child in current.children:
            if child.dep_ == "neg" or (child.dep_ in {"mark", "aux"} and child.lower_ in _SUPPOSED):
                return True
            if child.dep_ in {"preconj", "cc"} and child.lower_ in _NEITHER:
                return True
        if current.dep_ not in {"xcomp", "conj"} or current.head == current:
            break
        if current.dep_ == "conj" and subject(current) is not None:
            break
        current = current.head
        if current.lemma_ in lexicon().refusals:
            return True
    return (
        _is_question(current)
        or _is_order(verb)
        or _is_purpose(verb)
        or is_kept_from(verb)
        or is_nobody(subject(current))
    )


def is_held(verb: Token) -> bool:
    """Return whether somebody really thinks what a verb of thought says: not "to think", "would assume"."""
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return helpers.isdisjoint(_THOUGHT_UP)


def is_anonymity(content: Sequence[Token]) -> bool:
    """Return whether what somebody asks for is only to remain unnamed: "who asked not to be named"."""
    words = [one.lower_ for one in content if one.is_alpha]
    return len(words) <= _SHORT and words[-1:] != [] and words[-1] in _UNNAMED and "be" in words


def _is_question(verb: Token) -> bool:
    asker = subject(verb)
    return (
        asker is not None
        and any(child.dep_ == "aux" and child.i < asker.i for child in verb.children)
        and verb.sent[-1].text == "?"
    )


def _is_purpose(verb: Token) -> bool:
    """Return whether a cue is only intended: "urged them to say", "an order to explain"."""
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    asked = direct_object(verb.head) is not None or is_passive(verb.head)
    return infinitive and (asked or verb.dep_ not in {"xcomp", "advcl"})


def is_kept_from(verb: Token) -> bool:
    """Tell "the team was denied a penalty", which nobody says, from "it was denied that" and "the claim was denied"."""
    return verb.lemma_ in _KEPT_FROM and is_passive(verb) and direct_object(verb) is not None


def is_person(noun: Token) -> bool:
    """Return whether a noun tells what a person is: who dismisses a manager or rebuffs a rival reports nothing."""
    head = kinds().head(noun.lemma_.lower())
    return head is not None and not head.body


def is_nobody(noun: Token | None) -> bool:
    """Return whether a noun negates itself: "nobody said", "neither side said", "no reports"."""
    return noun is not None and any(token.lower_ in _NOBODY for token in (noun, *noun.lefts))


def is_negated(cue: Sequence[Token]) -> bool:
    """Return whether a cue says that its statement is not so: "found no evidence that"; "left no doubt that" says it is."""
    return any(
        token.lower_ == "no" and token.head in cue and token.head.lemma_ not in _DOUBTS
        for token in cue
    )


def _is_order(verb: Token) -> bool:
    return verb.dep_ == "ROOT" and verb.tag_ == "VB" and subject(verb) is None
