"""How long ago something was, in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from claims.web.components.ago import ago

NOW = datetime(2026, 4, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=3, hours=19), "3 days ago"),
        (timedelta(days=13), "1 week ago"),
        (timedelta(days=29), "4 weeks ago"),
        (timedelta(days=364), "12 months ago"),
        (timedelta(days=800), "2 years ago"),
    ],
)
def test_the_largest_unit_alone_is_named(since, words):
    assert ago(NOW - since, NOW) == words


def test_german_has_the_case_that_follows_the_preposition():
    with translation.override("de"):
        assert ago(NOW - timedelta(days=3), NOW) == "vor 3 Tagen"
