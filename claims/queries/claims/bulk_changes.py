"""What a bulk change would do: which claims it leaves as they are and why, and the others before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import ChangeAction, ReviewStatus, Verdict
from claims.models import BulkChange, Claim, ClaimGroup, ClaimMatch, Source, Tag
from claims.models.claims.blind import seen_by
from claims.queries.accounts import display_name
from claims.queries.claims.matched import kept_from_taking_over, to_take_over
from claims.queries.claims.rows import ClaimRow, as_seen_by

PREVIEWED = 50
"""How many of the claims that would change a preview shows."""

KEPT = {
    "same": gettext_lazy("nothing to change"),
    "waiting": gettext_lazy("waiting for a second check"),
    "decided": gettext_lazy("already decided"),
    "unseen": gettext_lazy("no earlier verdict on the same words"),
    "differing": gettext_lazy("the earlier verdicts differ"),
}
"""Why a claim stays as it is."""


@dataclass(frozen=True)
class Change:
    """What a bulk change does to one claim, in words."""

    claim: Claim
    before: str
    after: str


def skipped(action: ChangeAction, fields: dict[str, Any], *, replace: bool) -> dict[str, Q]:
    """Which claims a bulk change leaves as they are, by the reason, a key of `KEPT`; no claim for two reasons.

    Args:
        action: what the history calls the change.
        fields: what the claims' columns become; `add_tag` and `remove_tag` name a tag by its id.
        replace: whether a verdict that somebody set is replaced by another one.
    """
    if action == ChangeAction.TAKE_OVER:
        return kept_from_taking_over()
    if "add_tag" in fields or "remove_tag" in fields:
        tagged = Claim.tags.through._default_manager.filter(
            tag=fields.get("add_tag", fields.get("remove_tag"))
        )
        so = Q(pk__in=tagged.values("claim"))
        return {"same": so if "add_tag" in fields else ~so}
    so = Q(**fields)
    if action != ChangeAction.DECIDE:
        return {"same": so}
    waiting = Q(review_status=ReviewStatus.WAITING)
    # Waiting first: who is to check a claim blind would learn its verdict from its being so already.
    kept = {"waiting": waiting, "same": so & ~waiting}
    if not replace:
        kept["decided"] = ~so & ~waiting & ~Q(verdict=Verdict.PENDING)
    return kept


def seen_bulk_changes(viewer: User) -> QuerySet[BulkChange]:
    """The bulk changes of which a person may know."""
    return seen_by(viewer, BulkChange.objects.all(), "changes__claims__claim")


def preview(bulk_change: BulkChange, viewer: User) -> Sequence[Change]:
    """The first claims that a bulk change lists, before and after; no verdict that the viewer must not know yet."""
    rows = bulk_change.listed.order_by("pk").values_list("claim", flat=True)[:PREVIEWED]
    claims = (
        Claim.objects.filter(pk__in=list(rows))
        .select_related("source", "assigned_to")
        .prefetch_related("tags")
        .in_reading_order()
    )
    seen = as_seen_by(viewer, claims)
    if bulk_change.action == ChangeAction.TAKE_OVER:
        taken = to_take_over(row.pk for row in seen)
        return [
            Change(row.claim, _before("verdict", row), _taken_over(taken[row.pk]))
            for row in seen
            if row.pk in taken
        ]
    ((field, wanted),) = bulk_change.fields.items()
    if field == "group_id":
        group = str(ClaimGroup.objects.select_related("canonical").get(pk=wanted))
        return [Change(row.claim, str(row.claim.group or _("no group")), group) for row in seen]
    after = _after(field, wanted)
    return [Change(row.claim, _before(field, row), after) for row in seen]


def _taken_over(match: ClaimMatch) -> str:
    """The verdict that a claim takes over, and the article that it comes from: what was true then may not be today."""
    earlier = match.earlier
    return _("%(verdict)s, as in “%(headline)s” of %(day)s") % {
        "verdict": Verdict(earlier.verdict).label,
        "headline": earlier.revision.article.headline,
        "day": date_format(timezone.localtime(earlier.listed_at), _("j M Y")),
    }


def _before(field: str, row: ClaimRow) -> str:
    """How a claim stands now, in words."""
    claim = row.claim
    if field == "verdict":
        return str(Verdict(row.verdict).label)
    if field == "dismissed":
        return _dismissed(is_dismissed=claim.dismissed)
    if field == "assigned_to_id":
        return display_name(claim.assigned_to) if claim.assigned_to else _("nobody")
    if field == "source_id":
        return str(claim.source or _("no source"))
    return ", ".join(str(tag) for tag in claim.tags.all()) or _("no tag")


def _after(field: str, wanted: Any) -> str:
    """What becomes of it, in words."""
    if field == "verdict":
        return str(Verdict(wanted).label)
    if field == "dismissed":
        return _dismissed(is_dismissed=wanted)
    if field == "assigned_to_id":
        person = User.objects.filter(pk=wanted).first()
        return display_name(person) if person else _("nobody")
    if field == "source_id":
        return str(Source.objects.get(pk=wanted))
    sign = "+" if field == "add_tag" else "–"
    return f"{sign} {Tag.objects.get(pk=wanted)}"


def _dismissed(*, is_dismissed: bool) -> str:
    return _("dismissed") if is_dismissed else _("in the queue")
