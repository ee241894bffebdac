"""The way of a draft: submitted, sent back with a note, approved; and who is told of it."""

import pytest

from claims.actions import (
    approve_report,
    decide_claim,
    draft_report,
    publish_report,
    rename_report,
    send_report_back,
    submit_report,
    write_report,
)
from claims.choices import DraftStage, Verdict
from claims.errors import InvalidValueError, NotAllowedError, NotPossibleError
from claims.models import Notification, Report
from claims.queries.reports.editions import edition_of
from tests.actions.reports.conftest import published


@pytest.fixture
def draft(editor, article) -> Report:
    return draft_report(actor=editor, title="Bridges", article=article)


def approved(actor, report: Report) -> Report:
    seen = edition_of(actor=actor, report=report).digest
    return approve_report(actor=actor, report_id=report.pk, seen=seen)


def stage(report: Report) -> str:
    report.refresh_from_db()
    return report.stage


def steps(report: Report) -> list[tuple[str, str, str]]:
    return [(step.kind, step.actor_name, step.note) for step in report.steps.all()]


def told(person) -> list[str]:
    return list(Notification.objects.to(person).values_list("kind", flat=True))


def test_a_draft_goes_back_and_forth_and_every_step_is_kept(editor, chief, draft):
    submit_report(actor=editor, report_id=draft.pk, note=" Please hurry. ")
    assert stage(draft) == DraftStage.SUBMITTED
    assert told(chief) == ["draft-submitted"]
    send_report_back(actor=chief, report_id=draft.pk, note="The lede is missing.")
    assert stage(draft) == DraftStage.SENT_BACK
    assert told(editor) == ["draft-sent-back"]
    submit_report(actor=editor, report_id=draft.pk)
    approved(chief, draft)
    assert stage(draft) == DraftStage.APPROVED
    assert told(editor) == ["draft-approved"]
    assert steps(draft) == [
        ("submitted", "Edda", "Please hurry."),
        ("sent-back", "Carl", "The lede is missing."),
        ("submitted", "Edda", ""),
        ("approved", "Carl", ""),
    ]


def test_nobody_is_told_of_their_own_act(chief, draft):
    own = draft_report(actor=chief, title="Boats", article=draft.article)
    submit_report(actor=chief, report_id=own.pk)
    approved(chief, own)
    assert told(chief) == []


def test_a_second_click_submits_once(editor, draft):
    for _click in range(2):
        submit_report(actor=editor, report_id=draft.pk)
    assert len(steps(draft)) == 1


def test_an_editor_neither_approves_nor_sends_back(editor, draft):
    submit_report(actor=editor, report_id=draft.pk)
    with pytest.raises(NotAllowedError):
        approved(editor, draft)
    with pytest.raises(NotAllowedError):
        send_report_back(actor=editor, report_id=draft.pk, note="No.")


def test_who_sends_back_says_what_is_to_be_changed(chief, editor, draft):
    submit_report(actor=editor, report_id=draft.pk)
    with pytest.raises(InvalidValueError):
        send_report_back(actor=chief, report_id=draft.pk, note=" ")
    with pytest.raises(InvalidValueError):
        send_report_back(actor=chief, report_id=draft.pk, note="x" * 5_001)
    assert stage(draft) == DraftStage.SUBMITTED
    send_report_back(actor=chief, report_id=draft.pk, note="x" * 5_000)
    assert stage(draft) == DraftStage.SENT_BACK


def test_what_nobody_submitted_is_not_sent_back_and_what_is_approved_not_submitted(
    editor, chief, draft
):
    with pytest.raises(NotPossibleError):
        send_report_back(actor=chief, report_id=draft.pk, note="No.")
    approved(chief, draft)
    with pytest.raises(NotPossibleError):
        submit_report(actor=editor, report_id=draft.pk)


@pytest.mark.parametrize("change", ["rename", "write"])
def test_an_approval_lapses_when_somebody_changes_the_draft(editor, chief, draft, change):
    approved(chief, draft)
    if change == "rename":
        rename_report(actor=editor, report_id=draft.pk, title="Bridges of May")
    else:
        write_report(actor=editor, report_id=draft.pk, title="Bridges", lede="Nine.", conclusion="")
    assert stage(draft) == DraftStage.WRITING
    assert steps(draft)[-1] == ("lapsed", "Edda", "")


def test_what_has_changed_since_its_approval_is_submitted_again(editor, chief, draft, claim):
    approved(chief, draft)
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    submit_report(actor=editor, report_id=draft.pk)
    assert stage(draft) == DraftStage.SUBMITTED


def test_what_was_sent_back_stays_so_until_it_is_submitted_again(editor, chief, draft):
    submit_report(actor=editor, report_id=draft.pk)
    send_report_back(actor=chief, report_id=draft.pk, note="The lede.")
    write_report(actor=editor, report_id=draft.pk, title="Bridges", lede="Nine.", conclusion="")
    assert stage(draft) == DraftStage.SENT_BACK


def test_an_approval_of_other_contents_is_none_for_publishing(editor, chief, draft, claim):
    boss = chief.__class__.objects.create_superuser("olga")
    approved(boss, draft)
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    report = published(chief, Report.objects.get(pk=draft.pk))
    assert report.approved_by_name == "Carl"


def test_nor_is_one_that_was_taken_back(chief, draft):
    boss = chief.__class__.objects.create_superuser("olga")
    approved(boss, draft)
    send_report_back(actor=boss, report_id=draft.pk, note="Wait.")
    report = published(chief, Report.objects.get(pk=draft.pk))
    assert report.approved_by_name == "Carl"


def test_whoever_approved_it_is_named_when_another_one_publishes(chief, draft):
    boss = chief.__class__.objects.create_superuser("olga")
    approved(boss, draft)
    seen = edition_of(actor=chief, report=draft).digest
    report = publish_report(actor=chief, report_id=draft.pk, seen=seen)
    assert (report.approved_by_name, report.published_by_name) == ("olga", "Carl")


@pytest.mark.parametrize("act", [submit_report, send_report_back])
def test_a_published_report_goes_nowhere(chief, draft, act):
    published(chief, draft)
    with pytest.raises(NotPossibleError):
        act(actor=chief, report_id=draft.pk, note="No.")
