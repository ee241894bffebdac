"""Everything that a person can ask the desk, and what is answered."""

import re
from collections.abc import Iterator

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from claims.choices import Stance, Verdict
from claims.models import (
    BulkChange,
    Change,
    ChangedClaim,
    Claim,
    Comment,
    Correction,
    Decision,
    Evidence,
    SecondCheck,
)
from claims.queries.review.orders import ORDERS
from tests.web import walk, world
from tests.web.blind.first_check import WORLDS, Clock
from tests.web.walk import Answer
from tests.web.world import World

KNOWN = [f"match={one}" for one in ("seen", "checked", "contradicted", "superseded")]
AGAIN = [f"review={one}" for one in ("due", "date", "newer", "old")]
WORK = ["due=late", "due=dated", "asked=me", "asked=anyone"]
COLUMNS = "&".join(
    f"columns={one}"
    for one in (
        "statement",
        "verdict",
        "decided",
        "touched",
        "review_status",
        "assigned",
        "due",
        "archive",
    )
)


def told_to(user: User, newsroom: World) -> dict[str, Answer]:
    """Every answer that a person gets, but for what differs from answer to answer."""
    client = Client()
    client.force_login(user)
    Clock.stop()
    return {question: plain(answer) for question, answer in _asked(client, newsroom)}


def plain(answer: Answer) -> Answer:
    """An answer without what differs from answer to answer."""
    body = re.sub(rb'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', rb"", answer.body)
    # When a page was loaded, for the next question of what has changed since.
    body = re.sub(rb'data-since="[^"]*"', rb"", body)
    # What proves a new second factor is drawn by lot.
    body = re.sub(rb'"challenge": "[\w-]+"|data:image/svg\+xml[^"]+', b"", body)
    body = re.sub(rb'account__secret">\w+<', b"", body)
    # By the machine's clock, too.
    body = re.sub(rb"last used \d+ \w+ \d+, [\d:]+", b"", body)
    # Other programs of the machine fill the disk, too.
    body = re.sub(rb"[\d.]+\xc2\xa0\w+ of [\d.]+\xc2\xa0\w+ are free", b"", body)
    # How long ago something was: the page asks the machine's clock.
    return Answer(answer.status, answer.location, re.sub(rb"(?s)<time.*?</time>", rb"", body))


def _asked(client: Client, newsroom: World) -> Iterator[tuple[str, Answer]]:
    for address in walk.of_the_desk(newsroom):
        for method in ("GET", "POST"):
            yield f"{method} {address.path}", walk.ask(client, address.path, method)
        part = walk.ask(client, address.path, "GET", **{"HX-Request": "true"})
        yield f"PART {address.path}", part
    for address, _model, _verb in walk.of_the_admin():
        yield f"GET {address.path}", walk.ask(client, address.path, "GET")
    for path in (*_by_verdict(newsroom), *_lists(newsroom), *_records()):
        yield f"GET {path}", walk.ask(client, path, "GET")
    for path, typed in _forms(newsroom):
        answer = walk.ask(client, path, "POST", typed, follow=True)
        yield f"POST {path} {typed}", answer


def _by_verdict(newsroom: World) -> Iterator[str]:
    article = newsroom.article.get_absolute_url()
    for claim in Claim.objects.order_by("pk"):
        yield f"/claims/{claim.pk}/history/"
        yield f"{article}?claim={claim.pk}"
    for shown in ("pending", "decided", "verified", "disputed", "mine"):
        yield f"{article}?show={shown}"
    for verdict in (*Verdict.values, "decided"):
        listed = urlencode({"list": f"verdict={verdict}"})
        yield f"/claims/?verdict={verdict}&{COLUMNS}"
        yield f"/claims/filter/?verdict={verdict}"
        yield f"/claims/export/?every=on&{listed}"
        yield f"{article}?{listed}"
        yield f"/admin/claims/claim/?verdict={verdict}"
        yield f"/admin/claims/claim/?verdict__exact={verdict}"
        yield f"/admin/claims/decision/?verdict__exact={verdict}"
    for stance in Stance.values:
        yield f"/admin/claims/evidence/?stance__exact={stance}"


def _lists(newsroom: World) -> Iterator[str]:
    for first in WORLDS:
        word = first.reason.split()[0]
        for model in ("decision", "change", "changedclaim", "comment", "bulkchange", "claim"):
            yield f"/admin/claims/{model}/?q={word}"
        yield f"/search/?q={word}"
        yield f"/claims/?q={word}&state=all"
    yield f"/claims/?state=all&sort=decided&{COLUMNS}"
    yield f"/claims/?state=all&sort=due&{COLUMNS}"
    yield f"/claims/{newsroom.claim.pk}/documents/?words=count"
    for query in (*KNOWN, *AGAIN, *WORK):
        yield f"/claims/?{query}&{COLUMNS}"
        yield f"/claims/export/?every=on&{urlencode({'list': query})}"
    for order in ORDERS:
        yield f"{newsroom.article.get_absolute_url()}?order={order}"
    yield "/articles/?waiting"
    yield "/corrections/?told"
    yield "/statistics/?weeks=52"
    yield "/statistics/all.csv?weeks=52"
    yield "/claims/?checked=other"
    yield "/claims/?decided_by=me&state=all"
    yield f"/admin/claims/article/{newsroom.article.pk}/delete/"
    for order in range(1, 7):
        yield f"/admin/claims/claim/?o={order}"
    yield "/admin/claims/claim/?_facets=1"
    for key in ("csv", "html", "md", "jsonl"):
        yield f"/articles/{newsroom.article.pk}/report.{key}"
        yield f"/reports/{newsroom.draft.pk}/report.{key}"
        yield f"/reports/{newsroom.report.pk}/report.{key}"
    yield f"/reports/{newsroom.draft.pk}/"
    yield f"/reports/{newsroom.draft.pk}/page/"


def _records() -> Iterator[str]:
    for model in (
        BulkChange,
        Change,
        ChangedClaim,
        Claim,
        Comment,
        Decision,
        Evidence,
        SecondCheck,
    ):
        name = f"admin:claims_{model._meta.model_name}"
        for pk in model._default_manager.order_by("pk").values_list("pk", flat=True):
            yield reverse(f"{name}_change", args=[pk])
            yield reverse(f"{name}_history", args=[pk])
    for kept in Evidence.history.order_by("history_id"):
        yield reverse("admin:claims_evidence_simple_history", args=[kept.id, kept.pk])
    for bulk_change in BulkChange.objects.order_by("pk"):
        yield f"/bulk-changes/{bulk_change.pk}/"
    for correction in Correction.objects.order_by("pk"):
        yield f"/corrections/{correction.pk}/"


def _forms(newsroom: World) -> Iterator[tuple[str, dict[str, object]]]:
    claim = Claim.objects.get(pk=newsroom.claim.pk)
    second = Claim.objects.get(pk=newsroom.second.pk)
    here = {"version": claim.version}
    for change in Change.objects.order_by("pk"):
        yield f"/changes/{change.pk}/undo/", {}
    for bulk_change in BulkChange.objects.order_by("pk"):
        yield f"/bulk-changes/{bulk_change.pk}/undo/", {}
    for verdict in Verdict.values:
        yield f"/claims/{claim.pk}/decide/", {"version": 1, "verdict": verdict, "reason": "Mine"}
        for replace in ("", "on"):
            step = {"what": verdict, "reason": "Mine", "every": "on", "replace": replace}
            yield "/claims/change/?every=on", step
            yield f"/claims/change/?every=on&list=seen%3D{verdict}", step
    yield "/claims/change/?every=on", {"what": "take-over"}
    yield f"/claims/{claim.pk}/ask/", {**here}
    yield f"/claims/{claim.pk}/ask/", {**here, "blind": "on"}
    yield f"/claims/{claim.pk}/send-back/", {**here, "comment": "Update the preview"}
    merged = {**here, "other": second.pk, "other_version": second.version}
    yield f"/claims/{claim.pk}/merge/", merged
    yield f"/claims/{claim.pk}/reword/", {**here, "statement": "Other words"}
    yield f"/claims/{claim.pk}/dismiss/", here
    for piece in Evidence.objects.order_by("pk"):
        yield f"/evidence/{piece.pk}/remove/", {**here}
        told = {"title": piece.title, "url": piece.url, "looked_up": piece.looked_up.isoformat()}
        for stance in Stance.values:
            typed = {f"evidence-{piece.pk}-{name}": value for name, value in told.items()}
            yield (
                f"/evidence/{piece.pk}/edit/",
                {**here, **typed, f"evidence-{piece.pk}-stance": stance},
            )
        yield f"/evidence/{piece.pk}/move/", {**here, "to": 0}
        attached = {**here, "document": piece.pk, "everywhere": "on"}
        yield f"/claims/{claim.pk}/attach/", {**attached, "version": claim.version}
    new = {"evidence-url": "https://new.example.org/", "evidence-stance": ""}
    yield f"/claims/{claim.pk}/evidence/", {**here, **new}
    for text in (f"New. {world.TEXT}", "Something else altogether."):
        yield f"/articles/{newsroom.article.pk}/update/", {"step": "look", "text": text}
    for key in ("csv", "jsonl"):
        yield "/claims/export/", {"every": "on", "list": "state=all", "format": key}
    yield "/reports/new/", {"every": "on", "list": "verdict=disputed"}
    yield "/admin/claims/claim/export/", {"format": "0"}
