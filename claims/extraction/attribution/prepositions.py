"""Finds the complement of a cue behind a preposition: "accused the firm of fraud", "spoke about long nights"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from claims.extraction.attribution.sources import direct_object, is_passive, noun_phrase, subject
from claims.extraction.text.parsing import Passage


def preposition(takes: str, _: Passage, verb: Token) -> Sequence[Token]:
    """A preposition, after an object ("object of": "accused the firm of fraud") or alone ("about")."""
    *before, word = takes.split()
    target = direct_object(verb)
    passive = is_passive(verb)
    if before and target is None and not passive:
        return []
    for child in verb.children:
        marks = [token for token in child.children if token.dep_ == "mark" and token.lower_ == word]
        if marks and child.i > verb.i and not before:
            return [token for token in child.subtree if token not in marks]
    for child in _phrases(verb, target):
        if child.lower_ == word and child.i > verb.i:
            inside = list(child.subtree)
            if not before:
                return inside[1:]
            if target is not None:
                return list(verb.doc[target.left_edge.i : child.right_edge.i + 1])
            return [*passive_subject(verb), *inside]
    return []


def _phrases(verb: Token, target: Token | None) -> Iterator[Token]:
    """Yield the prepositions of a verb and its object, then those that the parser attached further down."""
    holders = [verb, target] if target is not None else [verb]
    while holders:
        found = [
            child
            for holder in holders
            for child in holder.children
            if child.dep_ in {"prep", "agent"}
        ]
        # "was accused by police of theft": what the parser attached to the agent is the cue's.
        agents = [noun for child in found if child.dep_ == "agent" for noun in child.children]
        found += [child for noun in agents for child in noun.children if child.dep_ == "prep"]
        yield from found
        # Without an object the preposition belongs to the cue, and any attached further down do
        # not.
        holders = [noun for child in found for noun in child.children] if target is not None else []


def passive_subject(verb: Token) -> list[Token]:
    """Return the words of a passive's subject: "the men" of "the men were accused"."""
    found = subject(verb)
    phrase = noun_phrase(found, verb)
    return list(phrase.tokens) if phrase is not None else []


def prepositional_object(verb: Token) -> Token | None:
    """Find the noun after a verb's particle: "called on both sides"."""
    nouns = [noun for child in verb.children if child.i == verb.i + 1 for noun in child.children]
    return next((noun for noun in nouns if noun.dep_ == "pobj"), None)


def figure(passage: Passage, verb: Token) -> Sequence[Token]:
    """A thing and the number it is put at: "put the toll at 22"."""
    found = preposition("object at", passage, verb)
    at = next((token for token in verb.children if token.lower_ == "at" and token.i > verb.i), None)
    return found if at is not None and any(token.like_num for token in at.subtree) else []
