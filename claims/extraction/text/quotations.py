"""Finds quotations, and hides whole ones from the parser.

A quotation of several sentences ends the parser's sentence too early and puts the speaker's verbs where
the reporter's are expected. So a whole quotation is replaced by a short clause before parsing; the
parser then sees "It works, the minister said." A few quoted words inside a sentence stay as they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from claims.extraction.lexicons.cues import lexicon
from claims.extraction.text.segments import has_words, sentences
from claims.extraction.types import Span

_MARK = re.compile(r"``|''|[“”«»\"‘’']")
_QUOTES = "“”«»\"‘’'`"
_OPENS_BEHIND = frozenset("([—–―:/-")
_WORDS_AHEAD = re.compile(r"[^.?!\n“\"]{0,90}")
_ENDLESS_WORD = re.compile(r"\S{80}(?P<rest>\S+)")
"""Not language; the parser reads its start only, for its time grows with the square of a word's length."""
_WORD = re.compile(r"[^\W\d_]+")

Role = Literal["open", "close", "single open", "single close", "none"]
_SHAPES: dict[str, Role] = {"“": "open", "«": "open", "``": "open", "”": "close", "»": "close"}
"""Marks whose shape alone tells what they do."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation inside one passage, marks included.

    Attributes:
        start: the place of its opening mark, or of its first word if it began in an earlier passage.
        end: one past its closing mark, or past its last word if there is none.
        closed: a mark closes it here.
        continued: it continues from the passage before.
    """

    start: int
    end: int
    closed: bool = True
    continued: bool = False

    def first_word(self, text: str) -> int:
        """Return the place of its first character that is neither a mark nor white space."""
        place = self.start
        while text[place] in _QUOTES or text[place].isspace():
            place += 1
        return place


@dataclass(frozen=True, slots=True)
class Masked:
    """A passage as the parser sees it.

    Attributes:
        text: the passage with stand-ins for whole quotations.
        pieces: for each piece of `text` where it starts there, where it starts in the article, and the
            quotation it stands for (None where the article's own words are kept).
    """

    text: str
    pieces: tuple[tuple[int, int, Quotation | None], ...]


def find(text: str, passages: Sequence[Span]) -> list[list[Quotation]]:
    """Find the quotations of each passage.

    A quotation without a closing mark runs to the end of its passage, and on into the next one if that
    starts with an opening mark (the printers' convention) or closes a quotation that it has not
    opened.

    Args:
        text: the article.
        passages: its passages, in order.

    Returns:
        One list per passage, in the order of the text, not overlapping.
    """
    found: list[list[Quotation]] = []
    unclosed = False
    for start, end in passages:
        here = list(_scan(text, start, end, unclosed=unclosed))
        found.append(here)
        unclosed = bool(here) and not here[-1].closed and here[-1].end == end
    return [
        [quotation for quotation in here if quotation.closed or _runs_into(following)]
        for here, following in pairwise([*found, []])
    ]


def _runs_into(following: Sequence[Quotation]) -> bool:
    """Return whether an unclosed quotation runs on into the next passage; else its mark is a slip."""
    return bool(following) and following[0].continued


def _scan(text: str, start: int, end: int, *, unclosed: bool) -> Iterator[Quotation]:
    """Scan one passage's marks; `unclosed` says that a quotation is still open at its start."""
    marks = list(_MARK.finditer(text, start, end))
    begun: Quotation | None = None
    passed = start
    for number, mark in enumerate(marks):
        if mark.start() < passed:
            continue
        role = _role(text, mark, start, end, is_open=begun is not None)
        if role == "single open" and begun is None:
            passed = _single_end(text, marks, number, end)
            yield from _worded(text, Quotation(mark.start(), passed))
        elif role == "open" and begun is not None and _is_nested(marks, number):
            passed = marks[number + 1].end()
        elif role == "open":
            # A quotation still open here lacks its closing mark; `find` drops it.
            begun = Quotation(
                mark.start(), end, closed=False, continued=unclosed and mark.start() == start
            )
        elif role == "close":
            if begun is None and unclosed and number == 0:
                begun = Quotation(start, end, closed=False, continued=True)
            if begun is not None:
                yield from _worded(text, replace(begun, end=mark.end(), closed=True))
            begun = None
    if begun is not None:
        yield from _worded(text, begun)


def _is_nested(marks: list[re.Match[str]], number: int) -> bool:
    """Return whether a quotation in the same marks stands inside another one: two closing marks follow."""
    return [mark.group() for mark in marks[number + 1 : number + 3]] == ["”", "”"]


def _worded(text: str, quotation: Quotation) -> Iterator[Quotation]:
    """Pass a quotation on if there is a word in it."""
    if has_words(text, quotation.start, quotation.end):
        yield quotation


def _role(text: str, mark: re.Match[str], start: int, end: int, *, is_open: bool) -> Role:
    """Return whether a mark opens or closes, from its shape and, if that is ambiguous, its neighbours."""
    shape = mark.group()
    if shape in _SHAPES:
        return _SHAPES[shape]
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    opens = not after.isspace() and (before.isspace() or before in _OPENS_BEHIND)
    if shape in {'"', "''"}:
        lone = not is_open and not after.isspace()
        return "open" if lone or (opens and before.isspace()) else "close"
    if opens and shape != "’":
        return "single open"
    closes = shape != "‘" and not before.isspace() and not after.isalnum()
    return "single close" if closes else "none"


def _single_end(text: str, marks: list[re.Match[str]], number: int, end: int) -> int:
    """Find where a quotation in single marks ends: one past its closing mark, or its start if none closes.

    A mark after a comma or full stop is more likely than one that may be an apostrophe ("the voters’").
    """
    start = likely = marks[number].start()
    for mark in marks[number + 1 :]:
        role = _role(text, mark, start, end, is_open=False)
        if role == "single open":
            break
        if role == "single close" and text[mark.start() - 1] in ",.?!…":
            return mark.end()
        if role == "single close" and likely == start:
            likely = mark.end()
    return likely


def mask(text: str, passage: Span, quotations: Sequence[Quotation]) -> Masked:
    """Replace a passage's whole quotations with stand-ins.

    Args:
        text: the article.
        passage: the place of the passage.
        quotations: the passage's quotations, in order.

    Returns:
        The text to parse, with the mapping back to the article's places.
    """
    pieces: list[tuple[int, int, Quotation | None]] = []
    words: list[str] = []
    length = 0
    position, end = passage
    previous: Quotation | None = None

    def add(piece: str, origin: int, stands_for: Quotation | None) -> None:
        nonlocal length
        if piece:
            pieces.append((length, origin, stands_for))
            words.append(piece)
            length += len(piece)

    def add_text(start: int, end: int) -> None:
        for word in _ENDLESS_WORD.finditer(text, start, end):
            add(text[start : word.start("rest")], start, None)
            start = word.end()
        add(text[start:end], start, None)

    for quotation in quotations:
        add_text(position, quotation.start)
        stand_in = _stand_in(text, passage, quotation, previous)
        if stand_in:
            # Separated, so that no token runs from the stand-in into the article's words.
            left = "" if _is_apart(text, quotation.start - 1, passage) else " "
            right = "" if _is_apart(text, quotation.end, passage) else " "
            add(left + stand_in + right, quotation.start, quotation)
        else:
            add_text(quotation.start, quotation.end)
        position, previous = quotation.end, quotation
    add_text(position, end)
    return Masked(_readable("".join(words)), tuple(pieces))


def _readable(text: str) -> str:
    """Convert a line of capitals to lower case, which the parser can read; its length stays the same."""
    shouted = sum(map(str.isupper, text)) > 0.9 * sum(map(str.isalpha, text)) and " " in text
    lower = text.capitalize() if shouted else text
    return lower if len(lower) == len(text) else text


def _is_apart(text: str, place: int, passage: Span) -> bool:
    return not passage[0] <= place < passage[1] or text[place].isspace()


def _stand_in(text: str, passage: Span, quotation: Quotation, previous: Quotation | None) -> str:
    """Choose the parser's replacement for a quotation; nothing for words that fit into the sentence."""
    before = text[passage[0] : quotation.start].rstrip()
    inside = text[quotation.start : quotation.end].strip(_QUOTES + " ")
    after = text[quotation.end : passage[1]].lstrip()
    starts = not before or before[-1] in '.?!…”"' or quotation.continued
    if not _is_whole(inside, before, quotation, starts=starts, split=previous is not None):
        return ""
    clause = "It works" if starts else "it works"
    if _goes_on(inside, after):
        return clause + ","
    return clause + "."


def _is_whole(inside: str, before: str, quotation: Quotation, *, starts: bool, split: bool) -> bool:
    if not inside:
        return False
    if quotation.continued:
        return True
    ends = inside[-1] in ",.?!…—–-" or not quotation.closed
    upper = not inside[0].islower()
    if starts:
        return ends
    if before[-1] == ":":
        return upper or ends
    if before[-1] in ",—–-":
        return ends and (upper or split)
    return ends and upper and len(list(sentences(inside, 0, len(inside)))) > 1


def _goes_on(inside: str, after: str) -> bool:
    """Return whether the sentence continues after the closing mark."""
    if not after:
        return False
    if inside[-1] == "," or after[0].islower() or after[0] in "—–-":
        return after[0] not in ",.;"
    if inside[-1] in "?!…" and not after[0].islower():
        ahead = _WORDS_AHEAD.match(after)
        words = _WORD.findall(ahead.group()) if ahead else []
        return any(word in lexicon().forms for word in words)
    return False
