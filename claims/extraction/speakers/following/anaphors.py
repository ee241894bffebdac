"""What a pronoun or description that may point back is like, and those whom it may mean."""

from collections.abc import Collection
from dataclasses import dataclass

from claims.extraction.lexicons.source_kinds import OTHER
from claims.extraction.speakers.entities import Entity
from claims.extraction.speakers.fitting import (
    leads_or_speaks_for,
    may_be,
    may_be_described,
    only_employs,
)
from claims.extraction.speakers.mentions import Mention

_LED_BY_NOBODY = frozenset({"document", OTHER})
"""Kinds of things that have no chair and no spokesman: a decision, a fine."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of those mentioned before a pronoun.

    Attributes:
        entity: whom or what it stands for.
        last: its last mention before.
        order: how many others were mentioned since.
        speaks: that mention is the source of a statement.
        spoke: it was the last one to speak.
        mentions: how often it was mentioned before.
        subject: it is the one mentioned most in the article.
        opens: it is the first of its sort in the article.
        in_subject: it is the subject there, or before in that sentence.
        topic: the paragraph is about it.
        told: that mention stands in what somebody says.
    """

    entity: Entity
    last: Mention
    order: int
    speaks: bool
    spoke: bool
    mentions: int
    subject: bool
    opens: bool
    in_subject: bool = False
    topic: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or description that may point back.

    Attributes:
        form: "she", "he", "it", "they", or "the" for a description.
        sentence: the number of its sentence.
        passage: the number of its passage.
        subject: it is what its clause is about.
        speaks: it is the source of a statement.
        quoted: it stands in a quotation.
        described: the description, or None for a pronoun.
        kind: the description's source kind.
        owns: it owns a person, as in "its spokeswoman".
        led: that person leads it or speaks for it.
        owner: whom a description belongs to, as "her" in "her brother".
        kin: those named in the article who are of the description's kind, the most mentioned first.
        without: the names of those whom it does not mean, as who talks is not the "she" of a quotation.
    """

    form: str
    sentence: int
    passage: int
    subject: bool
    speaks: bool
    quoted: bool
    described: Mention | None = None
    kind: str = ""
    owns: bool = False
    led: bool = False
    owner: Entity | None = None
    kin: tuple[Entity, ...] = ()
    without: Collection[str] = ()


def of_pronoun(mention: Mention, *, speaks: bool, owned: Mention | None) -> Anaphor:
    """Describe a pronoun outside quotations.

    Args:
        mention: the pronoun.
        speaks: it is the source of a statement.
        owned: the person who belongs to it: "its spokeswoman".
    """
    form, subject = mention.pronoun, mention.subject
    sentence, passage = mention.sentence, mention.passage
    owns, led = owned is not None, owned is not None and leads_or_speaks_for(owned)
    return Anaphor(form, sentence, passage, subject, speaks, quoted=False, owns=owns, led=led)


@dataclass(frozen=True, slots=True)
class Link:
    """What a pronoun or description was found to stand for, and how likely that is."""

    entity: Entity
    confidence: float


def fits(entity: Entity, anaphor: Anaphor) -> bool:
    """Return whether a pronoun or description may stand for an entity at all."""
    if entity is anaphor.owner or (anaphor.without and entity.called in anaphor.without):
        return False
    if anaphor.described is not None:
        aside = anaphor.described.person is False and only_employs(entity, anaphor.described)
        return not aside and may_be_described(entity, anaphor.described)
    if anaphor.led and not entity.named and entity.kind in _LED_BY_NOBODY:
        return False
    return may_be(entity, anaphor.form)
