"""Finds the turns of interviews that label only the first exchange: "Ada Venn: ...", and then questions and answers alone."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Token

from claims.extraction.attribution.turns.interviews import named
from claims.extraction.attribution.turns.turn import Introduced, Turn, is_own, tokens_in
from claims.extraction.attribution.types import Attribution
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Span

_YOU = frozenset({"you", "your", "yours"})
_OWN = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our"})
_TAIL = 4
"""Tokens of ", I gather." at the end of a remark."""


def continued(
    passages: Sequence[Passage], found: Sequence[list[Attribution]], turns: Sequence[Turn]
) -> Iterator[Turn]:
    """Yield the turns behind the last label of an interview of two, where paragraphs that ask alternate with answers.

    The last turn with a label is cut where the first question without one begins.

    Args:
        passages: the article's passages.
        found: the attributions of each.
        turns: the turns with labels, in order.
    """
    first = turns[-1].said[0][0] + 1 if turns else len(passages)
    asked = [n for n in range(first, len(passages)) if _asks(passages[n], found[n])]
    talkers = _talkers(passages, turns, asked[0]) if asked else None
    if talkers is None:
        return
    answers = [list(range(one + 1, two)) for one, two in pairwise([*asked, len(passages)])]
    own = sum(any(is_own(passages[number]) for number in answer) for answer in answers)
    if len(asked) < 2 or not all(answers[:-1]) or 2 * own < len(asked):
        return
    asker, person = talkers
    turns[-1].said[:] = [(n, place) for n, place in turns[-1].said if n < asked[0]]
    for number, answer in zip(asked, answers, strict=True):
        passage = passages[number]
        yield Turn(None, [(number, _place(passage))], asks=True, shown=asker)
        last = number == asked[-1]
        said = [n for n in answer if not last or n == number + 1 or is_own(passages[n])]
        if said:
            mark = passage.places[passage.doc[-1].i]
            yield Turn(None, [(n, _place(passages[n])) for n in said], shown=person, tied=(mark,))


def _talkers(
    passages: Sequence[Passage], turns: Sequence[Turn], end: int
) -> tuple[Introduced, Introduced] | None:
    """Return who asks and who answers, where the labels before a paragraph are two people's and only one of them asks."""
    by_label: dict[str, list[Turn]] = {}
    for turn in turns:
        if turn.name is None:
            return None
        label = passages[0].text[slice(*turn.name)].strip().lower()
        by_label.setdefault(label, []).append(turn)
    asking = [
        label
        for label, own in by_label.items()
        if all(_ends_asking(passages, one, end) for one in own)
    ]
    if len(by_label) != 2 or len(asking) != 1:
        return None
    asker = by_label.pop(asking[0])[0]
    (answering,) = by_label.values()
    asks, answers = _shown(passages, asker), _shown(passages, answering[0])
    return (asks, answers) if asks is not None and answers is not None else None


def _ends_asking(passages: Sequence[Passage], turn: Turn, end: int) -> bool:
    """Return whether a turn ends with a question before a paragraph."""
    last = max(place[1] for number, place in turn.said if number < end)
    return passages[0].text[:last].rstrip(' \n*_”"').endswith("?")


def _shown(passages: Sequence[Passage], turn: Turn) -> Introduced | None:
    """Return the words that name whose turn it is: those of the label, unless it is a mere letter."""
    if turn.shown is not None or turn.name is None:
        return turn.shown
    passage = passages[turn.said[0][0]]
    tokens = tokens_in(passage, *turn.name)
    return named(passage, tokens) if tokens else None


def _asks(passage: Passage, here: Sequence[Attribution]) -> bool:
    """Return whether a paragraph puts something to "you": a question, or one sentence of what others say of "you"."""
    words = _without_tail(list(passage.doc))
    if passage.quotations or any(one.lower_ in _OWN for one in words):
        return False
    if passage.text[passage.end - 1] == "?":
        return True
    alone = len(list(passage.doc.sents)) == 1
    to_you = [one for one in words if one.lower_ in _YOU]
    return alone and bool(to_you) and (words[0] in to_you or any(one.source for one in here))


def _without_tail(words: list[Token]) -> list[Token]:
    """Leave out ", I gather" at the end, which says whence somebody who asks knows it."""
    tail = [one.lower_ for one in words[-_TAIL:]]
    return words[:-_TAIL] if tail[:2] == [",", "i"] else words


def _place(passage: Passage) -> Span:
    return passage.start, passage.end
