"""The checks of a source, a topic and a desk, as a page and as a feed."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from claims.actions import enter_record
from claims.models import Article, Desk, PublicClaim, Tag
from tests.web.public.pages import link, path, read

CHECKS = reverse("public-checks")
ATOM = "{http://www.w3.org/2005/Atom}"


class TestTopicsAndDesks:
    """What the newsroom calls its work stays on the desk, unless it says otherwise for a name."""

    @pytest.fixture
    def tag(self, claim) -> Tag:
        tag = Tag.objects.create(name="Zqbridges")
        claim.tags.add(tag)
        return tag

    @pytest.fixture
    def desk(self, article) -> Desk:
        made = Desk.objects.create(name="Zqcity")
        Article.objects.filter(pk=article.pk).update(desk=made)
        return made

    @pytest.mark.parametrize("kind", ["topic", "desk"])
    def test_shows_what_the_newsroom_allows_and_nothing_before_or_after(
        self, everybody, chief, report, claim, tag, desk, kind
    ):
        record = tag if kind == "topic" else desk
        address = reverse(f"public-{kind}", args=[record.pk])
        feed = reverse(f"public-{kind}-feed", args=[record.pk])
        page = read(everybody, CHECKS)
        assert "Zqbridges" not in page
        assert "Zqcity" not in page
        assert [everybody.get(one).status_code for one in (address, feed)] == [404, 404]

        record.public = True
        enter_record(actor=chief, record=record, fields=["public"])
        page = read(everybody, CHECKS)
        assert f'href="{address}"' in page
        assert ("Zqbridges" in page) == (kind == "topic")
        assert ("Zqcity" in page) == (kind == "desk")
        listed = read(everybody, address)
        assert record.name in listed
        assert link(claim) in listed
        assert listed.count(f'href="https://desk.example.org{feed}"') == 2
        assert record.name in read(everybody, feed)

        tag_before = everybody.get(address)["ETag"]
        record.public = False
        enter_record(actor=chief, record=record, fields=["public"])
        answer = everybody.get(address, headers={"If-None-Match": tag_before})
        assert answer.status_code == 404
        assert everybody.get(feed).status_code == 404

    def test_of_a_public_topic_only_published_claims_show(self, everybody, report, claim, tag):
        Tag.objects.filter(pk=tag.pk).update(public=True)
        internal = report.claims.exclude(claim=claim).first().claim
        internal.tags.add(tag)
        page = read(everybody, reverse("public-topic", args=[tag.pk]))
        assert link(claim) in page
        assert link(internal) not in page
        answer = everybody.get(reverse("public-topic-feed", args=[tag.pk]))
        feed = ElementTree.fromstring(answer.getvalue())  # noqa: S314  # it is our own
        (entry,) = feed.findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}id") == f"https://desk.example.org{path(claim)}"
        title = entry.findtext(f"{ATOM}title")
        assert title is not None
        assert title.startswith(("Verified: ", "Disputed: "))

    def test_of_a_source_the_feed_tells_under_the_name_that_was_published(
        self, everybody, report, claim
    ):
        feed = read(everybody, reverse("public-source-feed", args=[claim.source_id]))
        assert path(claim) in feed
        assert "<title>Claims by" in feed
        assert f"&lt;p&gt;{claim.source.name}&lt;/p&gt;" in feed

    def test_a_claim_keeps_the_day_of_its_report_when_readers_are_told_more(
        self, everybody, report, claim
    ):
        later = report.published_at + timedelta(days=1)
        PublicClaim.objects.filter(claim=claim).update(changed_at=later)
        answer = everybody.get(reverse("public-source-feed", args=[claim.source_id]))
        (entry,) = ElementTree.fromstring(answer.getvalue()).findall(f"{ATOM}entry")  # noqa: S314  # it is our own
        found = [entry.findtext(f"{ATOM}{name}") for name in ("published", "updated")]
        assert found == [report.published_at.isoformat(), later.isoformat()]

    def test_a_feed_begins_with_what_readers_were_told_last(self, everybody, report, claim):
        told = PublicClaim.objects.get(claim=claim)
        told.pk, told.claim = None, report.claims.exclude(claim=claim).first().claim
        told.statement, told.changed_at = "Told earlier", told.changed_at - timedelta(days=1)
        told.save()
        feed = read(everybody, reverse("public-source-feed", args=[claim.source_id]))
        assert feed.index(path(claim)) < feed.index("Told earlier")

    def test_a_public_topic_that_no_public_claim_has_is_not_there(self, everybody, report):
        empty = Tag.objects.create(name="Zqfuture", public=True)
        assert "Zqfuture" not in read(everybody, CHECKS)
        assert everybody.get(reverse("public-topic", args=[empty.pk])).status_code == 404
