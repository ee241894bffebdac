"""Finds the details in a text by their form alone: its figures, dates, names and quotations.

Nothing is parsed, so it is fast enough for every page view. It does not determine what the form does not show,
such as whether a name is a person's.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from claims.extraction.text import quotations
from claims.extraction.text.segments import has_words, merged, passages, sentences
from claims.extraction.types import Span

Kind = Literal["figure", "date", "name", "quotation"]


class Detail(NamedTuple):
    """One detail: its place in the text, and what it is. Of a quotation, each sentence is one."""

    start: int
    end: int
    kind: Kind


_CAPITAL = f"[{''.join(letter for letter in map(chr, range(0x10000)) if letter.isupper())}]"
_DAYS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_DATE = "|".join(
    (
        r"\d{4}-\d\d?-\d\d?",
        r"\d\d?[./]\d\d?[./]\d{2,4}",
        # In any language: "12 March 2024", "12. März 2024", "12 de marzo de 2024".
        r"\d\d?(?:st|nd|rd|th|\.)? (?:of |de )?[^\W\d_]{3,} (?:de )?\d{4}",
        rf"\d\d?(?:st|nd|rd|th)? (?:of )?{_DAYS}",
        rf"{_DAYS} \d\d?(?:st|nd|rd|th)?\b(?:,? \d{{4}})?",
        rf"{_DAYS} \d{{4}}",
        r"(?:1[5-9]|20)\d\d(?:[-–/]\d{2,4}|s)?(?![\d.,:]?\d|\s?%)",
    )
)
_DIGITS = r"\d+(?:[.,:/–-]\d+|[ \u00a0\u2009\u202f]\d{3}(?!\d))*"
_NUMBER_WORD = (
    r"(?:[Tt](?:wo|hree|en|welve|hirteen|wenty|hirty|housands?)|[Ff](?:our|ive|ourteen|ifteen|orty|ifty)"
    r"|[Ss](?:ix|even|ixteen|eventeen|ixty|eventy)|[Ee](?:ight|leven|ighteen|ighty)|[Nn]ine(?:teen|ty)?"
    r"|[Dd]ozens?|[Hh]undreds?|[Mm]illions?|[Bb]illions?)(?:-\w+)?(?!\w)"
)
_UNIT = (
    r"%|‰|°[CF]?|[€£$¥₹]|(?:per cent|percent(?:age points?)?|dozen|hundred|thousand|[mb]illions?|trillions?|crores?"
    r"|lakhs?|mil(?:ion|lon)es|mil(?:lia|iar|lone)\w*|Mil(?:lion|liard)en|Prozent|bn|m|dollars?|euros?|pounds?|rupees?"
    r"|yen|yuan|roubles?|km/h|[kcm]?m|mph|miles?|(?:kilo|centi)?met(?:re|er)s?|k?g|kilos?|(?:kilo)?grams?"
    r"|ton(?:ne)?s?|lit(?:re|er)s?|hectares?|acres?|degrees|[kMG]Wh?|years?|months?|weeks?|days?|hours?"
    r"|minutes?|seconds?|[ap]\.m\.|people)(?!\w)"
)
_UNITS = rf"(?:[ \u00a0\u202f-]?(?:{_UNIT}))*"
_FIGURE = rf"(?:[A-Z]{{0,3}}[€£$¥₹] ?|(?:Rs\.?|USD|EUR|GBP) ?)?{_DIGITS}{_UNITS}"
_WORD = (
    rf"(?:(?:{_CAPITAL}|Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Gov|Rep|Lt|Col|Sgt|Capt)\.)+"
    rf"|{_CAPITAL}(?:\w|[’'-](?={_CAPITAL}))\w*(?:[’'-](?!s\b)\w+)*"
)
_JOINED = "(?:(?:of|of the|for|de|de la|da|di|du|del|della|la|van|van der|von|der|den|bin|ibn|al|el)[ -])?"
_NAME = rf"(?:{_WORD})(?: {_JOINED}(?:{_WORD}))*"
_SHAPE = re.compile(
    # The possible first characters are tested first, which makes it fast.
    rf"(?<!\w)(?:(?P<number>{_NUMBER_WORD}{_UNITS})"
    rf"|(?=[\d€£$¥₹{_CAPITAL[1:]})(?:(?P<date>{_DATE})|(?P<figure>{_FIGURE})|(?P<name>{_NAME})))"
)
_KINDS: dict[str, Kind] = {"date": "date", "figure": "figure", "number": "figure", "name": "name"}
"""What the groups of the pattern find."""
_ONLY_DAYS = re.compile(rf"{_DAYS}(?: {_DAYS})*")
_OPENS = "“„«‘\"'([—–- \t\u00a0"
"""What may stand between the end of a sentence and the first word of the next."""
_ENDS = frozenset(".?!…:\n\r")
_NOUNS_ARE_LARGE = frozenset({"de", "lb"})


def uncovered(
    text: str,
    covered: Iterable[Span],
    *,
    language: str = "",
    names: Iterable[str] = (),
    within: Span | None = None,
) -> list[Detail]:
    """Find the details of a text that nothing covers.

    Args:
        text: the article.
        covered: the places that count as covered; they may overlap. Anything that shares a character with one of them
            is covered.
        language: the text's language code. In a language that capitalizes all nouns, a single capitalized word is not
            a name.
        names: names to find in any case.
        within: the part of the text to search, or None for all of it.

    Returns:
        The details in the order of the text, none overlapping another one or a covered place.
    """
    first, last = within or (0, len(text))
    taken = merged(span for span in covered if max(first, span[0]) < min(last, span[1]))
    found: list[Detail] = []
    for detail in (*_details(text, language), *_named(text, names)):
        if detail.start < first or detail.end > last:
            continue
        place = (detail.start, detail.end)
        if _is_free(place, taken):
            insort(taken, place)
            found.append(detail)
    return sorted(found)


@lru_cache(maxsize=16)
def _details(text: str, language: str) -> tuple[Detail, ...]:
    """Return all details, those first that hide others: details within an unattributed quotation are part of it.

    Cached, because a text does not change while its claims do.
    """
    read = list(passages(text))
    return (
        *_quoted(text, read),
        *_shaped(text, language, frozenset(start for start, _end in read)),
    )


def _is_free(place: Span, taken: list[Span]) -> bool:
    """Return whether a place overlaps none of those taken, which are sorted and do not overlap."""
    index = bisect_left(taken, place)
    before_next = index == len(taken) or place[1] <= taken[index][0]
    return before_next and (index == 0 or taken[index - 1][1] <= place[0])


def _quoted(text: str, read: list[Span]) -> Iterator[Detail]:
    for here in quotations.find(text, read):
        for quotation in here:
            for start, end in sentences(text, quotation.start, quotation.end):
                yield Detail(start, end, "quotation")


def _named(text: str, names: Iterable[str]) -> Iterator[Detail]:
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        start = text.find(name) if has_words(name) else -1
        while start >= 0:
            end = start + len(name)
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                yield Detail(start, end, "name")
            start = text.find(name, end)


def _shaped(text: str, language: str, begun: frozenset[int]) -> Iterator[Detail]:
    """Find the matches of one pattern. `begun` are the starts of the passages, after their datelines."""
    small = frozenset(text.split())
    fewest = 2 if language.partition("-")[0] in _NOUNS_ARE_LARGE else 1
    for match in _SHAPE.finditer(text):
        what = _KINDS[match.lastgroup or ""]
        start, end = match.span()
        if what == "name":
            words = text[start:end].split(" ")
            begins = start in begun or _begins_sentence(text, start)
            if begins and (len(words) == 1 or words[0].lower() in small):
                start += len(words.pop(0)) + 1
            if _ONLY_DAYS.fullmatch(text, start, end):
                what = "date"
            elif len(words) < fewest:
                continue
        yield Detail(start, end, what)


def _begins_sentence(text: str, start: int) -> bool:
    place = start
    while place and text[place - 1] in _OPENS:
        place -= 1
    return not place or text[place - 1] in _ENDS
