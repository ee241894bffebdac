"""JSON Feed: the addresses in one, and JSON that is none."""

import json

import pytest

from claims.errors import NotAFeedError
from claims.ingest.feeds import FeedEntry
from tests.ingest.feeds.test_feeds import FIRST, feed

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Ostrey Courier",
    "items": [
        {
            "id": "courier-1",
            "url": "https://courier.example.org/bridge",
            "title": "Bridge & ferry closed",
            "content_html": "<p>The mayor <b>closed</b> it.</p>",
            "date_published": "2026-01-28T12:00:00+01:00",
        },
        {
            "id": "2",
            "url": "/seen",
            "external_url": "https://news.example.net/1",
            "summary": "Seen.",
        },
        {"id": "https://courier.example.org/third", "content_text": "No more."},
        {"id": "4", "title": "No address"},
        "no item",
    ],
}


def test_a_json_feed_gives_the_entries_that_have_an_address():
    assert feed(json.dumps(JSON_FEED)) == [
        FIRST,
        FeedEntry("https://news.example.net/1", "", None, "Seen.", "2"),
        FeedEntry(
            "https://courier.example.org/third",
            "",
            None,
            "No more.",
            "https://courier.example.org/third",
        ),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "{}",
        '{"version": "https://jsonfeed.org/version/1.1"}',
        '{"version": "2", "items": []}',
        '{"items": [',
        '{"version": ' + "[" * 100_000,
    ],
)
def test_other_json_is_not_a_feed(data):
    with pytest.raises(NotAFeedError):
        feed(data)
