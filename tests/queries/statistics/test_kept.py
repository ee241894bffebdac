"""What is kept of each day is what is there, after any sequence of actions and however rows are written."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.actions import ACTIONS, decide_claim
from claims.actions.maintenance import count_stale_days
from claims.choices import Verdict
from claims.errors import WorkbenchError
from claims.models import Article, Claim, DailyCount, Desk, SecondCheck, StaleDay
from tests.actions.driven.articles import ARTICLES
from tests.actions.driven.claims import CLAIMS
from tests.actions.driven.matching import MATCHING
from tests.actions.driven.records import RECORDS
from tests.actions.driven.reports import REPORTS
from tests.conftest import version_of
from tests.models import rows
from tests.queries.statistics.recounting import brought_up_to_date, counted_anew

DRIVEN = {**ARTICLES, **CLAIMS, **MATCHING, **RECORDS, **REPORTS}
NOT_ACTIONS = ("count", "older", "decide", "desk")


@pytest.fixture(autouse=True)
def archive(settings) -> None:
    """There is an archive that evidence can be kept in."""
    settings.ARCHIVE_URL, settings.ARCHIVE_KEY = "https://archive.example.org", "key:secret"


def _older(claim: Claim) -> None:
    """What happened to a claim happened a day earlier."""
    now = timezone.now()
    Claim.objects.filter(pk=claim.pk).update(listed_at=now - timedelta(days=claim.version))
    Claim.objects.filter(pk=claim.pk).exclude(decided_at=None).update(
        decided_at=now - timedelta(days=claim.version % 3)
    )
    SecondCheck.objects.answered().update(answered_at=now - timedelta(days=2))


def _step(actor: User, name: str, claim: Claim) -> None:
    if name == "count":
        count_stale_days(1)
    elif name == "older":
        _older(claim)
    elif name == "desk":
        desk, _new = Desk.objects.get_or_create(name="Economy", name_key="economy")
        Article.objects.filter(pk=claim.revision.article_id).update(desk=desk)
    elif name == "decide":
        verdict = Verdict.values[claim.version % 3]
        decide_claim(actor=actor, verdict=Verdict(verdict), reason="Counted.", **version_of(claim))
    else:
        keywords = _prepared(name, claim)
        if keywords is not None:
            ACTIONS[name](actor=actor, **keywords)


def _prepared(name: str, claim: Claim) -> dict[str, Any] | None:
    """What an action is called with; None where what it needs cannot be made beside what is there already."""
    try:
        with transaction.atomic():
            return DRIVEN[name].keywords(claim)
    except (IntegrityError, MultipleObjectsReturned, ObjectDoesNotExist):
        return None


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from([*NOT_ACTIONS, *sorted(DRIVEN)]), st.integers(0, 3)),
        min_size=4,
        max_size=12,
    )
)
def test_it_is_what_a_count_of_all_days_finds(claims, steps):
    with transaction.atomic():
        actor = User.objects.create_superuser("avery")
        for name, place in steps:
            found = Claim.objects.order_by("pk")[place : place + 1].first()
            try:
                with transaction.atomic():
                    _step(actor, name, found or claims[0])
            except (WorkbenchError, ObjectDoesNotExist):
                continue
        assert brought_up_to_date() == counted_anew()
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(DRIVEN))
def test_no_action_passes_it_by(claims, name):
    actor = User.objects.create_superuser("avery")
    for claim in (claims[1], claims[3]):
        decide_claim(actor=actor, verdict=Verdict.VERIFIED, **version_of(claim))
    brought_up_to_date()
    ACTIONS[name](actor=actor, **DRIVEN[name].keywords(claims[2]))
    assert brought_up_to_date() == counted_anew()


def test_only_days_that_changed_are_counted_again(claims, editor):
    brought_up_to_date()
    DailyCount.objects.filter(what="pending").update(data=b"")
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claims[0]))
    days = set(StaleDay.objects.values_list("what", "day"))
    today = timezone.now().date()
    assert {what for what, _day in days} == {"pending", "decided"}
    assert ("decided", today) in days


def test_a_worker_counts_the_newest_days_first(editor):
    for back in range(4):
        text = rows.revision(editor)
        rows.claim(text)
        Claim.objects.filter(revision=text).update(listed_at=timezone.now() - timedelta(days=back))
    StaleDay.objects.filter(day=timezone.now().date()).delete()
    assert count_stale_days(1) == 1
    (counted,) = DailyCount.objects.all()
    assert counted.day == (timezone.now() - timedelta(days=1)).date()
