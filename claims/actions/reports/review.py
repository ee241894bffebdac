"""The way of a draft: submitted for approval, sent back with notes, approved."""

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.notifications import notify_of_draft
from claims.actions.reports.saving import add_step, locked_draft, save_report
from claims.choices import DraftStage, DraftStepKind, NotificationKind
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.models import Report
from claims.queries.accounts import display_name, publishers
from claims.queries.reports.contents import draft_of

LONGEST_NOTE = 5_000

_MAKE = "claims.add_report"
_PUBLISH = "claims.publish_report"


@action(_MAKE, what=gettext_noop("submit reports"))
def submit_report(*, actor: User, report_id: int, note: str = "") -> Report:
    """Submit a draft for approval, also one whose approval has lapsed, and notify those who may publish.

    A second click does nothing.

    Args:
        actor: who submits it.
        report_id: the draft.
        note: what they should know.

    Raises:
        InvalidValueError: if the note is too long.
        NotPossibleError: if the report is published, or approved as it is.
        Report.DoesNotExist: if it is a draft that the actor may not see.
    """
    note = _valid_note(note)
    report = locked_draft(actor, report_id)
    if report.stage == DraftStage.SUBMITTED:
        return report
    if report.stage == DraftStage.APPROVED and report.approved_digest == draft_of(report).digest:
        raise NotPossibleError(why=_("the draft is approved already."))
    report.stage, report.publish_at = DraftStage.SUBMITTED, None
    save_report(actor, report)
    add_step(actor, report, DraftStepKind.SUBMITTED, note=note)
    people = publishers().values_list("pk", flat=True)
    notify_of_draft(actor, report, NotificationKind.DRAFT_SUBMITTED, people)
    return report


@action(_PUBLISH, what=gettext_noop("send reports back"))
def send_report_back(*, actor: User, report_id: int, note: str) -> Report:
    """Send a draft back to whoever made it. If it was approved, that lapses, and with it the time of publication.

    Args:
        actor: who sends it back.
        report_id: the draft.
        note: what is to be changed.

    Raises:
        InvalidValueError: if there is no note, or it is too long.
        NotPossibleError: if the report is published, or nobody has submitted it.
    """
    note = _valid_note(note)
    if not note:
        raise InvalidValueError(why=_("write what is to be changed."))
    report = locked_draft(actor, report_id)
    if report.stage not in {DraftStage.SUBMITTED, DraftStage.APPROVED}:
        raise NotPossibleError(why=_("nobody has submitted the draft."))
    report.stage, report.publish_at = DraftStage.SENT_BACK, None
    save_report(actor, report)
    add_step(actor, report, DraftStepKind.SENT_BACK, note=note)
    notify_of_draft(actor, report, NotificationKind.DRAFT_SENT_BACK, [report.made_by_id])
    return report


@action(_PUBLISH, what=gettext_noop("approve reports"))
def approve_report(*, actor: User, report_id: int, seen: str, note: str = "") -> Report:
    """Approve a draft as the actor saw it. The approval lapses when anything in the draft changes.

    Args:
        actor: who approves it.
        report_id: the draft.
        seen: the digest of the draft that the actor saw.
        note: what whoever made it should know.

    Raises:
        LookAgainError: if anything in it has changed since.
        InvalidValueError: if the note is too long.
        NotPossibleError: if the report is published.
    """
    note = _valid_note(note)
    report = locked_draft(actor, report_id)
    if draft_of(report).digest != seen:
        raise LookAgainError
    report.approved_by, report.approved_by_name = actor, display_name(actor)
    report.approved_at, report.approved_digest = timezone.now(), seen
    report.stage = DraftStage.APPROVED
    save_report(actor, report)
    add_step(actor, report, DraftStepKind.APPROVED, note=note)
    notify_of_draft(actor, report, NotificationKind.DRAFT_APPROVED, [report.made_by_id])
    return report


def _valid_note(note: str) -> str:
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise InvalidValueError(why=_("the note is longer than 5,000 characters."))
    return note
