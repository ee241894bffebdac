"""An attribution: a statement, its source, and the cue that ties them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.extraction.attribution.sources import Source
from claims.extraction.lexicons.cues import Cue
from claims.extraction.text.parsing import Passage
from claims.extraction.text.segments import merged
from claims.extraction.types import Mood, Span, Spans

_CLOSING = " \n”»\"’'*_)"
_NEAR = 40
"""Characters at the end of a turn in which its last mark stands."""


@dataclass(eq=False, slots=True)
class Attribution:
    """A statement with its source and cue, in one passage; quotations elsewhere may join it.

    Attributes:
        passage: where the cue stands.
        entry: the cue's entry, or None for a mark ("Mayor: ...").
        cue: the cue's words.
        content: the statement's words in the passage.
        source: who says it, or None.
        clausal: the content is a whole clause, so that it reads alone.
        told: the words that name whom it is told to.
        mood: what the source does with the statement.
        joined: places of further quotations of the same statement, in this passage or later ones.
        outer: the report inside which this one stands.
        verbatim: its words are the speaker's own, without quotation marks: a turn of an interview, a thread.
        tied: the place of what ties it to its source in another passage: the question before an answer.
        shown: where the source is a mere letter ("A:"), the words that name the person, with their passage.
    """

    passage: Passage
    entry: Cue | None
    cue: tuple[Token, ...]
    content: tuple[Token, ...]
    source: Source | None
    clausal: bool
    told: tuple[Token, ...] = ()
    mood: Mood = "asserted"
    joined: list[Span] = field(default_factory=list)
    outer: "Attribution | None" = None
    verbatim: bool = False
    tied: Spans = ()
    shown: tuple[Passage, Source] | None = None

    def place(self) -> int:
        """Give the place of its first cue word in the article, or of its first words where it has no cue."""
        return self.passage.places[self.cue[0].i][0] if self.cue else self.joined[0][0]

    def cue_spans(self) -> Spans:
        """Give the places of its cue."""
        return (*self.passage.spans(self.cue), *self.tied)

    def named(self) -> tuple[Passage, Source] | None:
        """Give the words to resolve to its speaker, with their passage."""
        if self.shown is not None:
            return self.shown
        return (self.passage, self.source) if self.source is not None else None

    def around(self) -> Iterator["Attribution"]:
        """Give the reports inside which it stands, the nearest first."""
        outer = self.outer
        while outer is not None:
            yield outer
            outer = outer.outer

    def asks(self) -> bool:
        """Say whether a turn ends with a question."""
        end = self.joined[-1][1] if self.joined else 0
        return self.passage.text[max(0, end - _NEAR) : end].rstrip(_CLOSING).endswith("?")

    def quotes(self) -> bool:
        """Say whether its content holds a quotation."""
        return bool(self.joined) or any(
            start <= quotation.start < end
            for quotation in self.passage.quotations
            for start, end in self.passage.whole(self.content)
        )

    def content_spans(self) -> Spans:
        """Give the places of all content, joined quotations included."""
        return tuple(merged((*self.passage.whole(self.content), *self.joined)))
