"""The filters of the review queue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.choices import ReviewStatus, Verdict
from claims.queries.claims.archive_conditions import CONTRADICTED, SEEN
from claims.queries.review.rows import QueuedClaim


class State(NamedTuple):
    """What filters ask of a claim."""

    verdict: str
    review_status: str
    checkable: bool
    dismissed: bool
    assigned_to_id: int | None
    source_id: int | None
    seen: bool
    contradicted: bool

    @property
    def is_active(self) -> bool:
        """Whether the claim is to be decided: neither dismissed nor uncheckable."""
        return self.checkable and not self.dismissed


STATE = tuple(State.__annotations__)
"""The names of what filters ask."""

_fields = attrgetter(*STATE)


def state_of(claim: QueuedClaim) -> State:
    """Return what filters ask of a claim."""
    return State(*_fields(claim))


@dataclass(frozen=True)
class Shown:
    """A filter of the review queue.

    Attributes:
        label: its name.
        holds: whether it shows a claim in some state to a person.
        listed: the filters of the claims table that list the same of a text.
        always: whether the page offers it even where it shows nothing.
    """

    label: str | Promise
    holds: Callable[[State, User], bool]
    listed: Mapping[str, str]
    always: bool = False


def _with_verdict(verdict: Verdict) -> Shown:
    return Shown(
        verdict.label,
        lambda state, _viewer: state.is_active and state.verdict == verdict,
        {"seen": verdict.value},
        always=True,
    )


SHOWN: dict[str, Shown] = {
    "": Shown(_("All"), lambda state, _viewer: state.is_active, {}, always=True),
    **{verdict.value: _with_verdict(verdict) for verdict in Verdict},
    "mine": Shown(
        _("Mine"),
        lambda state, viewer: state.is_active and state.assigned_to_id == viewer.pk,
        {"assigned": "me"},
    ),
    "waiting": Shown(
        _("Second check"),
        lambda state, _viewer: state.is_active and state.review_status == ReviewStatus.WAITING,
        {"review_status": ReviewStatus.WAITING.value},
    ),
    "sent-back": Shown(
        _("Sent back"),
        lambda state, _viewer: state.is_active and state.review_status == ReviewStatus.SENT_BACK,
        {"review_status": ReviewStatus.SENT_BACK.value},
    ),
    "seen": Shown(
        _("Seen before"),
        lambda state, _viewer: state.is_active and state.seen,
        {"match": SEEN},
    ),
    "contradicted": Shown(
        _("Contradicted"),
        lambda state, _viewer: state.is_active and state.contradicted,
        {"match": CONTRADICTED},
    ),
    "not-checkable": Shown(
        _("Not checkable"),
        lambda state, _viewer: not state.checkable and not state.dismissed,
        {"state": "not-checkable"},
    ),
    "dismissed": Shown(
        _("Dismissed"), lambda state, _viewer: state.dismissed, {"state": "dismissed"}
    ),
}
"""The filters of the queue by their word in the address."""
