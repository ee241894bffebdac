"""Leaves out what a post only passes on: "The mayor says the pool opens in May" is the mayor's claim, and not the author's too."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.attribution.types import Attribution
from claims.extraction.standing_alone import Statement
from claims.extraction.text.segments import merged
from claims.extraction.types import Span, Spans

_JOINING = frozenset({"and", "but", "so", "or", "then", "also"})


def without_passed_on(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """Leave out the claims of posts in a thread that say no more than that somebody else says something.

    Args:
        text: the article.
        statements: its statements.
    """
    return list(_kept(text, statements))


def _kept(text: str, statements: Sequence[Statement]) -> Iterator[Statement]:
    told_in: dict[Attribution, list[Span]] = defaultdict(list)
    for one in statements:
        said = one.speaker is not None and one.report is not None and one.report.source is not None
        if said and one.pieces and one.report is not None and one.report.outer is not None:
            told_in[one.report.outer] += _touched(one.report)
    for one in statements:
        report = one.report
        if report is None or not _is_post(text, report):
            yield one
            continue
        told = merged(told_in[report])
        pieces = [piece for piece in one.pieces if _says_more(text, piece.spans, told)]
        if pieces:
            yield replace(one, pieces=pieces)


def _is_post(text: str, report: Attribution) -> bool:
    """Return whether a report is a turn whose label is a handle: "@orla_b: ..."."""
    source = report.source
    if not report.verbatim or report.outer is not None or source is None:
        return False
    return text.startswith("@", report.passage.places[source.tokens[0].i][0])


def _touched(report: Attribution) -> Spans:
    """Return the places of all that a report tells: who says what, and to whom."""
    source = report.source.tokens if report.source is not None else ()
    words = (*source, *report.cue, *report.told)
    return (*report.content_spans(), *report.passage.spans(words))


def _says_more(text: str, spans: Spans, told: Sequence[Span]) -> bool:
    """Return whether a claim has words of its own besides those of others that it passes on."""
    if not told:
        return True
    left = [
        "".join(
            sign if not any(a <= place < b for a, b in told) else " "
            for place, sign in enumerate(text[start:end], start)
        )
        for start, end in spans
    ]
    words = [word.strip(".,:;!?“”\"'’()").lower() for part in left for word in part.split()]
    return any(word and word not in _JOINING and word != "that" for word in words)
