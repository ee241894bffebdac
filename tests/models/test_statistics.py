"""The days that are to be counted again are noted, whatever was written and however."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import timezone

from claims.choices import Verdict
from claims.models import Article, Claim, Correction, DailyCount, Desk, Report, StaleDay
from claims.models.statistics import hold_daily_counts, let_go_of_daily_counts, note_all_days
from tests.models import rows

MARCH, APRIL = (datetime(2026, month, 2, 12, tzinfo=UTC) for month in (3, 4))
PENDING, DECIDED, PUBLISHED = "pending", "decided", "published"
M, A = MARCH.date(), APRIL.date()


@pytest.fixture
def claim(editor) -> Claim:
    """A pending claim of an article of March, all of whose days have been counted."""
    claim = rows.claim(rows.revision(editor, article=rows.article(editor, published_at=MARCH)))
    StaleDay.objects.all().delete()
    return claim


def noted() -> set[tuple[str, date]]:
    found = set(StaleDay.objects.values_list("what", "day"))
    StaleDay.objects.all().delete()
    return found


def become(claim: Claim, **fields) -> None:
    rows.become(claim, **fields)


def test_a_claim_concerns_the_day_of_its_article_and_of_its_verdict(editor, claim):
    rows.claim(claim.revision, 5)
    assert noted() == {(PENDING, M)}
    rows.decision(claim, editor)
    noted()
    decided = {"verdict": Verdict.VERIFIED, "decided_at": APRIL, "touched_at": APRIL}
    become(claim, **decided)
    assert noted() == {(PENDING, M), (DECIDED, A)}
    become(claim, dismissed=True)
    assert noted() == {(DECIDED, A)}
    become(claim, decided_at=MARCH)
    assert noted() == {(DECIDED, A), (DECIDED, M)}
    become(claim, statement="Ostrey has ten bridges")
    assert noted() == set()


@contextmanager
def work() -> Iterator[list[int]]:
    """What the database does for the block, at the end: SQLite's instructions, PostgreSQL's claims read."""
    done = [0]
    if connection.vendor == "postgresql":
        done[0] -= _claims_read()
        yield done
        done[0] += _claims_read()
        return

    def count() -> None:
        done[0] += 1

    connection.connection.set_progress_handler(count, 1)
    yield done
    connection.connection.set_progress_handler(None, 1)


def _claims_read() -> int:
    """Return how many rows and entries of indexes this transaction has read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_stat_get_xact_tuples_returned(i.oid)) FROM ("
            " SELECT 'claims_claim'::regclass AS oid UNION ALL"
            " SELECT indexrelid FROM pg_index WHERE indrelid = 'claims_claim'::regclass) i"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("change", ["a new article", "another desk"])
def test_an_article_takes_no_more_work_the_more_claims_are_pending(editor, change):
    economy, sport = (Desk.objects.create(name=name) for name in ("Economy", "Sport"))
    article, other = rows.article(editor), rows.revision(editor)

    def work_of(desk: Desk) -> int:
        with work() as done:
            if change == "a new article":
                rows.article(editor)
            else:
                Article.objects.filter(pk=article.pk).update(desk=desk)
        return done[0]

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # As in a session that begins with an empty archive.
            cursor.execute("DISCARD PLANS")
    few = work_of(economy)
    for place in range(500):
        rows.claim(other, place)
    assert work_of(sport) < few + 200


def test_a_deleted_claim_concerns_its_day(claim):
    claim.delete()
    assert noted() == {(PENDING, M)}


def test_what_is_written_about_a_claim_concerns_its_days(editor, claim):
    other = Desk.objects.create(name="Economy")
    for write in (
        lambda: rows.decision(claim, editor),
        lambda: rows.evidence(claim, editor),
        lambda: claim.evidence.update(removed_at=timezone.now()),
        lambda: Article.objects.update(desk=other),
    ):
        write()
        assert noted() == {(PENDING, M)}
    claim.evidence.update(title="Another")
    assert noted() == set()


def test_answers_and_publications_concern_their_own_days(editor, chief, claim):
    answer = {"answered_at": APRIL, "answered_by": chief, "verdict": Verdict.VERIFIED}
    made = rows.decision(claim, editor)
    noted()
    rows.second_check(made, editor, withdrawn_at=None, **answer)
    assert noted() == {(PENDING, M), ("checked", A)}
    report = rows.report(editor)
    rows.reported(claim, editor, report=report)
    noted()
    Report.objects.filter(pk=report.pk).update(published_at=APRIL)
    assert (PUBLISHED, A) in noted()
    rows.correction(claim, editor, decision=made, reported=report.claims.get())
    noted()
    Correction.objects.update(published_at=MARCH, notice="There are eight.")
    assert (PUBLISHED, M) in noted()


def test_everything_is_to_be_counted_again_where_the_triggers_were_lost(claim):
    DailyCount.objects.create(what=PENDING, day=A)
    hold_daily_counts(connection)
    assert (noted(), DailyCount.objects.count()) == (set(), 1)
    let_go_of_daily_counts(connection)
    become(claim, dismissed=True)
    assert noted() == set()
    StaleDay.objects.create(what=DECIDED, day=A)
    hold_daily_counts(connection)
    assert (noted(), DailyCount.objects.count()) == ({(PENDING, M)}, 0)
    become(claim, dismissed=False)
    assert noted() == {(PENDING, M)}


def test_every_day_is_noted_on_which_there_is_anything_or_was(claim):
    DailyCount.objects.create(what=DECIDED, day=A)
    note_all_days(connection)
    assert noted() == {(PENDING, M), (DECIDED, A)}
