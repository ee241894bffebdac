"""Puts before the statements of an article what they need to be read alone: what they are about, and what was said before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.extraction.attribution.types import Attribution
from claims.extraction.statements.clauses import Piece
from claims.extraction.statements.references.claimed import rejects
from claims.extraction.statements.references.contexts import Said, contexts
from claims.extraction.statements.references.topics import Topics
from claims.extraction.types import Speaker

_UNTOLD = frozenset({"asked", "demanded", "denied"})
"""Moods of statements that say nothing of what the next one may be about."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The claims with one attribution number: pieces of one statement, from a source or the article."""

    pieces: Sequence[Piece]
    report: Attribution | None
    speaker: Speaker | None = None


def worded(topics: Topics, statement: Statement, piece: Piece) -> str:
    """Return a claim's statement, with what it is about and what it points to where it does not say so."""
    topic = topics.at(piece.spans[0][0])
    if statement.report is None:
        # In the article's own voice only "which" needs what stands before it.
        return f"[{piece.before}] {piece.statement}" if piece.before else piece.statement
    speaker = statement.speaker
    about = topic.lacking(piece, speaker) if topic is not None else ""
    before = piece.before if about else piece.before[:1].upper() + piece.before[1:]
    put = " ".join(filter(None, (f"{about}:" if about else "", before)))
    return f"[{put}] {piece.statement}" if put else piece.statement


def with_contexts(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """Give the statements that point to what was said before them those words."""
    every = [(one, piece) for one in statements for piece in one.pieces]
    found = contexts(text, [_said(*one) for one in every])
    told = (
        replace(piece, before=found[number][0], unresolved=tuple(found[number][1]))
        if number in found
        else piece
        for number, (_, piece) in enumerate(every)
    )
    return [replace(one, pieces=[next(told) for _ in one.pieces]) for one in statements]


def _said(statement: Statement, piece: Piece) -> Said:
    report, speaker = statement.report, statement.speaker
    return Said(
        piece.spans,
        piece.statement,
        piece.words,
        piece.unresolved,
        speaker.name if speaker is not None else "",
        is_reported=report is not None,
        is_inner=report is not None and report.outer is not None,
        is_told=not piece.statement.rstrip("”’").endswith("?")
        and (report is None or not (rejects(report.cue) or report.mood in _UNTOLD)),
    )
