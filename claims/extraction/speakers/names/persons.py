"""Tells whether a name is a person's, a body's, or no name but a description with a capital letter."""

from collections.abc import Sequence

from spacy.tokens import Doc

from claims.extraction.lexicons.first_names import is_known
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import titles
from claims.extraction.speakers.names.proper import Name
from claims.extraction.speakers.roles import Role

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_RELATIVES = {"who": True, "which": False}
"""Whether what a clause behind its name begins with so is a person."""
_LONGEST_BRACKETS = 12
"""Tokens."""


def is_description(doc: Doc, name: Name) -> bool:
    """Return whether a name is a common noun with a capital letter: "the Company", "the Governor"."""
    called_the = name.first > 0 and doc[name.first - 1].lower_ in DEFINITE
    head = (
        kinds().heads.get(name.text.lower()) if len(name.words) == 1 and not name.titles else None
    )
    label = (name.text.isupper() or name.begins) and doc[name.end : name.end + 1].text == ":"
    rank = called_the and not name.titles and name.text in titles().strong
    if called_the and name.text in titles().peoples:
        return True
    if name.begins and head is not None and head.kind == "unnamed":
        # "Woman, 82, said"
        return True
    return rank or (head is not None and (called_the or label))


def is_person(doc: Doc, name: Name, roles: Sequence[Role], body: str) -> bool | None:
    """Return whether a name is a person's, if anything tells.

    Args:
        doc: its passage.
        name: the name.
        roles: what describes it there.
        body: the kind of the body that its form shows it to be, or "".
    """
    if body or name.is_sure_place(doc) or "&" in name.words or is_storm(name.words):
        return False
    heads = [one.what.head for one in roles if one.what.head is not None]
    if name.titles or name.kin or name.addressed:
        return True
    if len(name.words) > 1 and name.words[-1].rstrip(".") in titles().firms:
        # "Orvo Cells AS"
        return False
    called_the = name.start > 0 and doc[name.start - 1].lower_ == "the"
    first = len(name.words) > 1 and is_known(name.words[0]) and not called_the
    if heads:
        # A builder is a man or a firm.
        return first if heads[0].either else not heads[0].body
    end = _behind_brackets(doc, name.end)
    if doc[end : end + 1].text == "," and not first:
        # "Ada Venn, who"; "Nordmark, which"
        told = _RELATIVES.get(doc[end + 1 : end + 2].text)
        if told is not None:
            return told
    return first or (False if called_the and len(name.words) > 1 else None)


def is_storm(words: Sequence[str]) -> bool:
    """Return whether a name is a storm's: "Hurricane Bo", "Tropical Storm Vera"."""
    return any(one in titles().storms for one in words[:-1])


def _behind_brackets(doc: Doc, place: int) -> int:
    """Return the index of the first token behind brackets that open at a place, or the place."""
    if doc[place : place + 1].text != "(":
        return place
    inside = (one.i + 1 for one in doc[place : place + _LONGEST_BRACKETS] if one.text == ")")
    return next(inside, place)
