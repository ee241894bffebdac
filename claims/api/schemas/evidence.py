"""Evidence, and what was captured of it."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from claims.api.schemas.base import Person, Sent, StanceCode, person_data
from claims.choices import CaptureReason
from claims.models import Capture, Evidence
from claims.queries.captures.states import EvidenceState, excerpt_is_in
from claims.queries.captures.words import why_not


class CaptureOut(Schema):
    """A document of the evidence as it was fetched or read, or why it was not."""

    id: int
    of: Literal["page", "file"]
    captured_at: datetime
    reason: CaptureReason = Field(
        description="added: with the evidence; published: with a report; asked: by a person or a program."
    )
    asked_by: Person
    address: str = Field(description="Of the page at the time; empty for a file.")
    final_address: str = Field(description="After all redirects.")
    status: int | None = Field(description="The HTTP status of what was kept.")
    content_type: str
    sha256: str = Field(description="Of the WARC file, in hex; empty if there is none.")
    size: int = Field(description="Of the WARC file, in bytes.")
    title: str
    excerpt_found: bool | None = Field(
        description="Whether the evidence's excerpt is in its words; null without an excerpt, or without words."
    )
    changed: bool | None = Field(
        description="Whether its words differ from those captured before; null without any."
    )
    problem: str = Field(
        description="What could not be captured and why; empty if nothing is missing."
    )
    problem_code: str = Field(description="A stable identifier of that, such as `too-slow`.")


class CaptureList(Schema):
    """The captures of a piece of evidence, the newest first."""

    items: list[CaptureOut]
    due: bool = Field(description="Whether a worker is to capture something of it.")


class EvidenceOut(Schema):
    """A document for or against a claim, or context."""

    id: int
    claim_id: int
    stance: StanceCode | None = Field(
        description="Null while it must not be known, because it would tell the verdict."
    )
    title: str
    url: str
    archive_url: str
    excerpt: str
    primary: bool
    interest: str
    confidential: bool
    looked_up: date
    file_name: str
    sha256: str = Field(description="Of the file, in hex; empty without one.")
    content_type: str
    size: int
    added_at: datetime
    captures: list[CaptureOut] | None = Field(
        None,
        description="Of its page and of its file the newest capture, and the newest of which something was kept. "
        "Null where a list of claims is expanded.",
    )


class EvidenceList(Schema):
    """A claim's evidence, in the editors' order."""

    items: list[EvidenceOut]


class NewEvidence(Sent):
    """A document with a link."""

    title: str = Field(min_length=1, max_length=300)
    url: str = Field("", max_length=2000)
    stance: StanceCode = "for"
    excerpt: str = Field("", max_length=100_000)
    archive_url: str = Field("", max_length=2000)
    primary: bool = False
    interest: str = Field("", max_length=300)
    confidential: bool = False
    looked_up: date | None = Field(None, description="By default, today.")


def evidence_data(
    piece: Evidence, *, hidden: bool = False, state: EvidenceState | None = None
) -> dict[str, Any]:
    """Return a document, by the fields of `EvidenceOut`.

    Args:
        piece: the document.
        hidden: whether what it is to the claim must not be known.
        state: what was captured of it; None where that is not asked for.
    """
    return {
        "id": piece.pk,
        "claim_id": piece.claim_id,
        "stance": None if hidden else piece.stance,
        "title": piece.title,
        "url": piece.url,
        "archive_url": piece.archive_url,
        "excerpt": piece.excerpt,
        "primary": piece.primary,
        "interest": piece.interest,
        "confidential": piece.confidential,
        "looked_up": piece.looked_up,
        "file_name": piece.file_name,
        "sha256": piece.sha256,
        "content_type": piece.content_type,
        "size": piece.size,
        "added_at": piece.added_at,
        "captures": None if state is None else _newest(state),
    }


def _newest(state: EvidenceState) -> list[dict[str, Any]]:
    found = []
    for one in state.documents:
        if one.newest and one.newest != one.kept:
            found.append(_capture(one.newest, excerpt_found=None))
        if one.kept:
            found.append(_capture(one.kept, excerpt_found=one.excerpt_is_in))
    return found


def capture_data(capture: Capture, piece: Evidence) -> dict[str, Any]:
    """Return a capture that was read with its words, by the fields of `CaptureOut`, for one piece of evidence."""
    return _capture(capture, excerpt_found=excerpt_is_in(piece.excerpt, capture))


def _capture(one: Capture, *, excerpt_found: bool | None) -> dict[str, Any]:
    return {
        "id": one.pk,
        "of": "page" if one.is_page else "file",
        "captured_at": one.fetched_at,
        "reason": one.reason,
        "asked_by": person_data(one.asked_by),
        "address": one.url,
        "final_address": one.final_url,
        "status": one.status,
        "content_type": one.content_type,
        "sha256": one.sha256,
        "size": one.size,
        "title": one.title,
        "excerpt_found": excerpt_found,
        "changed": one.changed,
        "problem": why_not(one),
        "problem_code": one.error_code,
    }
