"""Tells whether a pronoun or description may mean somebody at all, before it is asked how likely that is."""

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from claims.extraction.lexicons.source_kinds import OTHER, kinds, words_of
from claims.extraction.lexicons.titles import titles
from claims.extraction.speakers.entities import Entity
from claims.extraction.speakers.mentions import PRONOUNS, Mention
from claims.extraction.speakers.names.persons import is_storm
from claims.extraction.speakers.naming import initials, peoples
from claims.extraction.speakers.roles import KEPT, Description
from claims.extraction.types import Spans

PLAIN = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "of", "its", "his", "her", "their"}
)
"""Words of descriptions that tell nothing of anybody."""
_STATES = frozenset({"government", "state", "country", "nation", "city", "town", "province"})
"""Nouns for what a body with another name is not: the government is no council or ministry."""
_OF_SOMEBODY_NEW = re.compile(
    r"(?i)\b(?:son|daughter|child|brother|sister|wife|husband|widow|widower|mother|father) of an? "
)
"""Who is introduced so is not the relative of somebody known: "the daughter of a clerk, Venn left school"."""
_CALLED_SO = frozenset({"ministry", "navy", "army", "parliament", "council", "court", "police"})
"""Nouns that are in the name of each such body: "the ministry" is neither Averland nor Norline."""
_DONE_TO = frozenset({"to", "at", "by", "for", "against"})
"""Prepositions before a person to whom something is done, who is not the one who does it."""
_WORKS_FOR = frozenset({"at", "of", "for", "from", "with"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OFFICES = frozenset({"official", "minister"})
"""Kinds of offices that nobody holds beside another one."""
_MARKS = frozenset('“‘"')
_TIMES = frozenset(
    {
        "former",
        "ex",
        "then",
        "new",
        "current",
        "late",
        "acting",
        "outgoing",
        "incoming",
        "retired",
        "veteran",
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """An entity mentioned at a place; whether it is a source or a subject there or before it in the same sentence."""

    place: int
    mention: Mention
    entity: Entity
    speaks: bool
    subject: bool
    told: bool


def may_be_described(entity: Entity, described: Mention) -> bool:
    """Return whether a description may mean an entity at all: number, age, gender and sort do not forbid it."""
    if described.plural != entity.plural:
        return False
    if (
        described.person is not None
        and entity.person is not None
        and described.person != entity.person
    ):
        return False
    if entity.place and described.noun not in titles().areas:
        return False
    if entity.named and _is_not_for_a_name(entity, described):
        return False
    ages = entity.ages
    if described.age and ages and described.age not in ages:
        return False
    return _may_be_of(described.gender, entity) and not _is_another(entity, described)


def _is_not_for_a_name(entity: Entity, described: Mention) -> bool:
    """Return whether a description never means somebody whose name is known, or only who is called so."""
    if is_storm(entity.name.split()):
        return described.noun.capitalize() not in titles().storms
    if described.noun in _STATES | _CALLED_SO:
        return not _is_called(entity, described.noun)
    return _OF_SOMEBODY_NEW.search(described.roles[0].what.text) is not None


def _is_called(entity: Entity, noun: str) -> bool:
    """Return whether a name or description holds a noun, or the name is a place's: "Norland" is its government too."""
    return entity.place or noun in entity.nouns or noun in entity.name.lower()


def _may_be_of(gender: str, entity: Entity) -> bool:
    woman = entity.woman() if gender else 1.0
    return (1 - woman if gender == "he" else woman) > 0.1


def _is_another(entity: Entity, described: Mention) -> bool:
    """Return whether a description tells its bearer from another of the same sort: the finance minister, the energy one."""
    own = described.roles[0].what
    if _is_other_office(entity, own) or _is_of_another(entity, own):
        return True
    telling = _fields(own.text, own.noun)
    if not telling or own.noun not in entity.nouns:
        return False
    others = [_fields(one.text, own.noun) for one in entity.roles if one.what.noun == own.noun]
    return any(others) and not any(telling & other for other in others if other)


def _is_other_office(entity: Entity, own: Description) -> bool:
    """Return whether a description is a longer office than any that somebody has: the prime minister is not a minister."""
    offices = {
        one.what.head.words
        for one in entity.roles
        if one.what.noun == own.noun and one.what.head is not None
    }
    if _is_other_title(entity, own.noun.capitalize()):
        return True
    longer = own.head is not None and " " in own.head.words and not own.head.body
    return longer and bool(offices) and own.head is not None and own.head.words not in offices


def _is_other_title(entity: Entity, title: str) -> bool:
    """Return whether a description is an office, and somebody is known by other ones: Mayor Venn is not the governor."""
    kind = titles().kinds.get(title)
    known = (*entity.titles, *(noun.capitalize() for noun in entity.nouns))
    offices = {one: titles().kinds.get(one) for one in known if titles().kinds.get(one) in _OFFICES}
    # The president may be the prime minister's premier, and the chancellor a minister.
    same = kind == "minister" and kind in offices.values()
    return kind in _OFFICES and bool(offices) and title not in offices and not same


def _is_of_another(entity: Entity, own: Description) -> bool:
    """Return whether a description names whose its bearer is, and an entity is another's: the office of Ostrey, that of Velt.

    What is only known by the name of its own is of somebody else too, unless that names the same.
    """
    owners = _names_in(own.owner)
    if not owners:
        return False
    alike = [one.what for one in entity.roles if one.what.noun == own.noun]
    others = [named for one in alike if (named := _names_in(one.owner))]
    if others:
        return not any(_share(owners, named) for named in others)
    untold = entity.named and entity.person is None and not alike
    return untold and not _share(owners, frozenset(words_of(entity.name)))


def _share(names: frozenset[str], others: frozenset[str]) -> bool:
    """Return whether two owners have a name in common, or that of a place and its people."""
    return any(
        one.casefold() == other.casefold() or _is_of(one, other) or _is_of(other, one)
        for one in names
        for other in others
    )


def _is_of(adjective: str, place: str) -> bool:
    """Return whether a word is the adjective of a place: "Vorelian", "French"."""
    return adjective in peoples(place) or place in titles().nations.get(adjective, ())


@lru_cache(KEPT)
def _names_in(owner: str) -> frozenset[str]:
    """Return the names in words for whom somebody belongs to, and the initials of several: "United", "Nations" and "UN"."""
    times = titles().times
    names = [one for one in words_of(owner) if one[0].isupper() and one.lower() not in times]
    return frozenset((*names, *([initials(" ".join(names))] if len(names) > 1 else ())))


@lru_cache(KEPT)
def _fields(text: str, noun: str) -> frozenset[str]:
    """Return the words before a description's noun."""
    words = words_of(text.lower())
    end = words.index(noun) if noun in words else 0
    return frozenset(words[:end]) - PLAIN - _TIMES


def may_be(entity: Entity, form: str) -> bool:
    """Return whether a pronoun may stand for an entity at all."""
    if form in {"she", "he", "one"}:
        woman = entity.woman()
        fits = form == "one" or (woman > 0.05 if form == "she" else woman < 0.95)
        return _is_somebody(entity) and not entity.plural and fits
    if form == "it":
        return entity.person is not True and not entity.plural
    if is_storm(entity.name.split()):
        return False
    return form != "they" or entity.plural or entity.person is not True


def _is_somebody(entity: Entity) -> bool:
    """Return whether an entity is a person, or a name that may be one's: of several words, or of one who speaks."""
    if entity.person is None and entity.named:
        return not entity.place and (" " in entity.name or entity.speaks)
    return entity.person is not False


def may_turn_out(entity: Entity, named: Mention) -> bool:
    """Return whether a pronoun may still tell that a person with a name is a man or a woman, and not whom he or she speaks for."""
    agent = any(
        one.what.head is not None and (one.what.head.lawyer or one.what.head.kind == "spokesperson")
        for one in named.roles
    )
    return bool(entity.named and entity.person) and not (agent or entity.told)


def may_own(body: Entity) -> bool:
    """Return whether a description of a body tells whose spokesman "its spokesman" is: "the harbour board", not "his firm"."""
    first = body.mentions[0]
    opening = first.head.doc[first.head.left_edge.i]
    pointing = opening.tag_ == "PRP$" or any(one.tag_ == "PRP$" for one in first.head.lefts)
    told_behind = any(one.dep_ == "prep" for one in first.head.children)
    is_body = body.person is False and body.kind not in {"document", OTHER}
    return is_body and not (pointing or told_behind or body.plural)


def leads_or_speaks_for(person: Mention) -> bool:
    """Return whether a person is described as who leads, defends or speaks for somebody or something."""
    heads = [one.what.head for one in person.roles if one.what.head is not None]
    return any(one.officer or one.lawyer or one.kind == "spokesperson" for one in heads)


def is_bound(event: Event, pronoun: Mention) -> bool:
    """Return whether a noun and a pronoun depend on one verb, so that they are not the same: "Ada Venn told her".

    A description that was only found to stand for somebody named forbids nothing: it may stand for another.
    """
    noun, own = event.mention.head, pronoun.head
    if noun.doc is not own.doc:
        return False
    if own.dep_ in _SUBJECTS and _is_in_apposition(noun, own):
        return True
    if own.tag_ == "PRP$":
        return own.head == noun
    found = event.entity.named and not (event.mention.name or event.mention.pronoun)
    same = own.lower_.endswith(("self", "selves")) or noun.dep_ == "appos"
    if found or same or "attr" in {own.dep_, noun.dep_}:
        return False
    return _verb(noun) == _verb(own)


def _is_in_apposition(noun: Token, pronoun: Token) -> bool:
    """Return whether a noun stands in what describes a pronoun before it: "the son of a postman, he" is no postman."""
    before = (one for one in pronoun.lefts if one.dep_ == "appos")
    return any(noun == one or one.is_ancestor(noun) for one in before)


def _verb(noun: Token) -> Token:
    """Return what a noun depends on: its verb also where it is whom something is done to, as in "shouted to him"."""
    above = noun.head
    done_to = noun.dep_ == "pobj" and above.lower_ in _DONE_TO and above.dep_ in {"prep", "dative"}
    return above.head if done_to and above.head.pos_ == "VERB" else above


def teller_of(pronoun: Mention) -> Token | None:
    """Return the subject of the verb that tells what "he" did to another "him": Venn in "Venn said he called to him"."""
    verb, form = pronoun.head.head, pronoun.pronoun
    if not (pronoun.gender and pronoun.head.dep_ == "nsubj" and verb.dep_ == "ccomp"):
        return None
    others = (one for one in verb.subtree if one.i > pronoun.head.i and one.tag_ == "PRP")
    if not any(
        PRONOUNS.get(one.lower_) == form and _verb(one) == verb and not one.lower_.endswith("self")
        for one in others
    ):
        return None
    return next((one for one in verb.head.lefts if one.dep_ == "nsubj"), None)


def gives_way(owner: Event, owned: Mention, after: int) -> bool:
    """Return whether a person is named only as whose another one is, and that one, by name, is what the clause is about.

    In the same sentence a lawyer or spokeswoman mostly speaks of the one who is hers: "his lawyer, Tom Reed, said he
    would appeal".

    Args:
        owner: the mention of the first.
        owned: that of the other.
        after: how many sentences behind that one it is asked who is meant.
    """
    agent = any(
        one.what.head is not None and (one.what.head.lawyer or one.what.head.kind == "spokesperson")
        for one in owned.roles
    )
    named = owned.name is not None and owned.person is True and owned.subject
    # "The solicitor said his client, Joss Farr, was sorry": the solicitor goes on.
    only = owner.mention.head.dep_ == "poss" and not (owner.subject or owner.speaks)
    return only and named and 0 <= after <= 1 and not (agent and after == 0)


def only_employs(entity: Entity, described: Mention) -> bool:
    """Return whether a body is named only for whom somebody works: "analysts at Corvin Bank" say nothing of the company.

    Args:
        entity: the body.
        described: a description that may mean it; "the bank" may well mean Corvin Bank.
    """
    named = [one for one in entity.mentions if one.name is not None]
    own = described.noun in words_of(entity.name.lower())
    return bool(named) and not own and all(map(_is_employer, named))


def _is_employer(mention: Mention) -> bool:
    tie = mention.head.head
    if mention.head.dep_ != "pobj" or tie.lower_ not in _WORKS_FOR:
        return False
    person = kinds().head(tie.head.lower_)
    # "Tom Vance of Ostrey Partners"; a firm may merge with another one.
    named = tie.head.pos_ == "PROPN" and tie.lower_ in {"of", "at"}
    return (person is not None and not person.body) or named


def is_in(event: Event, statement: Spans) -> bool:
    """Return whether somebody is named in a statement, so that the pronoun that makes it is somebody else."""
    return not event.mention.pronoun and any(a <= event.place < b for a, b in statement)


def is_quoted_in(text: str, said: Spans, form: str) -> bool:
    """Return whether what somebody says in quotation marks holds "she", or another case of a pronoun."""
    quoted = [text[start:end] for start, end in said if text[start] in _MARKS]
    return any(PRONOUNS.get(word.lower()) == form for one in quoted for word in words_of(one))
