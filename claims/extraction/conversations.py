"""Reads the turns of an interview together: whom a question is put to, and which question an answer answers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from claims.extraction.attribution.types import Attribution
from claims.extraction.speakers.coreference import SpeakerResolver
from claims.extraction.statements.clauses import Piece
from claims.extraction.statements.references.pointing import PEOPLE
from claims.extraction.statements.references.voices import Voice
from claims.extraction.types import Referent, Span

_WORDS = 3
"""A question with fewer words ("Minister?") tells nothing of its answer."""
_BODIES = frozenset({"company", "organisation"})
"""Kinds of those whom only their name tells from people."""
_SOON = 12
"""Characters between a question that is told and the quotation that answers it: a full stop, a new paragraph."""


class Conversation:
    """The turns of an article.

    Args:
        cast: everyone and everything that the article names.
        reports: the article's attributions, in order.
    """

    def __init__(self, cast: SpeakerResolver, reports: Sequence[Attribution]) -> None:
        turns = [one for one in reports if one.verbatim and one.outer is None and one.entry is None]
        known = {one: _person(cast, one) for one in turns}
        self._turns = set(turns)
        self._talkers = frozenset(one.name for one in known.values() if one is not None)
        names = {one: found.name if found is not None else "" for one, found in known.items()}
        asked = Counter(names[one] for one in turns if one.asks())
        all_turns = Counter(names.values())
        self._partners: dict[Attribution, str] = {}
        self._asked: dict[Attribution, Attribution] = {}
        for one, following in pairwise(turns):
            name = names[one]
            if name == names[following]:
                continue
            if one.asks():
                self._asked[following] = one
            if 2 * asked[name] >= all_turns[name]:
                self._partners[one] = names[following] if _is_sure(following, known) else ""
        self._asked.update(_answered(reports))

    def question_before(self, report: Attribution) -> Attribution | None:
        """Return what a turn or a quotation answers: the question right before it, if somebody else asks it."""
        return self._asked.get(report)

    def voice(self, article: Voice, report: Attribution, question: Sequence[Piece]) -> Voice:
        """Add to the article's voice what the conversation tells of a report in it.

        Args:
            article: the article's own voice.
            report: a turn, or a report inside one.
            question: the claims of the turn that it answers.

        Returns:
            The voice; "you" of somebody who mostly asks is who answers next.
        """
        turn = next((one for one in (report, *report.around()) if one.outer is None), report)
        last = _asked(question)
        if turn not in self._turns:
            return replace(article, question=last) if last else article
        return replace(
            article,
            partner=self._partners.get(turn, ""),
            question=last if last.endswith("?") and len(last.split()) >= _WORDS else "",
            talkers=self._talkers,
        )


def _asked(question: Sequence[Piece]) -> str:
    """Return the words of a question, with the sentence before it in the turn where it points to that."""
    if not question:
        return ""
    *before, last = question
    known = before[-1] if before and last.unresolved and not before[-1].unresolved else None
    told = f"{known.statement.rstrip('.')}. " if known is not None else ""
    return told + last.statement


def _answered(reports: Sequence[Attribution]) -> Iterator[tuple[Attribution, Attribution]]:
    """Yield the quotations that answer a question told right before: "Freya asked whether he had. “Once,” he said"."""
    told = [(_place(one), one) for one in reports if one.outer is None and not one.verbatim]
    told.sort(key=lambda placed: placed[0][0])
    for ((_, end), one), ((start, _), following) in pairwise(told):
        near = 0 < start - end < _SOON
        if one.mood == "asked" and one.clausal and near and following.mood == "asserted":
            yield following, one


def _place(report: Attribution) -> Span:
    """Return where a report begins and ends."""
    spans = (*report.content_spans(), *report.cue_spans())
    return min(start for start, _ in spans), max(end for _, end in spans)


def _is_sure(turn: Attribution, known: Mapping[Attribution, Referent | None]) -> bool:
    """Return whether it is a person whose a turn is: a label names one, or the first name shows it."""
    found = known[turn]
    person = found is not None and (found.gender in PEOPLE or found.kind not in _BODIES)
    return found is not None and (turn.shown is None or person)


def _person(cast: SpeakerResolver, turn: Attribution) -> Referent | None:
    """Return the person with a name whose a turn is."""
    named = turn.named()
    if named is None:
        return None
    passage, source = named
    places = passage.spans(source.tokens)
    found = cast.referent(places[0][0], places[-1][1]) if places else None
    return found if found is not None and found.named and found.person else None
