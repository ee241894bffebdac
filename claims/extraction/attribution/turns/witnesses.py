"""Finds who stands behind the "Q." and "A." of a record of evidence: counsel and the witness, who change in its course."""

import re
from collections.abc import Iterator

from claims.extraction.attribution.turns.interviews import named
from claims.extraction.attribution.turns.turn import Introduced, tokens_in
from claims.extraction.text.parsing import Passage

_SWORN = re.compile(
    r"(?:(?:the )?witness:? )?(?P<name>[^\W\d_][^,:;()\n]{3,50}?),? [\[(]?(?:duly |re-?)?"
    r"(?:sworn|affirmed|called|examined|recalled|under oath|resumed?)\b[^:?“”\"]{0,60}",
    re.IGNORECASE,
)
_EXAMINED = re.compile(
    r"(?:further |cross-?|re-?)*(?:examin(?:ed|ation)|question(?:s|ed|ing)|direct|interview(?:ed)?)(?: in chief| examination)?"
    r" (?:by|from) (?P<name>[^\W\d_][^:;()?“”\"\n]{2,50})",
    re.IGNORECASE,
)
_PRESIDES = re.compile(
    r"\b(?:chair\w*|president|judge|justice|court|coroner|speaker|clerk|foreman)\b", re.IGNORECASE
)


class Stand:
    """Who asks and who answers at some place of a record.

    Args:
        asks: who asks at its start, or None.
        answers: who answers at its start, or None.
    """

    def __init__(self, asks: Introduced | None, answers: Introduced | None) -> None:
        self.asks = asks
        self.answers = answers
        self._is_sworn = False

    def note(self, passage: Passage) -> bool:
        """Read a line without a label; return whether it says who is heard or who asks."""
        sworn = _SWORN.fullmatch(passage.text, passage.start, passage.end)
        examined = _EXAMINED.fullmatch(passage.text, passage.start, passage.end)
        if examined is not None:
            self.asks = _introduced(passage, examined) or self.asks
        elif sworn is not None:
            self.answers = _introduced(passage, sworn) or self.answers
            self._is_sworn = True
        return sworn is not None or examined is not None

    def speak(self, passage: Passage, label: tuple[int, int], start: int) -> None:
        """Read a turn with a name as its label: who asks from here on, and whom it addresses.

        Args:
            passage: the turn's first paragraph.
            label: the label's place.
            start: where the words after it start.
        """
        presides = _PRESIDES.search(passage.text, *label) is not None
        if not presides:
            self.asks = named(passage, tokens_in(passage, *label))
        self.address(passage, start)

    def address(self, passage: Passage, start: int) -> None:
        """Read whom a question addresses, unless a witness was sworn: "Dr Pell, you saw it?"."""
        called = next(_vocative(passage, start), None)
        if called is not None and not self._is_sworn:
            self.answers = called


def _introduced(passage: Passage, match: re.Match[str]) -> Introduced | None:
    tokens = tokens_in(passage, *match.span("name"))
    return named(passage, tokens) if tokens else None


def _vocative(passage: Passage, start: int) -> Iterator[Introduced]:
    """Yield the name of two words, a title counted, with which words open before a comma."""
    ahead = [token for token in passage.doc if passage.places[token.i][0] >= start]
    run = []
    for token in ahead:
        if token.pos_ != "PROPN":
            break
        run.append(token)
    if len(run) > 1 and len(ahead) > len(run) and ahead[len(run)].text == ",":
        yield named(passage, tuple(run))
