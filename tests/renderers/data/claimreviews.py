"""Published reports whose claims become reviews, and what becomes of them."""

import json
from datetime import UTC, datetime

from claims.renderers.data.claimreview import LeftOut, left_out, review_of, write
from claims.renderers.types import Correction, Edition, Term
from tests.renderers import reports

AT = datetime(2031, 5, 7, 23, 5, tzinfo=UTC)


def published(**changes) -> Edition:
    """A published report of one verified claim; what changes may be anything of it, its report or its article."""
    of_claim = {
        name: changes.pop(name)
        for name in list(changes)
        if name in reports.claim(1).__dataclass_fields__ and name != "article"
    }
    line = reports.claim(9, **{"verdict": reports.VERIFIED, "checked_at": AT} | of_claim)
    return reports.report(
        line,
        **{
            "number": 4,
            "url": "https://proofdesk.example/published/4/",
            "claims_url": "https://proofdesk.example/published/claims/",
            "site": "https://proofdesk.example",
        }
        | changes,
    )


def review(**changes) -> dict:
    """The review of a report's only claim, which has to be one."""
    made = published(**changes)
    found = review_of(made, made.report.lines[0])
    assert isinstance(found, dict), found
    return found


def why(**changes) -> str:
    """Why a report's only claim is left out."""
    made = published(**changes)
    found = review_of(made, made.report.lines[0])
    assert isinstance(found, LeftOut), found
    assert left_out(made) == (found,)
    assert json.loads(b"".join(write(made))) == []
    return found.reason


def correction(after: Term, published_at: datetime | None, **changes) -> Correction:
    """A correction of the report's claim."""
    return Correction(
        claim=changes.pop("claim", 9),
        before=reports.VERIFIED,
        after=after,
        reason="",
        at=AT,
        notice="We were wrong.",
        published_at=published_at,
    )
