"""Two writers at the same moment, each in a thread with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.actions import EvidenceDraft, add_evidence, decide, import_article
from claims.choices import Verdict
from claims.errors import StaleVersionError
from claims.extraction import extract
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Decision, Evidence, Source
from tests.models import rows

pytestmark = pytest.mark.usefixtures("shared_database")

PATIENCE = 60
"""Seconds after which a test that hangs fails."""


def _at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What the deeds gave or raised, begun together."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            barrier.wait(PATIENCE)
            return deed()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds, timeout=PATIENCE))


@pytest.fixture
def editors() -> list[User]:
    return [User.objects.create_superuser(name) for name in ("edda", "edgar")]


@pytest.fixture
def claim(editors) -> Claim:
    return rows.claim(rows.revision(editors[0]))


@pytest.mark.parametrize("round_", range(5))
def test_of_two_editors_one_decides_and_the_other_is_told(editors, claim, round_):
    def deciding(actor: User) -> Callable[[], Decision]:
        document = EvidenceDraft(title="Register", url="https://register.example.org/")
        return lambda: decide(
            actor=actor,
            claim_id=claim.pk,
            version=1,
            verdict=Verdict.DISPUTED,
            reason=f"{actor.username} knows better.",
            evidence=document,
        )

    outcomes = _at_once(*map(deciding, editors))
    assert {type(outcome) for outcome in outcomes} == {Decision, StaleVersionError}
    assert Decision.objects.get() in outcomes
    assert Evidence.objects.get().added_by == Decision.objects.get().actor
    claim.refresh_from_db()
    assert (claim.version, claim.verdict) == (2, Verdict.DISPUTED)


def test_a_double_click_in_two_requests_decides_once(editors, claim):
    def click() -> Decision:
        return decide(actor=editors[0], claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)

    first, second = _at_once(click, click)
    assert first == second == Decision.objects.get()


def test_evidence_and_verdict_at_once_are_never_mixed(editors, claim):
    document = EvidenceDraft(title="Register", url="https://register.example.org/")
    outcomes = _at_once(
        lambda: add_evidence(actor=editors[0], claim_id=claim.pk, version=1, evidence=document),
        lambda: decide(actor=editors[1], claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED),
    )
    assert [isinstance(outcome, StaleVersionError) for outcome in outcomes].count(True) == 1
    assert Evidence.objects.count() + Decision.objects.count() == 1


def test_one_draft_imported_twice_is_one_article(editors):
    draft = ArticleDraft(headline="Rain", body="Rain will fall, Ada Venn said.\n\nIt rained.")
    first, second = _at_once(
        *(lambda actor=actor: import_article(actor=actor, draft=draft) for actor in editors)
    )
    assert first.article == second.article == Article.objects.get()
    assert sorted([first.created, second.created]) == [False, True]
    assert Claim.objects.count() == len(extract(draft.body))
    assert Source.objects.count() == 1


@pytest.mark.parametrize("names", [["Ada Venn"], ["Ada Venn", "Bo Tarn"]], ids=len)
def test_two_articles_that_bring_in_the_same_people_share_their_sources(editors, names):
    """The one that comes second waits for the first one's sources, and then takes them.

    It names them the other way round: if each made its sources in the order of its text, both would wait
    for each other.
    """
    body = "\n\n".join(f"Rain will fall, {name} said." for name in reversed(names))
    first_is_made = Event()

    def first() -> set[Source]:
        with transaction.atomic():
            made = {rows.source(names[0])}
            first_is_made.set()
            _wait_until_somebody_waits()
            return made | {rows.source(name) for name in names[1:]}

    def second() -> set[Source]:
        first_is_made.wait(PATIENCE)
        draft = ArticleDraft(headline="Rain", body=body)
        article = import_article(actor=editors[0], draft=draft).article
        return set(Source.objects.filter(claims__revision__article=article))

    made, found = _at_once(first, second)
    assert made == found == set(Source.objects.all())


def _wait_until_somebody_waits() -> None:
    """On PostgreSQL, until another connection waits for a lock. SQLite's second writer waits before it begins."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for _time in range(100_000):
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0]:
                return
    pytest.fail("the other writer never waited for this one")
