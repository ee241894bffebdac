"""Each row of a list is on exactly one page, in order, even if rows are equal or have no value."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import UnknownPageError
from claims.models import Article, Claim, Source
from claims.models.base.keyset import Page
from claims.web.components import paging
from claims.web.components.paging import page_of
from tests.models import rows

SIZE = 3
DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)

both_ways = pytest.mark.parametrize("sign", ["", "-"])


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch):
    monkeypatch.setattr(paging, "PER_PAGE", SIZE)


@pytest.fixture
def articles(editor) -> list[Article]:
    """Eleven articles, published a day apart, the first one first."""
    return [rows.article(editor, published_at=DAY + timedelta(days=number)) for number in range(11)]


def page(listed: QuerySet, by: str, token: str = "", **how) -> Page:
    return page_of(RequestFactory().get("/", {"page": token}), listed, by=by, **how)


def ids(found: Page) -> list[int]:
    return [row.pk for row in found.object_list]


def forwards(listed: QuerySet, by: str) -> list[Page]:
    """All pages, from the first to the last."""
    walked = [page(listed, by)]
    while walked[-1].next and len(walked) < 20:
        walked.append(page(listed, by, walked[-1].next))
    return walked


def backwards(listed: QuerySet, by: str, last: Page) -> list[Page]:
    """All pages, as one comes back from the last one to the first."""
    walked = [last]
    while walked[-1].previous and len(walked) < 20:
        walked.append(page(listed, by, walked[-1].previous))
    return walked[::-1]


def in_order(by: str) -> list[int]:
    """The ids of all articles as a list by that field has them: those without a value last."""
    field, downwards = by.removeprefix("-"), by.startswith("-")
    found = list(Article.objects.values_list(field, "pk"))
    valued = sorted((pair for pair in found if pair[0] is not None), reverse=downwards)
    empty = sorted((pair[1] for pair in found if pair[0] is None), reverse=downwards)
    return [pk for _value, pk in valued] + empty


def check_walk(by: str) -> None:
    """Walk all pages there and back, and compare what they hold."""
    there = forwards(Article.objects.all(), by)
    assert [pk for each in there for pk in ids(each)] == in_order(by)
    assert all(len(each.object_list) == SIZE for each in there[:-1])
    assert [ids(each) for each in backwards(Article.objects.all(), by, there[-1])] == [
        ids(each) for each in there
    ]


class TestOrder:
    @both_ways
    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        days=st.lists(
            st.none() | st.integers(0, 3).map(lambda step: DAY + timedelta(microseconds=step)),
            min_size=11,
            max_size=11,
        )
    )
    def test_all_pages_there_and_back_are_the_list_whatever_is_alike_or_empty(
        self, articles, sign, days
    ):
        for article, day in zip(articles, days, strict=True):
            article.published_at = day
        Article.objects.bulk_update(articles, ["published_at"])
        check_walk(f"{sign}published_at")

    @both_ways
    @pytest.mark.parametrize("empty", [0, SIZE, 2 * SIZE, 11 - SIZE, 11])
    def test_rows_without_a_value_are_last_also_where_a_page_ends_with_the_others(
        self, articles, sign, empty
    ):
        without = [article.pk for article in articles[:empty]]
        Article.objects.filter(pk__in=without).update(published_at=None)
        check_walk(f"{sign}published_at")

    @both_ways
    def test_texts_and_fractions_keep_their_places(self, editor, sign):
        headlines = [
            "Bridge",
            "bridge",
            "Brücke",
            "“Bridge”",
            "B'r",
            'B"r',
            "橋",
            "B",
            "B\\r",
            "B%r",
        ]
        for headline in headlines:
            at = rows.revision(editor, article=rows.article(editor, headline=headline))
            for worth in (0.1 + 0.2, 1 / 3, 0.3):
                rows.claim(at, checkworthiness=worth)
        there = forwards(Article.objects.all(), f"{sign}headline")
        listed = Article.objects.order_by(f"{sign}headline", f"{sign}pk")
        assert [pk for each in there for pk in ids(each)] == [one.pk for one in listed]
        there = forwards(Claim.objects.all(), f"{sign}checkworthiness")
        listed = Claim.objects.order_by(f"{sign}checkworthiness", f"{sign}pk")
        assert [pk for each in there for pk in ids(each)] == [one.pk for one in listed]

    def test_a_full_page_is_the_last_one_where_nothing_follows(self, articles):
        Article.objects.filter(pk__gt=articles[2 * SIZE - 1].pk).delete()
        first, second = forwards(Article.objects.all(), "id")
        assert (len(first.object_list), len(second.object_list)) == (SIZE, SIZE)
        assert not first.previous
        assert not second.next

    def test_an_empty_list_is_one_empty_page(self, db):
        assert page(Article.objects.all(), "-id") == Page([], previous="", next="")

    def test_the_first_page_come_back_to_leads_on_again(self, articles):
        listed = Article.objects.all()
        first = page(listed, "id")
        second = page(listed, "id", first.next)
        back = page(listed, "id", second.previous)
        assert not back.previous
        assert ids(page(listed, "id", back.next)) == ids(second)


@both_ways
class TestBetweenTwoPages:
    def test_rows_that_come_and_go_move_no_others(self, articles, editor, sign):
        by = f"{sign}published_at"
        listed = in_order(by)
        first = page(Article.objects.all(), by)
        before = Article.objects.get(pk=listed[0]).published_at
        come = rows.article(editor, published_at=before).pk
        Article.objects.filter(pk__in=[listed[1], listed[SIZE - 1]]).delete()
        Article.objects.filter(pk=listed[SIZE + 1]).delete()
        second = page(Article.objects.all(), by, first.next)
        assert ids(second) == [listed[SIZE], *listed[SIZE + 2 : SIZE + 4]]
        back = page(Article.objects.all(), by, second.previous)
        assert ids(back) == [pk for pk in in_order(by) if pk in {listed[0], come}]

    def test_a_page_whose_rows_are_gone_is_the_first_one(self, articles, sign):
        by = f"{sign}published_at"
        walked = forwards(Article.objects.all(), by)
        Article.objects.filter(pk__in=ids(walked[-1])).delete()
        found = page(Article.objects.all(), by, walked[-2].next)
        assert found == page(Article.objects.all(), by)
        assert ids(found) == in_order(by)[:SIZE]


class TestLinks:
    def test_a_link_to_a_page_holds_within_a_filter(self, articles):
        first = page(Article.objects.all(), "id")
        rest = Article.objects.exclude(pk=articles[SIZE].pk)
        assert ids(page(rest, "id", first.next))[0] == articles[SIZE + 1].pk

    def test_a_link_into_another_list_or_order_is_refused(self, articles):
        token = page(Article.objects.all(), "id").next
        for listed, by in (
            (Article.objects.all(), "-id"),
            (Article.objects.all(), "published_at"),
            (Claim.objects.all(), "id"),
        ):
            with pytest.raises(UnknownPageError):
                page(listed, by, token)

    @pytest.mark.parametrize("at", [0, 5, -1])
    def test_a_changed_link_is_refused(self, articles, at):
        token = page(Article.objects.all(), "id").next
        changed = list(token)
        changed[at] = "A" if changed[at] != "A" else "B"
        with pytest.raises(UnknownPageError):
            page(Article.objects.all(), "id", "".join(changed))

    @pytest.mark.parametrize(
        "token", ["x", "2", ":", "[false,0,[1]]", "W10:W10", "é:ü", "\x00", "a" * 5000]
    )
    def test_a_made_up_link_is_refused_with_what_to_do(self, desk, article, token):
        answer = desk.get(reverse("articles"), {"page": token})
        assert answer.status_code == 400
        assert "Open the list again from its first page." in answer.content.decode()

    def test_everybody_is_led_back_to_the_public_list(self, client, db):
        answer = client.get(reverse("public-reports"), {"page": "x"})
        assert answer.status_code == 404
        page = answer.content.decode()
        assert "There is nothing at this address" in page
        assert f'href="{reverse("public-reports")}"' in page

    def test_without_a_page_the_list_begins_at_its_beginning(self, desk, article):
        answer = desk.get(reverse("articles"), {"page": ""})
        assert [row.record.pk for row in answer.context["table"].rows] == [article.pk]


@both_ways
@pytest.mark.parametrize(
    ("listed", "field", "index"),
    [
        (Claim.objects.all(), "id", None),
        (Claim.objects.all(), "listed_at", "claim_listed"),
        (Claim.objects.all(), "decided_at", "claim_by_decision"),
        (Claim.objects.all(), "checkworthiness", "claim_by_worth"),
        (Claim.objects.pending(), "listed_at", "claim_listed_verdict"),
        (Article.objects.all(), "changed_at", "article_by_change"),
        (Article.objects.with_listed_at(), "listed_at", "article_by_listed"),
        (Source.objects.all(), "name", "source_by_name"),
    ],
)
def test_a_page_is_looked_up_in_an_index(editor, sign, listed, field, index):
    at = rows.revision(editor)
    for start in range(10):
        rows.claim(at, start, decided_at=DAY)
        rows.source(f"Source {start}")
        rows.revision(editor)
    by = f"{sign}{field}"
    second = page(listed, by, page(listed, by).next)
    for token in (second.next, second.previous):
        with CaptureQueriesContext(connection) as queries:
            page(listed, by, token)
        (asked,) = [each["sql"] for each in queries.captured_queries]
        assert "OFFSET" not in asked
        plan = _plan(asked)
        if connection.vendor == "sqlite":
            assert "SEARCH" in plan
            assert f"USING INDEX {index} (" in plan or index is None
            assert "TEMP B-TREE" not in plan
        else:
            # With so few rows a shorter index in the same order costs as much.
            used = plan.partition(" using ")[2].partition(" on ")[0]
            assert used
            assert (index or "claims_claim_pkey").startswith(used)
            assert "Index Cond" in plan
            assert "ROW(" in plan or index is None
            assert "Sort" not in plan


def _plan(query: str) -> str:
    """How the database goes about a query; PostgreSQL as it would with more rows than fit a page of its own."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {query}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        return "\n".join(str(line[-1]) for line in cursor.fetchall())


@pytest.mark.parametrize("sort", ["published", "-published", "worth", "-worth"])
def test_rows_that_are_alike_are_each_on_one_page(desk, editor, sort):
    revision = rows.revision(editor)
    for start in range(8):
        rows.claim(revision, start)
    assert Claim.objects.values("listed_at", "checkworthiness").distinct().count() == 1
    seen, place, pages = [], None, 0
    while pages == 0 or place:
        shown = desk.get("/claims/", {"sort": sort, **({"page": place} if place else {})})
        listed = shown.context["table"].keyset
        seen += ids(listed)
        place = listed.next
        pages += 1
    assert pages == 3
    assert sorted(seen) == sorted(Claim.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("sort", ["published", "-published"])
def test_a_full_page_costs_one_query_as_ever(articles, sort):
    by = sort.replace("published", "published_at")
    with CaptureQueriesContext(connection) as queries:
        first = page(Article.objects.all(), by)
        page(Article.objects.all(), by, first.next)
    assert len(queries) == 2


def test_where_no_row_is_without_a_value_the_last_page_costs_one_query(articles):
    last = forwards(Article.objects.all(), "published_at")[-2]
    with CaptureQueriesContext(connection) as queries:
        page(Article.objects.all(), "published_at", last.next, always_set=True)
    assert len(queries) == 1
