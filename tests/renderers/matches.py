"""A report with claims that do not agree, and with earlier checks, for testing the formats. Everything is invented."""

from dataclasses import replace
from datetime import UTC, datetime

from claims.renderers.labels import words_in
from claims.renderers.types import Contradiction, EarlierCheck, Edition, Side, Term
from tests.renderers import reports

WORDS = words_in("en")

CONTRADICTS = Term("contradicts", WORDS["contradicts"])
SUPERSEDES = Term("supersedes", WORDS["supersedes"])
MARCH, MAY = datetime(2031, 3, 2, 8, tzinfo=UTC), datetime(2031, 5, 6, 4, 30, tzinfo=UTC)


def check(number: int = 41, **changes: object) -> EarlierCheck:
    """An earlier check as the newsroom knows it."""
    made = EarlierCheck(
        claim=number,
        statement="Half of the berths of Quillport are empty.",
        source="Edda Lorrimer",
        role="the harbour master",
        outlet="The Fennick Post",
        published=MARCH,
        verdict=reports.DISPUTED,
        reason="The plan shows a third.",
        checked_by="Brona Kestle",
        checked_at=datetime(2031, 3, 4, 9, 15, tzinfo=UTC),
        taken_over=True,
        report=2,
        report_title="Berths in March",
    )
    return replace(made, **changes)


PUBLISHED = check(statement="", source="", role="", outlet="", published=None, checked_by="")
"""The same check as its public report has it."""


def side(number: int, **changes: object) -> Side:
    """One of two claims that do not agree."""
    made = Side(
        claim=number,
        statement=f"The storm of {number} took {number} boats.",
        source="Oswin Tarrabel",
        role="the harbour minister of Veldmark",
        outlet="The Quillport Lantern",
        published=MAY,
        verdict=reports.VERIFIED,
    )
    return replace(made, **changes)


def matching(**changes: object) -> Edition:
    """A published report: two pairs that do not agree, and a verdict that was taken over from an earlier check."""
    at = datetime(2031, 5, 7, 11, 5, tzinfo=UTC)
    confidential = reports.evidence(402, reports.AGAINST, title="A letter", confidential=True)
    lines = (
        reports.claim(51, statement=side(51).statement, verdict=reports.VERIFIED, checked_at=at),
        reports.claim(
            52,
            statement="Half of the berths are empty.",
            verdict=reports.DISPUTED,
            reason="The plan shows a third.",
            checked_by="Ansel Whitcombe",
            checked_at=at,
            referred=(
                reports.evidence(401, reports.AGAINST, title="Plan of March"),
                confidential,
            ),
            earlier=(check(), check(42, taken_over=False, report=None, report_title="")),
            earlier_public=(PUBLISHED,),
        ),
        reports.claim(53, statement=side(53).statement, source=""),
    )
    values: dict[str, object] = {
        "number": 7,
        "url": "https://proofdesk.example/published/7/",
        "claims_url": "https://proofdesk.example/published/claims/",
        "site": "https://proofdesk.example",
        "checks": {(2, 41): "https://proofdesk.example/published/2/41/"},
        "contradictions": (
            Contradiction(CONTRADICTS, side(51), side(52, verdict=reports.DISPUTED)),
            Contradiction(SUPERSEDES, side(51), side(53, source="", verdict=reports.PENDING)),
        ),
    }
    return reports.report(*lines, **values | changes)


def hostile() -> Edition:
    """The same with the hostile text in every place that takes free text."""
    text = reports.HOSTILE
    words = {"statement": text, "source": text, "role": text, "outlet": text}
    bad = check(reason=text, checked_by=text, report_title=text, **words)
    return matching(
        lines=(
            reports.claim(51, earlier=(bad,), referred=(reports.evidence(1, reports.FOR),)),
            reports.claim(52),
        ),
        checks={(2, 41): "javascript:alert(1)"},
        contradictions=(Contradiction(CONTRADICTS, side(51, **words), side(52, **words)),),
    )
