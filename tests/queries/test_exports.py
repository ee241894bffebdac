"""The claims of a list as rows: exactly as many as announced, whatever happens in the meantime."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    ask_second_check,
    decide_claim,
    dismiss_claims,
    take_over_verdict,
)
from claims.choices import MatchRelation, Verdict
from claims.models import Article, Claim
from claims.queries import exports as listing
from claims.queries.exports import COLUMNS, Rows
from claims.renderers.times import iso
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows, rows


def table(claims, viewer) -> list[dict]:
    made = Rows(claims, viewer).table()
    assert made.columns == COLUMNS
    return [dict(zip(COLUMNS, row, strict=True)) for row in made.rows]


def test_a_claim_of_an_article_without_a_date_has_none(editor, article, claim):
    Article.objects.filter(pk=article.pk).update(published_at=None)
    (row,) = table(Claim.objects.filter(pk=claim.pk), editor)
    assert row["published"] is None


def test_a_row_says_what_is_known_of_a_claim(editor, article, claim):
    moment = timezone.now().replace(microsecond=0)
    Article.objects.filter(pk=article.pk).update(published_at=moment, url="https://c.example.org/1")
    Claim.objects.filter(pk=claim.pk).update(told_to="Radio Ostrey")
    decide_claim(
        actor=editor,
        claim_id=claim.pk,
        version=1,
        verdict=Verdict.DISPUTED,
        reason="There are eight.",
        evidence=EvidenceDraft(title="Register", url="https://register.example.org/"),
    )
    claim.refresh_from_db()
    (row,) = table(Claim.objects.filter(pk=claim.pk), editor)
    decision = claim.decisions.get()
    assert row == {
        "id": claim.pk,
        "article": article.pk,
        "headline": article.headline,
        "outlet": "The Ostrey Courier (fiction)",
        "url": "https://c.example.org/1",
        "published": iso(moment),
        "quote": claim.quote,
        "statement": claim.statement,
        "source": claim.source.name,
        "source_kind": claim.source.kind,
        "role": claim.role,
        "told_to": "Radio Ostrey",
        "quotation": claim.quotation,
        "checkworthiness": claim.checkworthiness,
        "checkable": "yes",
        "review_status": "open",
        "verdict": "disputed",
        "reason": "There are eight.",
        "checked_by": "Edda",
        "checked_at": iso(decision.decided_at),
        "taken_over_from": None,
        "evidence": 1,
        "group": None,
        "matches": "",
    }


def test_the_newest_decision_counts(editor, claim):
    for number, verdict in enumerate([Verdict.VERIFIED, Verdict.DISPUTED], start=1):
        decide_claim(
            actor=editor, claim_id=claim.pk, version=number, verdict=verdict, reason=f"No. {number}"
        )
    (row,) = table(Claim.objects.filter(pk=claim.pk), editor)
    assert (row["verdict"], row["reason"]) == ("disputed", "No. 2")


def test_what_is_not_known_is_empty(editor):
    claim = rows.claim(rows.revision(editor), checkable=False)
    (row,) = table(Claim.objects.all(), editor)
    assert row["checkable"] == "no"
    assert row["outlet"] is None
    assert row["source"] is None
    assert (row["reason"], row["checked_by"], row["checked_at"]) == ("", "", None)
    assert row["id"] == claim.pk


def test_the_newest_article_comes_first_over_all_pieces(monkeypatch, editor):
    monkeypatch.setattr(listing, "_AT_ONCE", 3)
    for _article in range(4):
        revision = rows.revision(editor)
        for start in (0, 9):
            rows.claim(revision, start)
    expected = list(Claim.objects.order_by("-listed_at", "-pk").values_list("pk", flat=True))
    assert [row["id"] for row in table(Claim.objects.all(), editor)] == expected


def test_as_many_rows_follow_as_were_said_although_claims_leave_the_list(editor, article, claim):
    chosen = Rows(Claim.objects.pending(), editor)
    said = len(chosen)  # asked for before the decision
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    found = list(chosen.table().rows)
    assert len(found) == said
    assert [row[COLUMNS.index("verdict")] for row in found if row[0] == claim.pk] == ["verified"]


def test_a_verdict_to_be_checked_blind_stays_empty_for_who_checks_it(editor, chief, claim):
    decide_claim(
        actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED, reason="Secret."
    )
    ask_second_check(actor=editor, claim_id=claim.pk, version=2, blind=True)
    (hidden,) = table(Claim.objects.filter(pk=claim.pk), chief)
    assert [hidden[name] for name in ("verdict", "reason", "checked_by", "checked_at")] == [
        "",
        "",
        "",
        None,
    ]
    (shown,) = table(Claim.objects.filter(pk=claim.pk), editor)
    assert (shown["verdict"], shown["reason"]) == ("disputed", "Secret.")


@pytest.fixture
def repeat(editor, chief) -> tuple[Claim, Claim, Claim]:
    """A decided claim, one that took its verdict over, and one that contradicts the first, as the worker proposes."""
    first, second, third = (claim_of(editor, month) for month in (3, 4, 5))
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, reason="Nine.", **version_of(first))
    match = match_rows.match(first, second)
    match_rows.match(first, third, relation=MatchRelation.CONTRADICTS)
    take_over_verdict(actor=editor, match_id=match.pk, **version_of(second))
    return first, second, third


def test_what_the_archive_knows_is_in_columns_of_its_own(editor, repeat):
    first, second, third = repeat
    told = {row["id"]: row for row in table(Claim.objects.all(), editor)}
    group = Claim.objects.get(pk=second.pk).group_id
    asked = ("taken_over_from", "group", "matches")
    assert [[told[one.pk][name] for name in asked] for one in repeat] == [
        [None, group, f"same | confirmed | #{second.pk}\ncontradicted-by | proposed | #{third.pk}"],
        [first.pk, group, f"same | confirmed | #{first.pk}"],
        [None, None, f"contradicts | proposed | #{first.pk}"],
    ]


def test_neither_what_was_dismissed_nor_a_group_of_one(editor, repeat):
    first, second, _third = repeat
    dismiss_claims(actor=editor, versions={first.pk: Claim.objects.get(pk=first.pk).version})
    (row,) = table(Claim.objects.filter(pk=second.pk), editor)
    assert (row["group"], row["matches"]) == (None, "")


def test_from_where_a_verdict_was_taken_over_is_empty_while_that_is_checked_blind(
    editor, chief, repeat
):
    first, second, _third = repeat
    ask_second_check(actor=chief, blind=True, **version_of(first))
    chosen = Claim.objects.filter(pk=second.pk)
    assert [table(chosen, one)[0]["taken_over_from"] for one in (editor, chief)] == [None, first.pk]


@pytest.mark.parametrize("microsecond", [0, 120_000])
def test_moments_are_written_as_everywhere(editor, microsecond):
    moment = timezone.now().replace(microsecond=microsecond)
    revision = rows.revision(editor, article=rows.article(editor, published_at=moment))
    rows.claim(revision)
    (row,) = table(Claim.objects.all(), editor)
    assert row["published"] == iso(moment)


def test_the_number_of_queries_does_not_grow_with_the_claims(editor):
    numbers = []
    for size in (2, 30):
        revision = rows.revision(editor, body="bridge " * 300)
        for number in range(size):
            claim = rows.claim(revision, number, source=rows.source(f"Ada Venn {size}-{number}"))
            rows.evidence(claim, editor)
            rows.decision(claim, editor)
        with CaptureQueriesContext(connection) as queries:
            assert len(table(Claim.objects.filter(revision=revision), editor)) == size
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
