"""Evidence in data entry is logged like evidence that is added at its claim."""

import pytest
from django.utils import timezone

from claims.actions import ask_second_check, decide_claim, delete_record, enter_record
from claims.choices import ChangeAction, Verdict
from claims.errors import BlindCheckError, NotPossibleError
from claims.models import Claim, Evidence
from tests.conftest import newest, version_of
from tests.models import rows


@pytest.fixture
def piece(editor, claim) -> Evidence:
    return enter_record(
        actor=editor,
        record=Evidence(claim=claim, title="Register", url="https://e.org/", added_by=editor),
    )


def test_a_new_one_is_its_actors_and_in_the_log(piece, editor, claim):
    assert (piece.history.get().history_user, piece.added_by) == (editor, editor)
    change = newest(claim)
    assert (change.action, change.actor) == (ChangeAction.ATTACH, editor)


def test_of_a_changed_one_only_the_entered_fields_are_written(piece, chief, claim):
    Evidence.objects.filter(pk=piece.pk).update(interest="Owner")
    piece.title, piece.interest = "Log", ""
    enter_record(actor=chief, record=piece, fields=["title"])
    kept = Evidence.objects.get()
    assert (kept.title, kept.interest) == ("Log", "Owner")
    assert (newest(claim).action, newest(claim).actor) == (ChangeAction.AMEND, chief)


def test_a_deleted_one_is_removed_and_kept(piece, chief, claim):
    delete_record(actor=chief, record=piece)
    assert Evidence.objects.get().removed_at is not None
    assert newest(claim).action == ChangeAction.DETACH


def test_what_was_removed_is_not_changed(piece, editor):
    Evidence.objects.update(removed_at=timezone.now())
    piece.title = "Log"
    with pytest.raises(NotPossibleError):
        enter_record(actor=editor, record=piece, fields=["title"])


def test_whoever_checks_the_claim_blind_changes_nothing_of_it(piece, editor, chief, claim):
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
    ask_second_check(actor=editor, blind=True, **version_of(claim))
    piece.title = "Log"
    with pytest.raises(BlindCheckError):
        enter_record(actor=chief, record=piece, fields=["title"])
    with pytest.raises(BlindCheckError):
        delete_record(actor=chief, record=piece)
    enter_record(actor=editor, record=piece, fields=["title"])
    assert Evidence.objects.get().title == "Log"


def test_the_same_page_for_another_claim_stays_as_it_is(piece, editor):
    other = rows.evidence(rows.claim(rows.revision(editor)), editor, url=piece.url)
    piece.title = "Log"
    enter_record(actor=editor, record=piece, fields=["title"])
    assert Evidence.objects.get(pk=other.pk).title == "Bridge register"
    assert Claim.objects.get(pk=other.claim_id).version == 1
