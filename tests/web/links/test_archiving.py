"""What the desk shows of copies in an outside archive."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import EvidenceDraft, add_evidence
from claims.actions.links.archiving import LOOKS, enqueue_archiving
from claims.models import ArchiveRequest, Claim, Evidence
from tests.actions.later import time_passes
from tests.conftest import version_of
from tests.fetching.archives import spn
from tests.web.captures.test_captures import PART, panel, words_of

OFFER = "Keep in an archive"


@pytest.fixture
def archive(site, settings):
    settings.ARCHIVE_URL, settings.ARCHIVE_KEY = site.at("").rstrip("/"), spn.KEY
    settings.FETCH_ALLOW = []
    spn.speak(site)
    return site


@pytest.fixture
def piece(editor, claim) -> Evidence:
    draft = EvidenceDraft(title="Notice", url="https://harbour.example.org/notice")
    return add_evidence(actor=editor, evidence=draft, **version_of(claim))


@pytest.fixture
def ask(desk, piece):
    def ask() -> str:
        answer = desk.post(reverse("archive-evidence", args=[piece.pk]), headers=PART)
        assert answer.status_code == 200
        return words_of(answer.content.decode())

    return ask


def now(desk, piece) -> str:
    answer = desk.get(reverse("archive-evidence", args=[piece.pk]), headers=PART)
    return answer.content.decode()


def test_nothing_is_offered_unless_an_archive_is_set(desk, claim, piece):
    assert OFFER not in panel(desk, claim)


def test_a_copy_is_asked_for_waited_for_and_linked(desk, claim, piece, archive, ask):
    shown = words_of(panel(desk, claim))
    assert OFFER in shown
    assert "(127.0.0.1 shows the page and its address to everybody)" in shown
    assert "Copy asked for at 127.0.0.1." in ask()
    assert OFFER not in panel(desk, claim)
    enqueue_archiving()
    assert 'hx-trigger="every 5s"' in now(desk, piece)
    time_passes(timedelta(seconds=LOOKS[0]))
    enqueue_archiving()
    copy = f"{archive.at('').rstrip('/')}/web/20260504093000/{piece.url}"
    assert copy in now(desk, piece)
    assert "show it before you decide" in now(desk, piece)
    shown = panel(desk, claim)
    assert copy in shown
    assert OFFER not in shown


def test_why_it_failed_is_told_and_it_can_be_tried_again(desk, claim, piece, archive, ask):
    archive.pages["/save"] = spn.failed("error:no-access")
    ask()
    enqueue_archiving()
    shown = words_of(panel(desk, claim))
    assert "127.0.0.1 has not kept the page: the site does not let it in." in shown
    assert "Ask the archive again" in shown
    assert "Copy asked for" in ask()


def test_what_is_confidential_is_not_offered_and_refused(desk, claim, piece, archive, ask):
    Evidence.objects.filter(pk=piece.pk).update(confidential=True)
    shown = panel(desk, claim)
    assert "No outside archive is told of it, because it is confidential." in shown
    assert OFFER not in shown
    assert "this document is confidential" in ask()
    assert not ArchiveRequest.objects.exists()


def test_a_browser_without_scripts_comes_back_to_the_claim(desk, claim, piece, archive):
    answer = desk.post(reverse("archive-evidence", args=[piece.pk]), follow=True)
    assert "The archive will be asked for a copy in a moment." in answer.content.decode()
    assert f"claim={claim.pk}" in answer.request["QUERY_STRING"]


def test_one_who_reads_only_is_offered_nothing(client, reader, claim, piece, archive):
    client.force_login(reader)
    assert OFFER not in panel(client, claim)


def test_a_panel_asks_one_query_more_however_many_documents_there_are(
    desk, claim, piece, archive, editor, settings, django_assert_num_queries
):
    panel(desk, claim)
    with CaptureQueriesContext(connection) as once:
        panel(desk, claim)
    for number in range(3):
        draft = EvidenceDraft(title=f"Notice {number}", url=f"https://example.org/{number}")
        add_evidence(actor=editor, evidence=draft, **version_of(Claim.objects.get(pk=claim.pk)))
    with django_assert_num_queries(len(once)):
        panel(desk, claim)
