"""The people and bodies of an article: who is mentioned under which names, described how, and of what kind."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from claims.extraction.lexicons.first_names import is_known
from claims.extraction.lexicons.source_kinds import OTHER, kinds
from claims.extraction.lexicons.titles import titles
from claims.extraction.speakers.entities import Entity, worth
from claims.extraction.speakers.hearings import sitting_kind
from claims.extraction.speakers.mentions import Mention, without_article
from claims.extraction.speakers.naming import Names, fuller_kinds, initials, is_long, peoples
from claims.extraction.speakers.roles import (
    AFFILIATION,
    DESCRIPTION,
    Role,
    body_kind,
    handle_kind,
    kind_of,
)

_ATHLETES = frozenset(
    {"commissaire", "commissaires", "marshal", "marshals", "rider", "driver", "jockey"}
) | frozenset(
    {"cyclist", "climber", "runner", "swimmer", "rower", "sailor", "skier", "skater", "walker"}
)
"""Whom only an article about sport shows to be athletes."""
_SCHOOLS = re.compile(
    r"(?i)\b(?:universit|college|institut|laborator|observator|hospital|clinic|academy|polytechnic|infirmary)"
)
"""Who belongs to one of these, and is nothing else, is an expert."""
_DEGREES = frozenset({"Dr", "Prof", "Professor"})
_STATE = frozenset(
    {"president", "vice president", "vice-president", "deputy president", "governor", "speaker"}
    | {"chancellor"}
)
"""Officers who may be a country's."""
_WORD = re.compile(r"\w+(?:-\w+)*")
_SERVED = frozenset({"company", "organisation", "official"})
"""Bodies whose officers an article names without them: "the chairman", "the vice president of sales"."""
_JOINED = re.compile(r"[A-Z]?[a-z]+[A-Z][a-z]+\w*$")
"""How firms write their names: "MillBarn"."""
_INITIALS = re.compile(r"[A-Z][A-Z&]+$")
"""What unions and parties are called by, behind "the"."""
_INDEFINITE = re.compile(r"(?i)(?:an?|some|any|another|one)\s")
_POLICE = "police-military"
_RANKS = frozenset(
    {"chief", "officer", "captain", "commander", "superintendent", "inspector", "commissioner"}
)
"""Officers whom a log of the police means by no other name; a manager in it is a shop's."""
_SOON = 200
"""Characters between a body and an officer of it."""
_END = 1 << 60
"""Behind every place of an article."""
_FORMER = re.compile(r"(?i)(?:the |an? |his |her |its )?(?:former|ex|one-time|retired)\b")
_TIE = re.compile(r" (?:of|for|in|at|on|from) ")
_POSSESSIVE = re.compile(r"^(?:his|her|its|their|my|our)\s", re.IGNORECASE)


class Registry:
    """Everyone and everything that an article names, before anything else is resolved.

    Args:
        mentions: the article's mentions, in the order of the text.
        text: its text.
    """

    def __init__(self, mentions: Sequence[Mention], text: str) -> None:
        words = frozenset(_WORD.findall(text))
        self._text = text
        self._hearing = sitting_kind(text)
        self.entities: list[Entity] = []
        self._of: dict[int, Entity] = {}
        self._names = Names()
        self._fuller = fuller_kinds(mentions)
        self._setting = kinds().setting(frozenset(map(str.lower, words)))
        self._main = ""
        self._in_court = any(
            one.what.head is not None and one.what.head.kind == "court"
            for mention in mentions
            for one in mention.roles
        )
        self._read([one for one in mentions if one.name is not None])
        self._by_age: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities:
            for age in entity.ages:
                self._by_age[age].append(entity)
            entity.settle()
            entity.place |= entity.person is None and bool(peoples(entity.name) & words)
        self._holders = _holders(self.entities)
        unnamed = {without_article(one.text).lower() for one in mentions if one.name is None}
        self._unheld = unnamed - self._holders.keys()
        for _ in range(2):
            # What an officer is depends on the body, which may be named later.
            for entity in self.entities:
                entity.kind = self.kind_of(entity)
            self._main = self._main_body()
        self._by_kind: dict[tuple[str, bool | None], list[Entity]] = defaultdict(list)
        for entity in sorted(self.entities, key=lambda one: -len(one.mentions)):
            self._by_kind[entity.kind, entity.person].append(entity)

    def _read(self, named: Sequence[Mention]) -> None:
        """Link the mentions with a name: full names first, the longest before all."""
        long = [one for one in named if is_long(one.text)]
        for mention in sorted(long, key=lambda one: (-len(one.text.split()), not one.alias)):
            self._take(mention, self._names.full(mention))
        for mention in named:
            if id(mention) not in self._of:
                self._take(mention, self._names.short(mention))
            self._names.hear(mention, self._of[id(mention)])

    def _take(self, mention: Mention, entity: Entity | None) -> None:
        if entity is None:
            entity = Entity(mention.text, named=True)
            self.entities.append(entity)
            self._names.add(entity, mention.text)
        for alias in mention.alias:
            entity.aliases.add(alias)
            self._names.add(entity, alias)
        longer = len(mention.text) >= len(entity.name)
        if entity.name.isupper() and not mention.text.isupper() and longer:
            entity.name = mention.text
        self._of[id(mention)] = entity
        entity.note(mention)

    def of(self, mention: Mention) -> Entity | None:
        """Return the entity of a mention: of a name, or of what was resolved."""
        return self._of.get(id(mention))

    def join(self, mention: Mention, entity: Entity, *, sure: bool) -> None:
        """Add a mention to an entity: a resolved description or pronoun; a sure one tells man from woman."""
        self._of[id(mention)] = entity
        entity.note(mention)
        if mention.gender and sure and not entity.told and entity.person is not False:
            entity.told = mention.gender
        if entity.person is None and sure and mention.pronoun:
            entity.person = mention.person
        if entity.kind == OTHER and mention.roles:
            entity.kind = self.kind_of(entity)

    def make(self, mention: Mention) -> Entity:
        """Make an entity of a description that stands for nobody known."""
        entity = Entity(mention.text, named=False, person=mention.person, plural=mention.plural)
        entity.note(mention)
        entity.told = mention.gender
        self.entities.append(entity)
        self._of[id(mention)] = entity
        entity.kind = self.kind_of(entity)
        return entity

    def alias(self, words: str) -> Entity | None:
        """Return the one that the article itself gives a short name: "the Company"."""
        return self._names.alias(words)

    def of_age(self, age: str) -> Entity | None:
        """Return the one and only whose age the article gives beside the name, or None."""
        found = self._by_age.get(age, ())
        return found[0] if len(found) == 1 else None

    def holder(self, description: str) -> Entity | None:
        """Return the one and only whom the article names with a description, before or behind it, or None."""
        found = self._holders.get(description.lower(), ())
        return found[0] if len(found) == 1 else None

    def is_anothers(self, description: str) -> bool:
        """Return whether somebody without a name is described so more fully: "the captain" by "the captain of the Aurelia"."""
        words = without_article(description).lower()
        return any(one.startswith(words) and _TIE.match(one, len(words)) for one in self._unheld)

    def body(self, words: str) -> Entity | None:
        """Return the body that words name: "Tarn & Vale" is Tarn & Vale Water."""
        return self._names.body(words)

    def ending(self, noun: str, before: int) -> Entity | None:
        """Return the one body named before a place whose name ends with a noun, or None."""
        return self._names.ending(noun, before)

    def only(self, words: str) -> Entity | None:
        """Return the one and only who bears a name or a part of it, or None."""
        return self._names.only(words)

    def of_kind(self, kind: str, *, person: bool | None) -> Sequence[Entity]:
        """Return those named who are of a kind, the people or the bodies, the most mentioned first."""
        return self._by_kind.get((kind, person), ())

    def owned(self, words: str) -> str:
        """Return the kind of the body that words name or describe, or ""."""
        if _POSSESSIVE.match(words + " "):
            words = words.partition(" ")[2] or words
        entity = self._names.body(words)
        if entity is not None and entity.kind != OTHER:
            return entity.kind
        return self._fuller.get(without_article(words).lower()) or body_kind(words)

    def kind_of_role(self, role: Role) -> str:
        """Return the kind that a description indicates, or ""."""
        what = role.what
        if what.head is None and role.text.startswith("@"):
            return handle_kind(role.text)
        if role.rank == AFFILIATION and _SCHOOLS.search(what.owner):
            return "expert"
        if what.head is None and what.owner and not _INDEFINITE.match(what.owner):
            # "a lady at the laundry", "information of the Courant"
            return self._kind_of_body(what.owner)
        if what.head is not None and what.head.lawyer and self._in_court:
            return "spokesperson"
        if what.noun in _ATHLETES and self._setting.people == "organisation":
            return "organisation"
        home = self._names.body(what.owner) if f" from {what.owner}" in what.text else None
        if home is not None and home.place:
            # Nobody serves the place that he or she is from.
            what = replace(what, owner="")
        return kind_of(what, self.owned) or titles().kinds.get(without_article(role.text), "")

    def _kind_of_body(self, words: str) -> str:
        """Return the kind of what somebody belongs to, or "" where it is only a place."""
        body = self._names.body(words)
        place = body is not None and body.place and not kinds().of_name(body.name)
        return "" if place else self.owned(words)

    def kind_of(self, entity: Entity) -> str:
        """Return an entity's kind: what its best description says, then its name, then its titles."""
        told = [(role, self.kind_of_role(role)) for role in sorted(entity.roles, key=worth)]
        silent = {"", OTHER, "unnamed"} if entity.named else {"", OTHER}
        telling = [(self._doubt(role), role, kind) for role, kind in told if kind not in silent]
        _, role, kind = min(telling, key=lambda one: one[0], default=(0, None, ""))
        if role is not None and kind == "organisation" and _is_scholar(entity, role):
            return "expert"
        if role is not None:
            main = self._main if self._main != _POLICE or role.what.noun in _RANKS else ""
            served = self._near(role) or main or ("organisation" if _is_state(role) else kind)
            return served if self._is_vague(role) and _serves_any(role) else kind
        named = kinds().of_name(entity.name) if entity.named and entity.person is not True else ""
        return named or entity.kind_by_title() or self._kind_by_form(entity)

    @property
    def askers(self) -> str:
        """The kind of those who mostly ask: journalists, but lawyers at a hearing and members in a parliament."""
        return self._hearing or ("lawmaker" if self._setting.people == "lawmaker" else "media")

    def may_be_asker(self, entity: Entity) -> bool:
        """Return whether somebody of no known kind may ask for a living: outside a trial, in which lawyers ask."""
        known = entity.kind in {OTHER, "witness"} or entity.kind == self._setting.people
        lawyers = self._in_court and self._setting.people == OTHER
        return known and entity.person is not False and not lawyers and not entity.role(_END)

    def _doubt(self, role: Role) -> int:
        """Return how little a description tells: a "chairman" of nothing known, a "former barrister"."""
        return self._is_vague(role) + 2 * bool(_FORMER.match(role.text))

    def _is_vague(self, role: Role) -> bool:
        """Return whether a description names an office, and no body that is known."""
        head, owner = role.what.head, role.what.owner
        return head is not None and not head.kind and not (owner and self.owned(owner))

    def _near(self, role: Role) -> str:
        """Return the kind of the body named last before an officer in the same paragraph: "The union agreed. Chair Ada Venn"."""
        first = max(self._text.rfind("\n", 0, role.place), role.place - _SOON)
        near = [
            (mention.place, one.kind)
            for one in self.entities
            if one.person is False and one.kind in _SERVED
            for mention in one.mentions
            if first < mention.place < role.place
        ]
        return max(near, default=(0, ""))[1]

    def _main_body(self) -> str:
        """Return the kind of the body that the article is about, or "": that of the one named most, and twice or more."""
        if self._hearing or self._setting.officers:
            return self._hearing or self._setting.officers
        officers = kinds().with_officers
        bodies = [one for one in self.entities if one.person is not True and one.kind in officers]
        best = max(bodies, key=lambda one: len(one.mentions), default=None)
        often = best is not None and len(best.mentions) > 1
        return best.kind if best is not None and often and best.kind in _SERVED else ""

    def _kind_by_form(self, entity: Entity) -> str:
        """Return the kind of what nothing describes.

        A place that speaks is its government; somebody of whom no more is told than the age is a member of the
        public, outside a court.
        """
        if entity.named and entity.place:
            return "official"
        silent = any(one.what.head is not None for one in entity.roles)
        lives = bool(entity.ages) or any(one.rank == AFFILIATION for one in entity.roles)
        if silent or not entity.named:
            return OTHER
        unknown = " " not in entity.name and not is_known(entity.name)
        if entity.person is False or (entity.person is None and unknown):
            union = entity.called_the and _INITIALS.match(entity.name)
            return "organisation" if union else self.kind_of_unknown_body(entity.name)
        if entity.person and lives and not self._in_court:
            return "witness"
        people = self._hearing or self._setting.people
        return people if entity.person and people else OTHER

    def kind_of_unknown_body(self, name: str) -> str:
        """Return the kind of a body of which only a name is known: what the article is about tells it, or the form."""
        firm = _JOINED.match(name) or " & " in name
        return self._setting.bodies or ("company" if firm else OTHER)


def _holders(entities: Iterable[Entity]) -> dict[str, list[Entity]]:
    """Return by description the people who bear it beside their names.

    "The secretary of state for justice, Ada Venn" is "the secretary of state" too, but not "the secretary".
    """
    found: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        roles = [one for one in entity.roles if entity.person and one.rank < DESCRIPTION]
        known = {words for one in roles for words in _short_forms(one)}
        for words in known:
            found[words].append(entity)
    return found


def _short_forms(role: Role) -> Iterator[str]:
    plain = without_article(role.text)
    lower = plain.lower()
    if " " in plain or role.text.lower().startswith("the ") or titles().is_strong([plain]):
        yield lower
    if len(initials(plain)) > 1:
        yield initials(plain).lower()
    for match in _TIE.finditer(lower):
        if " " in lower[: match.start()]:
            yield lower[: match.start()]


def _is_scholar(entity: Entity, role: Role) -> bool:
    """Return whether an officer of a school or laboratory is a doctor or professor."""
    return bool(entity.titles & _DEGREES) and _SCHOOLS.search(role.what.owner) is not None


def _serves_any(role: Role) -> bool:
    """Return whether nothing tells what an officer serves, and it is no president, who may be a country's."""
    head = role.what.head
    owned = _POSSESSIVE.match(role.text) is not None
    return head is not None and head.officer and (owned or not _is_state(role))


def _is_state(role: Role) -> bool:
    head = role.what.head
    return head is not None and head.words in _STATE
