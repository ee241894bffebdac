"""A newsroom in which one person decided, and another one is asked for a blind check."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import count, repeat
from typing import NamedTuple

from django.contrib.auth.models import Group, User
from django.utils import timezone

from claims.access import Role
from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    assign_claims,
    comment,
    decide_claim,
    preview_bulk_change,
    start_bulk_change,
)
from claims.choices import ChangeAction, MatchRelation, Stance, Verdict
from claims.models import Claim
from tests.models import match_rows, rows
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


class First(NamedTuple):
    """What the first checker said."""

    verdict: Verdict
    stance: Stance
    reason: str


WORLDS = (
    First(Verdict.DISPUTED, Stance.AGAINST, "Quillon counted eight"),
    First(Verdict.VERIFIED, Stance.FOR, "Brasko counted nine"),
)


ASKED = "Please count again"
"""What the second checker is told."""


def account(role: Role) -> User:
    """Someone new with a role."""
    user = User.objects.create_user(f"the-{role.value}", is_staff=True)
    user.groups.set([Group.objects.get(name=role.value)])
    return User.objects.get(pk=user.pk)


def maker_account() -> User:
    """Who gives the first verdict."""
    return User.objects.get(username="maker")


def decided(newsroom: World, checker: User, first: First) -> Claim:
    """Two claims are decided, one of them in bulk, and wait for a blind check; one is the checker's to look at."""
    maker = maker_account()
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
        note=f"{first.reason}, by phone",
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
    assign_claims(
        actor=maker,
        versions={claim.pk: claim.version},
        to=checker,
        due_on=date(2026, 5, 1),
        note=first.reason,
    )
    for one, of in ((claim, checker), (in_bulk, None)):
        one.refresh_from_db()
        ask_second_check(
            actor=maker, claim_id=one.pk, version=one.version, blind=True, of=of, note=ASKED
        )
        one.refresh_from_db()
    _matched(claim, in_bulk)
    return claim


def _matched(claim: Claim, in_bulk: Claim) -> None:
    """What the archive knows: another claim has the words of one of them, and contradicts the other one."""
    again = rows.claim(claim.revision, 60, statement=claim.statement)
    match_rows.match(claim, again)
    match_rows.match(
        in_bulk,
        again,
        relation=MatchRelation.CONTRADICTS,
        challenges=True,
        proposed_at=timezone.now(),
    )
