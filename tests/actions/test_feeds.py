"""Feeds that add articles automatically."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.actions.external.sources import read_due_external_sources
from claims.actions.intake.feeds import check_due_feeds
from claims.actions.intake.processing import enqueue_due_items
from claims.choices import JobStatus
from claims.models import Article, ExternalSource, Feed, IntakeItem, Task
from tests.actions.later import BUSY, HTML, STORY, time_passes
from tests.fetching.sites import page
from tests.models import rows
from tests.models.external import external_rows


def feed_of(*links: str) -> bytes:
    items = "".join(f"<item><title>T</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>C</title>{items}</channel></rss>'.encode()


class TestFeeds:
    @pytest.fixture
    def feed(self, site, work) -> Feed:
        site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /secret/\n")
        site.pages["/feed.xml"] = page(feed_of("/ferry", "/secret/plan"))
        site.pages["/ferry"] = page(STORY, headers=HTML)
        return rows.feed(address=site.at("/feed.xml"), interval_minutes=10)

    def test_what_is_new_comes_in_by_itself_as_its_site_allows(self, feed, site, work):
        work()
        time_passes(timedelta(seconds=2))
        work()
        article = Article.objects.get()
        assert (article.headline, article.url) == ("Ferry on the Olm", site.at("/ferry"))
        refused = IntakeItem.objects.get(status=JobStatus.FAILED)
        assert refused.address == site.at("/secret/plan")
        assert "/secret/plan" not in site.asked

    def test_it_is_looked_at_again_when_its_time_has_come_and_only_then(self, feed, site, work):
        work()
        work()
        assert site.asked.count("/feed.xml") == 1
        site.pages["/barge"] = page(STORY.replace(b"erry", b"barge"), headers=HTML)
        site.pages["/feed.xml"] = page(feed_of("/barge", "/ferry"))
        time_passes(timedelta(minutes=10))
        work()
        assert site.asked.count("/feed.xml") == 2
        assert site.asked.count("/ferry") == 1
        assert site.asked.count("/barge") == 1

    def test_one_that_gives_no_answer_is_left_alone_for_longer_each_time(self, feed, site, work):
        site.pages["/feed.xml"] = BUSY
        for wait in (20, 40, 80):
            before = timezone.now()
            work()
            feed.refresh_from_db()
            assert feed.next_check_at >= before + timedelta(minutes=wait)
            time_passes(timedelta(minutes=wait))
        assert "reported a server error" in str(feed.error)
        site.pages["/feed.xml"] = page(feed_of("/ferry"))
        work()
        feed.refresh_from_db()
        assert (feed.failures, feed.error) == (0, None)
        assert Article.objects.count() == 1

    def test_but_for_a_day_at_the_longest(self, feed, site, work):
        Feed.objects.update(failures=20)
        site.pages["/feed.xml"] = BUSY
        work()
        feed.refresh_from_db()
        wait = feed.next_check_at - timezone.now()
        assert timedelta(hours=23) < wait <= timedelta(hours=24)

    def test_only_so_many_articles_come_in_at_a_time(self, feed, site, work):
        links = [f"/{number}" for number in range(3)]
        site.pages["/feed.xml"] = page(feed_of(*links))
        Feed.objects.update(max_articles=2)
        work()
        assert IntakeItem.objects.count() == 2
        time_passes(timedelta(minutes=10))
        work()
        assert {one.address for one in IntakeItem.objects.all()} == {
            site.at(each) for each in links
        }

    def test_one_that_is_not_active_is_not_looked_at(self, feed, site, work):
        Feed.objects.update(active=False)
        work()
        assert site.asked == []


def test_a_feed_is_entered_in_the_admin_and_keeps_its_history(client, chief):
    client.force_login(chief)
    sent = {
        "address": "https://courier.example.org/feed.xml",
        "name": "Courier",
        "interval_minutes": 15,
    }
    client.post(reverse("admin:claims_feed_add"), {**sent, "max_articles": 20, "active": "on"})
    feed = Feed.objects.get()
    assert str(feed) == "Courier"
    assert feed.history.get().history_user == chief


@pytest.mark.usefixtures("_queued")
@pytest.mark.parametrize("kind", ["feeds", "sources", "items"])
def test_a_hundred_that_are_due_are_enqueued_at_once_and_the_others_next(editor, kind):
    enqueue = {
        "feeds": check_due_feeds,
        "sources": read_due_external_sources,
        "items": enqueue_due_items,
    }[kind]
    for number in range(101):
        address = f"https://courier.example.org/{number}"
        if kind == "feeds":
            rows.feed(address=address)
        elif kind == "sources":
            external_rows.source(address=address)
        else:
            past = timezone.now() - timedelta(seconds=1)
            rows.intake(editor, address=address, status=JobStatus.WAITING, retry_at=past)
    if kind != "items":
        model = Feed if kind == "feeds" else ExternalSource
        model.objects.update(next_check_at=timezone.now() - timedelta(seconds=1))
    enqueued = []
    for _time in range(3):
        enqueue()
        enqueued.append(Task.objects.count())
    assert enqueued == [100, 101, 101]
