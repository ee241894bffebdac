"""Keeping evidence in an outside archive: a worker asks for a copy, waits for it, and notes its address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    archive_evidence,
    edit_evidence,
    remove_evidence,
)
from claims.actions.links.archiving import LOOKS, WAITS, enqueue_archiving
from claims.choices import ChangeAction
from claims.errors import ArchiveError, BadAddressError, NotPossibleError, from_data
from claims.messages import message_of
from claims.models import ArchiveRequest, Claim, Evidence
from tests.actions.later import time_passes
from tests.conftest import version_of
from tests.fetching.archives import spn
from tests.fetching.sites import page

PAGE = "https://harbour.example.org/notice"
COPY = f"/web/20260504093000/{PAGE}"


@pytest.fixture
def archive(site, settings):
    """An archive on this machine, which is the one that the workbench asks."""
    settings.ARCHIVE_URL, settings.ARCHIVE_KEY = site.at("").rstrip("/"), spn.KEY
    settings.FETCH_ALLOW = []
    spn.speak(site)
    return site


@pytest.fixture
def piece(editor, claim) -> Evidence:
    draft = EvidenceDraft(title="Notice", url=PAGE, excerpt="from Monday", interest="the harbour")
    return add_evidence(actor=editor, evidence=draft, **version_of(claim))


@pytest.fixture
def ask(editor, piece):
    def ask(**fields) -> bool:
        Evidence.objects.filter(pk=piece.pk).update(**fields)
        return archive_evidence(actor=editor, evidence_id=piece.pk)

    return ask


def work(by: timedelta = timedelta()) -> None:
    """Let time pass, and then a worker do what is due."""
    time_passes(by)
    enqueue_archiving()


def why_not() -> str:
    request = ArchiveRequest.objects.get()
    assert not request.is_waiting
    return message_of(from_data(request.error))


class TestACopy:
    def test_its_address_comes_into_the_evidence_with_a_log_entry(
        self, archive, ask, piece, editor
    ):
        assert ask()
        assert archive.asked == []
        work()
        work(timedelta(seconds=LOOKS[0]))
        piece.refresh_from_db()
        assert piece.archive_url == f"{archive.at('').rstrip('/')}{COPY}"
        assert (piece.url, piece.excerpt, piece.interest) == (PAGE, "from Monday", "the harbour")
        change = Claim.objects.get(pk=piece.claim_id).changed.latest("pk").change
        assert (change.action, change.actor) == (ChangeAction.AMEND, editor)
        assert not ArchiveRequest.objects.exists()

    def test_an_archive_at_work_is_asked_again_at_growing_intervals(self, archive, ask, piece):
        archive.pages[spn.STATUS] = spn.PENDING
        ask()
        work()
        for seconds in LOOKS[:6]:
            work(timedelta(seconds=seconds))
        assert archive.asked == ["/save", *[spn.STATUS] * 6]
        work(timedelta(seconds=LOOKS[6] / 2))
        assert len(archive.asked) == 7
        archive.pages[spn.STATUS] = spn.done()
        work(timedelta(seconds=LOOKS[6]))
        piece.refresh_from_db()
        assert piece.archive_url.endswith(COPY)
        assert len(archive.posted) == 1

    @pytest.mark.parametrize(
        ("looks", "place"), [(0, 1), (4, 5), (len(LOOKS) - 2, -1), (len(LOOKS) - 1, -1)]
    )
    def test_how_long_an_archive_at_work_is_given(self, archive, ask, looks, place):
        archive.pages[spn.STATUS] = spn.PENDING
        ask()
        work()
        now = timezone.now()
        ArchiveRequest.objects.update(looks=looks, due_at=now)
        enqueue_archiving()
        request = ArchiveRequest.objects.get()
        assert request.looks == looks + 1
        if looks + 1 < len(LOOKS):
            waited = request.due_at - timedelta(seconds=LOOKS[place])
            assert now <= waited <= timezone.now()
        else:
            assert not request.is_waiting

    @pytest.mark.parametrize(("attempts", "place"), [(0, 0), (1, 1), (len(WAITS) - 1, -1)])
    def test_how_long_an_archive_that_failed_is_given(self, archive, ask, attempts, place):
        archive.pages["/save"] = page(status=503)
        ask()
        now = timezone.now()
        ArchiveRequest.objects.update(attempts=attempts, due_at=now)
        enqueue_archiving()
        request = ArchiveRequest.objects.get()
        assert request.attempts == attempts + 1
        assert now <= request.due_at - WAITS[place] <= timezone.now()

    def test_asking_twice_asks_once(self, archive, ask):
        assert ask()
        assert not ask()
        work()
        assert len(archive.posted) == 1

    def test_no_address_is_written_over(self, archive, ask, piece, editor):
        ask()
        work()
        draft = EvidenceDraft(title="Notice", url=PAGE, archive_url="https://copies.example.org/7")
        edit_evidence(actor=editor, evidence_id=piece.pk, evidence=draft, version=_version(piece))
        work(timedelta(seconds=LOOKS[0]))
        piece.refresh_from_db()
        assert piece.archive_url == "https://copies.example.org/7"
        assert not ArchiveRequest.objects.exists()

    def test_a_copy_of_another_page_is_not_taken_for_one_of_a_new_link(
        self, archive, ask, piece, editor
    ):
        ask()
        work()
        draft = EvidenceDraft(title="Notice", url="https://tides.example.org/")
        edit_evidence(actor=editor, evidence_id=piece.pk, evidence=draft, version=_version(piece))
        work(timedelta(seconds=LOOKS[0]))
        piece.refresh_from_db()
        assert piece.archive_url == ""
        asked = [sent.body.decode() for sent in archive.posted]
        assert "harbour.example.org" in asked[0]
        assert "tides.example.org" in asked[1]

    def test_evidence_that_was_removed_is_left_alone(self, archive, ask, piece, editor):
        ask()
        remove_evidence(actor=editor, evidence_id=piece.pk, version=_version(piece))
        work()
        assert archive.asked == []
        assert not ArchiveRequest.objects.exists()


class TestAnArchiveThatIsBusy:
    def test_it_is_left_alone_as_long_as_it_wants_with_all_that_is_to_begin(
        self, archive, ask, editor, claims
    ):
        archive.pages["/save"] = page(status=429, headers={"Retry-After": "7200"})
        draft = EvidenceDraft(title="Tides", url="https://tides.example.org/")
        other = add_evidence(actor=editor, evidence=draft, **version_of(claims[1]))
        ask()
        work()
        assert len(archive.posted) == 1
        archive_evidence(actor=editor, evidence_id=other.pk)
        archive.pages["/save"] = spn.BEGUN
        work(timedelta(minutes=119))
        assert len(archive.posted) == 2
        work(timedelta(minutes=1))
        assert len(archive.posted) == 3

    def test_a_busy_archive_is_asked_for_the_next_page_only_when_it_wants(
        self, archive, ask, editor, claims
    ):
        draft = EvidenceDraft(title="Tides", url="https://tides.example.org/")
        other = add_evidence(actor=editor, evidence=draft, **version_of(claims[1]))
        archive.pages["/save"] = page(status=429, headers={"Retry-After": "7200"})
        ask()
        archive_evidence(actor=editor, evidence_id=other.pk)
        work()
        work()
        assert len(archive.posted) == 1

    def test_what_failed_for_now_begins_anew(self, archive, ask, piece):
        archive.pages[spn.STATUS] = spn.failed("error:browsing-timeout")
        ask()
        work()
        work(timedelta(seconds=LOOKS[0]))
        archive.pages[spn.STATUS] = spn.done()
        work(WAITS[0])
        work(timedelta(seconds=LOOKS[0]))
        piece.refresh_from_db()
        assert piece.archive_url.endswith(COPY)
        assert len(archive.posted) == 2

    @pytest.mark.parametrize("path", ["/save", spn.STATUS])
    def test_it_comes_to_an_end_and_can_be_tried_again(self, archive, ask, path):
        archive.pages[path] = page(status=503)
        ask()
        for _time in range(40):
            work(timedelta(days=2))
        assert why_not() == "127.0.0.1 has not kept the page: it answered with HTTP status 503."
        before = len(archive.asked)
        assert ask()
        work()
        assert len(archive.asked) == before + 1

    def test_an_archive_that_never_finishes(self, archive, ask):
        archive.pages[spn.STATUS] = spn.PENDING
        ask()
        for _time in range(len(LOOKS) + 1):
            work(timedelta(hours=1))
        assert "it has not finished within an hour" in why_not()
        assert len(archive.posted) == 1


class TestWhatTheArchiveIsNotTold:
    def test_nothing_unless_one_is_set(self, archive, ask, settings):
        settings.ARCHIVE_URL = ""
        with pytest.raises(NotPossibleError, match="no archive is set up"):
            ask()

    def test_nothing_by_itself(self, archive, piece):
        work()
        assert archive.asked == []

    def test_what_is_confidential(self, archive, ask):
        with pytest.raises(NotPossibleError, match="this document is confidential"):
            ask(confidential=True)

    def test_what_is_confidential_for_another_claim(self, archive, ask, editor, claims):
        draft = EvidenceDraft(title="Notice", url=f"{PAGE}/", confidential=True)
        add_evidence(actor=editor, evidence=draft, **version_of(claims[1]))
        with pytest.raises(NotPossibleError, match="this document is confidential"):
            ask()

    def test_what_became_confidential_in_the_meantime(self, archive, ask, piece):
        ask()
        Evidence.objects.filter(pk=piece.pk).update(confidential=True)
        work()
        assert archive.asked == []
        assert "this document is confidential" in why_not()

    def test_an_address_with_a_password(self, archive, ask):
        with pytest.raises(BadAddressError):
            ask(url="https://ilva:secret@harbour.example.org/")

    def test_an_address_of_this_network(self, archive, ask, settings):
        settings.FETCH_ALLOW = ["harbour.example.org"]
        with pytest.raises(ArchiveError, match="on a private network"):
            ask()

    def test_what_has_no_link_or_has_a_copy_or_is_removed(self, archive, ask, piece, editor):
        with pytest.raises(NotPossibleError, match="an archived copy"):
            ask(archive_url="https://copies.example.org/7")
        remove_evidence(actor=editor, evidence_id=piece.pk, version=_version(piece))
        with pytest.raises(NotPossibleError, match="removed"):
            ask()


def test_one_who_may_no_longer_change_evidence_changes_none(archive, ask, piece, editor):
    ask()
    work()
    editor.groups.clear()
    work(timedelta(seconds=LOOKS[0]))
    piece.refresh_from_db()
    assert piece.archive_url == ""
    assert "not allowed to" in why_not()


def _version(piece: Evidence) -> int:
    return Claim.objects.get(pk=piece.claim_id).version
