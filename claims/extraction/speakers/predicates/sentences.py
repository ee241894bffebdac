"""Finds what a sentence says that its subject is: "Ada Venn is the mayor", "has led the Salt Board", "was charged"."""

from collections.abc import Iterator

from spacy.tokens import Token

from claims.extraction.speakers.predicates.offices import office_of
from claims.extraction.speakers.roles import (
    ACCUSED,
    PREDICATE,
    SIGN,
    WITNESS,
    Description,
    Role,
    read,
    role_at,
    sign,
)
from claims.extraction.text.parsing import Passage

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BECOMES = frozenset({"be", "become", "remain"})
_CHOSEN = frozenset({"elect", "appoint", "name", "make", "choose", "hire"})
_WORKS = frozenset(
    {
        "work",
        "serve",
        "act",
        "sit",
        "resign",
        "retire",
        "quit",
        "step",
        "stand",
        "continue",
        "return",
    }
)
"""Verbs that tell with "as" what somebody is or was: "served as mayor", "stepped down as director"."""
_BELONGS = frozenset({"work", "play", "volunteer", "write"})
"""Verbs that tell, with "for" or "at", whom somebody belongs to."""
_TIES = frozenset({"for", "at", "with"})
_CHARGED = frozenset(
    {
        "charge",
        "arrest",
        "accuse",
        "convict",
        "sentence",
        "jail",
        "fine",
        "remand",
        "acquit",
        "indict",
    }
)
_EVIDENCE = frozenset({"evidence", "testimony"})
_LONG = 20
"""Tokens of the longest description."""


def predicated(passage: Passage, head: Token) -> Iterator[Role]:
    """Yield what the sentence of a name says of its bearer.

    Args:
        passage: the passage.
        head: the name's word that the others depend on.
    """
    verb = head.head
    if head.dep_ not in _SUBJECTS or verb.i < head.i or _is_denied(verb):
        return
    yield from _is(passage, verb)
    yield from _leads(passage, verb)
    yield from _belongs(passage, verb)
    if (head.dep_ == "nsubjpass" and verb.lemma_ in _CHARGED) or _is_tried(verb):
        yield Role("", passage.places[verb.i][0], SIGN, sign(ACCUSED), -1, verb.i)
    elif _testifies(verb):
        yield Role("", passage.places[verb.i][0], SIGN, sign(WITNESS), -1, verb.i)


def _testifies(verb: Token) -> bool:
    """Return whether somebody is heard as a witness: "was testifying", "gave evidence"."""
    given = any(one.dep_ == "dobj" and one.lower_ in _EVIDENCE for one in verb.children)
    return verb.lemma_ == "testify" or (verb.lemma_ == "give" and given)


def _is_tried(verb: Token) -> bool:
    """Return whether somebody is "on trial" or pleads."""
    return verb.lemma_ == "plead" or (
        verb.lemma_ in {"be", "go"}
        and any(
            one.lower_ == "on" and any(noun.lower_ == "trial" for noun in one.children)
            for one in verb.children
        )
    )


def _is_denied(verb: Token) -> bool:
    return any(one.dep_ == "neg" or one.tag_ == "MD" for one in verb.children)


def _is(passage: Passage, verb: Token) -> Iterator[Role]:
    """Read "is the mayor of Ostmere", "was elected mayor" and "works as a nurse"."""
    wanted = (
        {"attr"}
        if verb.lemma_ in _BECOMES
        else {"oprd", "attr"}
        if verb.lemma_ in _CHOSEN
        else set()
    )
    nouns = [one for one in verb.children if one.dep_ in wanted and one.i > verb.i]
    if verb.lemma_ in _WORKS:
        ties = [one for one in verb.children if one.lower_ == "as" and one.dep_ == "prep"]
        nouns = [one for tie in ties for one in tie.children if one.dep_ == "pobj"]
    for noun in nouns:
        role = _described(passage, noun)
        known = role.what.head if role is not None else None
        if role is not None and known is not None and not known.body and known.kind != "unnamed":
            yield role


def _described(passage: Passage, noun: Token) -> Role | None:
    found = role_at(passage, noun.left_edge.i, _end(noun), PREDICATE)
    return (
        Role(found.text, found.place, PREDICATE, found.what, -1, found.start)
        if found is not None
        else None
    )


def _end(noun: Token) -> int:
    """Find where a noun's own words end: before a clause or an apposition."""
    clause = (
        one.left_edge.i
        for one in noun.rights
        if one.dep_ in {"relcl", "acl", "appos", "punct", "cc"}
    )
    return min(noun.right_edge.i + 1, noun.i + _LONG, *clause)


def _leads(passage: Passage, verb: Token) -> Iterator[Role]:
    """Read "has led the Salt Board for nine years"."""
    for noun in verb.children:
        if noun.dep_ != "dobj" or noun.i < verb.i:
            continue
        led = passage.words(passage.doc[noun.left_edge.i : _end(noun)])
        office = office_of(verb, led)
        if office:
            text = passage.words(passage.doc[verb.i : _end(noun)])
            yield Role(
                text, passage.places[verb.i][0], PREDICATE, read(f"{office} of {led}"), -1, verb.i
            )


def _belongs(passage: Passage, verb: Token) -> Iterator[Role]:
    """Read "plays for Ostmere Rovers" and "teaches at the college"."""
    if verb.lemma_ not in _BELONGS:
        return
    for tie in verb.children:
        if tie.dep_ != "prep" or tie.lower_ not in _TIES:
            continue
        for noun in tie.children:
            if noun.dep_ == "pobj":
                body = passage.words(passage.doc[noun.left_edge.i : _end(noun)])
                text = passage.words(passage.doc[verb.i : _end(noun)])
                what = Description(text, "", None, body)
                yield Role("", passage.places[verb.i][0], SIGN, what, -1, verb.i)
