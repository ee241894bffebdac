"""Finds the turns of transcripts and interviews by their speakers' labels: "VENN: ...", "Q: ...", "@venn (Ada Venn): ..."."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from claims.extraction.attribution.turns.interviews import people
from claims.extraction.attribution.turns.turn import Turn, is_own, tokens_in
from claims.extraction.lexicons.cues import lexicon
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.text.segments import has_words, trim
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
_NAME_LIMIT = 9
"""Words of a label at most."""


def labelled(passages: Sequence[Passage]) -> Iterator[Turn]:
    """Yield the turns of a transcript or an interview with labels."""
    labels = _labels(passages)
    if not labels:
        return
    last = max(labels)
    person, asker = people(passages[: min(labels)])
    turn: Turn | None = None
    for number in range(min(labels), len(passages)):
        passage = passages[number]
        if number in labels:
            if turn is not None:
                yield turn
            name, start = labels[number]
            key = _key(passage, name)
            known = person if key in _ANSWERS else asker if key in _ASKS else None
            turn = Turn(name, asks=key in _ASKS, shown=known)
            turn.said.append((number, trim(passage.text, start, passage.end)))
        elif (
            turn is not None
            and (number < last or is_own(passage))
            and _goes_on(passage, between=number < last)
        ):
            turn.said.append((number, (passage.start, passage.end)))
        else:
            if turn is not None:
                yield turn
            turn = None
    if turn is not None:
        yield turn


def _goes_on(passage: Passage, *, between: bool) -> bool:
    """Return whether a paragraph without a label is still its speaker's, and not a note of the article's."""
    noted = passage.text[passage.start] in "([" and passage.text[passage.end - 1] in ")]"
    return not noted and (is_own(passage) or between)


def _labels(passages: Sequence[Passage]) -> dict[int, tuple[Span, int]]:
    """Find the paragraphs that begin with a speaker's label: the label's place, and where the words after it start."""
    letters = {
        number: match
        for number, one in enumerate(passages)
        if (match := _LETTER.match(one.text, one.start, one.end))
    }
    kinds = {match["name"][0] for match in letters.values()}
    found = {}
    if kinds == {"Q", "A"} and len(letters) > 1 and passages:
        found = {number: (match.span("name"), match.end()) for number, match in letters.items()}
    matches = {
        number: match
        for number, one in enumerate(passages)
        if number not in found and (match := _LABEL.match(one.text, one.start, one.end))
    }
    times = Counter(match["name"].lower() for match in matches.values())
    for number, match in matches.items():
        if _is_speaker(passages[number], match, times[match["name"].lower()]):
            found[number] = (match.span("name"), match.end())
    lone = len(found) < 2 and not any(
        "@" in matches[number]["name"] for number in found if number in matches
    )
    return {} if lone else dict(sorted(found.items()))


def _is_speaker(passage: Passage, match: re.Match[str], times: int) -> bool:
    """Return whether a label names a speaker: in capitals, with a handle, more than once, or named elsewhere too."""
    name = match["name"].strip()
    words = name.split()
    if (
        name.lower() in lexicon().labels
        or len(words) > _NAME_LIMIT
        or not has_words(passage.text, match.end(), passage.end)
    ):
        return False
    if "@" in name:
        return True
    if any(letter.isdigit() for letter in name):
        return False
    if (name.isupper() and len(name) > 1) or name.lower() in _ASKS | _ANSWERS:
        return True
    tokens = tokens_in(passage, *match.span("name"))
    if not tokens or any(token.pos_ in VERBS for token in tokens):
        return False
    proper = all(
        word[0].isupper() or word in {"of", "the", "and", "de", "van", "for"}
        for word in re.findall(r"\w+", name)
    )
    return proper and (times > 1 or (len(words) > 1 and _is_named_elsewhere(passage, match)))


def _is_named_elsewhere(passage: Passage, match: re.Match[str]) -> bool:
    last = re.sub(r"\(.*", "", match["name"]).split()[-1]
    place = re.compile(rf"(?<!\w){re.escape(last)}(?!\w)(?!:)")
    return any(
        not match.start() <= one.start() < match.end() for one in place.finditer(passage.text)
    )


def _key(passage: Passage, name: Span) -> str:
    return passage.text[slice(*name)].strip().lower()
