"""Makes examples of whom a pronoun stands for from articles that nobody annotated.

Where an article speaks of a woman and of two men, "she" is surely the woman. If gender is hidden from the weights, what else
is true of her, and not of the men, shows how papers use pronouns: for whoever spoke last, or is the subject.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claims.extraction.lexicons.first_names import share_of_women
from claims.extraction.speakers.discourse import Discourse
from claims.extraction.speakers.entities import Entity
from claims.extraction.speakers.following.anaphors import Anaphor, Candidate, Link
from claims.extraction.speakers.mentions import Mention
from claims.extraction.speakers.ranking import features

_GENDER = frozenset({"gender", "gender unknown"})
_SURE = 0.97
_BACK = 8
"""Sentences; whoever was last mentioned before them is not asked about."""


@dataclass(frozen=True, slots=True)
class Told:
    """A pronoun, and those whom its place in the text would allow.

    Attributes:
        candidates: what is true of each, their gender left out.
        right: whether each is the one whose gender fits.
        speaks: the pronoun is the source of a statement.
    """

    candidates: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]
    speaks: bool


class ToldByGender(Discourse):
    """Takes down the pronouns of an article that only one person's gender fits.

    Attributes:
        told: these pronouns, in the order in which they are resolved.
    """

    told: list[Told]

    def best(self, anaphor: Anaphor, place: int, mention: Mention | None = None) -> Link | None:
        """Resolve a pronoun as `Discourse` does, and take it down if gender tells whom it means."""
        if not hasattr(self, "told"):
            self.told = []
        if mention is not None and anaphor.form in {"she", "he"}:
            anyone = replace(anaphor, form="one")
            self.told += _told(anaphor, anyone, self.candidates(anyone, place, mention))
        return super().best(anaphor, place, mention)


def _told(anaphor: Anaphor, anyone: Anaphor, found: Sequence[Candidate]) -> Iterator[Told]:
    near = [
        one
        for one in found
        if one.entity.person is True and anaphor.sentence - one.last.sentence <= _BACK
    ]
    genders = [_gender(one.entity) for one in near]
    fitting = [number for number, gender in enumerate(genders) if gender == anaphor.form]
    others = [number for number, gender in enumerate(genders) if gender not in {"", anaphor.form}]
    if len(fitting) != 1 or not others or "" in genders[: fitting[0]]:
        return
    known = sorted((*fitting, *others))
    yield Told(
        tuple(
            {
                name: value
                for name, value in features(near[number], anyone).items()
                if name not in _GENDER
            }
            for number in known
        ),
        tuple(number == fitting[0] for number in known),
        anaphor.speaks,
    )


def _gender(entity: Entity) -> str:
    """Return "she" or "he" if a title, a description or the first name leaves no doubt; no pronoun counts."""
    stated = next((one.gender for one in entity.mentions if one.gender and not one.pronoun), "")
    if stated or not entity.named:
        return stated
    words = entity.name.split()
    share = share_of_women(words[0]) if len(words) > 1 else 0.5
    return "she" if share >= _SURE else "he" if share <= 1 - _SURE else ""
