"""What other systems are to be told: written down in the transaction of what happened, and sent by the worker."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claims.choices import WebhookEvent
from claims.models import Article, Claim, Decision, Report, Webhook, WebhookDelivery
from claims.models.base.prepared import Prepared
from claims.models.claims.second_checks import LOGGED as CHECKED

_BATCH = 500
_TOLD = Prepared(lambda: Webhook.objects.active().values_list("pk", "events"))

REQUESTED, ANSWERED, WITHDRAWN = "requested", "answered", "withdrawn"
"""What an event of a second check says has become of it."""

_Both = tuple[Mapping[str, Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that other systems may be told of.

    Attributes:
        kind: what happened.
        subject: what it happened to. Events of one subject are sent in their order.
        data: the numbers of what it is about.
    """

    kind: WebhookEvent
    subject: str
    data: Mapping[str, Any]


def record_events(events: Iterable[Event]) -> None:
    """Put a message for each webhook that is to be told into the queue, in the caller's transaction.

    It runs no query for no events, one if nobody is to be told, and otherwise one more for some hundred messages.
    """
    happened = list(events)
    if not happened:
        return
    told = _TOLD.all()
    deliveries = [
        WebhookDelivery(
            webhook_id=webhook, event=event.kind, subject=event.subject, data=event.data
        )
        for event in happened
        for webhook, wanted in told
        if event.kind in wanted
    ]
    WebhookDelivery.objects.bulk_create(deliveries, batch_size=_BATCH)


def record_articles(articles: Iterable[Article]) -> None:
    """Tell that articles came in."""
    record_events(
        Event(WebhookEvent.ARTICLE_CREATED, f"article/{one.pk}", {"article": one.pk})
        for one in articles
    )


def record_changes(fields: Mapping[Claim, _Both], decisions: Iterable[Decision]) -> None:
    """Tell of changes of claims: what was decided, and which second checks were requested, answered or withdrawn.

    Args:
        fields: the changed fields of each claim, before and after.
        decisions: the decisions that belong to the changes.
    """
    record_events(_events_of(fields, {one.claim_id: one for one in decisions}))


def _events_of(fields: Mapping[Claim, _Both], decisions: Mapping[int, Decision]) -> Iterator[Event]:
    for claim, (before, after) in fields.items():
        subject, data = _of_claim(claim)
        if claim.pk in decisions:
            decided = {**data, "decision": decisions[claim.pk].pk}
            yield Event(WebhookEvent.CLAIM_DECIDED, subject, decided)
        for name in after:
            if name.startswith(CHECKED) and (found := _step(before[name], after[name])):
                kind, state = found
                check = int(name.removeprefix(CHECKED))
                yield Event(kind, subject, {**data, "check": check, "state": state})


def _of_claim(claim: Claim) -> tuple[str, dict[str, Any]]:
    of = {"claim": claim.pk, "version": claim.version, "article": claim.revision.article_id}
    return f"claim/{claim.pk}", of


def _step(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[WebhookEvent, str] | None:
    """Return what has become of a second check, from what the log says of it; None if nothing has."""
    if after is None:
        return WebhookEvent.CHECK_REQUESTED, WITHDRAWN
    was_answered, is_answered = bool(before and before["answered_at"]), bool(after["answered_at"])
    if before is None and not is_answered:
        return WebhookEvent.CHECK_REQUESTED, REQUESTED
    if was_answered == is_answered:
        return None
    return WebhookEvent.CHECK_ANSWERED, ANSWERED if is_answered else WITHDRAWN


def record_contradictions(pairs: Iterable[tuple[int, int]]) -> None:
    """Tell of claims that contradict earlier ones, given as the numbers of the earlier and the later one."""
    record_events(
        Event(
            WebhookEvent.CONTRADICTION_FOUND,
            f"claim/{earlier}",
            {"earlier": earlier, "later": later},
        )
        for earlier, later in pairs
    )


def record_publication(report: Report) -> None:
    """Tell that a report was published or made public, or is public no longer."""
    data = {
        "report": report.pk,
        "public": report.public,
        "withdrawn": report.withdrawn_at is not None,
    }
    record_events([Event(WebhookEvent.REPORT_PUBLISHED, f"report/{report.pk}", data)])


def record_corrections(reports: Iterable[int], *, part: str, claim: int | None = None) -> None:
    """Tell that readers of published reports were told of a correction or an update.

    Args:
        reports: the reports' numbers.
        part: what was corrected: "claim", or the text of the report by its name.
        claim: the claim's number, if it is one.
    """
    record_events(
        Event(
            WebhookEvent.REPORT_CORRECTED,
            f"report/{report}",
            {"report": report, "part": part, "claim": claim},
        )
        for report in reports
    )
