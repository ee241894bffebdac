"""Finds the body that somebody speaks for, which "we" stands for in his or her words."""

import re

from claims.extraction.lexicons.source_kinds import kinds, words_of
from claims.extraction.speakers.entities import Entity
from claims.extraction.speakers.mentions import without_article
from claims.extraction.speakers.registry import Registry
from claims.extraction.speakers.roles import Description, read
from claims.extraction.types import Referent, Speaker

_SURE = 0.75
_OWNED = re.compile(r"(?:the )?([a-z-]+(?: [a-z-]+)?)(?:[’']s|s[’']) ")
_NAMED = re.compile(r"^(?:the )?(?:(?!of |for |in |at |to )[a-z-]+ ){1,3}(?=[A-Z])")
"""What a body's name may follow: "the charity Ashgrove Watch", but not "the governor of Tavren"."""


def body_of(
    speaker: Speaker,
    called: str,
    known: Referent | None,
    owner: Referent | None,
    registry: Registry,
) -> str:
    """Return the body that a speaker is or speaks for.

    Args:
        speaker: the speaker.
        called: how a sentence would name it.
        known: what the article tells about it, if that is clear.
        owner: who "its" is in "its chair", if that is clear.
        registry: the article's people and bodies.

    Returns:
        The body as a sentence would name it, or "" where none is sure.
    """
    if known is not None and not known.person and not known.plural and known.gender == "it":
        return called
    described = read(speaker.role or ("" if speaker.named else speaker.name))
    head = described.head
    if head is not None and head.body and not speaker.named:
        return called
    if head is None or not (head.officer or head.kind == "spokesperson"):
        return ""
    if owner is not None and owner.confidence >= _SURE and not owner.person and owner.named:
        return f"the {owner.name}" if owner.article else owner.name
    if not described.owner:
        return _only_company(registry) if head.officer else ""
    return _owner(described, registry)


def _owner(described: Description, registry: Registry) -> str:
    """Return the body in "head of Orvo Ltd", "Orvo spokeswoman" or "a spokesperson for the ministry"."""
    owner = described.owner
    plain = _NAMED.sub("", without_article(owner))
    marked = f"the {plain}" in described.text or owner.lower().startswith("the ")
    body = registry.body(plain)
    if body is not None and (body.person is False or kinds().of_name(body.name)):
        return f"the {body.called}" if marked or _has_article(body) else body.called
    if plain[:1].isupper() and kinds().of_name(plain):
        return f"the {plain}" if marked else plain
    words = words_of(plain.lower())
    noun = kinds().head(plain, to=len(words))
    owns = _OWNED.match(described.text)
    # "The mine's community officer", whose own article the role may lack.
    marked = owner.lower().startswith("the ") or (owns is not None and owns[1] == plain)
    is_body = noun is not None and noun.body and marked
    return f"the {plain}" if is_body and len(words) <= 3 else ""


def _only_company(registry: Registry) -> str:
    """Return the company that an article is about: named at least twice as often as any other."""
    companies = [
        one for known in (False, None) for one in registry.of_kind("company", person=known)
    ]
    ranked = sorted(companies, key=lambda one: -len(one.mentions))
    rival = len(ranked[1].mentions) if len(ranked) > 1 else 0
    if not ranked or len(ranked[0].mentions) < 2 * max(rival, 1):
        return ""
    return f"the {ranked[0].called}" if _has_article(ranked[0]) else ranked[0].called


def _has_article(body: Entity) -> bool:
    """Return whether the article puts "the" before a body's name."""
    names = [(one.head.doc, one.name.first) for one in body.mentions if one.name is not None]
    return any(first > 0 and doc[first - 1].lower_ == "the" for doc, first in names)
