"""Finds the fuller description that an article gave before: "the levy" is "the levy on imported salt"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.statements.references.words import words
from claims.extraction.text.parsing import Passage

_BEFORE = frozenset({"compound", "amod", "nmod"})
_NOT_TELLING = frozenset({"PRP$", "VB"})
"""Tags of "his", and of a headline's verb that the parser puts before its object: "calls to scrap ferry levy"."""
_BEHIND = frozenset(
    {"of", "on", "for", "against", "about", "between", "into", "in", "at", "from", "over"}
)
_LONGEST_TAIL = 6
"""Words. A longer phrase behind a noun tells a story and does not name the thing."""
_NEAR = 300
_FAR = 1_000
_ALL = 3_000
_LEAD = 400
"""Characters. Nearer than this, one thing is meant in five of six cases."""
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "NUM"})
_SEVERAL = frozenset({"another", "each", "every", "some", "any", "no", "both", "other", "one"})
_NAMELESS = words("nameless")
"""Adjectives that do not tell one thing from others of its kind."""
_NAMED_OTHERWISE = words("named otherwise")
"""Nouns that end a name and do not alone stand for what it names."""
_TIMES = words("times")
_VAGUE = words("vague")
"""Nouns that mean something else each time, or that an article need not name."""


@dataclass(frozen=True, slots=True)
class Described:
    """A noun with what describes it.

    Attributes:
        place: where the phrase starts in the article.
        noun: the noun.
        before: the words before it that describe it ("winter fuel").
        behind: the phrase after it that describes it ("on imported salt").
        told: the content words of both, in base form.
        tells: they name something and do not merely praise: "salt levy", not "unfair levy".
        opened: how the phrase begins: with "a", with "the", an owner, a number or word like "every"; else "".
    """

    place: int
    noun: Token
    before: str
    behind: str
    told: frozenset[str]
    tells: bool
    opened: Literal["a", "the", "owner", "number", ""]


class Descriptions:
    """The described nouns of an article.

    Args:
        passages: its parsed passages, in order.
        topic: the noun that the article is about, with its passage, or None.
    """

    def __init__(
        self, passages: Sequence[Passage], topic: tuple[Passage, Token] | None = None
    ) -> None:
        self._topic = _described(*topic) if topic is not None else None
        self._nouns: dict[tuple[str, bool], list[tuple[Passage, Token]]] = {}
        self._known: dict[tuple[str, bool], list[Described]] = {}
        for passage in passages:
            for token, quotation in zip(passage.doc, passage.masked, strict=True):
                if quotation is None and (token.pos_ == "NOUN" or _is_named(token)):
                    self._nouns.setdefault(_key(token), []).append((passage, token))

    def fuller(self, passage: Passage, noun: Token) -> Described | None:
        """Return the one fuller description of what "the NOUN" stands for, or None if there is none or several.

        Args:
            passage: the noun's passage.
            noun: a noun in it.
        """
        if not _is_bare(noun) or noun.lemma_.lower() in _VAGUE:
            return None
        place = passage.places[noun.i][0]
        before = [one for one in self._of(_key(noun)) if one.place < place]
        described = [one for one in before if one.told]
        if described and _is_one(before, described):
            near = [one for one in described if one.tells and _is_near(one, place)]
            found = next((one for one in near if one.behind), None) or next(iter(near), None)
            if found is not None:
                return found
        return self._topical(noun, before)

    def _topical(self, noun: Token, before: Sequence[Described]) -> Described | None:
        """Return what the article is about, if the noun is its noun and no other one was told of since."""
        topic = self._topic
        if topic is None or not topic.told or _key(noun) != _key(topic.noun):
            return None
        others = (one for one in before if one.place > topic.place)
        return topic if not any(one.opened in {"a", "number"} for one in others) else None

    def _of(self, key: tuple[str, bool]) -> Sequence[Described]:
        """Read all that describes a noun when it is first asked for: few nouns ever are."""
        if key not in self._known:
            self._known[key] = [_described(*one) for one in self._nouns.get(key, ())]
        return self._known[key]


def _is_named(token: Token) -> bool:
    """Return whether a token is the common noun that ends a name: "Reef" of "the Orvel Reef"."""
    if token.pos_ != "PROPN" or not token.is_title:
        return False
    following = token.doc[token.i + 1 : token.i + 2]
    return (
        not any(one.pos_ == "PROPN" for one in following)
        and any(one.dep_ == "compound" and one.pos_ == "PROPN" for one in token.lefts)
        and next(token.lefts).lower_ == "the"
        and token.lower_ not in _NAMED_OTHERWISE
        and kinds().head(token.lower_) is None
    )


def _is_one(before: Sequence[Described], described: Sequence[Described]) -> bool:
    """Return whether all that was told of a noun before can be about one thing."""
    first = described[0]
    alike = all(one.told <= first.told or one.told & first.told for one in described)
    later = [one for one in before if one.place > first.place]
    return alike and not any(one.opened in {"a", "number"} for one in later)


def _is_near(described: Described, place: int) -> bool:
    """Return whether readers still know a description; what is introduced, or stands in the lead, stays longer."""
    distance = place - described.place
    if described.opened not in {"a", "owner", "the"}:
        return False
    if described.place < _LEAD or described.noun.pos_ == "PROPN":
        return distance < _ALL
    return distance < (_NEAR if described.opened == "the" else _FAR)


def _key(noun: Token) -> tuple[str, bool]:
    return noun.lemma_.lower(), noun.tag_ in {"NNS", "NNPS"}


def _is_bare(noun: Token) -> bool:
    """Return whether a noun has an article and no word that describes it."""
    children = list(noun.children)
    return (
        [one.lower_ for one in children if one.i < noun.i] == ["the"]
        and not any(
            one.dep_ in {"prep", "relcl", "acl", "appos", "conj", "nummod"} and not _tells_when(one)
            for one in children
        )
        and noun.dep_ not in {"compound", "nmod", "appos"}
    )


def _tells_when(tie: Token) -> bool:
    """Return whether "from" of "dredge the trench from 2034" was taken for the noun's."""
    return tie.dep_ == "prep" and any(
        one.like_num or one.lower_ in _TIMES for one in tie.children if one.i > tie.i
    )


def _described(passage: Passage, noun: Token) -> Described:
    before = list(_telling(noun))
    owner = _owner(noun)
    behind = tail(noun)
    told = [one for one in (*before, *owner, *behind) if one.pos_ in _CONTENT]
    named = any(one.pos_ in {"NOUN", "PROPN"} and one.lemma_.lower() not in _VAGUE for one in told)
    others = [one for one in noun.children if one.dep_ in {"relcl", "acl"}] + _doubtful(noun)
    last = passage.words(behind) if behind else ""
    if owner and not last:
        last = f"of {passage.words(owner)}"
    return Described(
        passage.places[noun.left_edge.i][0],
        noun,
        passage.words(before) if before else "",
        last,
        frozenset(one.lemma_.lower() for one in (*told, *others)),
        named,
        _opened(noun),
    )


def _opened(noun: Token) -> Literal["a", "the", "owner", "number", ""]:
    for child in noun.lefts:
        if child.dep_ == "poss":
            return "owner"
        if child.dep_ == "nummod" or child.lower_ in _SEVERAL:
            return "number"
    first = next(noun.lefts, noun).lower_
    if any(child.tag_ in {"JJR", "JJS"} for child in noun.lefts):
        # "The fastest inspection in the history of the town" is not what the inspection is called.
        return ""
    if first in {"a", "an"}:
        return "a"
    is_known = first in {"the", "this", "that"} or next(noun.lefts, noun).tag_ == "PRP$"
    return "the" if is_known else ""


def _telling(noun: Token) -> Iterator[Token]:
    """Yield the words before a noun that tell which one it is."""
    for child in noun.lefts:
        if child.dep_ not in _BEFORE or child.lower_ in _NAMELESS or child.tag_ in _NOT_TELLING:
            continue
        yield from child.subtree


def _owner(noun: Token) -> list[Token]:
    """Return whose the noun is: "the bank" of "the bank's analysts"."""
    owner = next((one for one in noun.lefts if one.dep_ == "poss"), None)
    if owner is None or owner.pos_ not in {"NOUN", "PROPN"}:
        return []
    words = [one for one in owner.subtree if one.tag_ != "POS"]
    return words if not any(one.pos_ == "PRON" for one in words) else []


def _doubtful(noun: Token) -> list[Token]:
    """Return the noun of a phrase that may describe this one or the verb: "passed a levy on salt"."""
    following = noun.doc[noun.i + 1 : noun.i + 2]
    found = [one for one in following if one.lower_ in _BEHIND and one.head != noun]
    return [child for one in found for child in one.children if child.pos_ == "NOUN"]


def tail(noun: Token) -> list[Token]:
    """Return the phrase after a noun that tells which one it is."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in _BEHIND and child.i == noun.i + 1:
            words = list(child.subtree)
            told = any(one.pos_ in {"NOUN", "PROPN"} for one in words)
            simple = all(_is_plain(one) for one in words)
            return words if told and simple and len(words) <= _LONGEST_TAIL else []
    return []


def _is_plain(token: Token) -> bool:
    """Return whether a word names a thing and tells no story of it; "imported glass" is plain."""
    if token.dep_ == "amod":
        return True
    return token.pos_ not in {"VERB", "AUX", "PRON", "NUM"} and token.text != ","
