"""The filters of the review queue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.choices import ReviewStatus, Verdict
from claims.queries.claims.archive_conditions import CONTRADICTED, SEEN
from claims.queries.review.rows import QueuedClaim

state_of = attrgetter(
    "verdict",
    "review_status",
    "checkable",
    "dismissed",
    "assigned_to_id",
    "seen",
    "contradicted",
)
"""What filters ask of a claim."""


@dataclass(frozen=True)
class Shown:
    """A filter of the review queue.

    Attributes:
        label: its name.
        holds: whether it shows a claim to a person; by nothing but what `state_of` names.
        listed: the filters of the claims table that list the same of a text.
        always: whether the page offers it even where it shows nothing.
    """

    label: str | Promise
    holds: Callable[[QueuedClaim, User], bool]
    listed: Mapping[str, str]
    always: bool = False


def _in_work(claim: QueuedClaim) -> bool:
    return claim.checkable and not claim.dismissed


def _with_verdict(verdict: Verdict) -> Shown:
    return Shown(
        verdict.label,
        lambda claim, _viewer: _in_work(claim) and claim.verdict == verdict,
        {"seen": verdict.value},
        always=True,
    )


SHOWN: dict[str, Shown] = {
    "": Shown(_("All"), lambda claim, _viewer: _in_work(claim), {}, always=True),
    **{verdict.value: _with_verdict(verdict) for verdict in Verdict},
    "mine": Shown(
        _("Mine"),
        lambda claim, viewer: _in_work(claim) and claim.assigned_to_id == viewer.pk,
        {"assigned": "me"},
    ),
    "waiting": Shown(
        _("Second check"),
        lambda claim, _viewer: _in_work(claim) and claim.review_status == ReviewStatus.WAITING,
        {"review_status": ReviewStatus.WAITING.value},
    ),
    "sent-back": Shown(
        _("Sent back"),
        lambda claim, _viewer: _in_work(claim) and claim.review_status == ReviewStatus.SENT_BACK,
        {"review_status": ReviewStatus.SENT_BACK.value},
    ),
    "seen": Shown(
        _("Seen before"),
        lambda claim, _viewer: _in_work(claim) and claim.seen,
        {"match": SEEN},
    ),
    "contradicted": Shown(
        _("Contradicted"),
        lambda claim, _viewer: _in_work(claim) and claim.contradicted,
        {"match": CONTRADICTED},
    ),
    "not-checkable": Shown(
        _("Not checkable"),
        lambda claim, _viewer: not claim.checkable and not claim.dismissed,
        {"state": "not-checkable"},
    ),
    "dismissed": Shown(
        _("Dismissed"), lambda claim, _viewer: claim.dismissed, {"state": "dismissed"}
    ),
}
"""The filters of the queue by their word in the address."""
