"""What rows say of themselves: names, states and last days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from claims.models import AccessToken, Capture, DueCapture, ExternalSource, SignedPdf
from claims.models.articles import standing
from tests.models import rows

NOW = timezone.now()
KEY = "0123456789abcdef"


@pytest.mark.parametrize(
    ("capture", "name"),
    [
        (Capture(title="Notice", url="https://a.example/", key=KEY), "Notice"),
        (Capture(url="https://a.example/", key=KEY), "https://a.example/"),
        (Capture(key=KEY), "0123456789ab"),
        (DueCapture(key=KEY), "0123456789ab"),
    ],
)
def test_a_capture_is_called_by_its_title_its_address_or_its_key(capture, name):
    assert str(capture) == name


@pytest.mark.parametrize(("name", "shown"), [("Checkers", "Checkers"), ("", "https://a.example/")])
def test_a_source_of_fact_checks_is_called_by_its_name_or_its_address(name, shown):
    assert str(ExternalSource(name=name, address="https://a.example/")) == shown


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [({}, False), ({"sha256": KEY}, True), ({"text": "Nine."}, True)],
)
def test_something_is_kept_of_a_capture_that_has_a_file_or_words(fields, is_kept):
    assert Capture(**fields).is_kept == is_kept


def test_a_capture_says_what_failed():
    assert Capture(error={"code": "too-slow"}).error_code == "too-slow"
    assert Capture().error_code == ""


@pytest.mark.parametrize(
    ("embargo", "stands"),
    [(None, False), (NOW - timedelta(seconds=1), False), (NOW + timedelta(days=1), True)],
)
def test_an_embargo_stands_until_its_time(embargo, stands):
    assert standing(embargo) == (embargo if stands else None)


@pytest.mark.parametrize(
    ("until", "is_expired"),
    [(None, False), (NOW - timedelta(seconds=1), True), (NOW + timedelta(days=1), False)],
)
def test_a_token_works_until_its_time(until, is_expired):
    assert AccessToken(expires_at=until).is_expired == is_expired


@pytest.mark.parametrize(
    ("until", "day"),
    [
        (None, None),
        (datetime(2026, 5, 4, tzinfo=UTC), date(2026, 5, 3)),
        (datetime(2026, 5, 4, 0, 0, 1, tzinfo=UTC), date(2026, 5, 4)),
    ],
)
def test_the_last_day_of_a_token_is_the_one_before_its_midnight(settings, until, day):
    settings.TIME_ZONE = "UTC"
    assert AccessToken(expires_at=until).last_day == day


def test_each_request_to_sign_again_counts(editor):
    report = rows.report(editor, published_at=NOW)
    SignedPdf.objects.create(report=report, edition="public")
    for _each in range(2):
        SignedPdf.objects.sign_again()
    assert SignedPdf.objects.values_list("changes", flat=True).get() == 3
