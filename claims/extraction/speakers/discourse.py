"""Follows an article from mention to mention, and finds whom each pronoun and description stands for."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.speakers.entities import Entity
from claims.extraction.speakers.fitting import (
    Event,
    gives_way,
    is_bound,
    is_in,
    may_be,
    may_be_described,
    may_turn_out,
    teller_of,
)
from claims.extraction.speakers.following.anaphors import (
    Anaphor,
    Candidate,
    Link,
    fits,
    of_pronoun,
)
from claims.extraction.speakers.following.sayings import Sayings, Sources
from claims.extraction.speakers.following.spoken import Spoken
from claims.extraction.speakers.leads import introduced, only_business, protagonists
from claims.extraction.speakers.mentions import Mention, Reading
from claims.extraction.speakers.names.capitals import addressed, surnames
from claims.extraction.speakers.ranking import ANY_BODY, likeliest
from claims.extraction.speakers.registry import Registry
from claims.extraction.text.parsing import Passage

SURE = 0.5
"""How likely a referent must be to be taken for it."""
_INTRODUCED = 0.9
"""How likely somebody whom the lead describes is the one whom the next paragraph begins with."""
_VARIED, _SOON = 0.8, 3
"""How likely a new description behind a quotation is that of who has just spoken without any, and within how many sentences."""
_SURE_OF_GENDER, _CERTAIN = 0.85, 1.0
"""How likely "she" must mean somebody to tell that it is a woman, and "her" too."""
_OF_LAWYERS = frozenset({"client", "clients"})
_LOOK_BACK = 120
"""Mentions; what a pronoun or description stands for is no further off."""
_MOST = 25
"""Candidates that are compared."""


class Discourse:
    """Everyone and everything that an article mentions, in the order of the text.

    Args:
        passages: the article's parsed passages, in order.
        sources: its reports, by their source.
    """

    def __init__(self, passages: Sequence[Passage], sources: Sources) -> None:
        self._said = Sayings(sources)
        self._topics: dict[tuple[int, bool], Event] = {}
        self._last: dict[int, Event] = {}
        self._links: dict[int, Link] = {}
        self._events: list[Event] = []
        self._places: list[int] = []
        self._spoken = Spoken(self._said)
        self._readings: dict[int, Reading] = {}
        text = passages[0].text if passages else ""
        known, people = surnames(text), addressed(text)
        sentences = 0
        for number, passage in enumerate(passages):
            reading = Reading(passage, number, sentences, known, people)
            sentences = reading.sentences
            self._readings[id(passage.doc)] = reading
        mentions = [one for reading in self._readings.values() for one in reading.mentions]
        self.registry = Registry(mentions, text)
        self._introduced = dict(introduced(list(self._readings.values())))
        self._subject, self._first = protagonists(self.registry.entities)
        for mention in mentions:
            self._read(mention)
        for mention in mentions:
            self._own(mention)

    def has(self, token: Token) -> bool:
        """Return whether a token is one of the article's passages, and not of a quotation parsed apart."""
        return id(token.doc) in self._readings

    def reading(self, token: Token) -> Reading:
        """Return the reading of a token's passage."""
        return self._readings[id(token.doc)]

    def link(self, mention: Mention) -> Link | None:
        """Return what a pronoun or description was found to stand for, or None for a name or an unknown one."""
        return self._links.get(id(mention))

    def place_of(self, token: Token) -> int:
        """Return where a token stands in the article."""
        return self.reading(token).passage.places[token.i][0]

    def _read(self, mention: Mention) -> None:
        """Take note of a mention, in the order of the text."""
        entity = self.registry.of(mention)
        if entity is None:
            named = self._introduced.get(id(mention))
            known = self.registry.of(named) if named is not None else None
            link = Link(known, _INTRODUCED) if known is not None else self._resolve(mention)
            if link is not None and link.confidence >= SURE:
                self._links[id(mention)] = link
                entity = link.entity
                # Whatever "it" is likely to mean is no person; "she" must be all but sure to make a woman.
                sure = mention.pronoun == "it" or link.confidence > _SURE_OF_GENDER
                telling = mention.pronoun == mention.text.lower() or link.confidence == _CERTAIN
                self.registry.join(mention, entity, sure=(telling and sure) or not mention.pronoun)
            elif mention.pronoun:
                return
            else:
                entity = self.registry.make(mention)
        entity.count += 1
        reports = self._said.by(mention)
        speaks = bool(reports)
        entity.speaks |= speaks
        if mention.text.lower().endswith(("self", "selves")):
            return
        before = self._last.get(id(entity))
        same = before is not None and before.mention.sentence == mention.sentence
        event = Event(
            mention.place,
            mention,
            entity,
            speaks or (same and before is not None and before.speaks),
            mention.subject or (same and before is not None and before.subject),
            self._said.is_told(mention.place),
        )
        if mention.subject:
            self._topics.setdefault((mention.passage, entity.person is False), event)
        self._last[id(entity)] = event
        self._events.append(event)
        self._places.append(mention.place)
        if any(one.outer is None for one in reports):
            self._spoken.add(event)

    def _own(self, mention: Mention) -> None:
        """Give an officer the kind of the body that "its" means: "its president"."""
        entity = self.registry.of(mention)
        for role in mention.roles:
            owner = self._owner(mention, role.start)
            officer = role.what.head is not None and role.what.head.officer
            served = owner.kind if owner is not None else ""
            if entity is not None and officer and served in kinds().with_officers:
                entity.kind = served

    def _owner(self, mention: Mention, first: int) -> Entity | None:
        """Return whom a description belongs to that begins with "her" or a name with "'s"."""
        by_token = self.reading(mention.head).by_token
        token = mention.head.doc[first]
        possessor = (
            token
            if token.tag_ == "PRP$"
            else next((one for one in mention.head.lefts if one.dep_ == "poss"), token)
        )
        found = by_token.get(possessor.i)
        return self.registry.of(found) if found is not None and found is not mention else None

    def _speaks(self, mention: Mention) -> bool:
        return bool(self._said.by(mention))

    def _owned(self, pronoun: Mention) -> Mention | None:
        """Return the person who belongs to a pronoun: "its spokeswoman"."""
        owned = pronoun.head.head
        found = self.reading(owned).by_token.get(owned.i)
        of_it = pronoun.head.tag_ == "PRP$" and found is not None and found.person is True
        return found if of_it else None

    def _resolve(self, mention: Mention) -> Link | None:
        if mention.pronoun:
            return self._of_pronoun(mention)
        if mention.definite:
            if mention.person and self.registry.is_anothers(mention.text):
                return None
            called = self._called(mention)
            if called is not None:
                return Link(called, 1.0)
            varied = self._varied(mention) or only_business(self.registry.entities, mention)
            if varied is not None:
                return Link(varied, _VARIED)
            telling = mention.roles and mention.noun not in ANY_BODY
            kind = self.registry.kind_of_role(mention.roles[0]) if telling else ""
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
            return self.best(anaphor, mention.place, mention)
        return None

    def _of_pronoun(self, mention: Mention) -> Link | None:
        teller = self._of_own_words(mention)
        if teller is not None:
            return Link(teller, _CERTAIN)
        text = self.reading(mention.head).passage.text
        speaker = (
            self._of_own_acts(mention)
            or self._spoken.going_on(mention, text)
            or self._asked(mention)
            or self._main(mention, text)
        )
        if speaker is not None:
            return Link(speaker, _VARIED)
        anaphor = of_pronoun(mention, speaks=self._speaks(mention), owned=self._owned(mention))
        return self.best(anaphor, mention.place, mention)

    def _of_own_acts(self, mention: Mention) -> Entity | None:
        """Return who says what "he did to him": two people, and the one who acts is most likely the one who says so."""
        teller = teller_of(mention)
        found = self.reading(mention.head).by_token.get(teller.i) if teller is not None else None
        entity = self.registry.of(found) if found is not None else None
        return entity if entity is not None and may_be(entity, mention.pronoun) else None

    def _of_own_words(self, mention: Mention) -> Entity | None:
        """Return who says that "his own report" was wrong, whom that makes a man, whatever the first name tells.

        A lawyer's "his client" is the lawyer's too.
        """
        behind = mention.head.doc[mention.head.i + 1 : mention.head.i + 2].text
        near = mention.gender and behind in {"own", *_OF_LAWYERS}
        teller = self._said.teller(mention.head) if near else None
        found = self.reading(mention.head).by_token.get(teller.i) if teller is not None else None
        entity = self.registry.of(found) if found is not None else None
        if found is None or entity is None:
            return None
        if behind in _OF_LAWYERS:
            defends = any(one.what.head is not None and one.what.head.lawyer for one in found.roles)
            return entity if defends and may_be(entity, mention.pronoun) else None
        if not may_turn_out(entity, found):
            return None
        others = (one for one in self._before(mention.place) if one.place > found.end)
        own = all(one.entity is entity or not may_be(one.entity, mention.pronoun) for one in others)
        return entity if own else None

    def _asked(self, mention: Mention) -> Entity | None:
        about = self._spoken.asked_of(mention)
        found = self.reading(about).by_token.get(about.i) if about is not None else None
        entity = self.registry.of(found) if found is not None else None
        return entity if entity is not None and may_be(entity, mention.pronoun) else None

    def _main(self, mention: Mention, text: str) -> Entity | None:
        opens = bool(self._events) and self._events[-1].mention.passage < mention.passage
        told = opens and self._spoken.speaks_of(mention, self._subject, text)
        return self._subject if told and self._subject and self._subject.person else None

    def _varied(self, mention: Mention) -> Entity | None:
        """Return who has just spoken without any description, which "the leader of the Alliance" that speaks next supplies."""
        spoke = self._spoken.last(mention.place)
        if spoke is None or not (spoke.named and spoke.person) or not self._speaks(mention):
            return None
        if any(role.text for role in spoke.roles) or not may_be_described(spoke, mention):
            return None
        people = (event.entity for event in reversed(self._events) if event.entity.person)
        last = self._last[id(spoke)].mention
        near = last.passage == mention.passage and mention.sentence - last.sentence < _SOON
        # "Ada Venn said it was over. The mayor said it was not": two people.
        behind = any(end <= mention.place for _, end in self._said.words_of(mention))
        return spoke if near and behind and next(people, None) is spoke else None

    def _called(self, mention: Mention) -> Entity | None:
        """Return whom a description names for sure: by a short name, an age or an office that the article gives with the name."""
        known = self.registry
        found = known.alias(mention.text) or known.of_age(mention.age)
        if found is None and mention.person and not mention.plural:
            return known.holder(mention.text)
        bare = found is None and mention.person is False and mention.text == mention.noun
        return known.ending(mention.noun, mention.place) if bare else found

    def best(self, anaphor: Anaphor, place: int, mention: Mention | None = None) -> Link | None:
        """Return the likeliest of those mentioned before a place, or None if nobody fits."""
        return likeliest(self.candidates(anaphor, place, mention), anaphor)

    def candidates(
        self, anaphor: Anaphor, place: int, mention: Mention | None = None
    ) -> list[Candidate]:
        """Return those mentioned before a place whom a pronoun or description may mean, the nearest first."""
        found: list[Candidate] = []
        seen: set[int] = set()
        spoke = self._spoken.last(place)
        topics = [self._topic(anaphor.passage, place, body=one) for one in (False, True)]
        own = self._said.going_on(mention) if mention is not None else ()
        for event in self._before(place):
            entity = event.entity
            if id(entity) in seen:
                continue
            seen.add(id(entity))
            bound = mention is not None and is_bound(event, mention)
            if bound or is_in(event, own) or not fits(entity, anaphor):
                continue
            if self._gives_way(event, anaphor):
                continue
            found.append(
                Candidate(
                    entity,
                    event.mention,
                    len(found),
                    event.speaks,
                    entity is spoke,
                    entity.count,
                    entity is self._subject,
                    entity in self._first,
                    in_subject=event.subject,
                    topic=entity in topics,
                    told=event.told,
                )
            )
            if len(found) == _MOST:
                break
        return found

    def _gives_way(self, event: Event, anaphor: Anaphor) -> bool:
        """Return whether somebody gives way to his or her own: to Ada Venn in "her sister, Ada Venn, left. She said"."""
        owned = self.reading(event.mention.head).by_token.get(event.mention.head.head.i)
        another = self.registry.of(owned) if owned is not None else None
        if owned is None or another is None or not anaphor.subject or anaphor.quoted:
            return False
        after = anaphor.sentence - owned.sentence
        if not gives_way(event, owned, after) or not may_be(another, anaphor.form):
            return False
        # Of whom the whole article is about, and who says nothing, the family may well tell more.
        silent = event.entity is self._subject and not event.entity.speaks
        return owned.passage == anaphor.passage and (not silent or bool(after and anaphor.speaks))

    def _before(self, place: int) -> Iterator[Event]:
        """Yield what was mentioned before a place, the nearest first, as far back as readers remember."""
        end = bisect_left(self._places, place)
        return reversed(self._events[max(0, end - _LOOK_BACK) : end])

    def _topic(self, passage: int, place: int, *, body: bool) -> Entity | None:
        """Return whom a paragraph is about up to a place: its first subject, else that of the paragraph before."""
        for number in (passage, passage - 1):
            event = self._topics.get((number, body))
            if event is not None and event.place < place:
                return event.entity
        return None
