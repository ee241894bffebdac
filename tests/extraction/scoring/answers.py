"""Compare what the splitter says about a statement with the acceptable answers.

Case, articles, titles and the kind of apostrophe never matter.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from claims.extraction import Claim
from tests.extraction.scoring import speech
from tests.extraction.scoring.annotated import Attribution
from tests.extraction.scoring.matching import quoted

_DATA = Path(__file__).with_name("answers.toml")
_ALIKE = 0.5
"""Words that two roles must share, of the words of both."""
_WORD = re.compile(r"\w+(?:['.\-&]\w+)*")
_PARTICIPLE = re.compile(r"(?:ed|ing)$")
_BRACKETS = re.compile(r"[\[\]]")
_MARKS_AHEAD = "“”‘’\"'«»([{"
_BEGINNINGS = "“”‘’\"'«»([{@#£$€¥₹¢"
_UNFINISHED = re.compile(r"(?<!\w)(?:and|that)[…;:]*$|(?<!\w)and[.!?]$|,$")


def is_speaker_right(wanted: Sequence[str], given: str) -> bool:
    """Say whether a speaker's name is right.

    Args:
        wanted: acceptable names; "~" and a description for somebody without a name, of which the head
            must be in the given one; "" for nobody.
        given: the name, or "".
    """
    return any(_is_one_speaker(one, given) for one in wanted)


def _is_one_speaker(wanted: str, given: str) -> bool:
    if not wanted or not given:
        return wanted == given
    if wanted.startswith("~"):
        return _head(wanted[1:]) in set(map(_singular, _words(given)))
    return _plain_name(wanted) == _plain_name(given)


def _plain_name(name: str) -> Sequence[str]:
    """Leave out what stands before and behind a name: "the Hon. Ada Venn KC"."""
    parts = [part.removesuffix("'s") for part in re.findall(r"[^\s,()]+", _flat(name).lstrip("@"))]
    while len(parts) > 1 and parts[0].rstrip(".") in _lists()["titles"]:
        parts.pop(0)
    while len(parts) > 1 and parts[-1].rstrip(".") in _lists()["tails"]:
        parts.pop()
    return parts


def _head(description: str) -> str:
    """Find the noun of a description: "sources" in "police sources polled by Radio Ost"."""
    phrase: list[str] = []
    for word in _flat(description).split():
        if phrase and (word in _lists()["behind_heads"] or phrase[-1].endswith(",")):
            break
        phrase.append(word)
    while len(phrase) > 1 and _PARTICIPLE.search(phrase[-1].rstrip(",")):
        phrase.pop()
    words = _words(phrase[-1]) if phrase else []
    return _singular(words[-1]) if words else ""


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and re.search("[^s]s$", word) else word


def is_role_right(wanted: Sequence[str], given: str, speakers: Sequence[str]) -> bool:
    """Say whether a role is right: half of its words, or none if none is acceptable.

    Args:
        wanted: the acceptable roles.
        given: the role, or "".
        speakers: the acceptable speakers; the description of one without a name may be the role, or not.
    """
    if any(bool(one) == bool(given) and _share(one, given) >= _ALIKE for one in wanted):
        return True
    described = [one[1:] for one in speakers if one.startswith("~")]
    roles = [one for one in wanted if one]
    if any(_share(one, role) >= _ALIKE for one in described for role in roles):
        return not given
    words = set(_words(given))
    return any(_share(one, given) >= _ALIKE or words <= set(_words(one)) for one in described)


def _share(one: str, other: str) -> float:
    first, second = _telling(one), _telling(other)
    return len(first & second) / len(first | second) if first | second else 1.0


def is_told_right(wanted: Sequence[str], given: str) -> bool:
    """Say whether the people addressed share a telling word with acceptable ones, or are nobody as those."""
    words = set(_words(given))
    return any(bool(_telling(one) & words) if one and given else one == given for one in wanted)


def faults(
    attribution: Attribution, pieces: Iterable[Claim], *, literal: bool = False
) -> list[str]:
    """Say what claims lack to be read alone, or show though they should not.

    A word that must be gone may stay in quoted words if a square bracket follows that explains it, and so
    may a pronoun of the third person after a word that explains it.

    Args:
        attribution: the annotated statement.
        pieces: the claims made of it.
        literal: an explained pronoun must be gone too.
    """
    claims = list(pieces)
    plain = [_BRACKETS.sub("", _flat(claim.statement)) for claim in claims]
    lacking = [
        "+" + "/".join(words)
        for words in attribution.shows
        if not any(_flat(word) in statement for word in words for statement in plain)
    ]
    return lacking + [
        "-" + word
        for word in attribution.hides
        if any(_shows(claim, word, () if literal else attribution.shows) for claim in claims)
    ]


def _shows(claim: Claim, word: str, shown: Iterable[Sequence[str]]) -> bool:
    statement = claim.statement.replace("’", "'")
    inside = quoted(claim.statement)
    explaining = [_flat(one) for words in shown for one in words]
    for match in re.finditer(rf"(?<!\w){re.escape(_flat(word))}(?!\w)", statement, re.IGNORECASE):
        is_quoted = inside[match.start()] or claim.quotation == "direct"
        if is_quoted and statement[match.end() :].lstrip().startswith("["):
            continue
        before = _BRACKETS.sub("", _flat(statement[: match.start()]))
        explained = any(one in before for one in explaining)
        if not (explained and _flat(word) in _lists()["third_person"]):
            return True
    return False


def incomplete(statement: str) -> str:
    """Say why a statement is no complete sentence, or "" if it is."""
    text = statement.strip()
    if len(_words(text)) < 3:
        return "short"
    first, inside = text[0], text.lstrip(_MARKS_AHEAD)
    capital = first.isdigit() or (first.isalpha() and not first.islower())
    opening = re.match(r"([a-z]+)\s", inside)
    if not (capital or first in _BEGINNINGS) or (
        opening and opening[1] in _lists()["conjunctions"]
    ):
        return "beginning"
    uneven = [text.count(one) != text.count(other) for one, other in ("“”", "«»")]
    if any(uneven) or text.count('"') % 2:
        return "quotation marks"
    return "end" if _UNFINISHED.search(text.rstrip("”\"’'» )]")) else ""


def _flat(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").lower().split())


def _words(text: str) -> list[str]:
    return _WORD.findall(_flat(text))


def _telling(text: str) -> set[str]:
    """Give the words that tell something, or all of them if there are only others."""
    words = set(_words(text))
    return words - speech.words()["stop"] or words


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = tomllib.loads(_DATA.read_text("utf-8"))
    return {name: frozenset(words) for name, words in data.items()}
