"""Other newsrooms' fact-checks."""

from datetime import date
from typing import Any

from ninja import Field, Schema

from claims.queries.matching.external import OtherCheck


class OtherCheckOut(Schema):
    """Another newsroom's fact-check of what a claim says. It is not a verdict of the desk."""

    publisher: str
    rating: str = Field(
        description="In the publisher's words. Empty while the account may be asked for a blind check of the claim."
    )
    rating_value: float | None = Field(description="On the publisher's own scale.")
    claim: str = Field(description="The claim that it reviews.")
    claimant: str
    claimed_on: date | None
    reviewed_on: date | None
    language: str
    url: str
    reasons: list[str] = Field(description="Why both say the same, in English.")


def other_check_data(found: OtherCheck) -> dict[str, Any]:
    """Return a fact-check by the fields of `OtherCheckOut`."""
    check = found.check
    same = ("publisher", "claimant", "claimed_on", "reviewed_on", "language", "url")
    return {name: getattr(check, name) for name in same} | {
        "rating": found.rating,
        "rating_value": None if found.is_rating_hidden else check.rating_value,
        "claim": check.statement,
        "reasons": found.reasons,
    }
