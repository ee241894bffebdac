"""Verification reports: created as drafts, frozen when they are published, and never altered afterwards."""

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.locking import delete_as
from claims.actions.reports.saving import locked_draft, save_changed_draft, save_report
from claims.errors import NotPossibleError
from claims.models import Article, Report
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.accounts import display_name
from claims.queries.reports.contents import (
    MAX_CLAIMS,
    claims_of_article,
    in_order,
    require_few,
    waiting_claims,
)
from claims.queries.reports.terms import public_language

_MAKE = "claims.add_report"
_PUBLISH = "claims.publish_report"


@action(_MAKE, what=gettext_noop("create reports"))
def draft_report(
    *,
    actor: User,
    title: str,
    article: Article | None = None,
    claims: ClaimQuerySet | None = None,
    scope: str = "",
    query: str = "",
    language: str = "",
) -> Report:
    """Create a draft report. Nothing is frozen until `publish_report`.

    Args:
        actor: who creates it.
        title: its title.
        article: for a report on all claims of an article's newest text.
        claims: for any other report, its claims.
        scope: a description of which claims these are.
        query: the same as in the address of the list of claims.
        language: what it will be written in; by default, the language of the public site.

    Raises:
        InvalidValueError: if the title is empty or too long.
        NotPossibleError: if there are no active claims, or more than a report can have.
    """
    chosen: list[int] = []
    if claims is not None:
        chosen = list(in_order(claims.active()).values_list("pk", flat=True)[: MAX_CLAIMS + 1])
        if not chosen:
            raise NotPossibleError(why=_("none of the selected claims is active."))
    elif article is not None:
        require_few(claims_of_article(article).count())
    require_few(len(chosen))
    report = Report(
        title=" ".join(title.split()),
        article=article,
        claim_ids=chosen,
        scope=scope,
        query=query,
        language=language or public_language(),
        made_by=actor,
        made_by_name=display_name(actor),
    )
    save_report(actor, report)
    return report


@action(_MAKE, what=gettext_noop("create reports"))
def rename_report(*, actor: User, report_id: int, title: str) -> Report:
    """Change the title of a draft.

    Raises:
        InvalidValueError: if the title is empty or too long.
        NotPossibleError: if the report is published.
        Report.DoesNotExist: if it is a draft that the actor may not see.
    """
    report = locked_draft(actor, report_id)
    report.title = " ".join(title.split())
    save_changed_draft(actor, report)
    return report


@action(_PUBLISH, what=gettext_noop("publish reports"))
def leave_out_waiting(*, actor: User, report_id: int, leave_out: bool) -> Report:
    """Leave the claims of a draft out whose second check is under way, or put back those that were left out.

    Raises:
        NotPossibleError: if the report is published.
    """
    report = locked_draft(actor, report_id)
    report.left_out = (
        list(waiting_claims(report).order_by("pk").values_list("pk", flat=True))
        if leave_out
        else []
    )
    save_changed_draft(actor, report)
    return report


@action(_MAKE, what=gettext_noop("discard drafts"))
def discard_report(*, actor: User, report_id: int) -> None:
    """Discard a draft. A second click does nothing.

    Raises:
        NotPossibleError: if the report is published: nothing published is ever deleted.
        Report.DoesNotExist: if it is a draft that the actor may not see.
    """
    if not Report.objects.filter(pk=report_id).exists():
        return
    report = locked_draft(actor, report_id)
    LogEntry.objects.log_actions(actor.pk, [report], DELETION, single_object=True)
    delete_as(actor, report)
