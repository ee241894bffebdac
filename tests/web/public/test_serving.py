"""How public pages are served: to whoever asks how, from a cache that notices what changes, and when they are gone."""

import json
import re
from datetime import datetime

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from claims.actions import (
    change_newsroom,
    correct_notice,
    draft_report,
    publish_correction,
    publish_report,
    set_public,
)
from claims.models import Claim
from claims.models import Correction as OpenCorrection
from claims.queries.reports.editions import edition_of
from claims.renderers.documents import pdf
from tests.web.public.pages import addresses, read


def told(chief, notice: str = "We looked again.") -> OpenCorrection:
    waiting = OpenCorrection.objects.get(published_at=None)
    return publish_correction(
        actor=chief, correction_id=waiting.pk, decision_id=waiting.decision_id, notice=notice
    )


class TestRequests:
    def test_head_is_answered_like_get_without_the_page(self, everybody, report):
        for address in addresses(report):
            page, head = everybody.get(address), everybody.head(address)
            assert head.status_code == 200, address
            assert not head.content
            for header in ("Content-Type", "ETag", "Cache-Control"):
                assert head[header] == page[header], address

    def test_what_has_not_changed_is_not_sent_again(self, everybody, report):
        for address in addresses(report):
            answer = everybody.get(address)
            assert "public" in answer["Cache-Control"]
            assert "max-age=60" in answer["Cache-Control"]
            again = everybody.get(address, headers={"If-None-Match": answer["ETag"]})
            assert again.status_code == 304, address

    def test_a_page_that_a_proxy_compressed_is_not_sent_again(self, everybody, report):
        address = reverse("public-report", args=[report.pk])
        weak = f"W/{everybody.get(address)['ETag']}"
        assert everybody.get(address, headers={"If-None-Match": f'"x", {weak}'}).status_code == 304

    @pytest.mark.parametrize(
        "condition", [{"If-Match": '"other"'}, {"If-Match": "*"}, {"If-None-Match": "*"}]
    )
    def test_a_condition_that_names_no_page_changes_nothing(self, everybody, report, condition):
        for address in (
            reverse("public-report", args=[report.pk]),
            reverse("public-checks"),
            "/published/4711/",
        ):
            page = everybody.get(address)
            asked = everybody.get(address, headers=condition)
            assert (asked.status_code, asked.content) == (page.status_code, page.content), address

    def test_a_proxy_may_keep_pages_and_that_there_is_none_and_nothing_else(
        self, everybody, report, claim
    ):
        for address, status in (
            (reverse("public-claim", args=[claim.pk]), 200),
            (reverse("public-claim", args=[4711]), 404),
            (reverse("public-claims"), 302),
            (reverse("public-reported-claim", args=[report.pk, claim.pk]), 301),
        ):
            answer = everybody.get(address)
            assert answer.status_code == status
            assert ("public" in answer.get("Cache-Control", "")) == (status in {200, 404}), address

    def test_what_a_page_does_not_know_makes_no_other_page(self, everybody, report, claim):
        """And so no other entry in the cache: anyone could fill it."""
        page = reverse("public-claim", args=[claim.pk])
        sitemap = reverse("public-sitemap-section", args=["claims"])
        for address, others in (
            (page, ("?utm_source=post", "?page=2", "?p=1&p=2")),
            (reverse("public-reports"), ("?a=1&b=2", "?p=3")),
            (sitemap, ("?page=3",)),
            (f"{sitemap}?p=1", ("&x=1", "&p=01")),
        ):
            tag = everybody.get(address)["ETag"]
            for other in others:
                asked = address.replace("?p=1", "?p=01") if other == "&p=01" else address + other
                assert everybody.get(asked)["ETag"] == tag, asked

    def test_a_page_of_a_list_that_never_was_is_missing_without_a_word_of_the_desk(
        self, everybody, report
    ):
        answer = everybody.get(f"{reverse('public-reports')}?page=made-up")
        assert answer.status_code == 404
        assert "There is nothing at this address" in answer.content.decode()

    def test_whatever_readers_are_told_changes_the_tag(self, everybody, chief, report, claim):
        page = reverse("public-claim", args=[claim.pk])
        tags = [everybody.get(page)["ETag"]]

        def changed() -> bool:
            tags.append(everybody.get(page)["ETag"])
            return len(set(tags)) == len(tags)

        first = told(chief)
        assert changed()
        correct_notice(actor=chief, correction_id=first.pk, notice="We looked twice.")
        assert changed()
        change_newsroom(actor=chief, words={"contact": "Quay 3"})
        assert changed()
        set_public(actor=chief, report_id=report.pk, public=False, notice="A mix-up.")
        set_public(actor=chief, report_id=report.pk, public=True)
        assert changed()

    def test_a_page_has_one_address_and_a_number_that_none_can_have_is_missing(
        self, everybody, report, claim
    ):
        for number in (f"0{claim.pk}", "9" * 18, "9" * 19, "9" * 20):
            for address in (
                f"claims/{number}/",
                f"claims/{number}/card/",
                f"claims/{number}/picture.png",
                f"sources/{number}/",
                f"{number}/",
                f"{number}/card/",
                f"{number}/report.pdf",
            ):
                answer = everybody.get(f"/published/{address}")
                assert answer.status_code == 404, address
                assert "There is nothing at this address" in answer.content.decode()


class TestCache:
    @pytest.fixture(autouse=True)
    def _cache(self, settings, tmp_path):
        settings.CACHES = settings.CACHES | {
            "public": {
                "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
                "LOCATION": tmp_path,
            }
        }
        yield
        caches["public"].clear()

    def test_a_pdf_is_made_once_until_readers_are_told_something(
        self, monkeypatch, everybody, chief, report, django_capture_on_commit_callbacks
    ):
        made = []
        set_in_type = pdf.set_in_type
        monkeypatch.setattr(pdf, "set_in_type", lambda *args: made.append(1) or set_in_type(*args))
        address = reverse("public-report-file", args=[report.pk, "pdf"])
        first = everybody.get(address)
        assert everybody.get(address).content == first.content
        assert len(made) == 1
        with django_capture_on_commit_callbacks(execute=True):
            told(chief)
        assert everybody.get(address).content != first.content
        assert len(made) == 2

    def test_without_a_change_a_page_asks_the_database_nothing(
        self,
        everybody,
        chief,
        report,
        claim,
        django_assert_num_queries,
        django_capture_on_commit_callbacks,
    ):
        page = reverse("public-claim", args=[claim.pk])
        tag = everybody.get(page)["ETag"]
        with django_assert_num_queries(0):
            assert everybody.get(page, headers={"If-None-Match": tag}).status_code == 304
            assert everybody.get(page).status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            told(chief)
        assert everybody.get(page)["ETag"] != tag

    def test_a_page_from_the_cache_has_its_own_headers(self, everybody, report):
        for address in addresses(report):
            first, again = everybody.get(address), everybody.get(address)
            assert first.content == again.content
            for header in ("Content-Type", "ETag", "Content-Security-Policy"):
                assert first[header] == again[header], address


class TestHead:
    def test_a_page_says_its_one_address_and_what_it_is_to_those_who_share_it(
        self, everybody, report, claim
    ):
        for address, title in (
            (reverse("public-report", args=[report.pk]), report.title),
            (reverse("public-claim", args=[claim.pk]), f"Verified: {claim.statement}"),
        ):
            page = read(everybody, address)
            whole = f"https://desk.example.org{address}"
            assert f'<link rel="canonical" href="{whole}">' in page
            assert f'<meta property="og:url" content="{whole}">' in page
            assert f'<meta property="og:title" content="{title}">' in page
            (described,) = re.findall(r'<meta name="description" content="([^"]+)">', page)
            assert f'<meta property="og:description" content="{described}">' in page

    def test_a_file_names_the_page_that_it_belongs_to(self, everybody, report):
        answer = everybody.get(reverse("public-report-file", args=[report.pk, "pdf"]))
        home = f"https://desk.example.org/published/{report.pk}/"
        assert answer["Link"] == f'<{home}>; rel="canonical"'


class TestOneAddress:
    def test_a_claim_of_two_reports_has_one_page_and_one_review(
        self, everybody, chief, report, claim
    ):
        alone = Claim.objects.filter(pk=claim.pk)
        second = draft_report(actor=chief, title="The bridge again", claims=alone)
        seen = edition_of(actor=chief, report=second).digest
        publish_report(actor=chief, report_id=second.pk, seen=seen)
        set_public(actor=chief, report_id=second.pk, public=True)
        page = reverse("public-claim", args=[claim.pk])
        for one in (report, second):
            old = everybody.get(reverse("public-reported-claim", args=[one.pk, claim.pk]))
            assert (old.status_code, old["Location"]) == (301, page)
        shown = read(everybody, page)
        for one in (report, second):
            assert reverse("public-report", args=[one.pk]) in shown
        # The second report was made after the claim was disputed.
        assert '<p class="verdict disputed">' in shown
        (markup,) = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', shown, re.DOTALL
        )
        review = json.loads(markup)
        assert review["url"] == f"https://desk.example.org{page}"
        assert review["reviewRating"]["alternateName"] == "Disputed"


class TestCorrected:
    def test_the_page_shows_the_verdict_in_force_and_beneath_what_stood_before(
        self, everybody, chief, report, claim
    ):
        told(chief, "The notice was withdrawn.")
        page = read(everybody, reverse("public-claim", args=[claim.pk]))
        top, _, beneath = page.partition("Corrections and updates")
        assert '<p class="verdict disputed">' in top
        assert "The notice was withdrawn." in top
        assert "Found after publication" in top
        assert "Verified" not in top.partition("<body>")[2].partition("<aside>")[0]
        assert "As the notice says." in beneath
        assert '<p class="verdict verdict--small verified">' in beneath
        whole = read(everybody, reverse("public-report", args=[report.pk]))
        figures = whole.partition('<ul class="numbers">')[2].partition("</ul>")[0]
        counts = re.findall(r'__count">(\d+)</span> <span class="verdict[^"]* (\w+)"', figures)
        assert dict(map(reversed, counts))["disputed"] == "1"
        assert "verified" not in figures


class TestGone:
    def test_a_withdrawn_report_leaves_a_page_that_says_so_and_nothing_else(
        self, everybody, chief, report, claim
    ):
        set_public(actor=chief, report_id=report.pk, public=False, notice="A mix-up of two rivers.")
        for address in (
            reverse("public-report", args=[report.pk]),
            reverse("public-claim", args=[claim.pk]),
            reverse("public-report-file", args=[report.pk, "pdf"]),
        ):
            answer = everybody.get(address)
            assert answer.status_code == 410, address
            page = answer.content.decode()
            # Its own style sheet, and no report's.
            assert "style-src 'self'" in answer["Content-Security-Policy"]
            assert "This report was withdrawn" in page
            assert "A mix-up of two rivers." in page
            assert report.title not in page
            assert claim.statement not in page
        for address in (
            reverse("public-feed"),
            reverse("public-json-feed"),
            reverse("public-corrections"),
        ):
            page = read(everybody, address)
            assert "A mix-up of two rivers." in page
            assert report.title not in page

    def test_the_feeds_say_when_it_was_withdrawn(self, everybody, chief, report):
        gone = set_public(actor=chief, report_id=report.pk, public=False, notice="A mix-up.")
        (item,) = json.loads(read(everybody, reverse("public-json-feed")))["items"]
        for date in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[date]) == gone.withdrawn_at

    @pytest.mark.parametrize("path", ["4711/", "claims/4711/", "nothing-here", "4711/report.pdf"])
    def test_what_was_never_there_is_missing_without_a_word_of_the_desk(
        self, everybody, report, path
    ):
        answer = everybody.get(f"/published/{path}")
        assert answer.status_code == 404
        page = answer.content.decode()
        assert "There is nothing at this address" in page
        assert "The Ostrey Desk (fiction)" in page
        for word in ("Claim Workbench", "Log in", "Log out", reverse("login")):
            assert word not in page


def test_robots_and_the_json_feed_are_what_their_readers_expect(everybody, report):
    feed = json.loads(read(everybody, reverse("public-json-feed")))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {"title", "home_page_url", "feed_url", "items", "authors"} <= set(feed)
    for item in feed["items"]:
        assert item["id"]
        assert item["content_text"]
    lines = Client().get(reverse("robots")).content.decode().splitlines()
    assert lines[-1] == "Sitemap: https://desk.example.org/published/sitemap.xml"
