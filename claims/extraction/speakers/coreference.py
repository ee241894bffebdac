"""Resolves a source's words within an article: whose name, pronoun or description they are."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from claims.extraction.attribution.sources import Source
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.source_kinds import OTHER
from claims.extraction.speakers.authors import author_of
from claims.extraction.speakers.bodies import body_of
from claims.extraction.speakers.discourse import SURE, Discourse
from claims.extraction.speakers.entities import Entity
from claims.extraction.speakers.fitting import may_own
from claims.extraction.speakers.following.anaphors import Anaphor
from claims.extraction.speakers.mentions import PRONOUNS, Mention, Reading, without_article
from claims.extraction.speakers.roles import kind_of, read
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent, Speaker

_CLAUSE = re.compile(r",(?!\d)|\s(?:whose|quoting|citing)\s")
_UNSURE = (0.1, 0.9)
"""Between these, a first name does not tell whether its bearer is a woman."""
_SURE_OF_AUTHOR = 0.8
"""How likely it is that "I" outside quotations is whoever the article is signed by."""
_SURE_OF_OWNER = 0.75
"""How likely "its" is a body without a name for that to be written in its place."""
_LABEL = 2
_SINGULAR = frozenset({"i", "me", "my"})
_FIRST_PERSON = frozenset({"i", "we", "me", "my", "us", "our"})


class SpeakerResolver:
    """Everyone and everything that an article names.

    Args:
        passages: the article's parsed passages, in order.
        reports: its attributions, whose sources are the speakers.
    """

    def __init__(self, passages: Sequence[Passage], reports: Iterable[Attribution]) -> None:
        self._text = passages[0].text if passages else ""
        self._passages = passages
        self._ends = [one.end - 1 for one in passages]
        self._reports = list(reports)
        self._sources = {
            (id(one.passage.doc), one.source.head.i): one
            for one in self._reports
            if one.source is not None
        }
        self._discourse = Discourse(passages, self._sources)
        self._registry = self._discourse.registry
        self._author = author_of(self._text)
        self._note_askers()

    def _note_askers(self) -> None:
        """Note who mostly asks in an interview or hearing, and is nothing else, as its journalist, lawyer or member."""
        turns = [
            (self._registry.of(mention), one.asks())
            for one in self._reports
            if one.verbatim and one.outer is None and (mention := self._mention_of(one)) is not None
        ]
        for entity in {one for one, _ in turns if one is not None}:
            own = [asks for one, asks in turns if one is entity]
            if 2 * sum(own) >= len(own) and self._registry.may_be_asker(entity):
                entity.kind = self._registry.askers

    def _mention_of(self, report: Attribution) -> Mention | None:
        named = report.named()
        if named is None:
            return None
        source = named[1]
        return _mention_of(self._discourse.reading(source.head), source)

    def speaker(self, passage: Passage, source: Source) -> Speaker:
        """Return the speaker that a source's words refer to.

        Args:
            passage: their passage.
            source: the words.

        Returns:
            The speaker: the named one that a pronoun, surname or description refers to, else the words
            themselves.
        """
        words = passage.words(source.without_clause())
        if not self._discourse.has(source.head):
            return self._inside(passage, source, words)
        if _is_joined(source):
            return Speaker(
                without_article(words), self._kind_of_several(source), "", words, named=False
            )
        reading = self._discourse.reading(source.head)
        mention = _mention_of(reading, source)
        entity = self._registry.of(mention) if mention is not None else None
        if entity is not None and mention is not None:
            return self._speaker(entity, mention, passage, source, words)
        if source.head.lower_ in _FIRST_PERSON:
            return self._first_person(passage, source, words)
        if source.head.pos_ == "PRON" and not words.startswith("@"):
            return Speaker(
                without_article(words),
                "other" if source.head.lower_ in PRONOUNS else "unnamed",
                "",
                words,
                named=False,
                confidence=0.0,
            )
        described = reading.describe(source.head, source.without_clause())
        kind = self._registry.kind_of_role(described.roles[0]) or self._kind_of_unknown(source)
        return Speaker(self._with_owner(reading, source, words), kind, "", words, named=False)

    def _kind_of_unknown(self, source: Source) -> str:
        name = source.head.pos_ == "PROPN" and source.head.text[0].isupper()
        return self._registry.kind_of_unknown_body(source.head.text) if name else OTHER

    def _inside(self, passage: Passage, source: Source, words: str) -> Speaker:
        """Return the speaker of a report that was found inside a quotation, which was parsed apart."""
        start = passage.places[source.head.i][0]
        end = passage.places[source.tokens[-1].i][1]
        if source.head.lower_ in _FIRST_PERSON:
            outer = self._around(start)
            if outer is not None:
                return replace(outer, mention=words)
        first = passage.places[source.tokens[0].i][0]
        found = self.referent(first, end)
        if found is not None:
            role = found.role if found.named else ""
            return Speaker(found.name, found.kind, role, words, found.named, found.confidence)
        described = read(words)
        kind = kind_of(described, self._registry.owned) or OTHER
        unknown = 0.0 if source.head.pos_ == "PRON" else 1.0
        name = self._of_speaker(words, start) or without_article(words)
        return Speaker(name, kind, "", words, named=False, confidence=unknown)

    def _of_speaker(self, words: str, place: int) -> str:
        """Name somebody whom a speaker calls his or hers: "my neighbour"; "" for others or where nobody speaks."""
        first, _, rest = words.partition(" ")
        outer = self._around(place) if first.lower() in _FIRST_PERSON and rest else None
        # The label "A" of an interview is no name.
        told = outer is not None and outer.named and len(outer.name) > _LABEL
        return f"{outer.name}’s {rest}" if outer is not None and told else ""

    def _around(self, place: int) -> Speaker | None:
        """Return the speaker of the statement that holds a place."""
        around = next((one for one in self._reports if _covers(one, place)), None)
        if around is None or around.source is None:
            return None
        return self.speaker(around.passage, around.source)

    def _with_owner(self, reading: Reading, source: Source, words: str) -> str:
        """Name somebody unnamed: without the article and what a clause adds, with whom "its" means in his or her place."""
        name = without_article(_CLAUSE.split(words)[0]) or words
        first = source.tokens[0]
        if first.tag_ == "WP$":
            # "Whose lawyers said"
            return name.partition(" ")[2] or name
        if first.lower_ in _FIRST_PERSON:
            return self._of_speaker(words, reading.passage.places[first.i][0]) or name
        if first.tag_ != "PRP$" or first.i not in reading.by_token:
            return name
        mention = reading.by_token[first.i]
        owner = self._registry.of(mention)
        link = self._discourse.link(mention)
        sure = link is not None and link.confidence >= _SURE_OF_OWNER
        if owner is None or not (owner.named or (sure and may_own(owner))):
            return name
        return f"{owner.called}’s {name.partition(' ')[2]}"

    def _speaker(
        self, entity: Entity, mention: Mention, passage: Passage, source: Source, words: str
    ) -> Speaker:
        # What a clause behind the name tells is known with it.
        place = max(passage.places[source.tokens[-1].i][1], mention.end)
        link = self._discourse.link(mention)
        confidence = link.confidence if link is not None else 1.0
        role = entity.role(place)
        kind = self._made(entity, passage, source) or self._kind_here(entity, mention)
        if not entity.named:
            stated = not mention.pronoun and link is None
            reading = self._discourse.reading(mention.head)
            name = self._with_owner(reading, source, words) if stated else entity.called
            return Speaker(name, kind, "", words, named=False, confidence=confidence)
        return Speaker(entity.called, kind, role, words, named=True, confidence=confidence)

    def _made(self, entity: Entity, passage: Passage, source: Source) -> str:
        """Return the kind that a source's cue makes it, or "".

        A driver who pleads guilty is no witness; a body that claims responsibility for an attack is an armed one.
        """
        report = self._sources.get((id(passage.doc), source.head.i))
        makes = report.entry.makes if report is not None and report.entry is not None else ""
        loose = {"witness"} if entity.person else {OTHER, "organisation"}
        return makes if entity.kind in loose and bool(entity.person) == (makes == OTHER) else ""

    def _kind_here(self, entity: Entity, mention: Mention) -> str:
        """Return the kind that the source's own words tell, else what is known of whom they mean."""
        if entity.kind == OTHER and mention.roles and mention.name is None:
            return self._registry.kind_of_role(mention.roles[0]) or OTHER
        return entity.kind

    def _first_person(self, passage: Passage, source: Source, words: str) -> Speaker:
        report = self._sources.get((id(passage.doc), source.head.i))
        outer = next(iter(report.around()), None) if report is not None else None
        if outer is not None and outer.source is not None and outer.source is not source:
            return replace(self.speaker(outer.passage, outer.source), mention=words)
        name, role = self._author if source.head.lower_ in _SINGULAR else ("", "")
        if not name:
            return Speaker(words, OTHER, "", words, named=False, confidence=0.0)
        entity = self._registry.only(name)
        kind = (kind_of(read(role), self._registry.owned) if role else "") or "media"
        if entity is not None and entity.named:
            kind, role = (
                (entity.kind if entity.kind != OTHER else kind),
                entity.role(len(self._text)) or role,
            )
        return Speaker(name, kind, role, words, named=True, confidence=_SURE_OF_AUTHOR)

    def _kind_of_several(self, source: Source) -> str:
        reading = self._discourse.reading(source.head)
        mention = _mention_of(reading, source)
        entity = self._registry.of(mention) if mention is not None else None
        if entity is not None:
            return entity.kind
        whole = reading.describe(source.head, source.tokens).roles[0]
        # "terms and conditions" are one thing
        one = whole.what.head is not None and " and " in whole.what.head.words
        first = whole if one else reading.describe(source.head, [source.head]).roles[0]
        return self._registry.kind_of_role(first) or OTHER

    def body_of(
        self, speaker: Speaker, called: str, known: Referent | None, owner: Referent | None
    ) -> str:
        """Return the body that a speaker is or speaks for, as `bodies.body_of` says."""
        return body_of(speaker, called, known, owner, self._registry)

    def referent(self, start: int, end: int, without: Collection[str] = ()) -> Referent | None:
        """Return who or what the words at a place of the article refer to.

        Args:
            start: the place of the first word: a pronoun, a name, or the first word of a description.
            end: one past the last word.
            without: the names of those whom a pronoun in a quotation does not mean: nobody says "she" of herself.

        Returns:
            Who or what it is, or None if that is not clear. A pronoun in a quotation is read as one outside it;
            "I", "we" and "you" are not resolved, for whose they are depends on who says them.
        """
        number = bisect_left(self._ends, start)
        if number == len(self._passages) or self._passages[number].start > start:
            return None
        reading = self._discourse.reading(self._passages[number].doc[0])
        mention = next(_mentions_at(reading, start, end), None)
        if mention is not None:
            entity = self._registry.of(mention)
            link = self._discourse.link(mention)
            sure = link.confidence if link is not None else 1.0
            return _referent(entity, sure, start) if entity is not None else None
        words = self._text[start:end].strip()
        form = PRONOUNS.get(words.lower())
        if form is None:
            entity = self._registry.only(without_article(words))
            return _referent(entity, 1.0, start) if entity is not None else None
        before = (one.sentence for one in reversed(reading.mentions) if one.place <= start)
        anaphor = Anaphor(
            form,
            next(before, 0),
            number,
            subject=True,
            speaks=False,
            quoted=True,
            without=without,
        )
        link = self._discourse.best(anaphor, start)
        return _referent(link.entity, link.confidence, start) if link is not None else None


def _referent(entity: Entity, confidence: float, place: int) -> Referent | None:
    if confidence < SURE:
        return None
    return Referent(
        entity.called,
        named=entity.named,
        person=entity.person is not False,
        gender=_gender(entity),
        plural=entity.plural,
        role=entity.role(place),
        kind=entity.kind,
        confidence=confidence,
        article=not entity.named or entity.called_the,
    )


def _gender(entity: Entity) -> str:
    if entity.person is False:
        return "it"
    if entity.plural:
        return "they"
    woman = entity.woman()
    if _UNSURE[0] < woman < _UNSURE[1]:
        return ""
    return "she" if woman > _UNSURE[0] else "he"


def _mentions_at(reading: Reading, start: int, end: int) -> Iterator[Mention]:
    passage = reading.passage
    first, last = (bisect_left(passage.places, (place,)) for place in (start, end))
    for number in range(first, last):
        if passage.masked[number] is None and number in reading.by_token:
            yield reading.by_token[number]


def _mention_of(reading: Reading, source: Source) -> Mention | None:
    """Find the mention that a source is: that of its head, else a name that it starts with or that a comma adds."""
    doc, first, last = source.head.doc, source.tokens[0].i, source.tokens[-1].i
    found = reading.by_token.get(source.head.i)
    if found is not None and (found.name is None or first <= found.name.start <= last):
        return found
    named = [
        mention
        for token in source.tokens
        if (mention := reading.by_token.get(token.i)) is not None
        and mention.name is not None
        and first <= mention.name.start <= last
    ]
    start = next((one for one in named if one.name is not None and one.name.start == first), None)
    behind = (
        one
        for one in named
        if one.name is not None and one.person and doc[one.name.start - 1].text == ","
    )
    # "Until May, the minister, Ada Venn, said": the description is not that of the name before the source.
    # "Aid worker Ada Venn", of which the parser may take "aid" for the head.
    closing = (one for one in named if one.name and one.person and one.name.end == last + 1)
    return start or next(behind, None) or found or next(closing, None)


def _covers(report: Attribution, place: int) -> bool:
    """Return whether an outer report's statement holds a place."""
    return report.outer is None and any(a <= place < b for a, b in report.content_spans())


def _is_joined(source: Source) -> bool:
    if any(token.dep_ == "appos" and token.pos_ == "PROPN" for token in source.tokens):
        # "Her husband and co-author, Ada Venn" is one.
        return False
    joints = {token.lower_ for token in source.head.children if token.dep_ == "cc"}
    return "and" in joints and any(token.dep_ == "conj" for token in source.head.children)
