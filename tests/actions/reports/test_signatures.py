"""Which PDFs are signed, and when."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from claims.actions import draft_report
from claims.actions.reports import signatures
from claims.models import SignedPdf, Task
from tests.actions.reports.conftest import published
from tests.renderers.signatures.certificates import NAME, PASSWORD, pkcs12_file


@pytest.fixture
def certificate(settings) -> None:
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD = pkcs12_file(), PASSWORD


def signed() -> dict[str, str]:
    """The stored file of each edition."""
    return dict(SignedPdf.objects.values_list("edition", "file"))


def test_both_editions_of_what_is_published_are_signed_once(
    certificate, chief, article, report, work
):
    draft_report(actor=chief, title="Draft", article=article)
    work()
    files = signed()
    assert files.keys() == {"internal", "public"}
    assert {one.signer for one in SignedPdf.objects.all()} == {NAME}
    assert {one.has_timestamp for one in SignedPdf.objects.all()} == {False}
    work()
    assert signed() == files
    assert Task.objects.filter(task_path__endswith="sign_reports").count() == 1


@pytest.mark.parametrize("ends", [None, timedelta(days=-1)])
def test_without_a_valid_certificate_none_is(settings, report, work, ends):
    if ends is not None:
        settings.SIGNING_CERTIFICATE = pkcs12_file(ends=timezone.now() + ends)
        settings.SIGNING_PASSWORD = PASSWORD
    work()
    signatures.sign_reports.func()
    assert not SignedPdf.objects.exists()


@pytest.mark.parametrize(("minutes", "number"), [(14, 0), (16, 2)])
def test_what_was_begun_is_left_for_a_quarter_of_an_hour(
    certificate, report, work, minutes, number
):
    begun = timezone.now() - timedelta(minutes=minutes)
    for edition in ("internal", "public"):
        SignedPdf.objects.create(report=report, edition=edition, tried_at=begun)
    work()
    assert SignedPdf.objects.exclude(signed_at=None).count() == number


def test_one_edition_that_is_left_over_is_enough(certificate, report, work):
    work()
    files = signed()
    SignedPdf.objects.filter(edition="public").delete()
    work()
    assert signed().keys() == files.keys()
    assert signed()["internal"] == files["internal"]


def test_what_says_the_same_keeps_its_file_and_what_does_not_is_replaced(certificate, report, work):
    work()
    files = signed()
    SignedPdf.objects.update(changes=5)
    work()
    assert signed() == files
    assert {one.seen for one in SignedPdf.objects.all()} == {5}
    SignedPdf.objects.update(changes=6, contents="other")
    work()
    for edition, name in signed().items():
        assert name != files[edition]
        assert default_storage.exists(name)
        assert not default_storage.exists(files[edition])


def test_the_newest_are_signed_first_and_the_rest_later(
    certificate, chief, article, report, monkeypatch
):
    monkeypatch.setattr(signatures, "_AT_ONCE", 1)
    newer = published(chief, draft_report(actor=chief, title="Newer", article=article))
    for first in (newer, report):
        signatures.sign_reports.func()
        assert SignedPdf.objects.filter(report=first).count() == 2
