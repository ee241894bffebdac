"""Finds the phrases in a headline or lead that name things: what an article may be about."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Token

from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.statements.references.fuller import tail
from claims.extraction.statements.references.pointing import PEOPLE
from claims.extraction.statements.references.words import words
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.types import Referent

_BEFORE = 4
"""Words before a noun that belong to its phrase."""
_ACRONYM = 4
"""Letters."""
_BODIES = frozenset({"company", "organisation"})
"""Kinds of those whom only their name tells from people."""
_THINGS = frozenset({"document", "witness"})
"""Kinds whose words are names of things: "paper", "boat"."""
_AUTHORITIES = frozenset({"media", "official", "minister", "lawmaker", "court", "police-military"})
"""Kinds of bodies that speak in many articles, and that few are about."""
_ASIDE = frozenset(
    {"over", "after", "amid", "despite", "following", "before", "during", "since", "without"}
)
"""Prepositions before what only tells why or when: "quits after row over seats"."""
_WHERE = frozenset({"in", "at", "on", "near"})
_NAMING = frozenset({"NNP", "NNPS", "VBG"})
"""Tags of a word with a capital letter that goes on with a name."""
_INNER = frozenset({"compound", "nmod", "poss"})
_VAGUE = words("vague")
_NAMELESS = words("nameless")
_TIMES = words("times")
_PLACES = words("places")
_NOUNS = frozenset({"NOUN", "PROPN"})


Look = Callable[[int, int], Referent | None]
"""Tells whom the words at a place of the article stand for."""


def is_vague(token: Token) -> bool:
    """Return whether a word tells nothing of what an article is about: "new", "week", "matter"."""
    return token.lemma_.lower() in _VAGUE or token.lower_ in _TIMES or token.lower_ in _NAMELESS


def phrases(passage: Passage, end: int) -> Iterator[Sequence[Token]]:
    """Yield the names of things in a passage, up to a place: nouns with what stands before them, and with "on winter payments" behind."""
    for noun in passage.doc:
        if passage.places[noun.i][0] >= end:
            break
        if not _names_thing(noun):
            continue
        first = noun.i
        while first and noun.i - first < _BEFORE and _belongs(noun.doc[first - 1], noun):
            first -= 1
        while noun.doc[first].tag_ == "POS":
            first += 1
        phrase = list(noun.doc[first : noun.i + 1])
        if _is_kind(phrase):
            continue
        whole = [*phrase, *tail(noun)]
        if whole[-1].lower_ in _TIMES:
            whole = phrase
        if _is_plain(passage, whole):
            yield whole


def _names_thing(noun: Token) -> bool:
    """Return whether a noun may head the name of what an article is about; not "nine miles" or "SQUARE"."""
    inner = noun.dep_ in _INNER - {"poss"}
    lefts = list(noun.lefts)
    counted = any(child.dep_ == "nummod" or child.like_num for child in lefts)
    counted = counted and not any(child.dep_ == "compound" for child in lefts)
    vague = noun.lemma_.lower() in _VAGUE or noun.lower_ in _TIMES | _PLACES
    aside = noun.dep_ == "pobj" and noun.head.lower_ in _ASIDE
    return noun.pos_ in _NOUNS and not (inner or counted or vague or aside or noun.is_stop)


def _is_kind(phrase: Sequence[Token]) -> bool:
    """Return whether words only tell what kind of person or body somebody is: "union", "state government"."""
    head = kinds().head(phrase[-1].lower_)
    if head is None or len(phrase) == 1:
        return head is not None
    if head.body:
        named = any(token.pos_ == "PROPN" and not token.is_lower for token in phrase)
        return not named and head.kind not in _THINGS
    return phrase[-1].tag_ in {"NN", "NNP"}


def _is_plain(passage: Passage, phrase: Sequence[Token]) -> bool:
    """Return whether words name something in the article's voice, neither quoted nor in a line of capitals."""
    if any(passage.masked[token.i] is not None for token in phrase):
        return False
    words = passage.words(phrase)
    quoted = any(token.is_quote and token.tag_ != "POS" for token in phrase)
    return not quoted and not (words.isupper() and len(words) > _ACRONYM)


def _belongs(token: Token, noun: Token) -> bool:
    before = token.doc[max(0, token.i - 1)]
    tied = (
        token.text in {"&", "-"}
        or (token.dep_ in {"poss", "case"} and token.tag_ not in {"PRP$", "WP$"})
        or (token.dep_ in {"compound", "nmod"} and token.tag_ != "VB")
        or (
            token.i + 1 < noun.i
            and token.doc[token.i + 1].text in {"&", "-"}
            and not before.is_punct
        )
    )
    return tied or (
        token.dep_ == "amod"
        and token.head == noun
        and token.tag_ in {"JJ", "VBN"}
        and token.lower_ not in _NAMELESS
    )


def is_somebody(
    passage: Passage, phrase: Sequence[Token], look: Look, spoke: Collection[str]
) -> bool:
    """Return whether words name a person, an authority or a body that speaks, whose words are about something else.

    A place in them ("Osk tram depot") may have been taken for a name.

    Args:
        passage: the passage.
        phrase: the words.
        look: tells whom the words at a place of the article stand for.
        spoke: the names of those who speak.
    """
    last = head(phrase)
    end = passage.places[last.i][1]
    found = look(passage.places[phrase[0].i][0], end) or look(passage.places[last.i][0], end)
    if any(token.text.startswith("@") for token in phrase):
        return True
    if found is None or found.name.split()[-1] != last.text:
        return False
    person = found.person and (found.gender in PEOPLE or found.kind not in _BODIES)
    return person or found.kind in _AUTHORITIES or found.name in spoke


def head(phrase: Sequence[Token]) -> Token:
    """Return the noun that heads a phrase."""
    own = (one for one in phrase if one.dep_ not in _INNER and one.pos_ in _NOUNS)
    return next(own, phrase[-1])


def is_somebody_s(phrase: Sequence[Token]) -> bool:
    """Return whether a phrase only tells what somebody unnamed has: "the leader's red jersey"."""
    owner = next((one for one in phrase if one.dep_ == "poss" and one.tag_ == "NN"), None)
    head = kinds().head(owner.lower_) if owner is not None else None
    return head is not None and not head.body


def is_side_matter(
    phrase: Sequence[Token], headed: Collection[str], times: Mapping[str, int]
) -> bool:
    """Return whether a lead names something that the headline does not, or that the article leaves at that."""
    noun = head(phrase)
    own = [
        one
        for one in phrase
        if one == noun or (one.head == noun and one.i < noun.i and one.dep_ != "poss")
    ]
    comes = any(times[stem_of(one.text)] for one in own)
    return not comes or not (not headed or any(stem_of(one.text) in headed for one in phrase))


def is_name(phrase: Sequence[Token], body: str) -> bool:
    """Return whether a phrase is a mere name, whose head no article would write small."""
    noun = head(phrase)
    small = re.search(rf"\b{re.escape(noun.lower_)}\b", body)
    return noun.pos_ == "PROPN" and not noun.is_lower and small is None


def is_everywhere(
    phrase: Sequence[Token], stems: Collection[str], lines: Sequence[Sequence[str]]
) -> bool:
    """Return whether an article has a name in half of its paragraphs, and not for where something happens."""
    noun = head(phrase)
    often = max(sum(stem in line for line in lines) for stem in stems)
    return 2 * often >= len(lines) and not (noun.dep_ == "pobj" and noun.head.lower_ in _WHERE)


def is_torn(phrase: Sequence[Token], times: Mapping[str, int]) -> bool:
    """Return whether the parser took a headline's verb for a noun: "Harrow Trench exhales", "Rangers stun champions"."""
    sentence = phrase[0].sent
    before = phrase[0].doc[max(0, phrase[0].i - 1) : phrase[0].i]
    if phrase[0].is_title and any(map(_is_capital, before)):
        return True
    following = phrase[-1].doc[phrase[-1].i + 1 : phrase[-1].i + 2]
    if phrase[-1].is_title and any(one.is_title and one.tag_ in _NAMING for one in following):
        return True
    verbs = [token.i for token in sentence if token.pos_ in VERBS]
    root = sentence.root
    if not verbs and root in phrase[1:] and root.is_lower and root.text.endswith("s"):
        return True
    last = phrase[-1]
    opens = bool(phrase[0].is_sent_start) and len(phrase) > 1
    # "School scraps homework": an article about scraps has them below its headline too.
    if opens and last.is_lower and last.tag_ == "NNS" and not times[stem_of(last.text)]:
        return True
    return any(
        before.pos_ == "PROPN"
        and token.is_lower
        and (not times[stem_of(token.text)] or (token != phrase[-1] and token.text.endswith("s")))
        and not any(verb < token.i for verb in verbs)
        for before, token in pairwise(phrase)
    )


def _is_capital(token: Token) -> bool:
    return token.pos_ == "PROPN" or (token.is_title and not token.is_sent_start)


def is_kicker(phrase: Sequence[Token]) -> bool:
    """Return whether a phrase opens a headline, with a colon or dash behind it."""
    doc, first, last = phrase[0].doc, phrase[0].i, phrase[-1].i
    return doc[last + 1 : last + 2].text in {":", "–", "—"} and not any(
        one.pos_ in VERBS for one in doc[:first]
    )


@lru_cache(2_000)
def stem_of(word: str) -> str:
    """Return a word in small letters, without the "s" of the plural or an owner."""
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
