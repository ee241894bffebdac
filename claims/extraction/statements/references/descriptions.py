"""Names whom a description or first name stands for, and tells more of a thing named shortly."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.statements.references.pointing import PEOPLE
from claims.extraction.statements.references.voices import Voice, in_sentence, is_sure
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent

_AGED = re.compile(r"the \d{1,3}-year-old")
_INNER = frozenset({"compound", "nmod", "appos"})
_TIES = frozenset({"-", "–", "'", "’", "‘"})
_TELLING = frozenset({"prep", "relcl", "acl", "appos"})


@dataclass(frozen=True, slots=True)
class Description:
    """What to write for a noun.

    Attributes:
        noun: the noun.
        marked: the words by token, with square brackets around what is put in.
        plain: the same without brackets.
        name: the name that is put in, or "" where the noun gets its fuller description.
    """

    noun: Token
    marked: Mapping[int, str]
    plain: Mapping[int, str] = field(default_factory=dict)
    name: str = ""


def described(
    passage: Passage, noun: Token, tokens: Sequence[Token], voice: Voice
) -> Description | None:
    """Find what to write for a noun that does not tell by itself who or what it is.

    Args:
        passage: its passage.
        noun: a noun or name of a statement.
        tokens: the statement's words.
        voice: who speaks.

    Returns:
        The words, or None if the noun stays as it is.
    """
    if noun.pos_ == "PROPN":
        return _first_name(passage, noun, voice) or _last_name(passage, noun, tokens, voice)
    opening = next(noun.lefts, noun)
    if not _is_short(noun, opening) or opening not in tokens:
        return None
    is_known = kinds().head(noun.lower_) is not None or noun.text[:1].isdigit()
    found = _look(passage, opening, noun, voice) if is_known else None
    if found is not None:
        return _person_or_body(noun, opening, in_sentence(found))
    return _fuller(passage, noun, tokens, voice) if opening.lower_ == "the" else None


def aged(passage: Passage, token: Token, voice: Voice) -> Description | None:
    """Find what to write for "the 43-year-old", whose last word is the token."""
    words = token.doc[max(0, token.i - 5) : token.i + 1]
    if len(words) < 6 or not _AGED.fullmatch(words.text.lower()):
        return None
    found = _look(passage, words[0], token, voice)
    name = in_sentence(found) if found is not None and found.person and is_sure(found, 1.0) else ""
    if not name:
        return None
    left_out = dict.fromkeys((one.i for one in words[:-1]), "")
    return Description(token, {token.i: f"old [{name}]"}, left_out | {token.i: name}, name)


def _is_short(noun: Token, opening: Token) -> bool:
    """Return whether a noun has "the" or "her" before it and nothing that tells which one it is."""
    return (
        noun.i - opening.i == 1
        and (opening.lower_ == "the" or opening.tag_ == "PRP$")
        and noun.dep_ not in _INNER
        and not any(one.dep_ in _TELLING for one in noun.rights)
        and not _is_before_name(noun)
    )


def _is_before_name(noun: Token) -> bool:
    """Return whether one of the next two words is a name, commas left aside."""
    following = [one for one in noun.doc[noun.i + 1 : noun.i + 4] if one.text != ","]
    return any(one.pos_ == "PROPN" for one in following[:2])


def _look(passage: Passage, first: Token, last: Token, voice: Voice) -> Referent | None:
    """Return whom words stand for, if that is sure, has a name and is not the speaker."""
    found = voice.look(passage.places[first.i][0], passage.places[last.i][1])
    if found is not None and first.tag_ == "PRP$":
        owner = voice.look(*passage.places[first.i])
        if not found.person or (owner is not None and owner.name == found.name):
            return None
    return found if is_sure(found) and found.named and not voice.is_speaker(found) else None


def _person_or_body(noun: Token, opening: Token, name: str) -> Description:
    if opening.tag_ == "PRP$":
        # "Her client" stays: whose client it is matters too.
        words = {noun.i: f"{noun.text} [{name}]"}
        return Description(noun, words, {noun.i: f"{noun.text} {name}"}, name)
    marked = {noun.i: f"{noun.text} [{name.removeprefix('the ')}]"}
    return Description(noun, marked, {opening.i: "", noun.i: name}, name)


def _first_name(passage: Passage, name: Token, voice: Voice) -> Description | None:
    """Add the surname to a first name that stands alone."""
    if name.dep_ in _INNER:
        return None
    neighbours = (*name.doc[max(0, name.i - 1) : name.i], *name.doc[name.i + 1 : name.i + 2])
    if any(one.pos_ == "PROPN" or one.text in _TIES for one in neighbours):
        return None
    found = _look(passage, name, name, voice)
    first, _, rest = found.name.partition(" ") if found is not None else ("", "", "")
    if not rest or first != name.text or found is None or found.gender not in PEOPLE:
        return None
    if not found.role or name.dep_ == "poss":
        # A place or a headline may have been taken for a person.
        return None
    return Description(name, {name.i: f"{first} [{rest}]"}, {name.i: f"{first} {rest}"}, rest)


def _last_name(
    passage: Passage, name: Token, tokens: Sequence[Token], voice: Voice
) -> Description | None:
    """Give a body or thing its whole name where its last word stands for it: "the Trust" is "the Canal Trust"."""
    before = name.nbor(-1) if name.i and name.dep_ not in _INNER else None
    if before is None or before.lower_ != "the" or before not in tokens:
        return None
    following = name.doc[name.i + 1 : name.i + 2]
    if any(one.pos_ == "PROPN" or one.tag_ == "POS" or one.text in _TIES for one in following):
        return None
    found = voice.look(*passage.places[name.i])
    if not is_sure(found, 1.0) or not found.named or found.person or voice.is_speaker(found):
        return None
    rest = found.name.removesuffix(f" {name.text}")
    if rest == found.name or any(one.text in rest.split() for one in tokens):
        return None
    return Description(name, {name.i: f"[{rest}] {name.text}"}, {name.i: found.name}, found.name)


def _fuller(
    passage: Passage, noun: Token, tokens: Sequence[Token], voice: Voice
) -> Description | None:
    """Spell "the levy" out as "the levy on imported salt"."""
    fuller = voice.described(passage, noun)
    if fuller is None:
        return None
    is_owner = any(one.tag_ == "POS" for one in noun.doc[noun.i + 1 : noun.i + 2])
    if is_owner or fuller.told & {one.lemma_.lower() for one in tokens}:
        return None
    if fuller.opened == "owner" and kinds().head(noun.lower_) is not None:
        # Whose company or minister it is does not tell which one.
        return None
    if fuller.behind:
        marked, plain = f"{noun.text} [{fuller.behind}]", f"{noun.text} {fuller.behind}"
    else:
        own = fuller.noun.text if fuller.noun.pos_ == "PROPN" else noun.text
        marked, plain = f"[{fuller.before}] {noun.text}", f"{fuller.before} {own}"
    return Description(noun, {noun.i: marked}, {noun.i: plain})
