"""Verification reports: made as drafts, looked at, frozen when they are published, and never altered afterwards."""

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.locking import delete_as, save_as
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import (
    Article,
    Report,
)
from claims.models.claims.claim import ClaimQuerySet
from claims.queries.accounts import name_of
from claims.queries.reports.contents import MOST_CLAIMS, claims_of_article, in_order, require_few

_MAKE = "claims.add_report"


@action(_MAKE, what=gettext_noop("create reports"))
def draft_report(
    *,
    actor: User,
    title: str,
    article: Article | None = None,
    claims: ClaimQuerySet | None = None,
    scope: str = "",
    query: str = "",
) -> Report:
    """Make a report to look at. Nothing is frozen yet: `publish_report` does that.

    Args:
        actor: who makes it.
        title: what it is about.
        article: for a report of all that the article's newest text holds.
        claims: for any other one, its claims.
        scope: which these are, in words.
        query: the same as the table of claims has it.

    Raises:
        InvalidValueError: if it has no title, or one that is too long.
        NotPossibleError: if there are no claims in work, or more than a report holds.
    """
    chosen: list[int] = []
    if claims is not None:
        chosen = list(in_order(claims.in_work()).values_list("pk", flat=True)[: MOST_CLAIMS + 1])
        if not chosen:
            raise NotPossibleError(why=_("none of the selected claims is active."))
    elif article is not None:
        require_few(claims_of_article(article).count())
    require_few(len(chosen))
    report = Report(
        title=" ".join(title.split()),
        article=article,
        chosen=chosen,
        scope=scope,
        query=query,
        made_by=actor,
        made_by_name=name_of(actor),
    )
    save_report(actor, report)
    return report


@action(_MAKE, what=gettext_noop("create reports"))
def rename_report(*, actor: User, report_id: int, title: str) -> Report:
    """Give a draft another title.

    Raises:
        InvalidValueError: if there is none, or it is too long.
        NotPossibleError: if the report is published.
        Report.DoesNotExist: if it is a draft that is not open to the actor.
    """
    report = _locked_draft(actor, report_id)
    report.title = " ".join(title.split())
    save_report(actor, report)
    return report


@action(_MAKE, what=gettext_noop("discard drafts"))
def discard_report(*, actor: User, report_id: int) -> None:
    """Throw a draft away. A second click does nothing.

    Raises:
        NotPossibleError: if the report is published: nothing published ever goes.
        Report.DoesNotExist: if it is a draft that is not open to the actor.
    """
    if not Report.objects.filter(pk=report_id).exists():
        return
    report = _locked_draft(actor, report_id)
    LogEntry.objects.log_actions(actor.pk, [report], DELETION, single_object=True)
    delete_as(actor, report)


def save_report(actor: User, report: Report) -> None:
    """Save a report with an entry in its history. Raises `InvalidValueError` for a title that it cannot have."""
    try:
        report.full_clean(exclude={"scope"})
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    save_as(actor, report)


def _locked_draft(actor: User, report_id: int) -> Report:
    report = Report.objects.open_to(actor).select_for_update(of=("self",)).get(pk=report_id)
    if not report.draft:
        raise NotPossibleError(why=_("the report is published and cannot be changed."))
    return report
