"""Cues that do not report anything: denied, refused, only supposed, or asked for."""

from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.attribution.sources import direct_object, is_passive, subject
from claims.extraction.lexicons.cues import lexicon
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.text.parsing import VERBS

_SUPPOSED = frozenset({"if", "unless", "whether", "might", "may", "could"})
_THOUGHT_UP = frozenset({"to", "would", "should", "can", "must"})
_UNNAMED = frozenset({"named", "identified", "quoted"})
_KEPT_FROM = frozenset({"deny", "refuse"})
_NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly", "scarcely", "barely"})
_ANYTHING = frozenset({"anything", "anybody", "anyone"})
_VAGUE = frozenset({"a", "an", "any"})
_ONLY = frozenset({"only", "just", "merely"})
_BESIDE_VERBS = frozenset({"neg", "advmod", "preconj", "cc"})
_CONTRARY = frozenset({"contrary", "despite", "unlike", "regardless"})
"""Before "what somebody said": "despite police saying so" tells what they said."""
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
            if child.dep_ == "neg" or child.lower_ in _NOT or _is_no_longer(child):
                return True
            if child.dep_ in {"mark", "aux"} and child.lower_ in _SUPPOSED:
                return True
            if child.dep_ in {"preconj", "cc"} and child.lower_ in _NEITHER:
                return True
        if _is_short_of(current):
            return True
        if current.dep_ not in {"xcomp", "conj"} or current.head == current:
            break
        if current.dep_ == "conj" and subject(current) is not None:
            break
        current = current.head
        if current.lemma_ in lexicon().refusals or _is_yet_to(current):
            return True
    return (
        _is_question(current)
        or _is_order(verb)
        or _is_purpose(verb)
        or is_unreal(verb)
        or is_kept_from(verb)
        or is_of_few(subject(current))
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


def negations(cue: Sequence[Token]) -> list[Token]:
    """Return the words by which a cue says that its statement was not made, or is not so.

    "Did not say", "found no evidence", "refused to say", "have yet to say"; not "left no doubt" and "not only said".
    """
    around = {*cue, *(child for verb in cue for child in verb.children)}
    return [token for token in sorted(around, key=lambda one: one.i) if _negates(token, cue)]


def _negates(token: Token, cue: Sequence[Token]) -> bool:
    low, behind = token.lower_, token.doc[token.i + 1 : token.i + 2].text.lower()
    if low == "no":
        return token.head in cue and token.head.lemma_ not in _DOUBTS
    if low in _NOT or _is_no_longer(token):
        return behind not in _ONLY and (token in cue or token.dep_ in _BESIDE_VERBS)
    if low == "yet":
        return behind == "to" and token in cue
    if low == "short":
        return behind == "of" and token in cue
    # "Wanted to know" asks.
    is_refusal = token.lemma_ in lexicon().refusals and token.lemma_ != "want"
    return is_refusal and token in cue and token != cue[-1]


def _is_no_longer(token: Token) -> bool:
    return token.lower_ == "longer" and any(one.lower_ == "no" for one in token.lefts)


def is_of_few(noun: Token | None) -> bool:
    """Return whether a source is nobody, or hardly anybody: what "few doctors believe" is not said to be so."""
    return noun is not None and (is_nobody(noun) or any(one.lower_ == "few" for one in noun.lefts))


def is_unreal(verb: Token) -> bool:
    """Return whether a cue is of something that there may not be: "have not found anything that points to arson"."""
    clause = next((one for one in (verb, *verb.ancestors) if one.pos_ in VERBS), verb)
    if clause.dep_ != "relcl":
        return False
    noun = clause.head
    above = next((one for one in noun.ancestors if one.pos_ in VERBS), None)
    denied = above is not None and any(one.lower_ in _NOT for one in above.children)
    vague = any(one.lower_ in _VAGUE for one in noun.lefts)
    return noun.lower_ in _ANYTHING or is_nobody(noun) or (denied and vague)


def _is_short_of(verb: Token) -> bool:
    """Return whether somebody "stopped short of saying" something."""
    tie = verb.head
    return verb.dep_ == "pcomp" and tie.i > 0 and verb.doc[tie.i - 1].lower_ == "short"


def _is_yet_to(verb: Token) -> bool:
    """Return whether somebody "has yet to say" something."""
    return verb.lemma_ == "have" and any(child.lower_ == "yet" for child in verb.children)


def is_contrary(verb: Token) -> bool:
    """Return whether a cue only tells what is not so, or does not count: "contrary to what the minister said"."""
    clause = verb if verb.dep_ == "pcomp" else verb.head
    opened = {token.lower_ for token in verb.doc[max(0, clause.left_edge.i - 2) : verb.i]}
    return clause.dep_ == "pcomp" and "what" in opened and not opened.isdisjoint(_CONTRARY)


def _is_order(verb: Token) -> bool:
    return verb.dep_ == "ROOT" and verb.tag_ == "VB" and subject(verb) is None
