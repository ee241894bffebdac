"""Who speaks in a statement: what its "I", "we" and "it" stand for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.statements.fuller import Described
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent, Speaker

Look = Callable[[int, int], Referent | None]
"""Tells whom the words at a place of the article stand for, or None where it is not clear."""

_NAME = r"(?:the )?[A-Z][\w’'&.-]*(?: (?:of |and |for |de |& )?[A-Z0-9][\w’'&.-]*)*"
_FIRMS_OWN = (
    r"(?:chief (?:executive|operating|financial|technology|marketing|commercial|investment|product)(?: officer)?"
    r"|CEO|CFO|COO|CTO|managing director|finance director|general manager|plant manager|spokes(?:man|woman|person)"
    r"|(?:co-)?founder|(?:head |assistant )?coach|captain|editor(?:-in-chief)?|owner|press officer)"
)
_ANYBODY_S = r"(?:president|vice[- ]president|head|director|chair(?:man|woman|person)?|secretary|general secretary|leader|treasurer|manager|member|official)"
"""Offices that countries and towns have too, so that the name must be known for a body's."""
_OF = re.compile(
    rf"(?i:\b(?P<office>{_FIRMS_OWN}|{_ANYBODY_S}))(?: (?:of|at|for|with)|,) (?P<body>{_NAME})"
)
_BEFORE = re.compile(rf"(?P<body>{_NAME})(?:[’']s?)? (?i:(?P<office>{_FIRMS_OWN}|{_ANYBODY_S}))\b")
_TAIL = re.compile(r"\s*(?:[,;(–—]|\s(?:who|which|that|whose|whom)\s)")
_FIRM = re.compile(rf"(?i){_FIRMS_OWN}")
_GROUPS = frozenset({"company", "organisation", "armed-group", "media", "court"})


@dataclass(frozen=True, slots=True)
class Voice:
    """The speaker of a statement, and the article to look up who else is meant.

    Attributes:
        speaker: who speaks, or None.
        called: the speaker as a sentence would name it ("the Haldt Museum", "the driver"), or "".
        look: tells whom the words at a place of the article stand for.
        described: tells the fuller description of a noun, or None.
        verbatim: the words are the speaker's own, although no quotation marks show it.
        gender: the pronoun that stands for the speaker ("she", "he", "it", "they"), or "".
        body: the body that the speaker is or speaks for, or "".
        known: what some pronouns stand for, by their place.
    """

    speaker: Speaker | None = None
    called: str = ""
    look: Look = lambda start, end: None
    described: Callable[[Passage, Token], Described | None] = lambda passage, noun: None
    verbatim: bool = False
    gender: str = ""
    body: str = ""
    known: Mapping[int, str] = field(default_factory=dict)


def definite(words: str) -> str:
    """Return how a sentence names somebody told of before: "a driver who saw it" becomes "the driver"."""
    words = _TAIL.split(words, maxsplit=1)[0]
    first, _, rest = words.partition(" ")
    if first.lower() in {"a", "an", "one", "another"} and rest:
        return f"the {rest}"
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def body_of(speaker: Speaker, called: str, known: Referent | None) -> str:
    """Return the body that a speaker is or speaks for, which "we" stands for.

    Args:
        speaker: the speaker.
        called: how a sentence would name it.
        known: what the article tells about the words that name it, if it is clear.

    Returns:
        The body's name, or "" where none is sure.
    """
    if known is not None and known.person:
        return _of_role(speaker.role)
    words = (known.name if known is not None else "") or speaker.name
    if not speaker.role and (
        kinds().is_body(words) or (speaker.named and _is_group(speaker, known))
    ):
        return called
    return _of_role(speaker.role)


def _is_group(speaker: Speaker, known: Referent | None) -> bool:
    return known is not None and not known.person and speaker.kind in _GROUPS


def _of_role(role: str) -> str:
    """Return the body in "head of Orvo Ltd" or "Orvo spokeswoman"."""
    for pattern in (_OF, _BEFORE):
        found = pattern.search(role)
        if found is not None and _is_sure(found["office"], found["body"]):
            return found["body"]
    return ""


def _is_sure(office: str, body: str) -> bool:
    words = [word for word in body.split() if word.lower() != "the"]
    return bool(words) and (_FIRM.fullmatch(office) is not None or kinds().is_body(body.lower()))
