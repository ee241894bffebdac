"""Finds the turns of interviews whose questions have no labels, and who asks and who answers."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Literal

from spacy.tokens import Token

from claims.extraction.attribution.sources import Source, subject
from claims.extraction.attribution.turns.turn import Introduced, Turn, before, is_own
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.first_names import is_known
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.text.parsing import VERBS, Passage

_QUESTIONS = frozenset({"interview", "ask", "meet", "question", "quiz", "visit"})
"""Verbs whose object answers; of other verbs of talking the subject does, unless it is "we"."""
_TALKS = frozenset(
    {"talk", "speak", "chat", "sit", "discuss", "tell", "explain", "reflect", "look", "join"}
)
_WE = frozenset({"we", "i"})
_OWN = frozenset({"i", "me", "my", "we", "us", "our"})
_YOU = frozenset({"you", "your", "yours"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_WHERE = frozenset({"in", "at", "from", "near"})
_LEAD = 4
"""Paragraphs before the first question in which the person is introduced."""


def asked_turns(passages: Sequence[Passage], found: Sequence[list[Attribution]]) -> Iterator[Turn]:
    """Yield the turns of an interview whose questions are paragraphs of their own.

    The answers must speak of "I" or "we", or be mere fragments where it is told that somebody was met; else the article
    asks and answers its own questions.
    """
    asked = _questions(passages, found)
    short = bool(asked) and _is_met(passages[: asked[0]]) and _are_put_to_you(passages, asked)
    if not _are_answered(passages, asked, short=short):
        return
    remarks = (n for n in range(asked[0] + 1, len(passages)) if _is_remark(passages[n]))
    questions = sorted({*asked, *remarks})
    answers = _answers(questions, len(passages))
    person, asker = people(passages[: questions[0]])
    for question, answer in zip(questions, answers, strict=True):
        own = passages[question]
        yield Turn(None, [(question, (own.start, own.end))], asks=True, shown=asker)
        last = question == questions[-1]
        told = _last_answer(passages, answer) if last else answer
        said = [(number, (passages[number].start, passages[number].end)) for number in told]
        if said:
            mark = own.places[own.doc[-1].i]
            yield Turn(None, said, shown=person, tied=(mark,))


def _last_answer(passages: Sequence[Passage], answer: Sequence[int]) -> list[int]:
    """Return the paragraphs behind the last question that are its answer, and no note on whoever gave it."""
    own = list(takewhile(lambda number: is_own(passages[number]), answer))
    return own or [number for number in answer[:1] if _is_fragment(passages[number])]


def _is_met(lead: Sequence[Passage]) -> bool:
    """Return whether the paragraphs before the first question name a person, and tell that somebody talks or was met."""
    verbs = {token.lemma_ for passage in lead for token in passage.doc if token.pos_ in VERBS}
    return people(lead)[0] is not None and bool(verbs & (_QUESTIONS | _TALKS))


def _are_put_to_you(passages: Sequence[Passage], asked: Sequence[int]) -> bool:
    """Return whether half of the questions or more are put to "you"."""
    put = sum(any(one.lower_ in _YOU for one in passages[number].doc) for number in asked)
    return 2 * put >= len(asked)


def _is_fragment(passage: Passage) -> bool:
    """Return whether a paragraph begins with an answer that leaves out what the question said: "No.", "Yes, twice."."""
    first = next(passage.doc.sents)
    return not any(token.tag_ in _FINITE for token in first)


def _are_answered(passages: Sequence[Passage], asked: Sequence[int], *, short: bool) -> bool:
    """Return whether paragraphs that ask are an interview's: most answers speak of "I" or "we", or are fragments."""
    answers = _answers(asked, len(passages))
    own = sum(
        any(is_own(passages[number]) for number in answer)
        or (short and bool(answer) and _is_fragment(passages[answer[0]]))
        for answer in answers
    )
    return len(asked) > 1 and 2 * own > len(answers) and all(answers[:-1])


def _answers(questions: Sequence[int], end: int) -> list[list[int]]:
    """Give for each question the paragraphs up to the next one."""
    return [list(range(first + 1, last)) for first, last in pairwise([*questions, end])]


def _questions(passages: Sequence[Passage], found: Sequence[list[Attribution]]) -> list[int]:
    """Find the paragraphs that ask: those in bold if any of them ends in a question mark, else those that end in one."""
    bold = [number for number, one in enumerate(passages) if number and _is_bold(one)]
    if len(bold) > 1 and any(passages[n].text[passages[n].end - 1] == "?" for n in bold):
        return bold
    return [
        number for number, one in enumerate(passages) if number and _is_question(one, found[number])
    ]


def _is_remark(passage: Passage) -> bool:
    """Return whether a paragraph tells the one who answers something: "You gave evidence last year.".

    Behind other questions it is one too where it tells first what others say: "The mayor says no. Is he wrong?".
    """
    words = {token.lower_ for token in passage.doc}
    if words & _OWN:
        return False
    if passage.text[passage.end - 1] == "?":
        return not passage.quotations
    only = len(list(passage.doc.sents)) == 1
    return only and (passage.doc[0].lower_ == "you" or "your" in words)


def _is_bold(passage: Passage) -> bool:
    behind = passage.text[passage.end : passage.end + 2]
    return behind in {"**", "__"} and before(passage).endswith(behind)


def _is_question(passage: Passage, here: Sequence[Attribution]) -> bool:
    words = passage.text[passage.start : passage.end]
    return words.endswith("?") and not passage.quotations and not any(one.source for one in here)


def people(lead: Sequence[Passage]) -> tuple[Introduced | None, Introduced | None]:
    """Find who answers and who asks, from the paragraphs before the first question.

    Whom somebody talks to asks, and whom somebody interviews answers, wherever that is told; else the first name of
    a person near the questions answers.
    """
    near = _parts(lead[-_LEAD:])
    asks = next((one for part, one in near if part == "asks"), None)
    told = (one for part, one in (*near, *_parts(lead)) if part == "answers")
    others = (one for part, one in near if part != "asks")
    if any(map(_hides, lead)):
        return next(told, None), asks
    return next(told, None) or next(others, None), asks


def _hides(passage: Passage) -> bool:
    """Return whether a paragraph tells that somebody without a name was interviewed: "we met one of the owners"."""
    objects = (one for one in passage.doc if one.dep_ == "dobj" and one.head.lemma_ in _QUESTIONS)
    return any(
        one.lower_ == "one" or any(left.lower_ in {"a", "an"} for left in one.lefts)
        for one in objects
        if not any(child.dep_ == "appos" for child in one.children)
    )


def _parts(lead: Sequence[Passage]) -> list[tuple[str, Introduced]]:
    """Return the people named in some paragraphs, each with the part that is told of them."""
    told = [passage for passage in lead if not _is_caption(passage)]
    runs = [(passage, run) for passage in told for run in names(passage) if _may_answer(run)]
    return [(_part(run), named(passage, run)) for passage, run in runs]


def _is_caption(passage: Passage) -> bool:
    """Return whether a paragraph tells what a picture shows or who took it: a phrase with a full stop."""
    return passage.text[passage.end - 1] == "." and not any(
        token.tag_ in _FINITE for token in passage.doc
    )


def _may_answer(run: tuple[Token, ...]) -> bool:
    """Return whether a name may be a person's: no species ("Rosa canina"), no body or office, no place where something is."""
    last = kinds().head(run[-1].lower_)
    # "Osk University", and "Assistant Professor" without a name; but Tom Baker is a person.
    is_body = last is not None and (last.body or not is_known(run[0].text))
    small = run[-1].is_lower
    head = next((token for token in run if token.head not in run), run[-1])
    is_place = head.dep_ == "pobj" and head.head.lower_ in _WHERE
    # "A New Osk bar" is a bar.
    is_part = head.dep_ in {"compound", "nmod"} and head.head.is_lower and head.head.i > head.i
    return not (_has_article(run) or is_body or small or is_place or is_part)


def named(passage: Passage, run: tuple[Token, ...]) -> Introduced:
    """Make words of a passage that name somebody the ones to resolve."""
    head = next((token for token in run if token.head not in run), run[-1])
    return passage, Source(head, run)


def names(passage: Passage) -> Iterator[tuple[Token, ...]]:
    """Yield the names of two words or more in a passage, outside whole quotations."""
    run: list[Token] = []
    for token in [*passage.doc, None]:
        if token is not None and _is_named(token, run) and passage.masked[token.i] is None:
            run.append(token)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = []


def _is_named(token: Token, run: Sequence[Token]) -> bool:
    """Return whether a word is part of a name; a surname behind a first name may be taken for a common noun or a verb."""
    if token.pos_ == "PROPN":
        return True
    opens = bool(token.is_sent_start)
    surname = bool(run) and not opens and token.pos_ not in {"PRON", "DET"}
    return token.is_title and (surname or (opens and is_known(token.text)))


def _has_article(run: tuple[Token, ...]) -> bool:
    """Return whether "the" stands before a name; names of people do not have it."""
    return any(one.lower_ == "the" for one in run[0].doc[max(0, run[0].i - 1) : run[0].i + 1])


def _part(run: tuple[Token, ...]) -> Literal["asks", "answers", ""]:
    """Return what part a name has: "Ada Venn talks to us" answers, "she spoke to Ada Venn" asks."""
    name = run[-1]
    above = [name, *name.ancestors]
    verb = next((token for token in above if token.pos_ in VERBS), None)
    own = subject(verb) if verb is not None else None
    spoken_to = name.dep_ == "pobj" and name.head.lower_ in {"to", "with"}
    if verb is None or (own is None and not spoken_to and verb.lemma_ not in _QUESTIONS):
        return ""
    if verb.lemma_ in _QUESTIONS:
        if own is not None and own in above:
            return "asks"
        # "In the week of the Osk Games we met the head of Sea Studies, Ada Venn": nobody meets games or studies.
        tied = any(token.dep_ == "prep" for token in above[: above.index(verb)])
        return "answers" if name.i > verb.i and not tied else ""
    if verb.lemma_ in _TALKS:
        if own is None:
            return "asks"
        return "answers" if own in above or own.lower_ in _WE else "asks"
    return ""
