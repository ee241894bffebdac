"""Notifications: who is told of what others do, in the same transaction, and what has been read."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Q
from django.utils import timezone

from claims.choices import ChangeAction, NotificationKind, ReviewStatus
from claims.models import BulkChange, Change, ChangedClaim, Claim, Notification, Report
from claims.queries.accounts import display_name, mentioned_among

_AT_ONCE = 1000
"""How many old ones are deleted at a time."""

_MENTION = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")
_MOST_MENTIONED = 20
"""Up to how many names in one comment are looked up."""

_People = Mapping[int, Sequence[Claim]]

_WITHDRAWN = frozenset({"assigned_to_id", "review_status"})
"""Fields of changes that notify somebody."""


def notify(
    *,
    actor: User,
    kind: NotificationKind,
    to: _People,
    change: Change | None = None,
    bulk_change: BulkChange | None = None,
) -> None:
    """Notify people of what happened to claims: each person once, and nobody of their own act.

    Actions call it in their transaction. It runs one query, or three within a bulk change, whose steps add up to
    one notification; none if nobody is to be told.

    Args:
        actor: who did it.
        kind: what it is.
        to: the claims that concern each person, by the person's id. They come with their revisions.
        change: the change in the log, if it is one: undoing that withdraws what nobody has read yet.
        bulk_change: the bulk change that it belongs to.
    """
    told = {pk: claims for pk, claims in to.items() if pk != actor.pk and claims}
    if not told:
        return
    so_far: dict[int, Notification] = {}
    if bulk_change:
        same = Notification.objects.unread().filter(bulk_change=bulk_change, kind=kind)
        so_far = {one.recipient_id: one for one in same.filter(recipient__in=told)}
    for pk, one in so_far.items():
        one.number += len(told[pk])
        one.claim = None
        one.article_id = _article_of(told[pk]) if one.article_id == _article_of(told[pk]) else None
    if so_far:
        Notification.objects.bulk_update(so_far.values(), ["number", "claim", "article"])
    Notification.objects.bulk_create(
        Notification(
            recipient_id=pk,
            kind=kind,
            actor=actor,
            actor_name=display_name(actor),
            number=len(claims),
            claim=claims[0] if len(claims) == 1 else None,
            article_id=_article_of(claims),
            change=None if bulk_change else change,
            bulk_change=bulk_change,
        )
        for pk, claims in told.items()
        if pk not in so_far
    )


def _article_of(claims: Iterable[Claim]) -> int | None:
    """Return the article of all of some claims; None if there are several."""
    articles = {claim.revision.article_id for claim in claims}
    return articles.pop() if len(articles) == 1 else None


def notify_of_changes(
    actor: User,
    action: ChangeAction,
    changes: Sequence[Change],
    fields: Mapping[Claim, tuple[Mapping[str, Any], Mapping[str, Any]]],
    undone: Iterable[ChangedClaim],
) -> None:
    """Notify those to whom a change assigns claims or sends them back, and withdraw what no longer holds.

    Args:
        actor: who made the change.
        action: what the log calls it.
        changes: the changes as they are in the log, one for each article.
        fields: the changed fields of each claim, before and after.
        undone: the log entries that it undoes.
    """
    fields = {claim: both for claim, both in fields.items() if both[1].keys() & _WITHDRAWN}
    if not fields:
        return
    _withdraw(undone, fields)
    people: dict[NotificationKind, dict[int, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim, (before, after) in fields.items():
        person = after.get("assigned_to_id")
        sent_back = (
            action == ChangeAction.SEND_BACK
            and after.get("review_status") == ReviewStatus.SENT_BACK
        )
        if person and (sent_back or before["assigned_to_id"] != person):
            kind = NotificationKind.SENT_BACK if sent_back else NotificationKind.ASSIGNED
            people[kind][person].append(claim)
    for kind, to in people.items():
        notify(actor=actor, kind=kind, to=to, change=changes[0], bulk_change=changes[0].bulk_change)


def _withdraw(
    undone: Iterable[ChangedClaim],
    fields: Mapping[Claim, tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> None:
    """Delete the unread notifications of what is undone, and of claims that are assigned to others now."""
    undone = list(undone)
    gone = Q(change__in={row.change_id for row in undone})
    assigned = {claim.pk: both[0].get("assigned_to_id") for claim, both in fields.items()}
    if any(assigned.values()):
        gone |= Q(
            kind=NotificationKind.ASSIGNED,
            recipient__in=set(filter(None, assigned.values())),
            claim__in=[pk for pk, person in assigned.items() if person],
        )
    Notification.objects.unread().filter(gone).delete()
    # A bulk change is undone as a whole, step by step, or an article's part of it alone.
    bulk_change = undone[0].change.bulk_change_id if undone else None
    if bulk_change:
        left = Notification.objects.unread().filter(bulk_change=bulk_change)
        left.filter(number__lte=len(undone)).delete()
        left.update(number=F("number") - len(undone))


def notify_of_corrections(actor: User, reports: Collection[int]) -> None:
    """Notify those who drafted or published reports that these need a correction."""
    if not reports:
        return
    made = Report.objects.filter(pk__in=reports).values_list("pk", "made_by", "published_by")
    to = {(person, pk) for pk, *people in made for person in people}
    _notify_of_reports(actor, NotificationKind.CORRECTION, to)


def notify_of_draft(
    actor: User, report: Report, kind: NotificationKind, people: Iterable[int | None]
) -> None:
    """Notify people of a step of a draft: each once, and nobody of their own act. It takes the place of the step before."""
    _notify_of_reports(actor, kind, {(person, report.pk) for person in people})


def _notify_of_reports(
    actor: User, kind: NotificationKind, to: Collection[tuple[int | None, int]]
) -> None:
    """Notify people of reports, given as pairs of their ids; one without a person is passed over."""
    told = [(person, pk) for person, pk in to if person is not None and person != actor.pk]
    Notification.objects.bulk_create(
        (
            Notification(
                recipient_id=person,
                report_id=pk,
                kind=kind,
                actor=actor,
                actor_name=display_name(actor),
            )
            for person, pk in sorted(told)
        ),
        update_conflicts=True,
        unique_fields=["recipient", "report"],
        update_fields=["kind", "actor", "actor_name", "created_at", "read_at"],
    )


def notify_mentioned(actor: User, claim: Claim, text: str) -> None:
    """Notify those whose user names stand in a comment behind an @. It runs no query without one."""
    names = dict.fromkeys(name.rstrip(".").lower() for name in _MENTION.findall(text))
    wanted = list(names)[:_MOST_MENTIONED]
    if not wanted:
        return
    to = {pk: [claim] for pk in mentioned_among(wanted)}
    notify(actor=actor, kind=NotificationKind.MENTIONED, to=to)


def mark_read(
    *, reader: User, claim: int | None = None, report: int | None = None, pk: int | None = None
) -> None:
    """Mark a person's notifications as read. Nothing is logged.

    Args:
        reader: whose.
        claim: only those of this claim.
        report: only those of this report.
        pk: only this one. Without any of the three, all of them.
    """
    wanted = {"claim": claim, "report": report, "pk": pk}
    only = {name: value for name, value in wanted.items() if value is not None}
    Notification.objects.unread().filter(recipient=reader, **only).update(read_at=timezone.now())
