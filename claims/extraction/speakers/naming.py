"""Finds whose name a name is: surnames, first names, short forms and acronyms of the full names in an article."""

import re
from collections.abc import Iterable, Sequence

from claims.extraction.lexicons.first_names import share_of_women
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import titles
from claims.extraction.speakers.entities import Entity
from claims.extraction.speakers.mentions import Mention, without_article
from claims.extraction.speakers.roles import body_kind

_SMALL = frozenset({"of", "for", "and", "the", "on", "&", "in"})
_LOCAL = frozenset({"official", "police-military", "organisation", "court", "lawmaker"})
"""Kinds of bodies that are named for places."""
_BEFORE_PLACES = frozenset(
    {"in", "of", "to", "from", "near", "between", "around", "across", "outside"}
)
_MANY = 50
"""Names with one word in common; more are not told apart."""


class Names:
    """The names of an article's entities, by their words."""

    def __init__(self) -> None:
        self._bearers: dict[str, list[Entity]] = {}
        self._heard: dict[tuple[Entity, str], Mention] = {}
        self._called: dict[tuple[Entity, str], Mention] = {}

    def add(self, entity: Entity, name: str) -> None:
        """Add a name of an entity, with its words and initials."""
        for word in (*_key(name), initials(name).casefold()):
            bearers = self._bearers.setdefault(word, [])
            if entity not in bearers[-1:] and len(bearers) < _MANY:
                bearers.append(entity)

    def full(self, mention: Mention) -> Entity | None:
        """Return the one with a full name, which may have more or fewer words in the middle."""
        return next((one for one in self._with(mention.text) if _is_same(one, mention)), None)

    def short(self, mention: Mention) -> Entity | None:
        """Return the one who is called by a short name."""
        found = [one for one in self._with(mention.text) if _may_be_called(one, mention)]
        return self._choose(found, mention)

    def hear(self, mention: Mention, entity: Entity) -> None:
        """Note whose name a mention is; to be called in the order of the text."""
        self._called[entity, mention.text] = mention
        for word in (*_key(mention.text), initials(mention.text).casefold()):
            self._heard[entity, word] = mention

    def _choose(self, found: Sequence[Entity], mention: Mention) -> Entity | None:
        """Choose among those who bear a short name: by title and gender, then one who has borne it so far.

        A relative whose full name comes only later does not count. Where nobody has borne it yet, as in a headline,
        it is whose full name comes first.
        """
        own = set(mention.name.titles) if mention.name is not None else set()
        fitting = [one for one in found if _agrees(one, mention)]
        if not fitting:
            # A first name may mislead about a "Mr", another title does not.
            fitting = [one for one in found if not _told(one)]
        fitting = [one for one in fitting if own & one.titles] or fitting
        word = mention.text.split()[-1].strip(".").casefold()
        heard = {one: self._heard[one, word] for one in fitting if (one, word) in self._heard}
        fitting = list(heard) or fitting
        fitting = [one for one in fitting if not _is_always_titled(one)] or fitting
        if not heard:
            return min(fitting, key=lambda one: one.mentions[0].place, default=None)
        last = max(fitting, key=lambda one: heard[one].place)
        near = heard[last].passage == mention.passage and not _is_relative(heard[last])
        return last if near else self._keeper(fitting, last, mention)

    def _keeper(self, fitting: Sequence[Entity], last: Entity, mention: Mention) -> Entity:
        """Return whom the article last called so.

        Neither "his cousin, Tom Venn" nor one who was named in full in an earlier paragraph takes the name over.
        """
        text = mention.text
        called = [one for one in fitting if (one, text) in self._called]
        return max(called, key=lambda one: self._called[one, text].place, default=last)

    def body(self, words: str) -> Entity | None:
        """Find the body that a name or short name means: "Tarn & Vale" is Tarn & Vale Water."""
        plain = without_article(words.strip())
        bodies = [one for one in self._with(plain) if one.named and one.person is not True]
        same = (one for one in bodies if one.name == plain or plain in one.aliases)
        longer = (one for one in bodies if one.person is False and f" {plain} " in f" {one.name} ")
        return next(same, None) or next(longer, None)

    def alias(self, words: str) -> Entity | None:
        """Return the one that the article itself gives a short name: "the Company"."""
        key = words.casefold()
        known = self._with(words)
        return next((one for one in known if key in map(str.casefold, one.aliases)), None)

    def ending(self, noun: str, before: int) -> Entity | None:
        """Return the one body named before a place whose name ends with a noun: "the board" is the Harbour Board."""
        bodies = [
            one
            for one in self._bearers.get(noun, ())
            if one.person is False
            and " " in one.name
            and one.mentions[0].place < before
            and one.name.lower().endswith(f" {noun}")
        ]
        return bodies[0] if len(bodies) == 1 else None

    def only(self, words: str) -> Entity | None:
        """Return the one and only who bears a name or a part of it, such as the surname."""
        key = _key(words)
        found = [
            one
            for one in self._with(words)
            if key in (_key(one.name), _key(one.name)[-len(key) :], _key(one.name)[:1])
        ]
        return found[0] if len(found) == 1 else None

    def _with(self, name: str) -> Sequence[Entity]:
        """Return the entities that have a name's last word in theirs."""
        words = _key(name)
        return self._bearers.get(words[-1], ()) if words else ()


def is_long(name: str) -> bool:
    """Return whether a name has several words that count."""
    return len([word for word in name.split() if word not in _SMALL]) > 1


def initials(name: str) -> str:
    """Return the initials of a name or title, small words left out: "OC" of "Officer-in-Charge"."""
    words = re.split(r"[\s-]", name)
    return "".join(word[0] for word in words if word and word.lower() not in _SMALL).upper()


def peoples(place: str) -> set[str]:
    """Return what the people of a place may be called: Norland has Norlanders, Vorelia Vorelians."""
    stems = (place, place[:-1]) if place[-1:] in "aeo" else (place,)
    ends = ("n", "an", "ian", "ean", "ese", "ish", "er", "ers", "i", "ians", "ans", "ic")
    return {stem + end for stem in stems for end in ends}


def _key(text: str) -> list[str]:
    return [word.strip(".").casefold() for word in text.split()]


def _is_same(entity: Entity, mention: Mention) -> bool:
    one, other = _key(entity.name), _key(mention.text)
    if one == other or any(_key(alias) == other for alias in entity.aliases):
        return True
    if entity.mentions[0].person is False or mention.person is False:
        return _starts(one, other) and len(other) > 1
    return one[0] == other[0] and one[-1] == other[-1] and len(one) != len(other)


def _starts(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    return list(longer[: len(shorter)]) == list(shorter)


def _may_be_called(entity: Entity, mention: Mention) -> bool:
    words, short = _key(entity.name), _key(mention.text)
    if mention.text in entity.aliases or words == short:
        return True
    if len(words) < 2 or not short:
        return False
    if mention.text == initials(entity.name):
        return True
    if entity.mentions[0].person is False:
        first_word = len(short) == 1 and (
            mention.person is True or _is_named_after(entity, mention)
        )
        return words[-len(short) :] == short or (_starts(words, short) and not first_word)
    return mention.person is not False and _is_part(words, short, mention)


def _is_named_after(entity: Entity, mention: Mention) -> bool:
    """Return whether a name stands where a place's does, for which a body may be named: "in Ostmere" is not its university."""
    name = mention.name
    if name is None or not name.start or kinds().of_name(entity.name) not in _LOCAL:
        return False
    return mention.head.doc[name.start - 1].lower_ in _BEFORE_PLACES


def _is_part(words: Sequence[str], short: Sequence[str], mention: Mention) -> bool:
    """Return whether words are a person's surname, or the first name alone."""
    has_titles = mention.name is not None and bool(mention.name.titles)
    given = words[0] == short[0] and len(short) == 1 and not has_titles
    return list(words[-len(short) :]) == list(short) or given


def _is_relative(mention: Mention) -> bool:
    """Return whether a name stands beside whose relative its bearer is, whom papers then do not call by the surname alone."""
    return any(one.what.noun in titles().relatives for one in mention.roles)


def _agrees(entity: Entity, mention: Mention) -> bool:
    told = _told(entity)
    if not mention.gender:
        return True
    if told:
        return mention.gender == told
    if entity.mentions[0].person is False:
        return True
    share = share_of_women(entity.name.split()[0])
    return share > 0.4 if mention.gender == "she" else share < 0.6


def _told(entity: Entity) -> str:
    """Return "she" or "he" if a title or a description tells, else ""."""
    return next((one.gender for one in entity.mentions if one.gender), "")


def _is_always_titled(entity: Entity) -> bool:
    """Return whether an article never calls somebody by the bare name: "PC Venn" is not "Venn"."""
    return all(one.name is not None and one.name.titles for one in entity.mentions)


def fuller_kinds(mentions: Iterable[Mention]) -> dict[str, str]:
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
