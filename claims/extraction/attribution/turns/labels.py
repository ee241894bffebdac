"""Finds the turns of transcripts and interviews by their speakers' labels: "VENN: ...", "Q: ...", "@venn (Ada Venn): ..."."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from claims.extraction.attribution.turns.interviews import people
from claims.extraction.attribution.turns.turn import Turn, is_own, tokens_in
from claims.extraction.attribution.turns.witnesses import Stand
from claims.extraction.lexicons.cues import lexicon
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.text.segments import trim
from claims.extraction.types import Span

_LABEL = re.compile(
    r"\[?(?P<name>@?[^\W\d_](?:[^:;.?!“”\"\n\[\]]|(?<=\b\w)\.|(?<=\b\w\w)\.|(?<=\b\w{3})\.|(?<=\b\w{4})\.){0,60})\]?:\]?"
    r"[*_]{0,3}\s+(?=\S)"
)
"""A speaker's label; a full stop in it ends a short word: "SEN. ADA VENN"."""
_LETTER = re.compile(r"(?P<name>Q|A|Question|Answer)\d?[.:)]?\s+(?=\S)")
_ASKS = frozenset(
    {"q", "question", "interviewer", "reporter", "host", "moderator", "presenter", "journalist"}
)
_ANSWERS = frozenset({"a", "answer", "interviewee", "guest"})
_WORD = re.compile(r"\w+")
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_SMALL = frozenset({"of", "the", "and", "de", "van", "for"})
_NAME_LIMIT = 9
"""Words of a label at most."""


def labelled(passages: Sequence[Passage]) -> Iterator[Turn]:
    """Yield the turns of a transcript or an interview with labels."""
    labels = _labels(passages)
    if not labels:
        return
    last = max(labels)
    first = min(labels)
    person, asker = people(passages[:first])
    stand = Stand(asker, person)
    for passage in passages[:first]:
        stand.note(passage)
    turns: list[Turn] = []
    is_open = False
    for number in range(first, len(passages)):
        passage = passages[number]
        if number in labels:
            turns.append(_turn(stand, number, passage, *labels[number]))
            is_open = True
        elif stand.note(passage):
            is_open = False
        elif is_open and _goes_on(passage, between=number < last):
            turns[-1].said.append((number, (passage.start, passage.end)))
        else:
            is_open = False
    yield from turns


def _turn(stand: Stand, number: int, passage: Passage, name: Span, start: int) -> Turn:
    """Begin the turn of a paragraph with a label, and note what it tells of who asks and who answers."""
    key = _key(passage, name)
    asks = key in _ASKS
    if asks:
        stand.address(passage, start)
    elif key not in _ANSWERS:
        stand.speak(passage, name, start)
    known = stand.answers if key in _ANSWERS else stand.asks if asks else None
    turn = Turn(name, asks=asks, shown=known)
    turn.said.append((number, trim(passage.text, start, passage.end)))
    return turn


def _goes_on(passage: Passage, *, between: bool) -> bool:
    """Return whether a paragraph without a label is still its speaker's, and not a note of the article's."""
    noted = passage.text[passage.start] in "([" and passage.text[passage.end - 1] in ")]"
    return not noted and (is_own(passage) or between)


def _labels(passages: Sequence[Passage]) -> dict[int, tuple[Span, int]]:
    """Find the paragraphs that begin with a speaker's label: the label's place, and where the words after it start."""
    letters = _matches(passages, _LETTER)
    matches = _matches(passages, _LABEL)
    if {match["name"][0] for match in letters.values()} == {"Q", "A"}:
        matches |= letters
    times = Counter(_name(match).lower() for match in matches.values())
    labelled = Counter(_last(match) for match in matches.values())
    known = Counter(_WORD.findall(passages[0].text)) if matches else Counter[str]()
    proper = {n: match for n, match in matches.items() if _may_speak(passages[n], match)}
    # "PRICES: Lamb is up" heads an item; in a transcript somebody speaks again, of "I", or is known by name.
    spoken = any(times[_name(match).lower()] > 1 for match in proper.values()) or any(
        is_own(passages[number]) or known[_last(match).title()] for number, match in proper.items()
    )
    sure = {
        number
        for number, match in proper.items()
        if (_is_marked(match) and (spoken or not _is_shouted(match)))
        or times[_name(match).lower()] > 1
        or (" " in _name(match) and known[_last(match)] > labelled[_last(match)])
    }
    if len(sure) < 2 and not any("@" in matches[number]["name"] for number in sure):
        return {}
    # In company one full name is a speaker like the others.
    found = sure | {number for number, match in proper.items() if " " in _name(match)}
    return {
        number: (matches[number].span("name"), matches[number].end()) for number in sorted(found)
    }


def _matches(passages: Sequence[Passage], label: re.Pattern[str]) -> dict[int, re.Match[str]]:
    return {
        number: match
        for number, one in enumerate(passages)
        if (match := label.match(one.text, one.start, one.end)) and match.end() < one.end
    }


def _name(match: re.Match[str]) -> str:
    """Return a label's words without what stands in brackets: "TOLL (via telephone)"."""
    return _BRACKETED.sub("", match["name"]).strip() or match["name"].strip()


def _last(match: re.Match[str]) -> str:
    found: list[str] = _WORD.findall(_name(match))
    return found[-1] if found else ""


def _may_speak(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether a label may name somebody."""
    name = _name(match)
    part = name.lower() in _ASKS | _ANSWERS
    if (name.lower() in lexicon().labels and not part) or len(name.split()) > _NAME_LIMIT:
        return False
    if part or _is_marked(match):
        return True
    if any(letter.isdigit() for letter in name):
        return False
    tokens = tokens_in(passage, *match.span("name"))
    proper = all(word[0].isupper() or word in _SMALL for word in _WORD.findall(name))
    return proper and bool(tokens) and all(token.pos_ not in VERBS for token in tokens)


def _is_marked(match: re.Match[str]) -> bool:
    """Return whether a label's form alone shows a speaker: in capitals, with a handle, "Q" or "Interviewer"."""
    part = _name(match).lower() in _ASKS | _ANSWERS
    return part or "@" in match["name"] or _is_shouted(match)


def _is_shouted(match: re.Match[str]) -> bool:
    """Return whether a label is in capitals."""
    name = _name(match)
    return name.isupper() and len(name) > 1 and not any(letter.isdigit() for letter in name)


def _key(passage: Passage, name: Span) -> str:
    return passage.text[slice(*name)].strip().lower()
