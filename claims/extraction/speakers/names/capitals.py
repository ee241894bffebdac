"""Reads runs of words with capital letters, of which names and titles are made."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from claims.extraction.lexicons.cues import lexicon
from claims.extraction.lexicons.first_names import is_known
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.lexicons.titles import titles
from claims.extraction.text.parsing import Passage

_SMALL = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "NUM", "PUNCT"})
_PAIR = re.compile(r"(?=\b([^\W\d_a-z][\w’'-]*\.?) ([^\W\d_a-z][\w-]+))")
_ADDRESSED = re.compile(
    r"(?<!\w)([^\W\d_a-z]\w+)\.? ([^\W\d_a-z][\w’-]+(?: [^\W\d_a-z][\w’-]+){0,2})"
)
_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'", "(": ")"}
"""What closes what a mark opens."""
_ABBREVIATED = 6
"""Letters of a title with a full stop behind it; "Officer." ends a sentence."""
OF = frozenset({"of", "for", "on"})
_WHERE = frozenset(
    {
        "above",
        "across",
        "along",
        "around",
        "behind",
        "below",
        "beneath",
        "beside",
        "between",
        "beyond",
    }
    | {"inside", "near", "opposite", "outside", "past", "round", "under", "upon", "within"}
    | {"by", "from", "to", "with", "without"}
)
"""Prepositions that the parser takes for part of the name behind them where they open a sentence: "Near Lane, a woman wept"."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a run of capital letters: its tokens [start, end), its text, and whether it is a nickname in quotes."""

    start: int
    end: int
    text: str
    is_nickname: bool = False


def run(passage: Passage, place: int, surnames: frozenset[str] = frozenset()) -> list[Word]:
    """Take the words with capital letters from a token on, with the small words that tie them.

    Args:
        passage: the passage.
        place: the index of the token.
        surnames: names that the parser may take for common words where they open a sentence ("Banks").

    Returns:
        The words, or none if no name begins there.
    """
    doc = passage.doc
    words: list[Word] = []
    while place < len(doc) and passage.masked[place] is None:
        word = _nickname(doc, place, words) or _word(
            doc, place, begun=bool(words) or doc[place].text in surnames
        )
        if word is None:
            tied = _tied(passage, place, words)
            if not tied:
                break
            words.extend(tied)
            place = tied[-1].end
            continue
        words.append(word)
        place = word.end
        if place < len(doc) and (doc[place].tag_ == "POS" or doc[place].text in {"’", "'"}):
            owned = _owned(doc, place, words)
            if owned is None:
                break
            words[-1] = replace(word, end=place + 1, text=word.text + doc[place].text)
            words.append(owned)
            place = owned.end
    return words


def surnames(text: str) -> frozenset[str]:
    """Return the words of a text that stand behind a first name or a title, with a capital letter."""
    pairs = (match.groups() for match in _PAIR.finditer(text))
    return frozenset(
        last
        for first, last in pairs
        if first.rstrip(".") in titles().kinds or (first[-1] != "." and is_known(first))
    )


def addressed(text: str) -> frozenset[str]:
    """Return the names, and the last words of names, that stand behind a title of address: "Lane" of "Mrs Ivy Lane"."""
    found: set[str] = set()
    for match in _ADDRESSED.finditer(text):
        if titles().is_address(match[1]):
            words = match[2].replace("’s", "").split()
            found.update(words)
            found.update(" ".join(words[:end]) for end in range(2, len(words) + 1))
    return frozenset(found)


def _nickname(doc: Doc, place: int, words: Sequence[Word]) -> Word | None:
    """Read “Bobby” between the first name and the surname."""
    inside = doc[place : place + 4]
    if not words or len(inside) < 4 or _CLOSING.get(inside[0].text) != inside[2].text:
        return None
    capital = inside[1].text[0].isupper() and inside[3].text[0].isupper()
    named = (
        capital and not inside[3].is_sent_start and inside[1].text.rstrip(".") not in titles().kinds
    )
    return Word(place, place + 3, inside[1].text, is_nickname=True) if named else None


def _word(doc: Doc, place: int, *, begun: bool) -> Word | None:
    token = doc[place]
    if token.text == "(" and place + 2 < len(doc) and doc[place + 2].text == ")":
        inside = doc[place + 1].text
        titled = inside.rstrip(".") in titles().kinds
        return Word(place, place + 3, inside.rstrip(".")) if titled and begun else None
    if not (_is_capital(token, begun=begun) or is_tied_particle(token)):
        return None
    end = place + 1
    # "Brandt-Coyle" is three tokens.
    while (
        end + 1 < len(doc)
        and doc[end].text in "-–'’&/"
        and not (doc[end - 1].whitespace_ or doc[end].whitespace_)
    ):
        end += 2
    text = doc[place:end].text
    if text.isupper() and text.capitalize() in titles().kinds and doc[end : end + 2].text.isupper():
        text = text.capitalize()
    abbreviated = text in titles().kinds and len(text) <= _ABBREVIATED
    if abbreviated and doc[end : end + 1].text == "." and not doc[end - 1].whitespace_:
        end += 1
    return Word(place, end, text)


def is_tied_particle(token: Token) -> bool:
    """Return whether a small word is tied to the name behind it by a hyphen: "al-Zarqoun"."""
    if token.text not in titles().particles or token.whitespace_:
        return False
    behind = token.doc[token.i + 1 : token.i + 3]
    tied = len(behind) == 2 and behind[0].text in "-–" and behind[1].text[0].isupper()
    return tied and not behind[0].whitespace_


def _is_capital(token: Token, *, begun: bool) -> bool:
    text = token.text
    if not text[0].isupper() or token.lower_ in titles().times or text == "I":
        return False
    if text.isupper() and token.i + 1 < len(token.doc) and token.nbor().text == ":":
        return True
    if token.is_sent_start and (_is_participle(token) or (begun and token.pos_ == "PRON")):
        return False
    # A label's colon begins a sentence too: "CHAIR: By whom?"
    opens = token.is_sent_start or (token.i > 0 and token.nbor(-1).text == ":")
    if begun or not opens:
        return begun or token.pos_ not in {"PRON", "DET"}
    return _opens_sentence(token)


def _opens_sentence(token: Token) -> bool:
    """Return whether a sentence opens with a name, and not with a common word, which has a capital letter there too."""
    if token.pos_ in {"VERB", "AUX"} and token.lower_ in lexicon().forms:
        return False
    if token.lower_ in _WHERE:
        return False
    text = token.text
    if token.pos_ == "PROPN" or is_known(text) or text.rstrip(".") in titles().kinds:
        return token.pos_ not in {"DET", "ADP", "PRON"}
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    goes_on = (
        following is not None
        and following.text[0].isupper()
        and following.lower_ not in titles().times
    )
    return goes_on and token.pos_ not in _SMALL | {"VERB", "ADV"}


def _is_participle(token: Token) -> bool:
    """Return whether a word opens a sentence as "Reacting, the minister said" does."""
    comma = token.i + 1 < len(token.doc) and token.nbor().text == ","
    return comma and token.text.endswith("ing") and not is_known(token.text)


def _tied(passage: Passage, place: int, words: Sequence[Word]) -> list[Word]:
    """Read small words inside a name: "van der", "&", and "of the" where a body's name goes on so."""
    doc = passage.doc
    if not words or words[-1].end != place:
        return []
    end = place
    while end < len(doc) and end < place + 3 and _ties(doc[end], words):
        end += 1
    if end == place or end >= len(doc) or passage.masked[end] is not None:
        return []
    behind = _word(doc, end, begun=True)
    if behind is None or doc[end].lower_ in titles().times:
        return []
    if doc[place].lower_ in OF and not (
        _goes_on(words, doc[place : end + 1].text) or _is_called_the(doc, words)
    ):
        return []
    small = [Word(one.i, one.i + 1, one.text) for one in doc[place:end]]
    return [*small, behind]


def _ties(token: Token, words: Sequence[Word]) -> bool:
    lower = token.lower_
    return (
        lower in titles().particles
        or lower in OF
        or token.text == "&"
        or (lower == "the" and len(words) > 0)
    )


def _owned(doc: Doc, place: int, words: Sequence[Word]) -> Word | None:
    """Take the body behind the possessive of several: "Nurses’ Federation", "Boatmen’s Union"."""
    last = words[-1].text
    several = (doc[place].text in {"’", "'"} and last.endswith("s")) or last.endswith(
        ("men", "ople", "hildren")
    )
    behind = _word(doc, place + 1, begun=True) if several and place + 1 < len(doc) else None
    return behind if behind is not None and behind.text in kinds().names else None


def _is_called_the(doc: Doc, words: Sequence[Word]) -> bool:
    """Return whether "the" stands before capital letters that are no office: "the Sons of the Marsh"."""
    start = words[0].start
    before = start > 0 and doc[start - 1].lower_ == "the"
    return before and not titles().is_title([word.text for word in words])


def _goes_on(words: Sequence[Word], behind: str) -> bool:
    """Return whether a name goes on behind "of": that of a body, or an office ("Secretary of State")."""
    known = kinds()
    before = [word.text for word in words]
    for length in (1, 2, 3):
        tail = before[-length:]
        if f"{' '.join(tail)} {behind.split(maxsplit=1)[0]}" in known.starts:
            return True
        if f"{' '.join(tail)} {behind}".lower() in known.heads:
            return True
    head = known.heads.get(before[-1].lower())
    return head is not None and head.body and head.kind != "document"
