"""Finds the noun that a pronoun of a statement stands for: of its own, and, for "which", the one right before it."""

from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Token

from claims.extraction.attribution.sources import subject
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import titles
from claims.extraction.statements.references.pointing import (
    ANYBODY,
    PEOPLE,
    Pronoun,
    is_empty_it,
    pronoun_of,
)
from claims.extraction.statements.references.voices import definite
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent

_PLURAL = frozenset({"NNS", "NNPS"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_RELATIVES = frozenset({"which", "who", "whom"})
_LONGEST_PHRASE = 12
"""Words of a noun phrase that is repeated."""
_UNFIT = frozenset({"PRON", "SCONJ", "VERB"})
"""Parts of speech of what would have to be explained in its turn."""


def antecedent(
    passage: Passage, first: Token, clause: Token, inside: Collection[Token]
) -> dict[int, str]:
    """Find what a clause's subject stands for if it is the first clause's: "the men fled, and they are armed".

    Args:
        passage: their passage.
        first: the first clause's verb.
        clause: the later clause's verb.
        inside: the statement's words.

    Returns:
        The first clause's subject in words, by the place of the pronoun; nothing where that is not sure.
    """
    known, here = subject(first), subject(clause)
    pronoun = pronoun_of(here) if here is not None else None
    if known is None or here is None or pronoun is None or pronoun.person != "third":
        return {}
    if known.pos_ not in _NOUNS or not _may_be(known, pronoun) or is_empty_it(here):
        return {}
    if pronoun.gender == "it" and any(
        _may_be(one, pronoun) for one in _rivals(first, known, here, inside)
    ):
        return {}
    words = first.doc[known.left_edge.i : known.right_edge.i + 1]
    if any(pronoun_of(one) for one in words):
        return {}
    return {passage.places[here.i][0]: definite(passage.words(words))}


def is_bound(token: Token, pronoun: Pronoun, tokens: Sequence[Token]) -> bool:
    """Return whether a noun that a pronoun may stand for comes before it in a statement.

    Args:
        token: the pronoun's token.
        pronoun: the pronoun.
        tokens: the statement's words.
    """
    # "A valve at its works": no noun owns what it holds itself.
    around = set(token.ancestors)
    before = [one for one in tokens if one.i < token.i and one not in around]
    if pronoun.gender == "they" and any(one.lower_ in ANYBODY for one in before):
        return True
    return any(one.pos_ in _NOUNS and _may_be(one, pronoun) for one in before)


def agree(found: Referent, pronoun: Pronoun) -> bool:
    """Return whether a pronoun may stand for somebody or something that was looked up."""
    if pronoun.gender in PEOPLE:
        return found.person and not found.plural and found.gender in {pronoun.gender, ""}
    return pronoun.gender == "they" or not found.person


def is_of_own_noun(token: Token, pronoun: Pronoun, tokens: Sequence[Token]) -> bool:
    """Return whether a statement's own subject is whom "her" or "they" may mean: "my wife slipped and broke her hip"."""
    before = [one for one in tokens if one.i < token.i and one.dep_ in _SUBJECTS]
    if pronoun.gender == "they":
        return any(one.tag_ in _PLURAL for one in before)
    return pronoun.gender in PEOPLE and any(
        one.pos_ == "NOUN" and one.tag_ not in _PLURAL and _may_mean(pronoun, one) for one in before
    )


def _may_mean(pronoun: Pronoun, noun: Token) -> bool:
    """Return whether "he" may be a noun of people; nobody of whom only the trade is known ("referee") is "him" in that sentence."""
    told = titles().gender([noun.lower_])
    if told:
        return told == pronoun.gender
    head = kinds().head(noun.lower_)
    return pronoun.case == "subject" and head is not None and not head.may_be_body


def _rivals(first: Token, known: Token, here: Token, inside: Collection[Token]) -> Iterator[Token]:
    """Yield the nouns before a pronoun that may be meant in place of the subject; the subject's own complement does not count."""
    same = {token for child in first.children if child.dep_ == "attr" for token in child.subtree}
    for token in first.doc[first.left_edge.i : here.i]:
        outside = token in inside and token != known and token not in same
        if outside and token.pos_ in _NOUNS and token.dep_ != "compound":
            yield token


def _may_be(noun: Token, pronoun: Pronoun) -> bool:
    """Return whether a noun agrees with a pronoun."""
    plural = noun.tag_ in _PLURAL or any(child.dep_ == "conj" for child in noun.children)
    if pronoun.gender in PEOPLE:
        return noun.pos_ == "PROPN" and not plural
    return plural == (pronoun.gender == "they")


def relative_in_full(passage: Passage, tokens: Sequence[Token], name: str = "") -> dict[int, str]:
    """Return what to write for the relative pronoun that a statement begins with; nothing if there is none.

    Args:
        passage: the words' passage.
        tokens: the statement's words, in order.
        name: whose verb the pronoun is the object of, where the words don't say: "which [he] called a folly".

    Returns:
        The new words for tokens, by number.
    """
    pronoun = tokens[0] if tokens else None
    if pronoun is None or pronoun.lower_ not in _RELATIVES:
        return {}
    clause = next((one for one in (pronoun, *pronoun.ancestors) if one.dep_ == "relcl"), None)
    phrase = _phrase(passage, clause.head, pronoun) if clause is not None else ""
    if not phrase:
        return {}
    if pronoun.dep_ in _SUBJECTS:
        return {pronoun.i: phrase}
    verb = pronoun.head
    named = name or any(child.dep_ in _SUBJECTS for child in verb.children if child in tokens)
    if pronoun.dep_ == "dobj" and verb in tokens and named:
        return {pronoun.i: name, verb.i: f"{passage.words([verb])} {phrase}"}
    return {}


def _phrase(passage: Passage, noun: Token, pronoun: Token) -> str:
    """Return the noun phrase before a relative pronoun, or "" if it cannot be repeated."""
    words = list(noun.doc[noun.left_edge.i : pronoun.i])
    while words and words[-1].is_punct:
        words.pop()
    owner = "the " if len(words) > 1 and words[0].tag_ == "PRP$" else ""
    words = words[1:] if owner else words
    is_fit = 0 < len(words) <= _LONGEST_PHRASE and noun in words and words[0].dep_ != "cc"
    if not is_fit or _is_name_in_phrase(noun):
        return ""
    if any(one.pos_ in _UNFIT or passage.masked[one.i] is not None for one in words):
        return ""
    text = passage.words(words)
    opens = words[0].is_sent_start and words[0].pos_ == "DET"
    return owner + (text[:1].lower() + text[1:] if opens else text)


def _is_name_in_phrase(noun: Token) -> bool:
    """Return whether the pronoun may as well be of an outer noun: "a wall at the dock of Ostrey, which"."""
    return noun.pos_ == "PROPN" and noun.dep_ == "pobj" and noun.head.head.pos_ == "NOUN"
