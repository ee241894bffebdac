"""Where the public reads reports: what is there, what is not, the feed and the sitemap."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.urls import reverse

from claims.actions import draft_report, publish_correction, publish_report, set_public
from claims.models import Correction as OpenCorrection
from claims.models import Report as ReportRecord
from claims.queries.reports.editions import edition_of
from tests.web.public.pages import addresses, read


class TestOffByDefault:
    def test_without_a_public_address_there_is_nothing(self, settings, everybody, report):
        there = addresses(report)
        settings.PUBLIC_URL = ""
        assert {everybody.get(address).status_code for address in there} == {404}

    def test_a_report_that_was_never_public_is_not_there(self, everybody, chief, article):
        made = draft_report(actor=chief, title="Never public", article=article)
        publish_report(
            actor=chief, report_id=made.pk, seen=edition_of(actor=chief, report=made).digest
        )
        for address in addresses(made):
            answer = everybody.get(address)
            assert b"Never public" not in answer.content, address
            if f"/{made.pk}/" in address or "/claims/" in address:
                assert answer.status_code == 404, address

    def test_a_draft_is_not_there(self, everybody, report):
        draft = ReportRecord.objects.get(published_at=None)
        assert everybody.get(reverse("public-report", args=[draft.pk])).status_code == 404

    def test_a_claim_of_another_report_is_not_there(self, everybody, report):
        assert everybody.get(reverse("public-claim", args=[4711])).status_code == 404

    @pytest.mark.parametrize("key", ["html", "csv", "xlsx", "docx", "md", "claimreview", "odt"])
    def test_other_formats_are_not_there(self, everybody, report, key):
        address = reverse("public-report-file", args=[report.pk, key])
        assert everybody.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "of_desk"), [("/nowhere/", True), ("/published/nowhere/", False)]
)
@pytest.mark.django_db
def test_only_at_the_desk_a_wrong_address_says_what_happens_to_articles(
    everybody, address, of_desk
):
    answer = everybody.get(address)
    assert answer.status_code == 404
    assert ("the article may have been deleted" in answer.content.decode()) is of_desk


class TestAddresses:
    def test_the_feed_tells_of_it_under_the_public_address(self, everybody, report):
        feed = ElementTree.fromstring(read(everybody, reverse("public-feed")))  # noqa: S314
        atom = "{http://www.w3.org/2005/Atom}"
        (entry,) = feed.findall(f"{atom}entry")
        assert feed.find(f"{atom}author/{atom}name").text == "The Ostrey Desk (fiction)"
        assert entry.find(f"{atom}title").text == report.title
        address = f"https://desk.example.org/published/{report.pk}/"
        assert entry.find(f"{atom}link").get("href") == address
        assert entry.find(f"{atom}id").text == address
        assert feed.find(f"{atom}title").text == "The Ostrey Desk (fiction)"

    def test_the_feed_can_be_read_where_a_notice_has_characters_that_xml_forbids(
        self, everybody, chief, report
    ):
        waiting = OpenCorrection.objects.get()
        publish_correction(
            actor=chief,
            correction_id=waiting.pk,
            decision_id=waiting.decision_id,
            notice="We looked\x08 again.",
        )
        feed = read(everybody, reverse("public-feed"))
        assert "We looked\N{REPLACEMENT CHARACTER} again." in feed
        assert ElementTree.fromstring(feed).tag.endswith("feed")  # noqa: S314

    def test_the_feed_and_the_sitemap_tell_of_a_correction(self, everybody, chief, report, claim):
        atom = "{http://www.w3.org/2005/Atom}"
        waiting = OpenCorrection.objects.get()
        publish_correction(
            actor=chief,
            correction_id=waiting.pk,
            decision_id=waiting.decision_id,
            notice="We looked again: <b>3 < 4</b> notices were withdrawn.",
        )
        corrected = datetime(2031, 5, 17, 11, 5, tzinfo=UTC)
        OpenCorrection.objects.filter(pk=waiting.pk).update(published_at=corrected)
        call_command("rebuild_public_lists")
        feed = ElementTree.fromstring(read(everybody, reverse("public-feed")))  # noqa: S314
        entries = feed.findall(f"{atom}entry")
        notice, entry = sorted(entries, key=lambda one: one.find(f"{atom}title").text)
        assert notice.find(f"{atom}title").text == f"Correction: {claim.statement}"
        assert "We looked again:" in notice.find(f"{atom}summary").text
        for told in (notice, entry, feed):
            assert datetime.fromisoformat(told.find(f"{atom}updated").text) == corrected
        published = datetime.fromisoformat(entry.find(f"{atom}published").text)
        assert published == report.published_at
        summary = entry.find(f"{atom}summary")
        assert summary.get("type") == "html"
        assert summary.text == (
            f"<p>{report.number_of_claims} claims</p>\n\n<p>Correction: We looked again:"
            " &lt;b&gt;3 &lt; 4&lt;/b&gt; notices were withdrawn.</p>"
        )
        lastmod = [
            found
            for section in ("reports", "claims")
            for found in re.findall(
                r"<loc>([^<]*)</loc><lastmod>([^<]*)</lastmod>",
                read(everybody, reverse("public-sitemap-section", args=[section])),
            )
        ]
        changed = {address for address, at in lastmod if at == "2031-05-17"}
        assert changed == {
            f"https://desk.example.org/published/{report.pk}/",
            f"https://desk.example.org/published/claims/{claim.pk}/",
        }

    def test_a_corrected_report_stands_first_in_the_feed(self, everybody, chief, report, article):
        second = draft_report(actor=chief, title="A later report", article=article)
        publish_report(
            actor=chief, report_id=second.pk, seen=edition_of(actor=chief, report=second).digest
        )
        set_public(actor=chief, report_id=second.pk, public=True)
        waiting = OpenCorrection.objects.get()
        publish_correction(
            actor=chief,
            correction_id=waiting.pk,
            decision_id=waiting.decision_id,
            notice="We looked again.",
        )
        feed = ElementTree.fromstring(read(everybody, reverse("public-feed")))  # noqa: S314
        titles = [each.text for each in feed.iterfind("{*}entry/{*}title")]
        assert titles.index(report.title) < titles.index("A later report")

    def test_the_sitemaps_have_it_and_its_claims_with_a_verdict(self, everybody, report, claim):
        """And none of a pending one: its page says nothing that anyone looks for."""
        assert report.claims.count() > 1

        def places(address: str) -> set[str]:
            tree = ElementTree.fromstring(read(everybody, address))  # noqa: S314
            return {
                each.text for each in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
            }

        home = "https://desk.example.org"
        sections = places(reverse("public-sitemap"))
        assert sections == {f"{home}/published/sitemap-{one}.xml" for one in ("reports", "claims")}
        found = set().union(*(places(one.removeprefix(home)) for one in sections))
        assert found == {
            f"{home}/published/{report.pk}/",
            f"{home}/published/claims/{claim.pk}/",
        }

    def test_a_page_is_the_same_in_every_language(self, everybody, report):
        address = reverse("public-report", args=[report.pk])
        german = everybody.get(address, HTTP_ACCEPT_LANGUAGE="de").getvalue()
        assert german == everybody.get(address).getvalue()

    def test_after_a_login_has_expired_it_is_what_everybody_may_keep(
        self, settings, everybody, report
    ):
        address = reverse("public-report", args=[report.pk])
        for expired in ("0" * 32, ""):
            everybody.cookies[settings.SESSION_COOKIE_NAME] = expired
            answer = everybody.get(address)
            assert not answer.cookies
            assert "Vary" not in answer
            assert "public" in answer["Cache-Control"]

    def test_it_sets_no_cookie_and_asks_for_nothing_from_elsewhere(self, everybody, report):
        answer = everybody.get(reverse("public-report", args=[report.pk]))
        assert not answer.cookies
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
