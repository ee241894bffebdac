"""Evidence and exports in S3-compatible storage: everything works as in a folder, and an outage is told as one."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from claims.actions import EvidenceDraft, add_evidence, begin_export, write_export
from claims.actions.thumbnails import enqueue_thumbnails
from claims.choices import JobStatus
from claims.models import Evidence, Export, Thumbnail
from claims.renderers.types import Table
from tests.buckets import new_bucket, s3_server, storages_in
from tests.ingest.pictures import png
from tests.models import rows

NOBODY = "http://127.0.0.1:1"
"""Where no server answers."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture
def bucket(server, settings) -> dict[str, str]:
    """The workbench's files are in a new bucket."""
    variables = new_bucket(server)
    settings.STORAGES = settings.STORAGES | storages_in(variables)
    return variables


@pytest.fixture
def add(editor, claim):
    def add(words: bytes, name: str) -> Evidence:
        claim.refresh_from_db()
        draft = EvidenceDraft(title="Notice", file=SimpleUploadedFile(name, words))
        return add_evidence(actor=editor, claim_id=claim.pk, version=claim.version, evidence=draft)

    return add


def test_a_document_is_downloaded_as_it_was_uploaded(bucket, desk, add):
    # More than is kept in memory.
    words = bytes(range(256)) * 10_000
    piece = add(words, "Notice of closure.pdf")
    answer = desk.get(reverse("evidence-file", args=[piece.pk]))
    assert answer.getvalue() == words
    assert answer["Content-Length"] == str(len(words))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="Notice of closure.pdf"'
    assert default_storage.listdir("") == ([], [hashlib.sha256(words).hexdigest()])


def test_no_address_leads_to_a_file(bucket, add):
    piece = add(b"The bridge is closed.", "notice.txt")
    assert piece.file.url == piece.sha256


def test_a_picture_gets_its_thumbnail(bucket, desk, add):
    piece = add(png(300, 200), "photo.png")
    enqueue_thumbnails()
    address = reverse("evidence-thumbnail", args=[piece.pk])
    assert desk.get(address).getvalue().startswith(b"\x89PNG")
    default_storage.delete(Thumbnail.objects.get().name)
    assert desk.get(address).status_code == 404


def test_an_export_is_kept_until_its_time_is_over(
    bucket, editor, desk, django_capture_on_commit_callbacks
):
    export = rows.export(editor)
    write_export(export, lambda: (1, Table(("id",), [(1,)])))
    address = reverse("export-file", args=[export.pk])
    assert desk.get(address).getvalue() == b"id\r\n1\r\n"
    Export.objects.update(created_at=timezone.now() - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        begin_export(actor=editor, query="", key="csv", total=1)
    Export.objects.filter(pk=export.pk).delete()
    again = rows.export(editor, pk=export.pk, status=JobStatus.DONE)
    assert desk.get(reverse("export-file", args=[again.pk])).status_code == 404


class TestOutage:
    @pytest.fixture
    def away(self, bucket, settings, server):
        """The server has gone."""
        gone = bucket | {"FILES_URL": bucket["FILES_URL"].replace(server, NOBODY)}
        settings.STORAGES = settings.STORAGES | storages_in(gone)

    @pytest.fixture
    def piece(self, bucket, add) -> Evidence:
        piece = add(png(300, 200), "photo.png")
        Thumbnail.objects.update(is_due=True)
        return piece

    def test_a_page_says_so_and_when_to_try_again(self, desk, piece, away):
        desk.raise_request_exception = False
        answer = desk.get(reverse("evidence-file", args=[piece.pk]))
        assert answer.status_code == 503
        assert answer["Retry-After"] == "30"
        assert "The file storage cannot be reached" in answer.content.decode()

    def test_the_health_checks_say_so(self, client, db, away):
        assert client.get("/readyz").json()["checks"]["files"] == "no file storage"

    def test_a_thumbnail_is_drawn_later(self, piece, away):
        enqueue_thumbnails()
        assert Thumbnail.objects.get().is_due

    def test_an_export_says_so(self, editor, away):
        export = rows.export(editor)
        write_export(export, lambda: (1, Table(("id",), [(1,)])))
        export.refresh_from_db()
        assert export.status == JobStatus.FAILED
        assert "the file storage cannot be used" in export.error
