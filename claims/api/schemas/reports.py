"""Reports."""

from datetime import datetime
from typing import Any, Self

from ninja import Field, Schema
from pydantic import model_validator

from claims.api.schemas.base import Key, Sent
from claims.models import Report
from claims.queries.reports.contents import MAX_CLAIMS


class ReportOut(Schema):
    """A report, drafted or published."""

    id: int
    url: str = Field(description="Its page on the desk.")
    title: str
    scope: str
    language: str
    draft: bool
    public: bool
    public_url: str = Field(description="Its public address, or empty.")
    made_by: str
    created_at: datetime
    approved_by: str
    published_by: str
    published_at: datetime | None


class ReportDetail(ReportOut):
    """A report with what it holds now."""

    digest: str = Field(
        description="SHA-256 of its data, in hex. Send a draft's to publish exactly that."
    )
    claims: list[int]
    verdicts: dict[str, int]
    waiting: list[int] = Field(
        description="Claims whose second check is under way: they keep it from being published."
    )
    formats: list[str] = Field(description="The keys of the formats that it can be had in.")


class ReportPage(Schema):
    """Some reports of a list."""

    items: list[ReportOut]
    next: str | None


class NewReport(Sent):
    """A report to draft: on an article, on some claims, or on all that a filter lists."""

    title: str = Field(min_length=1, max_length=300)
    article_id: Key | None = None
    claim_ids: list[Key] | None = Field(None, min_length=1, max_length=MAX_CLAIMS)
    query: str | None = Field(
        None, max_length=2000, description="A filter, as `GET /claims` takes it."
    )
    language: str = Field("", max_length=35, description="By default, that of the public pages.")

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if [self.article_id, self.claim_ids, self.query].count(None) != 2:
            raise ValueError("give exactly one of article_id, claim_ids and query")
        return self


class Publication(Sent):
    """What is to be published."""

    digest: str = Field(
        min_length=64, max_length=64, description="The draft's digest, as it was seen."
    )
    public: bool = Field(default=False, description="Whether everyone may read it at once.")


def report_data(report: Report) -> dict[str, Any]:
    """Return a report, by the fields of `ReportOut`."""
    return {
        "id": report.pk,
        "url": report.get_absolute_url(),
        "title": report.title,
        "scope": report.scope,
        "language": report.language,
        "draft": report.is_draft,
        "public": report.public,
        "public_url": report.public_address,
        "made_by": report.made_by_name,
        "created_at": report.created_at,
        "approved_by": report.approved_by_name,
        "published_by": report.published_by_name,
        "published_at": report.published_at,
    }
