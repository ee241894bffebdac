"""Finds the source: from a cue in the parse to the words that name it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Token

from claims.extraction.lexicons.cues import entry_of
from claims.extraction.lexicons.source_kinds import kinds

RELATIVES = frozenset({"who", "which", "that", "whom"})
"""Pronouns that stand for the noun before them."""

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl", "pcomp", "ccomp", "dep", "parataxis"})
_CUT_BEFORE = frozenset({"relcl", "acl", "advcl"})
_NO_REPORTS = frozenset({"amod", "nmod", "csubj", "compound"})
_STEPS = 6


@dataclass(frozen=True, slots=True)
class Source:
    """The words that name a source.

    Attributes:
        head: the word that the others depend on.
        tokens: all of them, in order.
    """

    head: Token
    tokens: tuple[Token, ...]

    def without_clause(self) -> Sequence[Token]:
        """Return its words up to a relative clause, which may tie it to its report; all of them if there are no others."""
        kept = list(takewhile(lambda one: not _is_relative(one), self.tokens))
        while kept and kept[-1].pos_ == "ADP":
            kept.pop()
        return kept or self.tokens


def _is_relative(token: Token) -> bool:
    """Return whether a word begins a relative clause; the "that" of "that country" does not."""
    return token.lower_ in RELATIVES and token.tag_ != "DT"


def subject(verb: Token) -> Token | None:
    """Find the head of a verb's own subject, which the parser may attach to its auxiliary.

    Of two before the verb ("the fever came from the lake, the agency has found") it is the nearer one; of one
    before and one after ("fares to double, says mayor") the one after, if there is a comma at the verb.
    """
    helpers = (child for child in verb.children if child.dep_ in {"aux", "auxpass"})
    for holder in (verb, *helpers):
        found = [child for child in holder.children if child.dep_ in _SUBJECTS]
        if len(found) > 1 and found[-1].i > verb.i > 0 and verb.doc[verb.i - 1].text == ",":
            return found[-1]
        if found:
            return next((one for one in reversed(found) if one.i < verb.i), found[0])
    return None


def direct_object(verb: Token) -> Token | None:
    """Find the head of a verb's own object."""
    return next((child for child in verb.children if child.dep_ in {"dobj", "obj"}), None)


def is_passive(verb: Token) -> bool:
    """Return whether a verb is in the passive ("was told", "asked about it, he said")."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    bare = not any(child.dep_ in {"aux", *_SUBJECTS} for child in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ in {"advcl", "acl"} and bare


def agent(verb: Token) -> Token | None:
    """Find the head of "by ..." after a passive."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def source_of(verb: Token) -> Source | None:
    """Find the source of what a verb reports.

    The subject; for a passive the agent; for a verb that depends on another one ("he left, saying ...")
    the other one's subject; for "who" the noun it stands for; for a participle after a noun that noun.

    Args:
        verb: a cue in the parse.

    Returns:
        The source's words, or None if the article names nobody.
    """
    if verb.dep_ in _NO_REPORTS:
        return None
    if is_passive(verb):
        return noun_phrase(agent(verb), verb)
    current = verb
    for _ in range(_STEPS):
        found = subject(current)
        if found is not None:
            return _named(found, current, verb)
        named = current.head if current.dep_ in {"acl", "relcl"} else _beside(current)
        if named is not None or current.dep_ not in _SHARES_SUBJECT:
            return noun_phrase(named, verb)
        current = _governor(current)
    return None


def _beside(verb: Token) -> Token | None:
    """Find the noun right before a finite verb that the parser gave no subject."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.dep_ not in {"ROOT", "ccomp", "parataxis"}:
        return None
    doc, sentence = verb.doc, verb.sent
    left = verb.i - 1
    while left > sentence.start and (doc[left].is_punct or doc[left].pos_ in {"ADV", "AUX"}):
        left -= 1
    if left < sentence.start or doc[left].pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    found = doc[left]
    while (
        found.head.i < verb.i
        and found.head.pos_ in {"NOUN", "PROPN", "ADP"}
        and found.head != found
    ):
        found = found.head
    return found if found.pos_ != "ADP" else None


def is_taken_over(verb: Token) -> bool:
    """Return whether the parser attached a cue to its neighbour's statement: "said he was glad and added that".

    A cue without a subject, in the same form as the one before it or a participle after a comma, goes on
    with that one's source.
    """
    outer = verb.head.head
    return (
        verb.dep_ in {"conj", "advcl"}
        and verb.head.dep_ in {"ccomp", "xcomp"}
        and verb.i > verb.head.i > outer.i
        and (verb.tag_ == outer.tag_ or _trails(verb))
        and subject(verb) is None
        and entry_of(verb) is not None
        and any(
            child.dep_ in {"ccomp", "xcomp", "prep"} or _demands(child) for child in verb.children
        )
    )


def _demands(noun: Token) -> bool:
    """Return whether a noun is what a verb demands that cannot share its neighbour's helper: "had helped and sought aid"."""
    verb = noun.head
    entry = entry_of(verb) if noun.dep_ == "dobj" else None
    return (
        entry is not None
        and entry.mood == "demanded"
        and verb.dep_ == "conj"
        and verb.tag_ == "VBD"
        and verb.head.tag_ == "VBN"
        and any(child.dep_ in {"aux", "auxpass"} for child in verb.head.children)
    )


def _trails(verb: Token) -> bool:
    """Return whether a participle is after a comma: "said it was shut, adding that ..."."""
    return (
        verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.doc[verb.left_edge.i - 1].text == ","
    )


def _is_before_that(verb: Token) -> bool:
    """Return whether a participle is before the "that" of its clause: "said, citing records, that ..."."""
    return verb.dep_ == "advcl" and any(
        child.dep_ == "mark" and child.lower_ == "that" and child.i > verb.i
        for child in verb.head.children
    )


def _governor(token: Token) -> Token:
    if is_taken_over(token) or _is_before_that(token):
        return token.head.head
    return token.head.head if token.head.dep_ in {"prep", "agent"} else token.head


def _named(found: Token, clause: Token, verb: Token) -> Source | None:
    if found.lower_ in RELATIVES and clause.dep_ == "relcl":
        antecedent = noun_phrase(_antecedent(found, clause), verb)
        if antecedent is not None:
            return Source(antecedent.head, (*antecedent.tokens, found))
    return noun_phrase(found, verb)


def with_antecedent(relative: Token) -> tuple[Token, ...]:
    """Put the noun that "who" or "which" stands for before it, where the parser knows that.

    Of "a nurse at the hospital, who asked" it is the nurse, whatever the parser says, and of "the mayor of Ostrey, who" the mayor.
    """
    clause = next((one for one in relative.ancestors if one.dep_ == "relcl"), None)
    if clause is None:
        return (relative,)
    found = noun_phrase(_antecedent(relative, clause), clause)
    return (*found.tokens, relative) if found is not None else (relative,)


def _antecedent(relative: Token, clause: Token) -> Token:
    noun = clause.head
    return (_outer_person(noun) or noun) if relative.lower_ == "who" else noun


def _outer_person(noun: Token) -> Token | None:
    """Return the person of whom a body or a name only says where he or she is from, if the parser took that one."""
    while noun.dep_ == "appos" and noun.pos_ == "PROPN":
        noun = noun.head
    tie, head = noun.head, kinds().head(noun.lower_)
    if tie.dep_ != "prep" or not (noun.pos_ == "PROPN" or (head is not None and head.body)):
        return None
    person = kinds().head(tie.head.lower_)
    is_person = person is not None and not person.body
    return tie.head if is_person or noun.pos_ != "PROPN" else None


def noun_phrase(head: Token | None, verb: Token) -> Source | None:
    """Take a noun with all that belongs to it in one run, up to a clause that depends on it.

    Args:
        head: the noun, or None.
        verb: the cue; the run stays on the noun's side of it.

    Returns:
        The noun phrase, or None for no noun.
    """
    if head is None:
        return None
    doc = head.doc
    first, last = head.left_edge.i, head.right_edge.i
    for token in head.subtree:
        if token.head == head and _is_circumstance(token):
            last = min(last, token.left_edge.i - 1)
        clause = token.dep_ in _CUT_BEFORE and token.i > head.i
        if clause and (token.dep_ == "relcl" or _covers(token, verb)):
            last = min(last, token.left_edge.i - 1)
    if head.i < verb.i <= last:
        last = verb.left_edge.i - 1 if verb.left_edge.i > head.i else verb.i - 1
    if first <= verb.i < head.i:
        first = verb.i + 1
    while last > head.i and (doc[last].is_punct or doc[last].dep_ in {"cc", "mark"}):
        if doc[last].text in {")", "]"} and "(" in doc[first:last].text:
            break
        last -= 1
    return Source(head, tuple(doc[first : last + 1]))


def _is_circumstance(phrase: Token) -> bool:
    """Return whether a phrase after a named source and a comma describes the circumstances: ", to long applause"."""
    apart = phrase.i > 0 and phrase.doc[phrase.left_edge.i - 1].text == ","
    return (
        apart and phrase.dep_ == "prep" and phrase.i > phrase.head.i and phrase.head.pos_ == "PROPN"
    )


def _covers(clause: Token, verb: Token) -> bool:
    return clause.left_edge.i <= verb.i <= clause.right_edge.i
