"""What an article or an entry of it is about, for statements that do not say so themselves.

"A refusal would be hard to defend" needs to be told of what: "[Duck pond fence:] A refusal would be hard to defend".
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Span as Phrase
from spacy.tokens import Token

from claims.extraction.statements.references.lead_subjects import FIRMS as _FIRMS
from claims.extraction.statements.references.lead_subjects import headline_of, lead_of, lead_subject
from claims.extraction.statements.references.pointing import points_back, points_outside
from claims.extraction.statements.references.topic_phrases import (
    Look,
    head,
    is_everywhere,
    is_kicker,
    is_name,
    is_side_matter,
    is_somebody,
    is_somebody_s,
    is_torn,
    is_vague,
    phrases,
    stem_of,
)
from claims.extraction.statements.references.words import words
from claims.extraction.text.casing import sentence_case
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.types import Speaker

_HEADED, _KICKER = 2, 4
"""What a phrase of the headline weighs more, and one with a colon behind it ("Fuel scarcity: Agency, union trade blame")."""
_IDLE = -1
"""What a noun weighs to which the article never comes back."""
_OFTEN = 2
"""How often the article comes back to a phrase's words, at least."""
_OFTEN_ALONE = 4
"""How often the article comes back to a word of the headline that stands alone, at least."""
_ENOUGH = 6
"""How often a word counts at most."""
_ARTICLE = 20_000
"""Characters that tell what an article is about."""
_TELLING = 2
"""Nouns and adjectives of a phrase that tells what an article is about: "works" and "maize" might mean anything."""
_NAME = 4
"""Words of the longest name over an obituary."""
_HEADING = 12
"""Words of the phrase with which an entry of a log or letter begins."""
_FINITE = frozenset({"VBD", "VBZ", "MD"})
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_LONE = frozenset({"NN", "NNS", "NNP", "NNPS", "VBG"})
"""Tags of a heading of one word: "Parking.", "Reading."."""
_AGENDA = words("agenda")
_ANOTHER = r"(?i)\b(?:an?|another|other|second|both|two|three|every|each)\s(?:\w+\s)?{}"
"""How an article speaks of a further thing of the same noun."""
_WORD = re.compile(r"[^\W_][\w’'-]*")
_NAMED = re.compile(r"(?<=\S )[\[“\"‘(]*[^\W\d_a-z][\w’'-]+")
"""A word with a capital letter behind the first one."""
_OPENS = re.compile(
    r"\W*(?:it|its|they|their|this|that|these|those|he|she|his|her)\b", re.IGNORECASE
)


class Statement(Protocol):
    """What a topic may have to stand before."""

    @property
    def statement(self) -> str:
        """Its words, which are meant to read alone."""

    @property
    def words(self) -> Sequence[Token]:
        """The article's words in it."""

    @property
    def before(self) -> str:
        """What was said right before it, if that is put before it too."""

    @property
    def unresolved(self) -> Sequence[Token]:
        """Its words that point outside, and nobody is sure to what."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What something is about.

    Attributes:
        phrase: a phrase ("duck pond fence"), or "" where it is somebody.
        stems: the stems of its words, without its noun's where "the charges" can only be these, or of the name; a
            statement with one of them says itself what it is about.
        near: it is an entry's and not the whole article's.
        noun: the passage and the noun that heads the phrase, of an article's topic.
        whose: the name of the person or firm that the article is about, or "".
    """

    phrase: str
    stems: frozenset[str]
    near: bool = False
    noun: tuple[Passage, Token] | None = None
    whose: str = ""

    def lacking(self, piece: Statement, speaker: Speaker | None) -> str:
        """Return what must stand before a statement that does not say what it is about, or "".

        Args:
            piece: the statement. One with a noun that points back ("the vote"), or without any name ("nobody had
                been told"), needs to be told of what, and so does all that stands under a heading.
            speaker: who speaks; nobody needs to be told that somebody speaks of himself, and another firm does too.
        """
        if not self.near and not _needs_topic(piece):
            return ""
        name = speaker.name if speaker is not None else ""
        shown = {
            stem_of(word) for word in _WORD.findall(f"{piece.before} {piece.statement} {name}")
        }
        known = self.stems & shown or (self.whose and _is_firm(speaker))
        return "" if known else sentence_case(f"about {self.whose}" if self.whose else self.phrase)


def _needs_topic(piece: Statement) -> bool:
    """Return whether a statement points back, or names nobody and nothing by which a stranger could place it.

    One with a word that points elsewhere does not: "[Bilge alarm:] They were new" would say what nobody said.
    """
    if (
        _OPENS.match(piece.statement)
        or any(map(points_outside, piece.unresolved))
        or _is_cut(piece)
    ):
        return False
    named = _NAMED.search(piece.statement) or any(one.pos_ == "PROPN" for one in piece.words[:1])
    return not named or any(map(points_back, piece.words))


def _is_cut(piece: Statement) -> bool:
    """Return whether a statement is the end of a sentence, whose verb would seem to have the topic for its subject."""
    opening = _WORD.search(piece.statement)
    first = next((one for one in piece.words if not one.is_punct), None)
    if opening is None or first is None or piece.statement.endswith("?"):
        return False
    return first.tag_ in _FINITE and opening[0].lower() == first.lower_


def _is_firm(speaker: Speaker | None) -> bool:
    """Return whether a firm speaks itself, and nobody for it."""
    return speaker is not None and speaker.named and speaker.kind in _FIRMS and not speaker.role


class Topics:
    """What an article and its entries are about.

    Args:
        passages: the article's passages, in order.
        look: tells whom the words at a place of the article stand for.
        spoke: the names of those who speak.
    """

    def __init__(self, passages: Sequence[Passage], look: Look, spoke: Collection[str]) -> None:
        self._starts = [passage.start for passage in passages]
        self._entries = _entries(passages)
        self._article = _topic(passages, look, spoke) if not self._entries else None
        if not self._entries:
            self._article = _with_owner(self._article, passages, look, spoke)

    @property
    def noun(self) -> tuple[Passage, Token] | None:
        """The noun that the article is about, and its passage."""
        return self._article.noun if self._article is not None else None

    def at(self, place: int) -> Topic | None:
        """Return what the words at a place of the article are about, or None if that is not sure."""
        number = bisect_right(self._starts, place) - 1
        return self._entries.get(number, self._article)


def _entries(passages: Sequence[Passage]) -> Mapping[int, Topic]:
    """Find the entries of a log, a letter or minutes: "Parking. Tickets will be issued from Wednesday."."""
    found = {}
    for number, passage in enumerate(passages):
        if number and passage.text[passages[number - 1].end - 1] == "?":
            # "Goats." answers a question.
            continue
        first = next(passage.doc.sents)
        if len(first) < len(passage.doc) and _is_heading(passage, first):
            stems = frozenset(stem_of(token.text) for token in first if token.pos_ in _CONTENT)
            found[number] = Topic(passage.words(first[:-1]), stems, near=True)
    return found if len(found) > 1 else {}


def _is_heading(passage: Passage, sentence: Phrase) -> bool:
    """Return whether a sentence is a mere phrase that names something."""
    if len(sentence) > _HEADING or sentence[-1].text != "." or not sentence[0].text[:1].isalnum():
        return False
    if len(sentence) == 2:
        word = sentence[0]
        return word.is_title and word.tag_ in _LONE and word.lower_ not in _AGENDA
    return (
        sentence.root.pos_ in _NOUNS
        and not any(
            token.pos_ in VERBS or token.pos_ == "PRON" or token.text == ":" for token in sentence
        )
        and all(passage.masked[token.i] is None for token in sentence)
    )


def _topic(passages: Sequence[Passage], look: Look, spoke: Collection[str]) -> Topic | None:
    """Find the phrase of the headline or the lead to whose words the article comes back most often."""
    if not passages or _is_person(passages[0], look):
        return None
    headline, lead = headline_of(passages), lead_of(passages)
    headed = _words_above(lead, passages) if lead is not None else set()
    found = [
        *(_weighed(headline, headline.end, _HEADED, look, spoke) if headline is not None else ()),
        *(_weighed(lead, _first_end(lead), 0, look, spoke, headed) if lead is not None else ()),
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def _with_owner(
    topic: Topic | None, passages: Sequence[Passage], look: Look, spoke: Collection[str]
) -> Topic | None:
    """Return whom the article is about in place of a topic, unless that holds the name."""
    found = lead_subject(passages, look, spoke)
    if found is None:
        return topic
    name = f"the {found.name}" if found.article and not found.person else found.name
    parts = frozenset(stem_of(word) for word in _WORD.findall(found.name) if word[0].isupper())
    noun = None
    if topic is not None and not found.person:
        noun = topic.noun
        known = parts & (topic.stems | {stem_of(word) for word in _WORD.findall(topic.phrase)})
        # Of "Orvo shares" only the firm comes again.
        if known and (noun is None or _comes_later(noun[1], passages)):
            return topic
    return Topic("", parts, noun=noun, whose=name)


def _comes_later(noun: Token, passages: Sequence[Passage]) -> bool:
    """Return whether an article comes back to a noun behind the sentence that opens it."""
    lead = lead_of(passages)
    later = lead.text[_first_end(lead) : _ARTICLE] if lead is not None else ""
    return any(stem_of(word) == stem_of(noun.text) for word in _WORD.findall(later))


def _weighed(
    passage: Passage,
    end: int,
    bonus: int,
    look: Look,
    spoke: Collection[str],
    headed: Collection[str] = frozenset(),
) -> Iterator[tuple[int, Topic]]:
    """Yield the phrases in a passage, up to a place, that may be what the article is about, each with its weight.

    Where the headline names things, what the lead names besides is a side matter.
    """
    body = passage.text[end:_ARTICLE]
    lines = [
        [stem_of(word) for word in _WORD.findall(line)]
        for line in body.splitlines()
        if line.strip()
    ]
    times = Counter(stem for line in lines for stem in line)
    for phrase in phrases(passage, end):
        nouns = [token for token in phrase if token.pos_ in _NOUNS and not is_vague(token)]
        stems = frozenset(stem_of(token.text) for token in nouns)
        often = [min(times[stem], _ENOUGH) or _IDLE for stem in stems]
        content = sum(token.pos_ in _CONTENT and not is_vague(token) for token in phrase)
        named = any(token.pos_ == "PROPN" for token in phrase)
        least = _OFTEN - (bonus > 0 or named)
        kicker = bonus > 0 and is_kicker(phrase)
        # "Ferry" alone names it where the article hardly speaks of anything else.
        single = bonus > 0 and phrase[-1].tag_ == "NN" and min(often, default=0) >= _OFTEN_ALONE
        if (
            content < (1 if single else _TELLING)
            or max(often, default=0) < least
            or (not kicker and is_torn(phrase, times))
            or is_somebody(passage, phrase, look, spoke)
            or is_somebody_s(phrase)
            or (not kicker and is_side_matter(phrase, headed, times))
            or (is_name(phrase, body) and not is_everywhere(phrase, stems, lines))
        ):
            continue
        weight = sum(often) + bonus + named + _KICKER * kicker
        noun = head(phrase)
        others = re.search(_ANOTHER.format(re.escape(noun.text)), body)
        told = {stem_of(noun.text)} if others is None and noun.pos_ == "NOUN" else set()
        telling = stems - told or stems
        yield weight, Topic(passage.words(phrase), telling, noun=(passage, noun))


def _words_above(lead: Passage, passages: Sequence[Passage]) -> set[str]:
    """Return the stems above a lead to which it comes back, in lines that name things and are no byline or date."""
    lines = [one for one in passages[:2] if one.start < lead.start]
    lines = [one for one in lines if any(token.is_lower for token in one.doc)]
    named = [one for one in lines if any(phrases(one, one.end))]
    again = {stem_of(word) for word in _WORD.findall(lead.text[lead.start : _ARTICLE])}
    # The parser takes many a noun of a headline for a verb.
    above = (token for one in named for token in one.doc if not token.is_stop)
    return again.intersection(stem_of(token.text) for token in above)


def _first_end(passage: Passage) -> int:
    """Return where a passage's first sentence ends."""
    return passage.places[next(passage.doc.sents).end - 1][1]


def _is_person(passage: Passage, look: Look) -> bool:
    """Return whether a line is somebody's name, as over an obituary."""
    line = passage.text[passage.start : passage.end]
    found = look(passage.start, passage.end) if len(line.split()) <= _NAME else None
    return found is not None and found.person and found.named
