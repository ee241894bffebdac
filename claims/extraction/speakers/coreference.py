"""Resolves a source's words within an article: whose name, pronoun or description they are."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from claims.extraction.attribution.sources import RELATIVES, Source
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.source_kinds import OTHER, kinds
from claims.extraction.speakers.mentions import PRONOUNS, Mention, Reading, without_article
from claims.extraction.speakers.ranking import Anaphor, Candidate, may_be, may_be_described, rank
from claims.extraction.speakers.registry import Entity, Registry
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent, Speaker

_SURE = 0.5
"""How likely a referent must be to be taken for it."""
_SURE_OF_GENDER = 0.85
"""How likely "she" must mean somebody to tell that it is a woman."""
_LOOK_BACK = 120
"""Mentions; what a pronoun or description stands for is no further off."""
_MOST = 25
"""Candidates that are compared."""
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z]\w+")
_CLAUSE = re.compile(r",|\s(?:who|which|that|whose|quoting|citing)\s")
_FIRST_PERSON = frozenset({"i", "we", "me", "my", "us", "our"})


@dataclass(frozen=True, slots=True)
class Link:
    """What a pronoun or description was found to stand for, and how likely that is."""

    entity: Entity
    confidence: float


@dataclass(frozen=True, slots=True)
class _Event:
    """An entity mentioned at a place."""

    place: int
    mention: Mention
    entity: Entity
    speaks: bool


class SpeakerResolver:
    """Everyone and everything that an article names.

    Args:
        passages: the article's parsed passages, in order.
        reports: its attributions, whose sources are the speakers.
    """

    def __init__(self, passages: Sequence[Passage], reports: Iterable[Attribution]) -> None:
        self._text = passages[0].text if passages else ""
        self._passages = passages
        self._readings: dict[int, Reading] = {}
        self._links: dict[int, Link] = {}
        self._events: list[_Event] = []
        self._places: list[int] = []
        self._spoken: list[_Event] = []
        self._sources = self._heads(reports)
        sentences = 0
        for number, passage in enumerate(passages):
            reading = Reading(passage, number, sentences)
            sentences = reading.sentences
            self._readings[id(passage.doc)] = reading
        self._mentions = [one for reading in self._readings.values() for one in reading.mentions]
        capitals = frozenset(_CAPITAL.findall(self._text))
        self.registry = Registry(self._mentions, capitals)
        self._subject = self._most_mentioned()
        named = sorted(
            (one for one in self.registry.entities if one.named),
            key=lambda one: one.mentions[0].place,
        )
        self._first = {
            next((one for one in named if one.person is True), None),
            next((one for one in named if one.person is not True), None),
        }
        for mention in self._mentions:
            self._read(mention)
        for mention in self._mentions:
            self._own(mention)

    def _heads(self, reports: Iterable[Attribution]) -> dict[tuple[int, int], Attribution]:
        """Return the reports by their source's head."""
        return {
            (id(one.passage.doc), one.source.head.i): one
            for one in reports
            if one.source is not None
        }

    def _most_mentioned(self) -> Entity | None:
        people = [one for one in self.registry.entities if one.named and one.person is not False]
        return max(people, key=lambda one: len(one.mentions), default=None)

    def _read(self, mention: Mention) -> None:
        """Take note of a mention, in the order of the text."""
        entity = self.registry.of(mention)
        if entity is None:
            link = self._resolve(mention)
            if link is not None and link.confidence >= _SURE:
                self._links[id(mention)] = link
                entity = link.entity
                telling = (
                    mention.pronoun == mention.text.lower() and link.confidence > _SURE_OF_GENDER
                )
                self.registry.join(mention, entity, sure=telling or not mention.pronoun)
            elif mention.pronoun:
                return
            else:
                entity = self.registry.make(mention)
        speaks = self._speaks(mention)
        event = _Event(mention.place, mention, entity, speaks)
        self._events.append(event)
        self._places.append(mention.place)
        if speaks and self._is_outer(mention):
            self._spoken.append(event)

    def _own(self, mention: Mention) -> None:
        """Give an officer the kind of the body that "its" means: "its president"."""
        entity = self.registry.of(mention)
        for role in mention.roles:
            owner = self._owner(mention, role.start)
            officer = role.what.head is not None and role.what.head.officer
            if (
                entity is not None
                and officer
                and owner is not None
                and owner.kind in kinds().with_officers
            ):
                entity.kind = owner.kind

    def _owner(self, mention: Mention, first: int) -> Entity | None:
        """Return whom a description belongs to that begins with "her" or a name with "'s"."""
        by_token = self._readings[id(mention.head.doc)].by_token
        token = mention.head.doc[first]
        possessor = (
            token
            if token.tag_ == "PRP$"
            else next((one for one in mention.head.lefts if one.dep_ == "poss"), token)
        )
        found = by_token.get(possessor.i)
        return self.registry.of(found) if found is not None and found is not mention else None

    def _speaks(self, mention: Mention) -> bool:
        doc = id(mention.head.doc)
        nouns = (mention.head.i, *(one.noun for one in mention.roles))
        return any((doc, noun) in self._sources for noun in nouns)

    def _owns(self, pronoun: Mention) -> bool:
        """Return whether a pronoun stands before somebody who belongs to it: "its spokeswoman"."""
        owned = pronoun.head.head
        found = self._readings[id(owned.doc)].by_token.get(owned.i)
        return pronoun.head.tag_ == "PRP$" and found is not None and found.person is True

    def _is_outer(self, mention: Mention) -> bool:
        """Return whether a source is not only one inside somebody else's statement."""
        doc = id(mention.head.doc)
        nouns = (mention.head.i, *(one.noun for one in mention.roles))
        found = [self._sources[doc, noun] for noun in nouns if (doc, noun) in self._sources]
        return any(one.outer is None for one in found)

    def _resolve(self, mention: Mention) -> Link | None:
        if mention.pronoun:
            anaphor = Anaphor(
                mention.pronoun,
                mention.sentence,
                mention.passage,
                mention.subject,
                self._speaks(mention),
                quoted=False,
                owns=self._owns(mention),
            )
        elif mention.definite:
            called = self.registry.called(mention.text)
            if called is not None:
                return Link(called, 1.0)
            kind = self.registry.kind_of_role(mention.roles[0]) if mention.roles else ""
            anaphor = Anaphor(
                "the",
                mention.sentence,
                mention.passage,
                mention.subject,
                self._speaks(mention),
                quoted=False,
                described=mention,
                kind=kind,
                owner=self._owner(mention, mention.roles[0].start),
                kin=tuple(self.registry.of_kind(kind, person=mention.person)),
            )
        else:
            return None
        return self._best(anaphor, mention.place, mention)

    def _best(self, anaphor: Anaphor, place: int, mention: Mention | None = None) -> Link | None:
        found = self.candidates(anaphor, place, mention)
        if not found:
            return None
        likely = rank(found, anaphor)
        best = max(range(len(found)), key=likely.__getitem__)
        return Link(found[best].entity, likely[best])

    def candidates(
        self, anaphor: Anaphor, place: int, mention: Mention | None = None
    ) -> list[Candidate]:
        """Return those mentioned before a place whom a pronoun or description may mean, the nearest first."""
        found: list[Candidate] = []
        seen: set[int] = set()
        spoke = self._last_to_speak(place)
        for event in self._before(place):
            entity = event.entity
            if id(entity) in seen or not self._fits(event, anaphor, mention):
                continue
            seen.add(id(entity))
            found.append(
                Candidate(
                    entity,
                    event.mention,
                    len(found),
                    event.speaks,
                    entity is spoke,
                    sum(one.place < place for one in entity.mentions),
                    entity is self._subject,
                    entity in self._first,
                )
            )
            if len(found) == _MOST:
                break
        return found

    def _fits(self, event: _Event, anaphor: Anaphor, mention: Mention | None) -> bool:
        if mention is not None and _is_bound(event.mention, mention):
            return False
        if event.entity is anaphor.owner:
            return False
        if anaphor.described is not None:
            return may_be_described(event.entity, anaphor.described)
        return may_be(event.entity, anaphor.form)

    def place_of(self, token: Token) -> int:
        """Return where a token stands in the article."""
        return self._readings[id(token.doc)].passage.places[token.i][0]

    def _before(self, place: int) -> Iterator[_Event]:
        """Yield what was mentioned before a place, the nearest first, as far back as readers remember."""
        end = bisect_left(self._places, place)
        return reversed(self._events[max(0, end - _LOOK_BACK) : end])

    def _last_to_speak(self, place: int) -> Entity | None:
        end = bisect_left(self._spoken, place, key=lambda one: one.place)
        return self._spoken[end - 1].entity if end else None

    def speaker(self, passage: Passage, source: Source) -> Speaker:
        """Return the speaker that a source's words refer to.

        Args:
            passage: their passage.
            source: the words.

        Returns:
            The speaker: the named one that a pronoun, surname or description refers to, else the words
            themselves.
        """
        words = passage.words(_without_relative(source))
        if _is_joined(source):
            return Speaker(
                without_article(words), self._kind_of_several(source), "", words, named=False
            )
        reading = self._readings[id(passage.doc)]
        mention = _mention_of(reading, source)
        place = passage.places[source.tokens[-1].i][1]
        entity = self.registry.of(mention) if mention is not None else None
        if entity is not None and mention is not None:
            return self._speaker(entity, mention, source, words, place)
        if source.head.lower_ in _FIRST_PERSON:
            return self._first_person(passage, source, words)
        if source.head.pos_ == "PRON":
            return Speaker(
                without_article(words),
                "other" if source.head.lower_ in PRONOUNS else "unnamed",
                "",
                words,
                named=False,
                confidence=0.0,
            )
        described = reading.describe(source.head, _without_relative(source))
        kind = self.registry.kind_of_role(described.roles[0]) or OTHER
        return Speaker(self._with_owner(reading, source, words), kind, "", words, named=False)

    def _with_owner(self, reading: Reading, source: Source, words: str) -> str:
        """Name somebody unnamed: without the article and what a clause adds, with whom "its" means in his or her place."""
        name = without_article(_CLAUSE.split(words)[0]) or words
        first = source.tokens[0]
        if first.tag_ != "PRP$" or first.i not in reading.by_token:
            return name
        mention = reading.by_token[first.i]
        owner = self.registry.of(mention)
        if owner is None or not owner.named:
            return name
        return f"{owner.name}’s {name.partition(' ')[2]}"

    def _speaker(
        self, entity: Entity, mention: Mention, source: Source, words: str, place: int
    ) -> Speaker:
        link = self._links.get(id(mention))
        confidence = link.confidence if link is not None else 1.0
        role = entity.role(place)
        kind = self._kind_here(entity, mention)
        if not entity.named:
            stated = not mention.pronoun and link is None
            reading = self._readings[id(mention.head.doc)]
            name = self._with_owner(reading, source, words) if stated else entity.name
            return Speaker(name, kind, "", words, named=False, confidence=confidence)
        return Speaker(entity.name, kind, role, words, named=True, confidence=confidence)

    def _kind_here(self, entity: Entity, mention: Mention) -> str:
        """Return the kind that the source's own words tell, else what is known of whom they mean."""
        if entity.kind == OTHER and mention.roles and mention.name is None:
            return self.registry.kind_of_role(mention.roles[0]) or OTHER
        return entity.kind

    def _first_person(self, passage: Passage, source: Source, words: str) -> Speaker:
        report = self._sources.get((id(passage.doc), source.head.i))
        outer = next(iter(report.around()), None) if report is not None else None
        if outer is not None and outer.source is not None and outer.source is not source:
            return replace(self.speaker(outer.passage, outer.source), mention=words)
        return Speaker(words, OTHER, "", words, named=False, confidence=0.0)

    def _kind_of_several(self, source: Source) -> str:
        reading = self._readings[id(source.head.doc)]
        mention = _mention_of(reading, source)
        entity = self.registry.of(mention) if mention is not None else None
        if entity is not None:
            return entity.kind
        return (
            self.registry.kind_of_role(reading.describe(source.head, [source.head]).roles[0])
            or OTHER
        )

    def referent(self, start: int, end: int) -> Referent | None:
        """Return who or what the words at a place of the article refer to.

        Args:
            start: the place of the first word: a pronoun, a name, or the first word of a description.
            end: one past the last word.

        Returns:
            Who or what it is, or None if that is not clear. A pronoun in a quotation is read as one outside it;
            "I", "we" and "you" are not resolved, for whose they are depends on who says them.
        """
        number = bisect_left(self._passages, start, key=lambda one: one.end - 1)
        if number == len(self._passages) or not self._passages[number].start <= start:
            return None
        reading = self._readings[id(self._passages[number].doc)]
        mention = next((one for one in _mentions_at(reading, start, end)), None)
        if mention is not None:
            entity = self.registry.of(mention)
            link = self._links.get(id(mention))
            return (
                _referent(entity, link.confidence if link else 1.0, start)
                if entity is not None
                else None
            )
        form = PRONOUNS.get(self._text[start:end].strip().lower())
        if form is None:
            return None
        sentence = next(
            (one.sentence for one in reversed(reading.mentions) if one.place <= start), 0
        )
        link = self._best(
            Anaphor(form, sentence, number, subject=True, speaks=False, quoted=True), start
        )
        return _referent(link.entity, link.confidence, start) if link is not None else None


def _referent(entity: Entity, confidence: float, place: int) -> Referent | None:
    if confidence < _SURE:
        return None
    woman = entity.woman()
    gender = (
        "it"
        if entity.person is False
        else "they"
        if entity.plural
        else "she"
        if woman > 0.9
        else "he"
        if woman < 0.1
        else ""
    )
    article = any(
        one.name is not None
        and one.name.first > 0
        and one.head.doc[one.name.first - 1].lower_ == "the"
        and not one.roles
        for one in entity.mentions
    )
    return Referent(
        entity.name,
        entity.named,
        entity.person is not False,
        gender,
        entity.plural,
        entity.role(place),
        entity.kind,
        confidence,
        article or not entity.named,
    )


def _mentions_at(reading: Reading, start: int, end: int) -> Iterator[Mention]:
    for token in reading.passage.doc:
        place = reading.passage.places[token.i]
        if (
            start <= place[0] < end
            and reading.passage.masked[token.i] is None
            and token.i in reading.by_token
        ):
            yield reading.by_token[token.i]


def _mention_of(reading: Reading, source: Source) -> Mention | None:
    """Find the mention that a source is: that of its head, else a name that it starts with or that a comma adds."""
    found = reading.by_token.get(source.head.i)
    if found is not None:
        return found
    doc, first = source.head.doc, source.tokens[0].i
    named = [
        mention
        for token in source.tokens
        if (mention := reading.by_token.get(token.i)) is not None and mention.name is not None
    ]
    start = next((one for one in named if one.name is not None and one.name.start == first), None)
    behind = (
        one
        for one in named
        if one.name is not None and one.person and doc[one.name.start - 1].text == ","
    )
    return start or next(behind, None)


def _is_joined(source: Source) -> bool:
    joints = {token.lower_ for token in source.head.children if token.dep_ == "cc"}
    return "and" in joints and any(token.dep_ == "conj" for token in source.head.children)


def _is_bound(before: Mention, pronoun: Mention) -> bool:
    """Return whether a noun and a pronoun depend on one verb, so that they are not the same: "Ada Venn told her"."""
    if (
        before.head.doc is not pronoun.head.doc
        or pronoun.head.tag_ == "PRP$"
        or pronoun.head.lower_.endswith(("self", "selves"))
    ):
        return (
            pronoun.head.doc is before.head.doc
            and pronoun.head.tag_ == "PRP$"
            and pronoun.head.head is before.head
        )
    return before.head.head is pronoun.head.head and before.head.dep_ != "appos"


def _without_relative(source: Source) -> list[Token]:
    """Leave out the "who" that ties a noun to its report, unless it stands alone."""
    kept = [token for token in source.tokens if token.lower_ not in RELATIVES]
    return kept or list(source.tokens)
