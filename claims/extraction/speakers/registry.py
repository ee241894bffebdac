"""The people and bodies of an article: who is mentioned under which names, described how, and of what kind."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from claims.extraction.lexicons.first_names import is_known, share_of_women
from claims.extraction.lexicons.source_kinds import OTHER, kinds
from claims.extraction.lexicons.titles import titles
from claims.extraction.speakers.mentions import Mention, without_article
from claims.extraction.speakers.names import titled
from claims.extraction.speakers.phrases import AFFILIATION, Role
from claims.extraction.speakers.roles import body_kind, kind_of

_SMALL = frozenset({"of", "for", "and", "the", "on", "&", "in"})
_SCHOOLS = re.compile(
    r"(?i)\b(?:universit|college|institut|laborator|observator|hospital|clinic|academy|polytechnic|infirmary)"
)
"""Who belongs to one of these, and is nothing else, is an expert."""
_STATE = frozenset(
    {
        "president",
        "vice president",
        "vice-president",
        "deputy president",
        "governor",
        "speaker",
        "chancellor",
    }
)
_SERVED = frozenset({"company", "organisation", "official"})
"""Bodies whose officers an article names without them: "the chairman", "the vice president of sales"."""
_MANY = 50
"""Names with one word in common; more are not told apart."""
_POSSESSIVE = re.compile(r"^(?:his|her|its|their|my|our)\s", re.IGNORECASE)


@dataclass(eq=False, slots=True)
class Entity:
    """A person, body or thing of the article.

    Attributes:
        name: its full name without titles, or its first description.
        named: the name is a proper one.
        mentions: its mentions, in the order of the text; pronouns join as they are resolved.
        person: whether it is one or several people; None if nothing tells.
        plural: it is several.
        kind: its source kind.
        aliases: other names.
        place: it is named as a place ("in Ostmere").
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

    def roles(self) -> Iterator[Role]:
        """Yield its descriptions in the order of the text."""
        for mention in self.mentions:
            yield from mention.roles

    def role(self, before: int) -> str:
        """Return the fullest description of it in front of a place, or "".

        A description in apposition counts more than an office before the name, that more than an affiliation,
        and of the same rank the first; what only says whose relative it is comes last.
        """
        known = [one for one in self.roles() if one.place <= before]
        return min(known, key=_worth).text if known else ""

    def woman(self) -> float:
        """Return how likely it is a woman: what titles and descriptions tell, else its first name."""
        return {"she": 0.995, "he": 0.005}.get(self.told, self.share)

    def ages(self) -> set[str]:
        """Return the ages that the article gives it."""
        return {one.age for one in self.mentions if one.age}


def _worth(role: Role) -> tuple[bool, int]:
    head = role.what.head
    kin = head is not None and head.kind == OTHER
    unnamed = head is not None and head.kind == "unnamed"
    return kin or unnamed, role.rank


class Registry:
    """Everyone and everything that an article names, before anything else is resolved.

    Args:
        mentions: the article's mentions, in the order of the text.
        capitals: its words with a capital letter.
    """

    def __init__(self, mentions: Sequence[Mention], capitals: frozenset[str]) -> None:
        self.entities: list[Entity] = []
        self._of: dict[int, Entity] = {}
        self._called: dict[str, list[Entity]] = {}
        named = [one for one in mentions if one.name is not None]
        for mention in sorted(
            named, key=lambda one: -len(one.text.split()) if _is_long(one) else 0
        ):
            self._add(mention)
        self._link_short_names(named)
        self._fuller = _fuller(mentions)
        self._main = ""
        self._in_court = any(
            one.what.head is not None and one.what.head.kind == "court"
            for mention in mentions
            for one in mention.roles
        )
        for entity in self.entities:
            entity.mentions.sort(key=lambda one: one.place)
            _settle(entity)
            entity.place |= entity.person is None and bool(_peoples(entity.name) & capitals)
        for _ in range(2):
            for entity in self.entities:
                entity.kind = self.kind_of(entity)
            self._main = self._main_body()

    def of(self, mention: Mention) -> Entity | None:
        """Return the entity of a mention with a name."""
        return self._of.get(id(mention))

    def join(self, mention: Mention, entity: Entity, *, sure: bool) -> None:
        """Add a mention to an entity: a resolved description or pronoun; a sure one tells man from woman."""
        self._of[id(mention)] = entity
        entity.mentions.append(mention)
        if mention.gender and sure and not entity.told and entity.person is not False:
            entity.told = mention.gender
        if entity.kind == OTHER and mention.roles:
            entity.kind = self.kind_of(entity)

    def make(self, mention: Mention) -> Entity:
        """Make an entity of a description that stands for nobody known."""
        entity = Entity(mention.text, named=False, person=mention.person, plural=mention.plural)
        entity.mentions.append(mention)
        entity.told = mention.gender
        self.entities.append(entity)
        self._of[id(mention)] = entity
        entity.kind = self.kind_of(entity)
        return entity

    def _add(self, mention: Mention) -> None:
        """Add a full name: to the entity of that name, or as a new one."""
        if _is_long(mention):
            found = self._bearers(mention.text)
            self._take(mention, next((one for one in found if _same(one, mention)), None))

    def _link_short_names(self, named: Iterable[Mention]) -> None:
        """Link surnames, first names, short forms and acronyms to the full names; the rest are names of their own."""
        for mention in named:
            if id(mention) not in self._of:
                found = [one for one in self._bearers(mention.text) if _may_be_called(one, mention)]
                self._take(mention, _choose(found, mention))

    def _take(self, mention: Mention, entity: Entity | None) -> None:
        if entity is None:
            entity = Entity(mention.text, named=True)
            self.entities.append(entity)
            self._index(entity, *_key(mention.text), initials(mention.text).casefold())
        for alias in mention.alias:
            entity.aliases.add(alias)
            self._index(entity, _key(alias)[-1])
        if (
            entity.name.isupper()
            and not mention.text.isupper()
            and len(mention.text) >= len(entity.name)
        ):
            entity.name = mention.text
        self._of[id(mention)] = entity
        entity.mentions.append(mention)

    def _index(self, entity: Entity, *words: str) -> None:
        for word in words:
            bearers = self._called.setdefault(word, [])
            if entity not in bearers[-1:] and len(bearers) < _MANY:
                bearers.append(entity)

    def _bearers(self, text: str) -> list[Entity]:
        """Return the entities with a word of a name in theirs, in the order of the text."""
        words = _key(text)
        return self._called.get(words[-1], []) if words else []

    def find_body(self, words: str) -> Entity | None:
        """Find the body that a name or short name means: "Tarn & Vale" is Tarn & Vale Water."""
        plain = without_article(words.strip())
        bodies = [one for one in self._bearers(plain) if one.named and one.person is not True]
        same = (one for one in bodies if one.name == plain or plain in one.aliases)
        longer = (one for one in bodies if one.person is False and f" {plain} " in f" {one.name} ")
        return next(same, None) or next(longer, None)

    def called(self, words: str) -> Entity | None:
        """Return the one that the article itself gives a short name: "the Company"."""
        key = words.casefold()
        return next(
            (one for one in self._bearers(words) if key in map(str.casefold, one.aliases)), None
        )

    def of_kind(self, kind: str, *, person: bool | None) -> list[Entity]:
        """Return those named who are of a kind, the people or the bodies, the most mentioned first."""
        found = [
            one for one in self.entities if one.named and one.kind == kind and one.person is person
        ]
        return sorted(found, key=lambda one: -len(one.mentions))

    def owned(self, words: str) -> str:
        """Return the kind of the body that words name or describe, or ""."""
        if _POSSESSIVE.match(words + " "):
            words = words.partition(" ")[2] or words
        entity = self.find_body(words)
        if entity is not None and entity.kind != OTHER:
            return entity.kind
        return self._fuller.get(without_article(words).lower()) or body_kind(words)

    def kind_of_role(self, role: Role) -> str:
        """Return the kind that a description indicates, or ""."""
        if role.rank == AFFILIATION:
            if _SCHOOLS.search(role.what.owner or role.text):
                return "expert"
            return self.owned(role.what.owner or role.text.partition(" ")[2])
        if role.what.head is not None and role.what.head.lawyer and self._in_court:
            return "spokesperson"
        return kind_of(role.what, self.owned) or titles().kinds.get(without_article(role.text), "")

    def _is_vague(self, role: Role) -> bool:
        head = role.what.head
        return (
            head is not None
            and not head.kind
            and not (role.what.owner and self.owned(role.what.owner))
        )

    def _main_body(self) -> str:
        """Return the kind of the body that the article is about, or "": that of the one named most, and twice or more."""
        lexicon = kinds()
        bodies = [
            one
            for one in self.entities
            if one.named
            and one.person is not True
            and one.kind in lexicon.with_officers
            and len(one.mentions) > 1
        ]
        best = max(bodies, key=lambda one: len(one.mentions), default=None)
        return best.kind if best is not None and best.kind in _SERVED else ""

    def kind_of(self, entity: Entity) -> str:
        """Return an entity's kind: what its best description says, then its name, then its titles."""
        told = [(role, self.kind_of_role(role)) for role in sorted(entity.roles(), key=_worth)]
        telling = [
            (role, kind)
            for role, kind in told
            if kind and kind != OTHER and not (entity.named and kind == "unnamed")
        ]
        # A "chairman" of nothing known is less than a "professor".
        telling.sort(key=lambda one: self._is_vague(one[0]))
        if telling:
            role, kind = telling[0]
            return self._main or kind if self._is_vague(role) and _serves_any(role) else kind
        if entity.named and entity.person is not True:
            kind = kinds().of_name(entity.name)
            if kind:
                return kind
        return _kind_by_title(entity) or _kind_by_form(entity)


def _serves_any(role: Role) -> bool:
    """Return whether nothing tells what an officer serves, and it is no president, who may be a country's."""
    head = role.what.head
    return head is not None and head.officer and head.words not in _STATE


def _fuller(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return the kind of bodies that a noun alone means, by what the article calls them first.

    "The committee" is the "public accounts committee", and a lawmaker.
    """
    found: dict[str, str] = {}
    for one in mentions:
        if one.name is None and one.person is False and " " in one.text and not one.plural:
            kind = body_kind(one.text)
            if kind:
                found.setdefault(one.noun, kind)
    return found


def _kind_by_title(entity: Entity) -> str:
    for mention in entity.mentions:
        words = mention.name.titles if mention.name is not None else ()
        for title in reversed(list(titled(words))):
            kind = titles().kinds.get(" ".join(title), "")
            if kind:
                return kind
    return ""


def _kind_by_form(entity: Entity) -> str:
    """Return the kind of what nothing describes: a place that speaks is its government."""
    if entity.named and entity.place and entity.person is None:
        return "official"
    return OTHER


def _is_long(mention: Mention) -> bool:
    return len([word for word in mention.text.split() if word not in _SMALL]) > 1


def _key(text: str) -> list[str]:
    return [word.strip(".").casefold() for word in text.split()]


def _same(entity: Entity, mention: Mention) -> bool:
    """Return whether a full name is another mention of an entity's: the same words, or fewer in the middle."""
    one, other = _key(entity.name), _key(mention.text)
    if one == other:
        return True
    if entity.mentions[0].person is False or mention.person is False:
        return _starts(one, other) and len(other) > 1
    return one[0] == other[0] and one[-1] == other[-1] and len(one) != len(other)


def _starts(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    return list(longer[: len(shorter)]) == list(shorter)


def _may_be_called(entity: Entity, mention: Mention) -> bool:
    """Return whether a short name may be an entity's."""
    words, short = _key(entity.name), _key(mention.text)
    if mention.text in entity.aliases or words == short:
        return True
    if len(words) < 2 or not short:
        return False
    first = entity.mentions[0]
    if first.person is False:
        if initials(entity.name) == mention.text or words[-len(short) :] == short:
            return True
        return _starts(words, short) and not (len(short) == 1 and mention.person is True)
    if mention.person is False:
        return False
    if len(mention.text) in {2, 3} and mention.text == initials(entity.name):
        return True
    surname = words[-len(short) :] == short
    given = (
        words[0] == short[0]
        and len(short) == 1
        and not (mention.name is not None and mention.name.titles)
    )
    return surname or given


def initials(name: str) -> str:
    """Return the initials of a name or title, small words left out: "OC" of "Officer-in-Charge"."""
    return "".join(
        word[0] for word in re.split(r"[\s-]", name) if word and word.lower() not in _SMALL
    ).upper()


def _choose(found: Sequence[Entity], mention: Mention) -> Entity | None:
    """Choose among those who bear a short name: by title and gender, then the one last mentioned before."""
    fitting = [one for one in found if _agrees(one, mention)] or list(found)
    titled_alike = [one for one in fitting if _shares_title(one, mention)]
    fitting = titled_alike or [one for one in fitting if not _is_always_titled(one)] or fitting
    before = [one for one in fitting if one.mentions[0].place < mention.place]
    return max(
        before or fitting,
        key=lambda one: max(
            (other.place for other in one.mentions if other.place < mention.place),
            default=-one.mentions[0].place,
        ),
        default=None,
    )


def _agrees(entity: Entity, mention: Mention) -> bool:
    told = next((one.gender for one in entity.mentions if one.gender), "")
    if mention.gender and told:
        return mention.gender == told
    if mention.gender and entity.mentions[0].person is not False:
        share = share_of_women(entity.name.split()[0])
        return share > 0.4 if mention.gender == "she" else share < 0.6
    return True


def _shares_title(entity: Entity, mention: Mention) -> bool:
    own = set(mention.name.titles) if mention.name is not None else set()
    return bool(
        own & {word for one in entity.mentions if one.name is not None for word in one.name.titles}
    )


def _is_always_titled(entity: Entity) -> bool:
    """Return whether an article never calls somebody by the bare name: "PC Venn" is not "Venn"."""
    return all(one.name is not None and one.name.titles for one in entity.mentions)


def _peoples(place: str) -> set[str]:
    """Return what the people of a place may be called: Norland has Norlanders, Vorelia Vorelians."""
    stems = (place, place[:-1]) if place[-1:] in "aeo" else (place,)
    return {
        stem + end
        for stem in stems
        for end in ("n", "an", "ian", "ean", "ese", "ish", "er", "ers", "i", "ians", "ans")
    }


def _settle(entity: Entity) -> None:
    """Draw together what the mentions of a name tell of its bearer."""
    told = [one.person for one in entity.mentions if one.person is not None]
    entity.person = told[0] if told else None
    entity.told = next((one.gender for one in entity.mentions if one.gender), "")
    words = entity.name.split()
    first = words[0] if len(words) > 1 or is_known(words[0]) else ""
    entity.share = share_of_women(first) if entity.person is not False and first else 0.5
    entity.place = entity.person is None and any(
        one.name is not None and one.name.is_place(one.head.doc) for one in entity.mentions
    )
