"""Finds whose words whole paragraphs are: interviews, transcripts, threads, and lists that somebody announces.

A turn is all that one speaker says at one go. Its words are the speaker's own, as in a quotation; what it reports of
others is a report inside it. What decides is the form of the whole article, for one "Name: ..." alone shows little.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from spacy.tokens import Token

from claims.extraction.attribution.sources import Source, subject
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import lexicon
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.text.segments import has_words, trim
from claims.extraction.types import Span

_LABEL = re.compile(
    r"\[?(?P<name>@?[^\W\d_](?:[^:;.?!“”\"\n\[\]]|(?<=\b[A-Z])\.|(?<=\b(?:Mr|Ms|Dr|St))\.|(?<=\b(?:Mrs|Gen|Sen|Rep|Gov|Col|Sgt))\."
    r"|(?<=\bProf)\.){0,60})\]?:\]?[*_]{0,3}\s+(?=\S)"
)
_LETTER = re.compile(r"(?P<name>Q|A|Question|Answer)\d?[.:)]?\s+(?=\S)")
_ASKS = frozenset(
    {"q", "question", "interviewer", "reporter", "host", "moderator", "presenter", "journalist"}
)
_ANSWERS = frozenset({"a", "answer", "interviewee", "guest"})
_OWN = frozenset(
    {
        "i",
        "we",
        "me",
        "us",
        "my",
        "our",
        "i'm",
        "i’m",
        "i've",
        "i’ve",
        "we're",
        "we’re",
        "you",
        "your",
    }
)
_COUNTED = re.compile(r"\(?\d{1,3}/\d{0,3}\)?[.:]?\s*$")
_LISTED = re.compile(r"(?:[•●▪◦‣·*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s*$")
_HANDLE = re.compile(r"@\w{2,}")
_QUESTIONS = frozenset({"interview", "ask", "meet", "question", "quiz", "visit"})
"""Verbs whose object answers; of other verbs of talking the subject does, unless it is "we"."""
_TALKS = frozenset(
    {"talk", "speak", "chat", "sit", "discuss", "tell", "explain", "reflect", "look", "join"}
)
_WE = frozenset({"we", "i"})
_NAME_LIMIT = 9
_AUTHOR_LIMIT = 80
"""Characters of the line that names a thread's author."""
_LEAD = 4
"""Paragraphs before the first question in which the person is introduced."""


_Named = tuple[Passage, Source]
"""Words that name a person, with their passage."""


@dataclass(slots=True)
class _Turn:
    """One speaker's paragraphs.

    Attributes:
        name: the label's place, or None where there is none.
        said: for each paragraph its number and the place of its words.
        asks: it is the interviewer's.
        shown: whom a mere letter, or nothing, stands for: the words that name that person elsewhere.
        tied: the place of the question's mark, which ties an answer without a label to its speaker.
    """

    name: Span | None
    said: list[tuple[int, Span]] = field(default_factory=list)
    asks: bool = False
    shown: _Named | None = None
    tied: tuple[Span, ...] = ()


def read(passages: Sequence[Passage], found: Sequence[list[Attribution]]) -> None:
    """Put the article's turns among its attributions.

    Args:
        passages: its passages, in order.
        found: the attributions of each; turns are added, and what was read across them is taken out.
    """
    turns = list(_labelled(passages)) or list(_asked(passages, found)) or list(_thread(passages))
    for turn in turns:
        _take(passages, found, turn)
    inside = {number for turn in turns for number, _ in turn.said}
    _lists(passages, found, inside)


# ---- labels --------------------------------------------------------------------------------------------------------


def _labelled(passages: Sequence[Passage]) -> Iterator[_Turn]:
    """Yield the turns of a transcript or an interview with labels."""
    labels = _labels(passages)
    if not labels:
        return
    last = max(labels)
    person, asker = _people(passages[: min(labels)])
    turn: _Turn | None = None
    for number in range(min(labels), len(passages)):
        passage = passages[number]
        if number in labels:
            if turn is not None:
                yield turn
            name, start = labels[number]
            key = _key(passage, name)
            known = person if key in _ANSWERS else asker if key in _ASKS else None
            turn = _Turn(name, asks=key in _ASKS, shown=known)
            turn.said.append((number, trim(passage.text, start, passage.end)))
        elif (
            turn is not None
            and (number < last or _is_own(passage))
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
    return not noted and (_is_own(passage) or between)


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
    if "@" in name or (name.isupper() and len(name) > 1) or name.lower() in _ASKS | _ANSWERS:
        return True
    tokens = _tokens(passage, *match.span("name"))
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


def _is_own(passage: Passage) -> bool:
    """Return whether a paragraph speaks of "I", "we" or "you", outside quotations."""
    return any(token.lower_ in _OWN and passage.masked[token.i] is None for token in passage.doc)


# ---- questions without labels --------------------------------------------------------------------------------------


def _asked(passages: Sequence[Passage], found: Sequence[list[Attribution]]) -> Iterator[_Turn]:
    """Yield the turns of an interview whose questions are paragraphs of their own.

    The answers must speak of "I" or "we"; else the article asks and answers its own questions.
    """
    questions = _questions(passages, found)
    if len(questions) < 2:
        return
    answers = [
        list(range(first + 1, last))
        for first, last in zip(questions, [*questions[1:], len(passages)], strict=True)
    ]
    own = [any(_is_own(passages[number]) for number in answer) for answer in answers]
    if 2 * sum(own) <= len(own) or not all(answers[:-1]):
        return
    person, asker = _people(passages[: questions[0]])
    for question, answer in zip(questions, answers, strict=True):
        asked = passages[question]
        yield _Turn(None, [(question, (asked.start, asked.end))], asks=True, shown=asker)
        last = question == questions[-1]
        told = takewhile(lambda number: _is_own(passages[number]), answer) if last else answer
        said = [(number, (passages[number].start, passages[number].end)) for number in told]
        if said:
            mark = asked.places[asked.doc[-1].i]
            yield _Turn(None, said, shown=person, tied=(mark,))


def _questions(passages: Sequence[Passage], found: Sequence[list[Attribution]]) -> list[int]:
    """Find the paragraphs that ask: those in bold if any of them ends in a question mark, else those that end in one."""
    bold = [number for number, one in enumerate(passages) if number and _is_bold(one)]
    if len(bold) > 1 and any(passages[n].text[passages[n].end - 1] == "?" for n in bold):
        return bold
    return [
        number for number, one in enumerate(passages) if number and _is_question(one, found[number])
    ]


def _is_bold(passage: Passage) -> bool:
    behind = passage.text[passage.end : passage.end + 2]
    return behind in {"**", "__"} and _before(passage).endswith(behind)


def _is_question(passage: Passage, here: Sequence[Attribution]) -> bool:
    words = passage.text[passage.start : passage.end]
    return words.endswith("?") and not passage.quotations and not any(one.source for one in here)


def _people(lead: Sequence[Passage]) -> tuple[_Named | None, _Named | None]:
    """Find who answers and who asks, from the paragraphs before the first question.

    Whom somebody talks to asks, and whom somebody interviews answers; else the first name of two words answers.
    """
    names = [(passage, run) for passage in lead[-_LEAD:] for run in _names(passage)]
    parts = [(_part(run[-1]), passage, run) for passage, run in names]
    asks = next((_named(*one) for part, *one in parts if part == "asks"), None)
    answers = next((_named(*one) for part, *one in parts if part == "answers"), None)
    others = (_named(*one) for part, *one in parts if part != "asks")
    return answers or next(others, None), asks


def _named(passage: Passage, run: tuple[Token, ...]) -> _Named:
    head = next((token for token in run if token.head not in run), run[-1])
    return passage, Source(head, run)


def _names(passage: Passage) -> Iterator[tuple[Token, ...]]:
    run: list[Token] = []
    for token in [*passage.doc, None]:
        if token is not None and token.pos_ == "PROPN" and passage.masked[token.i] is None:
            run.append(token)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = []


def _part(name: Token) -> Literal["asks", "answers", ""]:
    """Return what part a name has: "Ada Venn talks to us" answers, "she spoke to Ada Venn" asks."""
    above = [name, *name.ancestors]
    verb = next((token for token in above if token.pos_ in VERBS), None)
    own = subject(verb) if verb is not None else None
    if verb is None or own is None:
        return ""
    if verb.lemma_ in _QUESTIONS:
        return "asks" if own in above else "answers"
    if verb.lemma_ in _TALKS:
        return "answers" if own in above or own.lower_ in _WE else "asks"
    return ""


# ---- threads -------------------------------------------------------------------------------------------------------


def _thread(passages: Sequence[Passage]) -> Iterator[_Turn]:
    """Yield the turn of a numbered thread whose author is named right before it, by handle or by "thread by"."""
    posts = [number for number, one in enumerate(passages) if _COUNTED.search(_before(one))]
    if len(posts) < 2 or not posts[0]:
        return
    passage = passages[posts[0] - 1]
    if passage.end - passage.start > _AUTHOR_LIMIT:
        return
    handle = _HANDLE.search(passage.text, passage.start, passage.end)
    name = next(_names(passage), ()) or (_tokens(passage, *handle.span()) if handle else ())
    if not name:
        return
    run = _tokens(passage, passage.start, passage.end) if handle else name
    head = _named(passage, name)[1].head
    said = [
        (number, (passages[number].start, passages[number].end))
        for number in range(posts[0], posts[-1] + 1)
    ]
    yield _Turn(None, said, shown=(passage, Source(head, run)))


def _before(passage: Passage) -> str:
    """Return what stands on a passage's line before it, which is no words of the article: "1/5", "•"."""
    text = passage.text
    start = max(text.rfind("\n", 0, passage.start), text.rfind("\r", 0, passage.start)) + 1
    return text[max(start, passage.start - 12) : passage.start]


# ---- lists ---------------------------------------------------------------------------------------------------------


def _lists(
    passages: Sequence[Passage], found: Sequence[list[Attribution]], inside: set[int]
) -> None:
    """Give list items to the report that announces them: "The union demanded:", then its points."""
    owner: Attribution | None = None
    for number, passage in enumerate(passages):
        if number not in inside and _LISTED.search(_before(passage)):
            if owner is not None:
                _add(owner, found[number], (passage.start, passage.end))
            continue
        announces = passage.text[passage.start : passage.end].endswith(":")
        outer = [one for one in found[number] if one.outer is None and one.source is not None]
        owner = max(outer, key=Attribution.place, default=None) if announces else None


def _add(owner: Attribution, here: list[Attribution], place: Span) -> None:
    owner.joined.append(place)
    for one in here:
        if one.outer is None:
            one.outer = owner


# ---- attributions --------------------------------------------------------------------------------------------------


def _take(passages: Sequence[Passage], found: Sequence[list[Attribution]], turn: _Turn) -> None:
    """Make a turn's attribution, outside all that is read in its paragraphs."""
    first = turn.said[0][0]
    passage = passages[first]
    source: Source | None = None
    cue: tuple[Token, ...] = ()
    if turn.name is not None:
        tokens = _tokens(passage, *turn.name)
        source = _source(tokens) if tokens else None
        cue = _tokens(passage, turn.name[1], turn.said[0][1][0])
    elif turn.shown is not None and not turn.asks:
        passage, source = turn.shown
    made = Attribution(passage, None, cue, (), source, clausal=True, verbatim=True)
    made.shown, made.tied = turn.shown, turn.tied
    made.joined = [place for _, place in turn.said]
    for number, place in turn.said:
        kept = [one for one in found[number] if _is_inside(one, place)]
        for one in kept:
            one.outer = next((outer for outer in one.around() if outer in kept), made)
        found[number][:] = kept
    found[first].insert(0, made)


def _is_inside(one: Attribution, place: Span) -> bool:
    """Return whether a report stands within a turn's words, and is not the turn itself."""
    spans = (*one.content_spans(), *one.passage.spans(one.cue))
    inside = all(place[0] <= start and end <= place[1] for start, end in spans)
    return inside and bool(one.cue) and one.passage.doc[one.cue[0].i].is_alpha


def _tokens(passage: Passage, start: int, end: int) -> tuple[Token, ...]:
    return tuple(
        token
        for token in passage.doc
        if start <= passage.places[token.i][0] < end and not token.is_space
    )


def _source(tokens: tuple[Token, ...]) -> Source:
    inside = set(tokens)
    head = next(token for token in tokens if token.head not in inside or token.head == token)
    return Source(head, tokens)
