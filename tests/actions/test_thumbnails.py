"""Thumbnails of stored files, drawn by a worker."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.actions import EvidenceDraft, add_evidence
from claims.actions.thumbnails import enqueue_thumbnails
from claims.ingest.thumbnails import size_of
from claims.models import Thumbnail
from tests.ingest.pictures import SVG, png


@pytest.fixture
def add(editor, claim):
    def add(name: str, words: bytes):
        draft = EvidenceDraft(title=name, file=SimpleUploadedFile(name, words))
        claim.refresh_from_db()
        return add_evidence(actor=editor, claim_id=claim.pk, version=claim.version, evidence=draft)

    return add


def test_a_picture_gets_one_beside_it(add):
    piece = add("photo.png", png(300, 200))
    enqueue_thumbnails()
    thumbnail = Thumbnail.objects.get(pk=piece.sha256)
    assert (thumbnail.width, thumbnail.height, thumbnail.is_due) == (192, 128, False)
    with piece.file.storage.open(thumbnail.name) as file:
        assert size_of(file.read()) == (192, 128)


def test_a_file_without_one_is_not_tried_again(add):
    piece = add("drawing.png", SVG)
    enqueue_thumbnails()
    thumbnail = Thumbnail.objects.get(pk=piece.sha256)
    assert (thumbnail.width, thumbnail.is_due) == (0, False)
    piece.file.storage.delete(piece.sha256)
    enqueue_thumbnails()
    add("drawing.png", SVG)
    assert not Thumbnail.objects.filter(is_due=True).exists()


def test_a_file_that_is_gone_keeps_no_other_waiting(add):
    gone, there = add("gone.png", png(30, 20)), add("photo.png", png(300, 200))
    gone.file.storage.delete(gone.sha256)
    enqueue_thumbnails()
    drawn = dict(Thumbnail.objects.values_list("sha256", "width"))
    assert drawn == {gone.sha256: 0, there.sha256: 192}
    assert not Thumbnail.objects.filter(is_due=True).exists()
