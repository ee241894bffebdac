"""What an article tells of one person, body or thing."""

import re
from collections import Counter
from dataclasses import dataclass, field

from claims.extraction.lexicons.first_names import is_known, share_of_women
from claims.extraction.lexicons.source_kinds import OTHER, words_of
from claims.extraction.lexicons.titles import titles
from claims.extraction.speakers.mentions import Mention
from claims.extraction.speakers.names.proper import titled
from claims.extraction.speakers.roles import Role

_OPENING = re.compile(r"^(?:The|An?|Its|His|Her|Their|One) ")
ANY_FIRM = frozenset({"company", "firm", "business"})
"""What any company is."""
_MOST_ROLES = 40
"""Descriptions of one entity; further ones tell nothing more."""


@dataclass(eq=False, slots=True)
class Entity:
    """A person, body or thing of the article.

    Attributes:
        name: its full name without titles, or its first description.
        named: the name is a proper one.
        mentions: its mentions: those by name in the order of the text, then the others as they are resolved.
        person: whether it is one or several people; None if nothing tells.
        plural: it is several.
        kind: its source kind.
        aliases: other names that the article gives it.
        place: it is named as a place ("in Ostmere").
        told: "she" or "he" if a title, a description or a pronoun tells, else "".
        share: how likely it is a woman by its first name.
        roles: its descriptions.
        nouns: the last words of its descriptions.
        words: all words of its descriptions.
        titles: its titles.
        ages: the ages that the article gives it.
        called_the: its name stands behind "the" somewhere.
        speaks: it is the source of a statement up to where the article is read.
        count: how often it was mentioned up to where the article is read.
    """

    name: str
    named: bool
    mentions: list[Mention] = field(default_factory=list)
    person: bool | None = None
    plural: bool = False
    kind: str = OTHER
    aliases: set[str] = field(default_factory=set)
    place: bool = False
    told: str = ""
    share: float = 0.5
    roles: list[Role] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    ages: set[str] = field(default_factory=set)
    called_the: bool = False
    speaks: bool = False
    count: int = 0

    def note(self, mention: Mention) -> None:
        """Take down one mention and what it tells."""
        self.mentions.append(mention)
        self.called_the = self.called_the or _is_called_the(mention)
        if mention.age:
            self.ages.add(mention.age)
        if mention.name is not None:
            self.titles.update(mention.name.titles)
        for role in mention.roles[: _MOST_ROLES - len(self.roles)]:
            self.roles.append(role)
            self.nouns.add(role.what.noun)
            self.words.update(words_of(role.text.lower()))

    def settle(self) -> None:
        """Draw together what the mentions of a name tell of its bearer."""
        self.mentions.sort(key=lambda one: one.place)
        self.roles.sort(key=lambda one: one.place)
        self.person = next((one.person for one in self.mentions if one.person is not None), None)
        self.told = next((one.gender for one in self.mentions if one.gender), "")
        self.name = self._usual_name()
        self.share = self._share() if self.person is not False else 0.5
        self.place = self.person is not True and any(map(self._is_place, self.mentions))

    def _is_place(self, mention: Mention) -> bool:
        """Return whether a mention names it as a place; what is known to be a body may as well be at work there."""
        name, doc = mention.name, mention.head.doc
        if name is None:
            return False
        return name.is_place(doc) if self.person is None else name.is_sure_place(doc)

    def _share(self) -> float:
        """Return how likely it is a woman by the first name, or another one if the list does not have that."""
        names = [self.name, *(one.text for one in self.mentions if " " in one.text)]
        first = [one.split()[0] for one in names if " " in one or is_known(one)]
        known = next(filter(is_known, first), first[0] if first else "")
        return share_of_women(known) if known else 0.5

    def _usual_name(self) -> str:
        """Return the full name by which the article calls a person most; of those used as often, the first."""
        full = [one.text for one in self.mentions if " " in one.text and not one.text.isupper()]
        if self.person is not True or not full:
            return self.name
        return Counter(full).most_common(1)[0][0]

    @property
    def called(self) -> str:
        """Its name, a body's without the form in which it is registered: "Orvo Mills" for "Orvo Mills N.V."."""
        words = self.name.split()
        if not self.named or self.person is True or words[-1].rstrip(".,") not in titles().firms:
            return self.name
        while len(words) > 1 and words[-1].rstrip(".,") in titles().firms:
            words.pop()
        return " ".join(words).rstrip(",")

    def role(self, before: int) -> str:
        """Return the fullest description of it in front of a place, or "".

        A description in apposition counts more than an office before the name, that more than a description
        without the name, that more than an affiliation, and of the same rank the first; what only says whose
        relative it is comes last. It is written as inside a sentence: "the minister", also where that begins one.
        """
        known = [
            one
            for one in self.roles
            if one.place <= before and one.text and not (is_age(one) or self._repeats(one))
        ]
        return _OPENING.sub(
            lambda word: word[0].lower(), min(known, key=worth).text if known else ""
        )

    def _repeats(self, role: Role) -> bool:
        """Return whether a description says no more than a body's name does: "the agency" of the Salt Agency, "the firm"."""
        noun = role.text.lower().removeprefix("the ")
        said = noun in ANY_FIRM or self.name.lower().endswith(f" {noun}")
        return self.person is False and said

    def woman(self) -> float:
        """Return how likely it is a woman: what titles and descriptions tell, else its first name."""
        return {"she": 0.995, "he": 0.005}.get(self.told, self.share)

    def kind_by_title(self) -> str:
        """Return the kind that its titles indicate, or ""."""
        for mention in self.mentions:
            words = mention.name.titles if mention.name is not None else ()
            for title in reversed(list(titled(words))):
                kind = titles().kinds.get(" ".join(title), "")
                if kind:
                    return kind
        return ""


def _is_called_the(mention: Mention) -> bool:
    name = mention.name
    if name is None or name.first == 0 or any(one.start < name.first for one in mention.roles):
        return False
    return mention.head.doc[name.first - 1].lower_ == "the"


def is_age(role: Role) -> bool:
    """Return whether a description tells nothing but an age: "the 34-year-old"."""
    return role.what.noun.endswith("old") and role.what.head is None


def worth(role: Role) -> tuple[bool, int]:
    """Return what to sort descriptions by, the most telling first."""
    head = role.what.head
    return head is not None and head.kind in {OTHER, "unnamed"}, role.rank
