"""An embargo: the time until which an approved report is not public, and at which the worker publishes it."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.accounts.managing import workbench_account
from claims.actions.base import action, transaction_of_action
from claims.actions.notifications import notify_of_draft
from claims.actions.reports.publishing import publish_report, require_publishable
from claims.actions.reports.saving import add_step, locked_draft, save_report
from claims.choices import DraftStage, DraftStepKind, NotificationKind
from claims.errors import InvalidValueError, LookAgainError, NotAllowedError, NotPossibleError
from claims.models import Report
from claims.queries.reports.contents import draft_of

_PUBLISH = "claims.publish_report"

HELD_CHANGED = gettext_noop("Something in the draft had changed since it was approved.")
HELD_NOT_ALLOWED = gettext_noop("Whoever had set the time may no longer publish reports.")
HELD_NOT_POSSIBLE = gettext_noop("It could not be published, or there was no public address.")


@action(_PUBLISH, what=gettext_noop("publish reports"))
def schedule_report(
    *, actor: User, report_id: int, seen: str, publish_at: datetime, public: bool = True
) -> Report:
    """Have an approved draft published at a time, or change that time. Until then nothing of it is public.

    If anything in the draft changes before, the approval lapses and it is not published.

    Args:
        actor: in whose name it will be published.
        report_id: the draft.
        seen: the digest of the draft that the actor saw.
        publish_at: when.
        public: whether everyone may read it from then on.

    Raises:
        LookAgainError: if anything in it has changed since the actor looked.
        InvalidValueError: if the time has passed.
        NotPossibleError: if the report is published or not approved, has no claims, or some whose second check is under
            way; or if it is to be public and there is no public address.
    """
    report = locked_draft(actor, report_id)
    draft = draft_of(report)
    if draft.digest != seen:
        raise LookAgainError
    if report.stage != DraftStage.APPROVED or report.approved_digest != seen:
        raise NotPossibleError(why=_("the draft is not approved."))
    if publish_at <= timezone.now():
        raise InvalidValueError(why=_("the time has passed."))
    require_publishable(draft)
    if public and not settings.PUBLIC_URL:
        raise NotPossibleError(why=_("there is no public address yet."))
    report.publish_at, report.goes_public, report.scheduled_by = publish_at, public, actor
    save_report(actor, report)
    add_step(actor, report, DraftStepKind.SCHEDULED, publish_at=publish_at)
    return report


@action(_PUBLISH, what=gettext_noop("publish reports"))
def unschedule_report(*, actor: User, report_id: int) -> Report:
    """Do not have a draft published at its time. It stays approved. A second click does nothing.

    Raises:
        NotPossibleError: if the report is published.
    """
    report = locked_draft(actor, report_id)
    if report.publish_at is None:
        return report
    report.publish_at = None
    save_report(actor, report)
    add_step(actor, report, DraftStepKind.UNSCHEDULED)
    return report


def publish_due_reports() -> None:
    """Publish the approved drafts whose time has come. Any worker may do it; several at once do nothing twice.

    What cannot be published is held: it waits for approval again, and those whom it concerns are notified.
    """
    for pk in list(
        Report.objects.due(timezone.now()).order_by("publish_at", "pk").values_list("pk", flat=True)
    ):
        with transaction_of_action():
            due = Report.objects.due(timezone.now()).select_for_update(of=("self",))
            report = due.filter(pk=pk).first()
            # Another worker may have been faster, and somebody may have cancelled it.
            if report is not None:
                _publish_or_hold(report)


def _publish_or_hold(report: Report) -> None:
    actor = report.scheduled_by
    if actor is None:
        _hold(report, HELD_NOT_ALLOWED)
        return
    try:
        publish_report(
            actor=actor,
            report_id=report.pk,
            seen=report.approved_digest,
            public=report.goes_public,
        )
    except LookAgainError:
        _hold(report, HELD_CHANGED)
    except NotAllowedError:
        _hold(report, HELD_NOT_ALLOWED)
    except NotPossibleError:
        _hold(report, HELD_NOT_POSSIBLE)
    else:
        _tell(report, NotificationKind.DRAFT_PUBLISHED)


def _hold(report: Report, why: str) -> None:
    report.stage, report.publish_at = DraftStage.SUBMITTED, None
    save_report(workbench_account(), report)
    add_step(workbench_account(), report, DraftStepKind.HELD, note=why)
    _tell(report, NotificationKind.DRAFT_HELD)


def _tell(report: Report, kind: NotificationKind) -> None:
    people = [report.made_by_id, report.scheduled_by_id]
    notify_of_draft(workbench_account(), report, kind, people)
