"""What an outside archive does with evidence, and for which of it a copy can be asked for."""

import pytest
from django.utils import timezone

from claims.models import ArchiveRequest, Evidence
from claims.queries.links.archiving import ArchiveState, archive_states
from tests.models import rows


@pytest.fixture
def piece(editor, settings) -> Evidence:
    settings.ARCHIVE_URL = "https://archive.example.org"
    return rows.evidence(rows.claim(rows.revision(editor)), editor)


def states() -> dict[int, ArchiveState]:
    return archive_states(Evidence.objects.with_secrecy())


def test_nothing_is_asked_without_an_archive_or_without_evidence(
    piece, settings, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert archive_states([]) == {}
    settings.ARCHIVE_URL = ""
    pieces = list(Evidence.objects.with_secrecy())
    with django_assert_num_queries(0):
        assert archive_states(pieces) == {}


@pytest.mark.parametrize(
    ("fields", "is_offered", "is_secret"),
    [
        ({}, True, False),
        ({"confidential": True}, False, True),
        ({"archive_url": "https://copies.example.org/7"}, False, False),
        ({"url": "", "file": "a", "sha256": "a" * 64}, False, False),
    ],
)
def test_a_copy_is_offered_of_open_pages_that_have_none(piece, fields, is_offered, is_secret):
    Evidence.objects.filter(pk=piece.pk).update(**fields)
    assert states() == {piece.pk: ArchiveState(None, is_offered, is_secret)}


def test_what_is_confidential_for_another_claim_is_secret_too(editor, piece):
    other = rows.claim(rows.revision(editor))
    rows.evidence(other, editor, confidential=True)
    assert states()[piece.pk].is_secret


@pytest.mark.parametrize("waits", [True, False])
def test_a_request_waits_until_it_has_failed(editor, piece, waits):
    assert not states()[piece.pk].is_waiting
    request = ArchiveRequest.objects.create(
        evidence=piece,
        asked_by=editor,
        **({"due_at": timezone.now()} if waits else {"due_at": None, "error": {"code": "x"}}),
    )
    found = states()[piece.pk]
    assert (found.request, found.is_waiting) == (request, waits)
