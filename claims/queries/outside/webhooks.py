"""What messages to other systems say, at the moment when they are sent."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from claims.choices import WebhookEvent
from claims.models import Article, Claim, Decision, Report, SecondCheck, WebhookDelivery
from claims.models.claims.blind import closed_to
from claims.models.outside.webhooks import addresses_of

_Told = dict[str, Any]


def body_of(delivery: WebhookDelivery) -> str:
    """Return a message as it is sent now, in JSON.

    While a claim waits for a blind second check, nothing in it tells a verdict, whenever the message was written.
    """
    body = {
        "type": delivery.event,
        "timestamp": delivery.created_at.isoformat(),
        "data": _TELL[WebhookEvent(delivery.event)](delivery),
    }
    return json.dumps(body, ensure_ascii=False)


def _article(delivery: WebhookDelivery) -> _Told:
    pk = delivery.data["article"]
    return {"article": _place("article", pk) | _text(delivery, Article, pk, "headline")}


def _decided(delivery: WebhookDelivery) -> _Told:
    decision = Decision.objects.only("verdict", "previous_verdict", "undoes").get(
        pk=delivery.data["decision"]
    )
    return _of_claim(delivery) | _unless_hidden(
        delivery.data["claim"],
        {
            "verdict": decision.verdict,
            "previous_verdict": decision.previous_verdict,
            "withdrawn": decision.undoes_id is not None,
        },
    )


def _check(delivery: WebhookDelivery) -> _Told:
    check = SecondCheck.objects.select_related("decision").get(pk=delivery.data["check"])
    about = {"id": check.pk, "state": delivery.data["state"], "blind": check.blind}
    verdicts = {"verdict": check.decision.verdict, "second_verdict": check.verdict or None}
    return _of_claim(delivery) | {"check": about} | _unless_hidden(check.claim_id, verdicts)


def _of_claim(delivery: WebhookDelivery) -> _Told:
    return {
        "claim": _claim(delivery, delivery.data["claim"]) | {"version": delivery.data["version"]},
        "article": _place("article", delivery.data["article"]),
    }


def _claim(delivery: WebhookDelivery, pk: int) -> _Told:
    return _place("claim", pk) | _text(delivery, Claim, pk, "statement")


def _unless_hidden(claim: int, verdicts: _Told) -> _Told:
    """Return what is told of a claim's verdict: nothing while somebody is to check it without knowing it."""
    hidden = bool(closed_to(AnonymousUser(), Claim.objects.filter(pk=claim)))
    return (dict.fromkeys(verdicts) if hidden else verdicts) | {"verdict_hidden": hidden}


def _contradiction(delivery: WebhookDelivery) -> _Told:
    return {side: _claim(delivery, delivery.data[side]) for side in ("earlier", "later")}


def _published(delivery: WebhookDelivery) -> _Told:
    return _report(delivery) | {name: delivery.data[name] for name in ("public", "withdrawn")}


def _corrected(delivery: WebhookDelivery) -> _Told:
    claim = delivery.data["claim"]
    return _report(delivery) | {
        "part": delivery.data["part"],
        "claim": _claim(delivery, claim) if claim else None,
    }


def _report(delivery: WebhookDelivery) -> _Told:
    report = Report.objects.only("public").get(pk=delivery.data["report"])
    told = _place("report", report.pk) | {"public_url": report.public_address or None}
    return {"report": told | _text(delivery, Report, report.pk, "title")}


def _text(delivery: WebhookDelivery, model: type[Model], pk: int, field: str) -> _Told:
    """Return a text of something as it is now, if the webhook is to be told texts; None for what has been deleted."""
    if not delivery.webhook.includes_texts:
        return {}
    found = model._default_manager.filter(pk=pk).values_list(field, flat=True)
    return {field: found.first()}


def _place(noun: str, pk: int) -> _Told:
    return {"id": pk, **addresses_of(noun, pk)}


_TELL: Mapping[WebhookEvent, Callable[[WebhookDelivery], _Told]] = MappingProxyType(
    {
        WebhookEvent.ARTICLE_CREATED: _article,
        WebhookEvent.CLAIM_DECIDED: _decided,
        WebhookEvent.CHECK_REQUESTED: _check,
        WebhookEvent.CHECK_ANSWERED: _check,
        WebhookEvent.CONTRADICTION_FOUND: _contradiction,
        WebhookEvent.REPORT_PUBLISHED: _published,
        WebhookEvent.REPORT_CORRECTED: _corrected,
    }
)
"""What is told of each event."""
