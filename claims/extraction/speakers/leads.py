"""Finds whom an article is about, and whom its lead speaks of: "A man who stole a kayak was fined", and below, "Tom Reed, 31"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from claims.extraction.lexicons.source_kinds import OTHER
from claims.extraction.speakers.entities import ANY_FIRM, Entity
from claims.extraction.speakers.fitting import only_employs
from claims.extraction.speakers.mentions import Mention, Reading

_LEADS = 5
"""Passages, headings among them, of which one is the lead."""


def introduced(readings: Sequence[Reading]) -> Iterator[tuple[int, Mention]]:
    """Yield the descriptions that the next paragraph puts a name to: the id of each, and the mention with the name.

    The description must open its paragraph, and the name the next one: with an age, and without a title or any other
    description of who that is.
    """
    for reading, following in pairwise(readings[: _LEADS + 1]):
        described, named = _first(reading), _first(following)
        if described is None or named is None or named.name is None:
            continue
        new = described.name is None and not described.pronoun and not described.definite
        person = new and described.person is True and not described.plural and described.subject
        roles = any(one.text for one in named.roles)
        told = named.age and named.subject and not roles and not named.name.titles
        # "A judge found a driver guilty": the next paragraph is about the driver.
        judges = any(
            one.what.head is not None and one.what.head.kind == "court" for one in described.roles
        )
        same = not (described.gender and named.gender) or described.gender == named.gender
        if person and told and same and not judges:
            yield id(described), named


def only_business(entities: Sequence[Entity], described: Mention) -> Entity | None:
    """Return the one business that an article is about, which a bare "the company" means; None where there may be two.

    A body that is named only for whom somebody works is none of its business.
    """
    bare = described.text.lower() == described.noun and not described.plural
    if not bare or described.noun not in ANY_FIRM:
        return None
    found = [
        one
        for one in entities
        if one.named
        and not (one.person is True or one.place or one.plural)
        and one.kind in {"company", OTHER}
        and one.mentions[0].place < described.place
        and not only_employs(one, described)
    ]
    if len(found) != 1 or found[0].kind != "company":
        return None
    # A firm that is named before it may have been taken for a person: "Tarn Mills will merge with Brenn Grain".
    first = found[0].mentions[0].place
    before = (one for one in entities if one.named and one.mentions[0].place < first)
    clear = all(one.place or one.roles or one.titles or one.told for one in before)
    return found[0] if clear else None


def _first(reading: Reading) -> Mention | None:
    """Return the mention that a paragraph begins with."""
    first = reading.mentions[0] if reading.mentions else None
    start = reading.passage.places[0][0] if reading.passage.places else -1
    return first if first is not None and first.place == start else None


def protagonists(entities: Sequence[Entity]) -> tuple[Entity | None, Sequence[Entity]]:
    """Return who is mentioned most, and the first person and the first body or thing that are named."""
    named = [one for one in entities if one.named]
    most = max(
        (one for one in named if one.person is not False),
        key=lambda one: len(one.mentions),
        default=None,
    )
    in_order = sorted(named, key=lambda one: one.mentions[0].place)
    people = [one for one in in_order if one.person is True]
    others = [one for one in in_order if one.person is not True]
    return most, (*people[:1], *others[:1])
