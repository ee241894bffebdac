"""What an article or an entry of it is about, for statements that do not say so themselves.

"A refusal would be hard to defend" needs to be told of what: "[Duck pond fence:] A refusal would be hard to defend".
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Phrase
from spacy.tokens import Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.statements.references.fuller import tail
from claims.extraction.statements.references.words import words
from claims.extraction.text.casing import sentence_case
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.types import Referent

_FIRST = 2
"""Paragraphs among which the headline stands."""
_HEADLINE = 3, 16
"""Words of a headline."""
_OFTEN = 2
"""How often the article comes back to a phrase's words, counted up to `_ENOUGH` each; one more for a phrase of several."""
_ENOUGH = 6
_ARTICLE = 20_000
"""Characters that tell what an article is about."""
_LONGEST = 4
"""Words."""
_ACRONYM = 4
"""Letters."""
_HEADING = 12
"""Words of the phrase with which an entry of a log or letter begins."""
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_LONE = frozenset({"NN", "NNS", "NNP", "NNPS", "VBG"})
"""Tags of a heading of one word: "Parking.", "Reading."."""
_VAGUE = words("vague")
_TIMES = words("times")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_THINGS = frozenset(
    {"it", "its", "they", "them", "their", "this", "that", "these", "those", "we", "us", "our"}
)
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|here|there)\b|\bthe [^\W\dA-Z]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What something is about.

    Attributes:
        words: the phrase ("duck pond fence").
        stems: the beginnings of its words; a statement with one of them says itself what it is about.
        near: it is an entry's and not the whole article's.
    """

    words: str
    stems: frozenset[str]
    near: bool = False

    def told(self, statement: str, speaker: str, unresolved: Collection[str]) -> str:
        """Put the topic before a statement that lacks it.

        Args:
            statement: the statement.
            speaker: the speaker's name, which tells nothing of what the statement is about.
            unresolved: the statement's words that point outside it.

        Returns:
            The statement, with the topic in square brackets before it or not.
        """
        if not self.near and any(word.lower() in _THINGS for word in unresolved):
            # "[Bilge alarm:] They were new" would say what nobody said.
            return statement
        own = set(map(_stem, _WORD.findall(speaker)))
        shown = _WORD.findall(statement)
        stems = {_stem(word) for word in shown}
        if stems & self.stems:
            return statement
        names = {_stem(word) for word in shown[1:] if word[0].isupper() and word != "I"} - own
        if names and not _POINTING.search(statement):
            return statement
        return f"[{sentence_case(self.words)}:] {statement}"


class Topics:
    """What an article and its entries are about.

    Args:
        passages: the article's passages, in order.
        look: tells whom the words at a place of the article stand for.
    """

    def __init__(
        self, passages: Sequence[Passage], look: Callable[[int, int], Referent | None]
    ) -> None:
        self._starts = [passage.start for passage in passages]
        self._entries = _entries(passages)
        self._article = _topic(passages, look) if not self._entries else None

    def at(self, place: int) -> Topic | None:
        """Return what the words at a place of the article are about, or None if that is not sure."""
        number = bisect_right(self._starts, place) - 1
        return self._entries.get(number, self._article)


def _entries(passages: Sequence[Passage]) -> Mapping[int, Topic]:
    """Find the entries of a log, a letter or minutes: "Parking. Tickets will be issued from Wednesday."."""
    found = {}
    for number, passage in enumerate(passages):
        first = next(passage.doc.sents)
        if len(first) < len(passage.doc) and _is_heading(passage, first):
            stems = frozenset(_stem(token.text) for token in first if token.pos_ in _CONTENT)
            found[number] = Topic(passage.words(first[:-1]), stems, near=True)
    return found if len(found) > 1 else {}


def _is_heading(passage: Passage, sentence: Phrase) -> bool:
    """Return whether a sentence is a mere phrase that names something."""
    if len(sentence) > _HEADING or sentence[-1].text != "." or not sentence[0].text[:1].isalnum():
        return False
    if len(sentence) == 2:
        return sentence[0].is_title and sentence[0].tag_ in _LONE
    return (
        sentence.root.pos_ in _NOUNS
        and not any(
            token.pos_ in VERBS or token.pos_ == "PRON" or token.text == ":" for token in sentence
        )
        and all(passage.masked[token.i] is None for token in sentence)
    )


def _topic(
    passages: Sequence[Passage], look: Callable[[int, int], Referent | None]
) -> Topic | None:
    """Find the phrase of the headline whose words come again most often; without a headline, nothing is sure."""
    headline = next((one for one in passages[:_FIRST] if _is_headline(one)), None)
    if headline is None or _is_name(passages[0], look):
        return None
    times = Counter(_stem(word) for word in _WORD.findall(headline.text[headline.end : _ARTICLE]))
    found = [
        phrase
        for whole in _phrases(headline)
        if (phrase := _recurring(whole, times))
        and not (_is_kind(phrase) or _is_person(headline, phrase, look))
    ]
    best = max(found, key=lambda phrase: _weight(phrase, times), default=None)
    if best is None or _weight(best, times) < _OFTEN:
        return None
    stems = frozenset(_stem(token.text) for token in best if token.pos_ in _NOUNS)
    return Topic(headline.words(best), stems)


def _recurring(phrase: Sequence[Token], times: Mapping[str, int]) -> Sequence[Token]:
    """Return a phrase whose noun comes again, or those of its words that do.

    No other word for the kayak's thief may be "thief", and the parser may take a verb for a noun.
    """
    noun = next(token for token in reversed(phrase) if token.pos_ in _NOUNS)
    if times.get(_stem(noun.text)):
        return phrase
    return [token for token in phrase if times.get(_stem(token.text), 0) > 1]


def _weight(phrase: Sequence[Token], times: Mapping[str, int]) -> int:
    """Return how often an article comes back to the words of a phrase."""
    often = [times.get(_stem(token.text), 0) for token in phrase if token.pos_ in _NOUNS]
    return sum(min(count, _ENOUGH) for count in often) + (len(phrase) > 1 and any(often))


def _is_headline(passage: Passage) -> bool:
    """Return whether a paragraph is a headline: short, of several words, and no sentence with a full stop."""
    text = passage.text[passage.start : passage.end]
    count = len(text.split())
    closed = text[-1] in ".:;,])" or ". " in text
    return _HEADLINE[0] <= count <= _HEADLINE[1] and not closed


def _is_name(passage: Passage, look: Callable[[int, int], Referent | None]) -> bool:
    """Return whether a line is somebody's name, as over an obituary."""
    line = passage.text[passage.start : passage.end]
    found = look(passage.start, passage.end) if len(line.split()) <= _LONGEST else None
    return found is not None and found.person and found.named


def _phrases(passage: Passage) -> Iterator[Sequence[Token]]:
    """Yield the names of things in a passage: a noun with the nouns and adjectives before it, and "on winter payments" behind."""
    for noun in passage.doc:
        if passage.masked[noun.i] is not None or not _names_thing(noun):
            continue
        first = noun.i
        while first and noun.i - first < _LONGEST - 1 and _belongs(noun.doc[first - 1], noun):
            first -= 1
        phrase = list(noun.doc[first : noun.i + 1])
        behind = tail(noun) if len(phrase) == 1 else []
        whole = list(noun.doc[first : noun.i + 1 + len(behind)])
        if not _is_kind(phrase) and _is_plain(passage, whole):
            yield whole


def _names_thing(noun: Token) -> bool:
    """Return whether a noun may head the name of what an article is about; not "nine miles" or "SQUARE"."""
    inner = noun.dep_ in {"compound", "nmod"}
    counted = any(child.dep_ == "nummod" or child.like_num for child in noun.lefts)
    vague = noun.lemma_.lower() in _VAGUE or noun.lower_ in _TIMES
    return noun.pos_ in _NOUNS and not (inner or counted or vague or noun.is_stop)


def _is_kind(phrase: Sequence[Token]) -> bool:
    """Return whether words only tell what kind of person or body somebody is: "union", "state government"."""
    head = kinds().head(phrase[-1].lower_)
    named = any(token.pos_ == "PROPN" for token in phrase)
    return head is not None and (len(phrase) == 1 or (head.body and not named))


def _is_plain(passage: Passage, phrase: Sequence[Token]) -> bool:
    """Return whether words name something in the article's voice, neither quoted nor in a line of capitals."""
    words = passage.words(phrase)
    quoted = any(passage.masked[token.i] is not None or token.is_quote for token in phrase)
    return not quoted and not (words.isupper() and len(words) > _ACRONYM)


def _belongs(token: Token, noun: Token) -> bool:
    before = token.doc[max(0, token.i - 1)]
    tied = (
        token.text in {"&", "-"}
        or token.dep_ in {"compound", "nmod"}
        or (
            token.i + 1 < noun.i
            and token.doc[token.i + 1].text in {"&", "-"}
            and not before.is_punct
        )
    )
    return tied or (token.dep_ == "amod" and token.head == noun and token.tag_ == "JJ")


def _is_person(
    passage: Passage, phrase: Sequence[Token], look: Callable[[int, int], Referent | None]
) -> bool:
    """Return whether words name somebody; a place in them ("Osk tram depot") may have been taken for a name."""
    found = look(passage.places[phrase[0].i][0], passage.places[phrase[-1].i][1])
    return found is not None and found.person and found.name.split()[-1] == phrase[-1].text


def _stem(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
