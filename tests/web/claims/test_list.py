"""The list of claims: counts, order and pages, columns, and the queue behind a row."""

import re
from copy import copy
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import ask_second_check, decide_claim, dismiss_claims, mark_checkable
from claims.choices import Verdict
from claims.models import Article, Claim
from claims.queries.claims import verdict_counts
from claims.web.claims.tables import ClaimTable
from claims.web.components import paging
from tests.models import rows
from tests.web.claims.lists import LIST, ids, numbers, shown


class TestCounts:
    def test_they_are_exact_where_few_and_leave_the_verdict_out(self, desk, editor, several):
        decide_claim(actor=editor, claim_id=several[0].pk, version=1, verdict=Verdict.VERIFIED)
        wanted = {"pending": (11, False), "verified": (1, False), "disputed": (0, False)}
        assert numbers(desk) == wanted
        assert numbers(desk, verdict="verified") == wanted

    @pytest.mark.parametrize(("bound", "exact"), [(12, True), (11, False)])
    def test_up_to_the_bound_they_are_exact_and_past_it_they_say_about(
        self, desk, several, monkeypatch, bound, exact
    ):
        monkeypatch.setattr(verdict_counts, "COUNTED", bound)
        monkeypatch.setattr(verdict_counts, "_SAMPLE", 5)
        assert numbers(desk)["pending"] == (12, not exact)
        text = " ".join(desk.get(LIST).content.decode().split())
        assert ("about 12" in text) != exact
        assert numbers(desk, article=several[0].revision.article_id)["pending"] == (4, False)

    def test_a_few_more_than_ten_thousand_are_counted_one_by_one(self, desk, editor):
        revision = rows.revision(editor)
        like = rows.claim(revision)
        many = [copy(like) for _each in range(10_796)]
        for claim in many:
            claim.pk = None
        Claim.objects.bulk_create(many)
        assert numbers(desk)["pending"] == (10_797, False)

    def test_a_short_list_among_very_many_claims_is_counted(self, desk, several, monkeypatch):
        monkeypatch.setattr(verdict_counts, "COUNTED", 4)
        for size in ("_GLANCE", "_SAMPLE"):
            monkeypatch.setattr(verdict_counts, size, 5)
        assert numbers(desk, article=several[0].revision.article_id)["pending"] == (4, False)
        assert numbers(desk)["pending"] == (12, True)

    @pytest.mark.parametrize(
        ("found", "span", "size", "told"),
        [
            (45, 11_980, 300, 1_800),  # 1,797, which one digit made 2,000
            (14, 10_000, 100, 1_400),
            (1, 60_000, 3_000, 20),
            (374, 100_000, 3_000, 12_000),
            (2_999, 1_000_000, 3_000, 1_000_000),
            (0, 60_000, 3_000, 0),
        ],
    )
    def test_an_estimate_keeps_its_second_digit(self, found, span, size, told):
        assert verdict_counts._rounded(found, span, size) == told


def test_an_article_without_a_date_has_none_in_the_list_and_sorts_by_when_it_was_added(
    desk, several
):
    Article.objects.filter(pk=several[0].revision.article_id).update(published_at=None)
    Claim.objects.filter(pk=several[0].pk).update(listed_at=datetime(2027, 1, 1, tzinfo=UTC))
    page = desk.get(reverse("claims"), {"sort": "-published"}).content.decode()
    first, second = re.findall(r'<tr class="list__row.*?</tr>', page, re.DOTALL)[:2]
    assert "unknown" in first
    assert "<time" not in first
    assert 'datetime="2026-03-03T12:00:00+00:00"' in second


def test_what_waits_for_a_blind_check_is_in_no_count_and_the_page_says_so(
    client, desk, editor, chief, several
):
    decide_claim(actor=editor, claim_id=several[0].pk, version=1, verdict=Verdict.VERIFIED)
    assert "included in these counts" not in desk.get(LIST).content.decode()
    ask_second_check(actor=editor, claim_id=several[0].pk, version=2, blind=True)
    told = "1 claim is waiting for a blind second check and is not included in these counts."
    for who in (editor, chief):
        client.force_login(who)
        page = client.get(LIST)
        assert sum(one.count.number for one in page.context["counts"]) == len(several) - 1
        assert told in page.content.decode()
    elsewhere = {"article": several[-1].revision.article_id}
    assert "included in these counts" not in desk.get(LIST, elsewhere).content.decode()


class TestOrder:
    @pytest.mark.parametrize(
        "sort", ["statement", "-statement", "published", "-published", "worth", "-worth"]
    )
    def test_every_claim_is_on_exactly_one_page(self, desk, several, monkeypatch, sort):
        monkeypatch.setattr(paging, "PER_PAGE", 5)
        seen, query = [], {"sort": sort}
        while True:
            page = desk.get(LIST, query).context["table"].keyset
            seen += [claim.pk for claim in page.object_list]
            if not page.next:
                break
            query["page"] = page.next
        assert sorted(seen) == sorted(ids(*several))

    @pytest.mark.parametrize(
        "sort", ["statement", "-statement", "published", "-published", "worth", "-worth"]
    )
    def test_by_what_they_are_sorted(self, desk, editor, several, sort):
        Claim.objects.filter(pk=several[2].pk).update(checkworthiness=0.9)
        Claim.objects.filter(pk=several[5].pk).update(listed_at=datetime(2020, 1, 1, tzinfo=UTC))
        first = {"statement": several[0], "published": several[5]}
        last = {"statement": several[-1], "published": several[-1], "worth": several[2]}
        field = sort.removeprefix("-")
        found = shown(desk, sort=sort)[:: -1 if sort[0] == "-" else 1]
        assert found[-1] == last[field].pk
        assert field not in first or found[0] == first[field].pk

    @pytest.mark.parametrize("sort", ["decided", "-decided", "touched", "-touched"])
    def test_claims_without_the_day_come_last(self, desk, editor, several, sort):
        for claim in several[:2]:
            decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        decided, others = ids(*several[:2]), ids(*several[2:])
        step = -1 if sort[0] == "-" else 1
        assert shown(desk, sort=sort) == decided[::step] + others[::step]

    def test_a_place_survives_what_others_do(self, desk, editor, several, monkeypatch):
        monkeypatch.setattr(paging, "PER_PAGE", 5)
        first = desk.get(LIST).context["table"].keyset
        dismiss_claims(actor=editor, versions={first.object_list[0].pk: 1})
        second = shown(desk, page=first.next)
        assert second == ids(*several[6:1:-1])

    def test_as_many_queries_for_many_claims_as_for_few(self, desk, editor, several):
        def asked() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                desk.get(LIST, {"columns": list(ClaimTable.base_columns)})
            return len(queries)

        desk.get(LIST)
        few = asked()
        for _number in range(8):
            revision = rows.revision(editor)
            for start in range(4):
                rows.claim(revision, start)
        assert asked() == few


def test_what_is_out_of_work_says_so_and_how_to_list_it(desk, editor, several):
    dismiss_claims(actor=editor, versions={several[0].pk: 1})
    mark_checkable(actor=editor, claim_id=several[1].pk, version=1, checkable=False)
    page = desk.get(LIST, {"verdict": "pending"})
    told = '<a href="/claims/?verdict=pending&amp;state=all">Show them</a>'
    assert told in page.content.decode()
    page = desk.get(LIST, {"state": "all"}).content.decode()
    assert "Show them" not in page
    lines = re.findall(r'<tr class="list__row.*?</tr>', page, re.DOTALL)
    words = {
        claim: next(line for line in lines if f"claim={claim.pk}&" in line) for claim in several[:3]
    }
    assert ["Dismissed" in line for line in words.values()] == [True, False, False]
    assert ["Not checkable" in line for line in words.values()] == [False, True, False]


class TestColumns:
    def test_those_chosen_show_and_are_remembered(self, desk, several):
        columns = {"columns": ["statement", "article", "worth"]}
        for page in (desk.get(LIST, columns), desk.get(LIST)):
            head = [column.name for column in page.context["table"].columns]
            assert head == ["statement", "article", "worth"]
            assert "Article 2" in page.content.decode()

    def test_what_is_no_column_is_left_out(self, desk, several):
        page = desk.get(LIST, {"columns": ["nothing", "verdict"]})
        assert [column.name for column in page.context["table"].columns] == ["verdict"]


class TestTheQueueOfAList:
    def test_a_line_opens_its_article_under_the_same_filter(self, desk, editor, several):
        decide_claim(actor=editor, claim_id=several[4].pk, version=1, verdict=Verdict.VERIFIED)
        page = desk.get(LIST, {"verdict": "pending"}).content.decode()
        article = several[5].revision.article_id
        address = f"/articles/{article}/?claim={several[5].pk}&list=verdict%3Dpending"
        assert address.replace("&", "&amp;") in page
        queue = desk.get(address).context["queue"]
        assert [claim.pk for claim in queue.listed] == ids(*several[5:8])

    def test_it_goes_on_in_the_next_article_that_has_one(self, desk, editor, several):
        for claim in several[4:8]:
            decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        newest = several[8].revision.article_id
        queue = desk.get(f"/articles/{newest}/?list=verdict%3Dpending").context["queue"]
        oldest = several[0].revision.article_id
        assert queue.onward == f"/articles/{oldest}/?claim={several[0].pk}&list=verdict%3Dpending"
        last = desk.get(f"/articles/{oldest}/?list=verdict%3Dpending").context["queue"]
        assert last.onward is None

    def test_a_decision_keeps_the_list(self, desk, several):
        address = f"{reverse('decide', args=[several[0].pk])}?list=verdict%3Dpending"
        answer = desk.post(address, {"version": 1, "verdict": "verified"})
        article = several[0].revision.article_id
        assert answer.url == f"/articles/{article}/?claim={several[1].pk}&list=verdict%3Dpending"
