"""Blind second checks: nothing that anyone but the decider is answered depends on the first verdict."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import count, repeat
from typing import NamedTuple

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from claims.access import Role
from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    assign_claims,
    comment,
    decide_claim,
    edit_evidence,
    merge_claims,
    preview_bulk_change,
    remove_evidence,
    second_check,
    send_back,
    start_bulk_change,
    undo_bulk_change,
    undo_change,
)
from claims.choices import ChangeAction, ReviewStatus, Stance, Verdict
from claims.errors import BlindCheckError
from claims.models import (
    BulkChange,
    Change,
    ChangedClaim,
    Claim,
    Comment,
    Correction,
    Decision,
    Evidence,
)
from claims.models.claims.blind import hidden_among, hidden_from, open_to_all
from tests.models import rows
from tests.web import walk, world
from tests.web.walk import Answer
from tests.web.world import MARK, World


class Clock(datetime):
    """The clock of Django: each look at it is a millisecond later, until it is stopped."""

    looks: Iterator[int] = count()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        moment = datetime(2026, 5, 4, 9, 30, tzinfo=UTC) + timedelta(milliseconds=next(cls.looks))
        return moment.astimezone(tz)

    @classmethod
    def start(cls) -> None:
        cls.looks = count(100_000)

    @classmethod
    def stop(cls) -> None:
        cls.looks = repeat(500_000)


COLUMNS = "&".join(
    f"columns={one}"
    for one in ("statement", "verdict", "decided", "touched", "review_status", "assigned")
)


class First(NamedTuple):
    """What the first checker said."""

    verdict: Verdict
    stance: Stance
    reason: str


WORLDS = (
    First(Verdict.DISPUTED, Stance.AGAINST, "Quillon counted eight"),
    First(Verdict.VERIFIED, Stance.FOR, "Brasko counted nine"),
)


@pytest.fixture
def newsroom(db, settings, tmp_path, monkeypatch) -> World:
    """A newsroom whose clock does not depend on the machine's."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(Clock, "looks", count())
    monkeypatch.setattr(timezone, "datetime", Clock)
    return world.make(User.objects.create_superuser("maker", first_name="Mara"))


def _account(role: Role) -> User:
    user = User.objects.create_user(f"the-{role.value}", is_staff=True)
    user.groups.set([Group.objects.get(name=role.value)])
    return User.objects.get(pk=user.pk)


@pytest.fixture
def checker(newsroom) -> User:
    return _account(Role.EDITOR)


def _maker() -> User:
    return User.objects.get(username="maker")


def _decided(newsroom: World, checker: User, first: First) -> Claim:
    """Two claims are decided, one of them in bulk, and wait for a blind check; one is the checker's to look at."""
    maker = _maker()
    text = newsroom.claim.revision
    in_bulk = rows.claim(text, 81, source=newsroom.source, statement=f"{MARK} had rain")
    bulk_change = preview_bulk_change(
        actor=maker,
        action=ChangeAction.DECIDE,
        fields={"verdict": first.verdict.value},
        claims=Claim.objects.filter(pk=in_bulk.pk),
        note=first.reason,
    )
    start_bulk_change(actor=maker, bulk_change_id=bulk_change.pk)
    claim = Claim.objects.get(pk=newsroom.claim.pk)
    document = EvidenceDraft(title="Count", url="https://count.example.org/", stance=first.stance)
    add_evidence(actor=maker, claim_id=claim.pk, version=claim.version, evidence=document)
    claim.refresh_from_db()
    decide_claim(
        actor=maker,
        claim_id=claim.pk,
        version=claim.version,
        verdict=first.verdict,
        reason=first.reason,
    )
    comment(actor=maker, claim_id=claim.pk, text=first.reason)
    # Someone else looks at what a bulk change would do, and has not begun it.
    preview_bulk_change(
        actor=User.objects.create_superuser("lena"),
        action=ChangeAction.DECIDE,
        fields={"verdict": "pending"},
        claims=Claim.objects.filter(pk__in=[claim.pk, in_bulk.pk]),
        replace=True,
    )
    claim.refresh_from_db()
    assign_claims(actor=maker, versions={claim.pk: claim.version}, to=checker)
    for one in (claim, in_bulk):
        one.refresh_from_db()
        ask_second_check(actor=maker, claim_id=one.pk, version=one.version, blind=True)
        one.refresh_from_db()
    return claim


def _told(user: User, newsroom: World) -> dict[str, Answer]:
    """Every answer that a person gets, but for what differs from answer to answer."""
    client = Client()
    client.force_login(user)
    Clock.stop()
    return {question: _plain(answer) for question, answer in _asked(client, newsroom)}


def _plain(answer: Answer) -> Answer:
    body = re.sub(rb'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', rb"", answer.body)
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
    yield "/articles/?waiting"
    yield "/corrections/?told"
    yield "/statistics/?weeks=52"
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
    for model in (BulkChange, Change, ChangedClaim, Claim, Comment, Decision, Evidence):
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
    for text in (f"New. {world.TEXT}", "Something else altogether."):
        yield f"/articles/{newsroom.article.pk}/update/", {"step": "look", "text": text}
    for key in ("csv", "jsonl"):
        yield "/claims/export/", {"every": "on", "list": "state=all", "format": key}
    yield "/reports/new/", {"every": "on", "list": "verdict=disputed"}
    yield "/admin/claims/claim/export/", {"format": "0"}


# Django's own pages ask for variables that are not there.
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF])
def test_no_answer_to_the_checker_depends_on_the_first_verdict(newsroom, role):
    checker = _account(role)
    told = []
    for first in WORLDS:
        _count_on()
        Clock.start()
        with transaction.atomic():
            _decided(newsroom, checker, first)
            told.append(_told(checker, newsroom))
            transaction.set_rollback(True)
    one, other = told
    assert one.keys() == other.keys()
    told_apart = [_difference(at, one[at], other[at]) for at in one if one[at] != other[at]]
    assert not told_apart, "\n\n".join("\n".join(lines) for lines in told_apart)
    for first, answers in zip(WORLDS, told, strict=True):
        word = first.reason.split()[0].encode()
        # A search page says what was searched for.
        assert [
            at for at, one in answers.items() if word in one.body and word.decode() not in at
        ] == []


def _difference(question: str, one: Answer, other: Answer) -> tuple[str, ...]:
    """Where two answers begin to differ."""
    if one.body == other.body:
        return question, f"{one.status} {one.location}", f"{other.status} {other.location}"
    pairs = enumerate(zip(one.body, other.body, strict=False))
    place = next((at for at, (left, right) in pairs if left != right), 0)
    sides = (each.body[max(0, place - 60) : place + 60].decode() for each in (one, other))
    return question, *sides


def _count_on() -> None:
    """Have each table number its next row after its last: PostgreSQL takes no number back with a transaction."""
    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(line)


@pytest.mark.ignore_template_errors
def test_what_the_decider_is_answered_does_depend_on_it(newsroom, checker):
    pages = [
        "/claims/?state=all",
        "/",
        "/articles/",
        "/statistics/",
        "/corrections/",
        "/admin/claims/decision/",
    ]
    pages += [
        "/admin/claims/claim/",
        "/admin/claims/change/",
        "/admin/claims/evidence/",
        "/bulk-changes/",
    ]
    pages += [f"/claims/{newsroom.claim.pk}/history/", f"{newsroom.article.get_absolute_url()}"]
    client = Client()
    client.force_login(_maker())
    told = []
    for first in WORLDS:
        _count_on()
        Clock.start()
        with transaction.atomic():
            _decided(newsroom, checker, first)
            told.append([_plain(walk.ask(client, path, "GET")) for path in pages])
            transaction.set_rollback(True)
    same = [path for path, one, other in zip(pages, *told, strict=True) if one == other]
    assert same == ["/bulk-changes/"]


class TestWhoKnows:
    def test_only_the_decider_does_whoever_undid_and_did_it_again(self, newsroom, checker):
        claim = _decided(newsroom, checker, WORLDS[0])
        claim.refresh_from_db()
        for step in (undo_change, undo_change):
            change = claim.changed.latest("pk").change
            step(actor=_maker(), change_id=change.pk)
        claim.refresh_from_db()
        assert (claim.blind, claim.review_status) == (True, ReviewStatus.WAITING)
        everything = Claim.objects.all()
        assert claim.pk not in hidden_from(_maker(), everything)
        assert claim.pk in hidden_from(checker, everything)

    def test_one_who_did_a_decision_again_did_not_make_it(self, newsroom, checker):
        claim, other = newsroom.claim, _account(Role.CHIEF)
        claim.refresh_from_db()
        decide_claim(
            actor=_maker(), claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED
        )
        for _time in range(2):
            undo_change(actor=other, change_id=claim.changed.latest("pk").change_id)
        claim.refresh_from_db()
        ask_second_check(actor=_maker(), claim_id=claim.pk, version=claim.version, blind=True)
        claim.refresh_from_db()
        assert hidden_among(_maker(), [claim]) == set()
        assert hidden_among(other, [claim]) == {claim.pk}

    def test_a_claim_that_does_not_wait_or_not_blindly_is_open(self, newsroom, checker):
        claim = _decided(newsroom, checker, WORLDS[0])
        assert claim not in open_to_all(Claim.objects.all())
        for blind, process in ((False, ReviewStatus.WAITING), (True, ReviewStatus.CHECKED)):
            Claim.objects.filter(pk=claim.pk).update(blind=blind, review_status=process)
            assert claim in open_to_all(Claim.objects.all())
            assert claim.pk not in hidden_from(checker, Claim.objects.all())


class TestWhatTheCheckerMayDo:
    @pytest.fixture
    def claim(self, newsroom, checker) -> Claim:
        return _decided(newsroom, checker, WORLDS[0])

    def test_not_take_back_what_the_verdict_rests_on(self, claim, checker):
        telling = [
            row for row in claim.changed.all() if row.after.keys() & {"verdict", "review_status"}
        ]
        assert len(telling) == 2
        for row in telling:
            with pytest.raises(BlindCheckError):
                undo_change(actor=checker, change_id=row.change_id)

    def test_not_change_nor_remove_evidence_nor_take_back_what_others_did_to_it(
        self, claim, checker
    ):
        piece = claim.evidence.get(title="Count")
        place = {"actor": checker, "evidence_id": piece.pk, "version": claim.version}
        attached = claim.changed.get(after__has_key=f"evidence/{piece.pk}")
        with pytest.raises(BlindCheckError):
            edit_evidence(**place, evidence=EvidenceDraft(title="Mine", url=piece.url))
        with pytest.raises(BlindCheckError):
            remove_evidence(**place)
        with pytest.raises(BlindCheckError):
            undo_change(actor=checker, change_id=attached.change_id)
        assert claim.evidence.not_removed().get(pk=piece.pk).title == "Count"

    def test_add_evidence_and_take_that_back(self, claim, checker):
        mine = EvidenceDraft(title="Mine", url="https://mine.example.org/")
        place = {"actor": checker, "claim_id": claim.pk, "version": claim.version}
        added = add_evidence(**place, evidence=mine)
        undo_change(actor=checker, change_id=claim.changed.latest("pk").change_id)
        assert not Evidence.objects.not_removed().filter(pk=added.pk).exists()

    def test_take_back_their_own_words(self, claim, checker, client):
        client.force_login(checker)
        client.post(
            f"/claims/{claim.pk}/reword/", {"version": claim.version, "statement": "Other words"}
        )
        own = claim.changed.latest("pk")
        assert own.after == {"statement": "Other words"}
        undo_change(actor=checker, change_id=own.change_id)
        claim.refresh_from_db()
        assert claim.statement != "Other words"

    def test_not_open_the_check_nor_send_back_nor_merge(self, claim, checker, newsroom):
        place = {"actor": checker, "claim_id": claim.pk, "version": claim.version}
        with pytest.raises(BlindCheckError):
            ask_second_check(**place, blind=False)
        with pytest.raises(BlindCheckError):
            send_back(**place, comment="Update the preview")
        second = Claim.objects.get(pk=newsroom.second.pk)
        with pytest.raises(BlindCheckError):
            merge_claims(
                actor=checker, versions={claim.pk: claim.version, second.pk: second.version}
            )

    def test_a_bulk_change_is_taken_back_but_for_what_the_checker_must_not_know(
        self, claim, checker
    ):
        bulk_change = BulkChange.objects.get(status="done", action=ChangeAction.DECIDE)
        taken_back = undo_bulk_change(actor=checker, bulk_change_id=bulk_change.pk)
        assert (taken_back.done, taken_back.changed) == (1, 0)

    def test_see_everything_after_their_own_verdict(self, claim, checker, client):
        client.force_login(checker)
        page = f"{claim.revision.article.get_absolute_url()}?claim={claim.pk}"
        hidden = client.get(page).content.decode()
        assert (
            "You will see whether each document supports or contradicts the claim after your check."
            in hidden
        )
        assert "stance--" not in hidden.partition("evidence__item")[2].partition("</ul>")[0]
        second_check(
            actor=checker, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED
        )
        shown = client.get(page).content.decode()
        assert "stance--against" in shown
        assert WORLDS[0].reason in shown
