"""Finds the body that somebody speaks for, which "we" stands for in his or her words."""

from claims.extraction.lexicons.source_kinds import kinds, words_of
from claims.extraction.speakers.mentions import without_article
from claims.extraction.speakers.registry import Registry
from claims.extraction.speakers.roles import read
from claims.extraction.types import Referent, Speaker


def body_of(speaker: Speaker, called: str, known: Referent | None, registry: Registry) -> str:
    """Return the body that a speaker is or speaks for.

    Args:
        speaker: the speaker.
        called: how a sentence would name it.
        known: what the article tells about the words that name it, if it is clear.
        registry: the article's people and bodies.

    Returns:
        The body as a sentence would name it, or "" where none is sure.
    """
    if known is not None and not known.person and not known.plural and known.gender == "it":
        return called
    return _spoken_for(speaker.role or ("" if speaker.named else speaker.name), registry)


def _spoken_for(role: str, registry: Registry) -> str:
    """Return the body in "head of Orvo Ltd", "Orvo spokeswoman" or "a spokesperson for the ministry"."""
    described = read(role)
    head = described.head
    if head is None or not described.owner or not (head.officer or head.kind == "spokesperson"):
        return ""
    owner = described.owner
    body = registry.find_body(owner)
    plain = without_article(owner)
    if body is not None and (body.person is False or kinds().of_name(body.name)):
        return _with_article(body.name, owner, f"the {plain}" in role)
    if plain[:1].isupper() and kinds().of_name(plain):
        return _with_article(plain, owner, f"the {plain}" in role)
    words = words_of(plain.lower())
    noun = kinds().head(plain, to=len(words)) if owner.lower().startswith("the ") else None
    return owner.lower() if noun is not None and noun.body and len(words) <= 3 else ""


def _with_article(name: str, owner: str, marked: bool) -> str:
    return f"the {name}" if marked or owner.lower().startswith("the ") else name
