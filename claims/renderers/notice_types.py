"""What readers of a published report are told afterwards. Plain data: no Django."""

from dataclasses import dataclass
from datetime import datetime

from claims.renderers.claim_types import ReportLine, Term
from claims.renderers.labels import LANGUAGE

CORRECTION, UPDATE, LATER_REPORT = "correction", "update", "later_report"
"""The kinds of what readers are told of a claim after its report was published."""


@dataclass(frozen=True, slots=True)
class EarlierNotice:
    """What a notice first said, before it was corrected itself.

    Attributes:
        notice: its words.
        published_at: when it was published.
    """

    notice: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """What happened to a claim after its report was published. A claim may have several, oldest first.

    Attributes:
        claim: its id.
        before, after: the old and the new verdict.
        reason: why the verdict has changed, or "".
        at: when it was decided again.
        notice: the notice to readers, or "" if it has not been published.
        published_at: when it was published, or None.
        kind: `CORRECTION` if a published verdict or fact was wrong, `UPDATE` if a pending claim has been checked since,
            `LATER_REPORT` if a later report tells another verdict.
        line: the claim as readers were told it then, with the evidence for its verdict; None if the notice is of an
            older version, or has not been published.
        earlier_notices: what the notice said before it was corrected, oldest first.
        report: the number of the later report, or None.
        language: that of the notice.
    """

    claim: int
    before: Term
    after: Term
    reason: str
    at: datetime
    notice: str
    published_at: datetime | None
    kind: str = CORRECTION
    line: ReportLine | None = None
    earlier_notices: tuple[EarlierNotice, ...] = ()
    report: int | None = None
    language: str = LANGUAGE


@dataclass(frozen=True, slots=True)
class TextCorrection:
    """That what a chief wrote in a report was wrong.

    Attributes:
        part: "lede" or "conclusion".
        before, after: what stood there, and what stands there since, in the Markdown of `documents.prose`.
        notice: the notice to readers.
        published_at: when it was published.
    """

    part: str
    before: str
    after: str
    notice: str
    published_at: datetime
