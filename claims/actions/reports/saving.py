"""Reading a draft for a change, and saving it: what all actions on drafts share."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.actions.locking import save_as
from claims.choices import DraftStage, DraftStepKind
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import DraftStep, Report
from claims.queries.accounts import display_name


def locked_draft(actor: User, report_id: int) -> Report:
    """Return a draft, locked until the transaction ends.

    Raises:
        NotPossibleError: if the report is published.
        Report.DoesNotExist: if it is a draft that the actor may not see.
    """
    report = Report.objects.open_to(actor).select_for_update(of=("self",)).get(pk=report_id)
    if not report.is_draft:
        raise NotPossibleError(why=_("the report is published and cannot be changed."))
    return report


def save_report(actor: User, report: Report) -> None:
    """Save a report with a history entry. Raises `InvalidValueError` if its title is not valid."""
    try:
        report.full_clean(exclude={"scope", "lede", "conclusion"})
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    save_as(actor, report)


def save_changed_draft(actor: User, report: Report) -> None:
    """Save a draft whose contents were changed: an approval lapses, and with it the time of publication."""
    if report.stage == DraftStage.APPROVED:
        report.stage, report.publish_at = DraftStage.WRITING, None
        add_step(actor, report, DraftStepKind.LAPSED)
    save_report(actor, report)


def add_step(
    actor: User,
    report: Report,
    kind: DraftStepKind,
    *,
    note: str = "",
    publish_at: datetime | None = None,
) -> None:
    """Log a step on the way of a draft."""
    DraftStep.objects.create(
        report=report,
        kind=kind,
        note=note,
        publish_at=publish_at,
        actor=actor,
        actor_name=display_name(actor),
    )
