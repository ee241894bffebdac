"""Who speaks in a statement: what its "I", "we" and "it" stand for."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeGuard

from spacy.tokens import Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.statements.references.claimed import Claimed
from claims.extraction.statements.references.fuller import Described
from claims.extraction.statements.references.words import words
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent, Speaker


class Look(Protocol):
    """Tells whom the words at a place of the article stand for, or None where it is not clear."""

    def __call__(self, start: int, end: int, without: Collection[str] = (), /) -> Referent | None:
        """Look the words between two places up, some names left out."""
        ...


Describe = Callable[[Passage, Token], Described | None]
"""Tells the fuller description of a noun of a passage, or None if there is none."""

SURE = 0.7
"""The confidence from which a name is put in."""
_INITIALS = 3
"""Letters; fewer capitals are a label."""
_NEVER_IN_NAMES = words("never in names")
_NEVER_FIRST = words("never first in names")
_MARKED = ("the ", "one ", "two ", "both ", "some ")
_OWNERS = ("’s", "'s", "s’", "s'")
_POINTING = (
    "who ",
    "whose ",
    "his ",
    "her ",
    "its ",
    "their ",
    "our ",
    "my ",
    "this ",
    "that ",
    "these ",
    "those ",
)
_DETERMINERS = words("determiners")
_TAIL = re.compile(r"\s*(?:[,;(–—]|\s(?:who|which|that|whose|whom)\s)")

_PERSONAL = frozenset({"she", "he"})
_SPEAKS_FOR = re.compile(r"([a-z][\w -]+)['’]s? (?:[a-z]+ )*(?:office|spokes\w+|press secretary)")


def _nobody(_start: int, _end: int, _without: Collection[str] = ()) -> None:
    return None


def _nothing(_passage: Passage, _noun: Token) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Voice:
    """The speaker of a statement, and the article to look up who else is meant.

    Attributes:
        speaker: who speaks, or None.
        called: the speaker as a sentence would name it ("the Haldt Museum", "the driver"), or "".
        mention: the words that name the speaker in the article, without a clause about it ("a driver").
        look: tells whom the words at a place of the article stand for.
        described: tells the fuller description of a noun, or None.
        verbatim: the words are the speaker's own, although no quotation marks show it.
        leads: the speaker is named before the words ("Venn said she ..."), not after them.
        gender: the pronoun that stands for the speaker ("she", "he", "it", "they"), or "".
        is_person: the speaker is a person with a name.
        addressed: the person spoken to, whom "you" stands for in a question, or "".
        hearer: the pronoun of the one person spoken to ("he"), or "".
        partner: who answers an interviewer, whom "you" stands for in all that the interviewer says, or "".
        question: the question that the words answer, for an answer too short to read alone, or "".
        talkers: the names of those who talk here, none of whom says "he" of another.
        body: the body that the speaker is or speaks for, or "".
        claimed: the claims that were made before.
        known: what some pronouns stand for, by their place.
        serves: the person with a name for whom a speaker without one speaks: Venn of "Venn's spokesman"; or None.
        outer: whose words tell what another one says without quoting it: "I" in "my boss says I am lazy"; or None.
    """

    speaker: Speaker | None = None
    called: str = ""
    mention: str = ""
    look: Look = _nobody
    described: Describe = _nothing
    verbatim: bool = False
    leads: bool = False
    gender: str = ""
    is_person: bool = False
    addressed: str = ""
    hearer: str = ""
    partner: str = ""
    question: str = ""
    talkers: frozenset[str] = frozenset()
    body: str = ""
    claimed: Claimed = field(default_factory=Claimed)
    known: Mapping[int, str] = field(default_factory=dict)
    serves: Referent | None = None
    outer: "Voice | None" = None

    def is_speaker(self, found: Referent) -> bool:
        """Return whether it is the speaker who was looked up: by the name, the surname or the same description."""
        if self.speaker is None:
            return False
        name = self.speaker.name
        if self.speaker.named:
            return found.name == name or found.name.endswith(f" {name}")
        if name.startswith((f"{found.name}’s ", f"{found.name}'s ")):
            # "The board’s chair" is not the board.
            return False
        # "Its authors", whose name here may tell whose they are.
        mention = self.speaker.mention.lower()
        return name.startswith(found.name) or mention.startswith(found.name.lower())

    def may_be_who_speaks(self, found: Referent, gender: str) -> bool:
        """Return whether "the keeper" that speaks may be the very person who was looked up for the "she" of its words."""
        if self.speaker is None or self.speaker.named or not found.named:
            return False
        described = self.speaker.mention.lower().startswith("the ")
        speaks_for = self.serves is not None or self.speaker.kind == "spokesperson"
        return described and not speaks_for and self.gender in {gender, ""}

    def talking(self) -> frozenset[str]:
        """Return the names of the speaker and of those who talk with the speaker."""
        return self.talkers | ({self.speaker.name} if self.speaker is not None else set())

    def talks(self, found: Referent) -> bool:
        """Return whether who was looked up is the speaker, or talks with the speaker."""
        return self.is_speaker(found) or found.name in self.talkers


def principal(voice: Voice, gender: str) -> str:
    """Return whom "she" means in the words of "the president's office" or "Venn's spokesman", or "".

    Args:
        voice: who speaks.
        gender: "she" or "he"; with any other pronoun it is nobody.
    """
    speaker, serves = voice.speaker, voice.serves
    if speaker is None or speaker.named or gender not in _PERSONAL:
        return ""
    if serves is not None:
        return serves.name if serves.gender in {gender, ""} else ""
    match = _SPEAKS_FOR.fullmatch(speaker.name)
    head = kinds().head(match[1]) if match is not None else None
    return f"the {match[1]}" if match is not None and head is not None and not head.body else ""


def is_sure(found: Referent | None, least: float = SURE) -> TypeGuard[Referent]:
    """Return whether a name may be put in: it is likely enough, and not a headline mistaken for a name."""
    if found is None or found.confidence < least:
        return False
    return not found.named or may_be_name(found.name)


def may_be_name(name: str) -> bool:
    """Return whether words can be a name, and not part of a headline or sentence."""
    parts = name.lower().split()
    if len(name) < _INITIALS and name.isupper():
        # "A" of an interview
        return False
    return bool(parts) and parts[0] not in _NEVER_FIRST and not _NEVER_IN_NAMES & set(parts)


def in_sentence(found: Referent) -> str:
    """Return the words that a sentence puts for somebody or something, or "" for "his wife", which points again."""
    if found.named:
        return f"the {found.name}" if found.article and not found.person else found.name
    name = definite(found.name)
    if name.startswith(_POINTING) or name.endswith(_OWNERS):
        return ""
    return name if name.startswith(_MARKED) or found.plural else f"the {name}"


def owned(name: str, case: str) -> str:
    """Return a name in a pronoun's case: "Venn’s" for "her"."""
    if case != "owner":
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def short(name: str) -> str:
    """Return a name's last word."""
    return name.rsplit(None, 1)[-1] if name else ""


def definite(words: str) -> str:
    """Return how a sentence names somebody told of before: "A driver, who saw it," becomes "the driver"."""
    words = _TAIL.split(words, maxsplit=1)[0]
    first, _, rest = words.partition(" ")
    if first.lower() in {"a", "an"} and rest:
        return f"the {rest}"
    return first.lower() + words[len(first) :] if first.lower() in _DETERMINERS else words
