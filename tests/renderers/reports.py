"""Reports for testing the formats. Every person, place, outlet and sentence in them is invented."""

import base64
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

from claims.renderers.digest import edition
from claims.renderers.types import (
    Correction,
    Edition,
    EvidenceLine,
    Newsroom,
    Report,
    ReportArticle,
    ReportLine,
    Term,
)

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
FIGURE = Term("figure", "a figure")
ACCUSATION = Term("accusation", "an accusation")
LOGO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one pixel."""

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
        confidential=False,
    )
    return replace(line, **changes)


def claim(number: int, **changes: object) -> ReportLine:
    line = ReportLine(
        id=number,
        article=7,
        prefix="On Tuesday the minister told a full hall that ",
        suffix=", and that nobody had asked why.",
        quote=f"berth {number} had stood empty since the thaw",
        statement=f"Berth {number} of Quillport harbour has been empty since the thaw.",
        quotation=INDIRECT,
        source="Oswin Tarrabel",
        source_kind=MINISTER,
        source_links=("https://www.wikidata.org/wiki/Q4115189",),
        role="the harbour minister of Veldmark",
        told_to="the Quillport Lantern",
        checkworthiness=0.75,
        reasons=(FIGURE, ACCUSATION),
        verdict=PENDING,
        reason="",
        checked_by="",
        checked_at=None,
        second_checked_by="",
        second_checked_at=None,
        evidence=(),
    )
    return replace(line, **changes)


def article(number: int = 7, **changes: object) -> ReportArticle:
    made = ReportArticle(
        id=number,
        headline="Minister says half of Quillport's berths lie empty",
        outlet="The Quillport Lantern",
        byline="Ilse Marrowby",
        url="https://lantern.example/berths",
        published=datetime(2031, 5, 6, 9, 30, tzinfo=timezone(timedelta(hours=5))),
        language="en",
        revision=2,
        body_digest="ab" * 32,
        claims=8,
    )
    return replace(made, **changes)


def newsroom(**changes: object) -> Newsroom:
    made = Newsroom(
        name="The Veldmark Proof Desk",
        method="Two editors read each claim against documents.\nNobody checks a claim of their own beat.",
        corrections="Write to corrections@proofdesk.example; answers come within two days.",
        contact="The Proof Desk, 3 Quay Street, Quillport; desk@proofdesk.example",
        funding="Its readers, and the Harbour Trust; the list of gifts is at proofdesk.example/gifts.",
        logo="",
    )
    return replace(made, **changes)


def report(*lines: ReportLine, **changes: object) -> Edition:
    """A draft of these claims. What changes may be anything of the report, its one article or its newsroom; `language` is the article's."""

    def of(kind: type) -> dict[str, object]:
        names = {field.name for field in fields(kind)} & changes.keys()
        return {name: changes.pop(name) for name in names if (kind, name) != (Report, "language")}

    counts = tuple(
        (verdict, sum(line.verdict == verdict for line in lines))
        for verdict in (PENDING, VERIFIED, DISPUTED)
    )
    going_out = of(Edition)
    made = Report(
        title="Minister says half of Quillport's berths lie empty",
        scope="",
        articles=(article(),),
        lines=lines,
        verdicts=counts,
        made_by="Petra Onslow",
        created_at=datetime(2031, 5, 8, 16, 45, 12, 345_678, tzinfo=UTC),
        newsroom=newsroom(),
        software="Claim Workbench 0.1.0",
    )
    made = replace(made, **of(Report))
    made = replace(
        made,
        articles=tuple(replace(one, **of(ReportArticle)) for one in made.articles),
        newsroom=replace(made.newsroom, **of(Newsroom)),
    )
    assert not changes, f"nothing has {', '.join(changes)}"
    return replace(edition(made), **going_out)


def several() -> Edition:
    """A published report over two articles in two languages, found by a filter, with corrections and a second check."""
    at = datetime(2031, 5, 7, 11, 5, tzinfo=UTC)
    return report(
        claim(
            21,
            verdict=VERIFIED,
            checked_by="Brona Kestle",
            checked_at=at,
            second_checked_by="Ansel Whitcombe",
            second_checked_at=at + timedelta(hours=3),
            evidence=(
                evidence(201, FOR),
                evidence(202, AGAINST, url="", sha256="cd" * 32, archive_url="", confidential=True),
            ),
        ),
        claim(
            22,
            verdict=DISPUTED,
            reason="The ledger lists four.",
            checked_by="Brona Kestle",
            checked_at=at,
        ),
        claim(
            23,
            article=8,
            prefix="",
            suffix="",
            quote="الميناء مغلق",
            statement="الميناء مغلق منذ أيار",
            source="ميرا الصالحية",
        ),
        title="What was said of Quillport's harbour in May",
        scope="Outlet: The Quillport Lantern · Published from: 1 May 2031",
        articles=(
            article(),
            article(
                8,
                headline="الميناء بلا سفن",
                outlet="صحيفة المرفأ",
                language="ar",
                url="",
                byline="",
                published=None,
            ),
        ),
        logo=LOGO,
        number=3,
        url="https://proofdesk.example/published/3/",
        claims_url="https://proofdesk.example/published/claims/",
        site="https://proofdesk.example",
        corrections=(
            Correction(
                claim=21,
                before=VERIFIED,
                after=DISPUTED,
                reason="A second ledger was found.",
                at=at + timedelta(days=9),
                notice="We first called this claim verified. A second ledger, found since, contradicts it.",
                published_at=at + timedelta(days=10),
            ),
            Correction(
                claim=22,
                before=DISPUTED,
                after=PENDING,
                reason="The ledger is being read again.",
                at=at + timedelta(days=20),
                notice="",
                published_at=None,
            ),
        ),
    )


def sample() -> Edition:
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


def hostile() -> Edition:
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
            prefix=HOSTILE,
            suffix=HOSTILE,
            source_links=(HOSTILE, "javascript:alert(5)"),
            checked_by=HOSTILE,
            second_checked_by=HOSTILE,
            second_checked_at=datetime(2031, 5, 8, 11, 5, tzinfo=UTC),
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
        title=HOSTILE,
        scope=HOSTILE,
        articles=(
            article(
                headline=HOSTILE,
                outlet=HOSTILE,
                byline=HOSTILE,
                url="JavaScript:alert(4)",
                language='"><script>',
            ),
        ),
        made_by=HOSTILE,
        newsroom=newsroom(
            name=HOSTILE, method=HOSTILE, corrections=HOSTILE, contact=HOSTILE, funding=HOSTILE
        ),
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
            # Codes, for which files have words.
            if field.name not in {"kind", "edition"}:
                yield from texts(getattr(value, field.name))


def closed_up(text: str) -> str:
    """Take out all white space: where lines break is the layout's business."""
    return re.sub(r"\s+", "", text)
