"""What was said right before a statement that points to it: "[We looked at eleven sites.] This one won"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Token

from claims.extraction.lexicons.first_names import is_known, share_of_women
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import titles
from claims.extraction.statements.references.pointing import (
    PEOPLE,
    is_elliptic_one,
    is_opening_relative,
    pronoun_of,
)
from claims.extraction.types import Spans

_NEAR = 100
"""Characters between two statements that follow each other: the cue, its source and a new paragraph."""
_LONGEST = 25
"""Words."""
_SHORTEST = 3
_NOUNS = frozenset({"NOUN", "PROPN"})
_PLURAL = frozenset({"NNS", "NNPS"})
_PLACES = frozenset(
    {"in", "at", "on", "near", "above", "under", "behind", "inside", "outside", "to", "into"}
)
_UNSURE = (0.1, 0.9)
"""Between these, a first name does not tell whether its bearer is a woman."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
_OPEN = re.compile(r"(?i)\W*(?:this|that|these|those)\b")
"""How a statement opens that needs the one before it."""

_QUESTION = re.compile(r"\b(?:whether|why|how|when|where|what|who|if)\b")
"""How a question begins that stands between two statements, and that the later one answers: "Pressed on why, he said that"."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, for those that follow it.

    Attributes:
        spans: the places of its words.
        statement: the words that are meant to read alone.
        tokens: the article's words.
        unresolved: those that point outside, and nobody is sure to what.
        speaker: the speaker's name, or "" for the article's own voice and for nobody known.
        is_reported: somebody says it, and not the article.
        is_inner: it is a report inside a report.
        is_told: it is asserted, promised or denied, and no question or demand.
    """

    spans: Spans
    statement: str
    tokens: Sequence[Token]
    unresolved: Sequence[Token]
    speaker: str
    is_reported: bool
    is_inner: bool
    is_told: bool


def contexts(text: str, said: Sequence[Said]) -> dict[int, tuple[str, Sequence[Token]]]:
    """Find what the statements need that point to the one before them.

    It is the same speaker's, or stands in the same paragraph; another speaker's has that one's name before it.

    Args:
        text: the article.
        said: its statements.

    Returns:
        By the number of a statement, the words of the one before it, and its own words that still point outside.
    """
    outer = [number for number, one in enumerate(said) if not one.is_inner]
    outer.sort(key=lambda number: said[number].spans[0])
    found: dict[int, tuple[str, Sequence[Token]]] = {}
    known = said[outer[0]] if outer else None
    for number in outer[1:]:
        one, before, known = said[number], known, said[number]
        if before is None or not (one.unresolved and _follows(text, one, before)):
            continue
        same = not one.is_reported or before.speaker in {"", one.speaker}
        left = _left(one.unresolved, before, same=same, speaker=one.speaker)
        if len(left) == len(one.unresolved):
            continue
        told = _plain(before.statement)
        shown = before.speaker == one.speaker or before.speaker.lower() in told.lower()
        named = told if shown else f"{before.speaker}: {told}"
        if one.is_reported or any(map(is_opening_relative, one.unresolved)):
            found[number] = named, left
        if one.speaker and not shown:
            # What two have said is nobody's context.
            continue
        # The next one may need both: "[A pump failed. It was new.] It had cost a fortune".
        known = replace(
            one,
            statement=f"{named if one.is_reported else told} {one.statement}",
            tokens=[*before.tokens, *one.tokens],
            unresolved=left,
            speaker=one.speaker or before.speaker,
        )
    return found


def _follows(text: str, one: Said, known: Said) -> bool:
    """Return whether a statement goes on from one that reads alone."""
    start, end = one.spans[0][0], known.spans[-1][1]
    words = len(known.statement.split())
    same = known.is_reported and bool(one.speaker) and one.speaker == known.speaker
    told = "\n" not in text[end:start] and (not known.is_reported or bool(known.speaker))
    return (
        (same or told)
        and known.is_told
        and not (known.unresolved or _OPEN.match(known.statement))
        and not _QUESTION.search(text[end:start])
        and _SHORTEST <= words <= _LONGEST
        and 0 <= start - end < _NEAR
    )


def _left(tokens: Sequence[Token], known: Said, *, same: bool, speaker: str) -> list[Token]:
    """Return the words whose meaning the statement before does not tell; words for the same one are told together."""
    answered = partial(_is_answered, known=known, same=same, speaker=speaker)
    left = {token for token in tokens if not answered(token)} | _pairs(tokens)
    genders = {_gender(token) for token in left} - {""}
    return [token for token in tokens if token in left or _gender(token) in genders]


def _gender(token: Token) -> str:
    pronoun = pronoun_of(token)
    return pronoun.gender if pronoun is not None else ""


def _pairs(tokens: Sequence[Token]) -> set[Token]:
    """Return the words for two of one gender: "he would help him" tells of another one than the statement before."""
    clauses: dict[tuple[Token, str], set[str]] = {}
    own = [(token, pronoun_of(token)) for token in tokens]
    people = [(one, found) for one, found in own if found is not None and found.gender in PEOPLE]
    for token, found in people:
        clauses.setdefault((token.head, found.gender), set()).add(found.case)
    return {
        token
        for token, found in people
        if clauses[token.head, found.gender].issuperset({"subject", "object"})
    }


def _is_speech(token: Token) -> bool:
    """Return whether a word means who speaks or is spoken to."""
    pronoun = pronoun_of(token)
    return pronoun is not None and pronoun.person != "third"


def _is_answered(token: Token, known: Said, *, same: bool, speaker: str) -> bool:
    """Return whether what a word points to can stand in the statement before."""
    if _is_speech(token):
        return False
    if is_opening_relative(token):
        return True
    if is_elliptic_one(token):
        return any(map(_is_one_of_many, known.tokens))
    if token.lower_ in {"here", "there"}:
        return any(
            one.lower_ in _PLACES and any(child.pos_ in _NOUNS for child in one.children)
            for one in known.tokens
        )
    if token.lower_ in _DEMONSTRATIVES:
        noun = token.head if token.dep_ == "det" else None
        return noun is None or noun.lower_ in {"one", "ones"} or _is_repeated(noun, known.tokens)
    gender = _gender(token)
    return (
        _is_person_told(known, gender, speaker)
        if gender in PEOPLE
        else _is_thing_told(token, known, same=same)
    )


def _is_person_told(known: Said, gender: str, speaker: str) -> bool:
    """Return whether a statement names one person alone, who may be "he" and does not say it himself."""
    people = list(_people(known.tokens))
    if len(people) != 1 or people[0].text in speaker.split():
        return False
    one = people[0]
    words = [token.text for token in one.doc[one.left_edge.i : one.i + 1] if token.is_title]
    told = titles().gender([one.lower_]) or titles().gender(words)
    first = next((word for word in words if is_known(word)), "")
    share = share_of_women(first) if first and one.pos_ == "PROPN" else 0.5
    likely = "she" if share > _UNSURE[1] else "he" if share < _UNSURE[0] else ""
    return (told or likely) in {gender, ""}


def _is_thing_told(token: Token, known: Said, *, same: bool) -> bool:
    pronoun = pronoun_of(token)
    if pronoun is not None and pronoun.case == "owner" and token.tag_ == "PRP":
        # "Theirs" is something of theirs, and a statement with them in it does not say what.
        return False
    gender = pronoun.gender if pronoun is not None else ""
    if gender == "they":
        # Nobody takes "they" for the crews of "the bonus that crews had lost".
        several = (one for one in known.tokens if one.pos_ in _NOUNS and _is_several(one))
        return any(not _is_in_clause(one) for one in several)
    if not same and token.dep_ not in _SUBJECTS | {"poss"}:
        # Another one's "it" may be whatever both speak of, unless the statement is about it.
        return False
    things = [one for one in known.tokens if _is_thing(one)]
    # Of "she was treated for a cut on the hand" nobody knows whether "it" is the cut.
    return len(things) == 1 or any(one.dep_ not in {"pobj", "poss"} for one in things)


def _is_one_of_many(noun: Token) -> bool:
    """Return whether a noun tells of things of which "one" may be another: "a new roof", "letters"."""
    counted = noun.tag_ in _PLURAL or any(
        left.lower_ in {"a", "an", "another"} for left in noun.lefts
    )
    return noun.pos_ == "NOUN" and counted and not _is_person(noun)


def _is_repeated(noun: Token, tokens: Sequence[Token]) -> bool:
    return any(one.lemma_ == noun.lemma_ for one in tokens)


def _is_thing(noun: Token) -> bool:
    """Return whether "it" may stand for a noun: one thing or body, no person, and no place or time by its name."""
    named = noun.pos_ == "PROPN" and any(one.lower_ == "the" for one in noun.lefts)
    one = noun.tag_ not in _PLURAL and noun.dep_ not in {"compound", "npadvmod"}
    named_so = any(one.dep_ == "appos" and one.pos_ == "PROPN" for one in noun.children)
    if named_so and noun.dep_ in _SUBJECTS:
        # "The keeper, Dot Marl": a thing's name stands without commas.
        return False
    return one and (noun.pos_ == "NOUN" or named) and not _is_person(noun)


def _is_several(noun: Token) -> bool:
    head = kinds().head(noun.lower_)
    body = head is not None and head.body
    return noun.tag_ in _PLURAL or body or any(one.dep_ == "conj" for one in noun.children)


def _is_in_clause(noun: Token) -> bool:
    """Return whether a noun stands in a clause that describes another one."""
    return any(one.dep_ == "relcl" for one in (noun, *noun.ancestors))


def _is_person(noun: Token) -> bool:
    head = kinds().head(noun.lower_)
    return head is not None and not head.body and not head.either


def _people(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield those in a statement who may be "she": the last word of each name, and nouns of people."""
    for one in tokens:
        following = one.doc[one.i + 1 : one.i + 2]
        inside = any(after.pos_ == "PROPN" for after in following)
        if (one.pos_ == "PROPN" and not inside) or (
            one.pos_ == "NOUN" and one.tag_ not in _PLURAL and _is_person(one)
        ):
            yield one


def _plain(statement: str) -> str:
    """Return a statement for use inside square brackets, with the mark that ends it."""
    words = statement.replace("[", "").replace("]", "").strip()
    return words if words.endswith((".", "!", "?", ".”", "!”", "?”")) else f"{words}."
