"""Reports to drive the formats with. Every person, place, outlet and sentence in them is made up."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

from claims.exports.types import EvidenceLine, Report, ReportLine, Term

PENDING = Term("pending", "Pending")
VERIFIED = Term("verified", "Verified")
DISPUTED = Term("disputed", "Disputed")
FOR = Term("for", "For")
AGAINST = Term("against", "Against")
CONTEXT = Term("context", "Context")
INDIRECT = Term("indirect", "Indirect speech")
DIRECT = Term("direct", "Direct quotation")
NARRATION = Term("narration", "The article's own voice")
MINISTER = Term("minister", "Minister")
EXPERT = Term("expert", "Expert")
UNNAMED = Term("unnamed", "Unnamed")

HOSTILE = '#import "/etc/passwd": * *bold* _x_ $y$ @claim-1 <script>alert(1)</script> =cmd() & "q" \\u{41}'
"""Text that means something to Typst, to HTML, to Jinja or to a spreadsheet, and must stay text."""


def evidence(number: int, stance: Term, **changes: object) -> EvidenceLine:
    line = EvidenceLine(
        id=number,
        stance=stance,
        title=f"Harbour ledger, sheet {number}",
        url=f"https://ledger.example/sheets/{number}",
        sha256="",
        archive_url=f"https://keep.example/ledger/{number}",
        excerpt=f"Row {number}: forty-one barges moored overnight.",
        primary=True,
        interest="The port authority keeps this ledger itself.",
        looked_up=date(2031, 5, 7),
    )
    return replace(line, **changes)


def claim(number: int, **changes: object) -> ReportLine:
    line = ReportLine(
        id=number,
        quote=f"berth {number} had stood empty since the thaw",
        statement=f"Berth {number} of Quillport harbour has been empty since the thaw.",
        quotation=INDIRECT,
        source="Oswin Tarrabel",
        source_kind=MINISTER,
        role="the harbour minister of Veldmark",
        told_to="the Quillport Lantern",
        checkworthiness=0.75,
        verdict=PENDING,
        reason="",
        checked_by="",
        checked_at=None,
        evidence=(),
    )
    return replace(line, **changes)


def report(*lines: ReportLine, **changes: object) -> Report:
    counts = tuple(
        (verdict, sum(line.verdict == verdict for line in lines))
        for verdict in (PENDING, VERIFIED, DISPUTED)
    )
    made = Report(
        headline="Minister says half of Quillport's berths lie empty",
        outlet="The Quillport Lantern",
        byline="Ilse Marrowby",
        url="https://lantern.example/berths",
        published=datetime(2031, 5, 6, 9, 30, tzinfo=timezone(timedelta(hours=5))),
        language="en",
        revision=2,
        body_digest="ab" * 32,
        lines=lines,
        verdicts=counts,
        made_by="Petra Onslow",
        made_at=datetime(2031, 5, 8, 16, 45, 12, 345_678, tzinfo=UTC),
        newsroom="The Veldmark Proof Desk",
        method="Two editors read each claim against documents.\nNobody checks a claim of their own beat.",
        corrections="Write to corrections@proofdesk.example; answers come within two days.",
        software="Claim Workbench 0.1.0",
    )
    return replace(made, **changes)


def sample() -> Report:
    """A report that uses every field, every verdict and every stance."""
    at = datetime(2031, 5, 7, 11, 5, tzinfo=UTC)
    return report(
        claim(11),
        claim(
            12,
            quote="“Not one barge was turned away,” the minister said",
            statement="No barge was turned away from Quillport.",
            quotation=DIRECT,
            verdict=DISPUTED,
            reason="The ledger lists three barges sent on to Fennick on 2 May.",
            checked_by="Ansel Whitcombe",
            checked_at=at,
            evidence=(
                evidence(101, AGAINST),
                evidence(
                    102,
                    FOR,
                    title="Ministry note on berths",
                    primary=False,
                    archive_url="",
                    interest="",
                ),
                evidence(103, CONTEXT, title="Tide tables of the Veld", excerpt=""),
            ),
        ),
        claim(
            13,
            quote="The harbour has eighty-two berths.",
            statement="Quillport harbour has eighty-two berths.",
            quotation=NARRATION,
            source="",
            source_kind=None,
            role="",
            told_to="",
            verdict=VERIFIED,
            reason="The harbour plan numbers its berths from 1 to 82.",
            checked_by="Brona Kestle",
            checked_at=at,
            evidence=(evidence(104, FOR, title="Plan of Quillport harbour"),),
        ),
        claim(
            14,
            quotation=INDIRECT,
            source="ميرا الصالحية",
            source_kind=EXPERT,
            role="hydrologist, the University of Ostrel",
            statement="Silt has closed a third of the channel. 🐟",
            reason="Sent back: the survey is older than the claim.",
            checked_by="Brona Kestle",
            checked_at=at,
        ),
        claim(15, source="port workers", source_kind=UNNAMED, role="", told_to=""),
    )


def hostile() -> Report:
    """A report with the hostile text in every place that takes free text, and a script for a link."""
    return report(
        claim(
            31,
            quote=HOSTILE,
            statement=HOSTILE,
            source=HOSTILE,
            role=HOSTILE,
            told_to=HOSTILE,
            verdict=DISPUTED,
            reason=HOSTILE,
            checked_by=HOSTILE,
            checked_at=datetime(2031, 5, 7, 11, 5, tzinfo=UTC),
            evidence=(
                evidence(
                    301,
                    FOR,
                    title=HOSTILE,
                    url="javascript:alert(2)",
                    archive_url="data:text/html,<script>alert(3)</script>",
                    excerpt=HOSTILE,
                    interest=HOSTILE,
                ),
            ),
        ),
        headline=HOSTILE,
        outlet=HOSTILE,
        byline=HOSTILE,
        url="JavaScript:alert(4)",
        language='"><script>',
        made_by=HOSTILE,
        newsroom=HOSTILE,
        method=HOSTILE,
        corrections=HOSTILE,
        software=HOSTILE,
    )


def texts(value: object) -> Iterator[str]:
    """Give every text inside a report: each free text, and the label of each term."""
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, Term):
        yield value.label
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
