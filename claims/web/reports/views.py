"""Reports: drafts, published reports and their corrections."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

from csp.constants import SELF
from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from claims import renderers
from claims.access import signed_in
from claims.actions import (
    approve_report,
    discard_report,
    draft_report,
    leave_out_waiting,
    publish_report,
    rename_report,
    schedule_report,
    send_report_back,
    set_public,
    submit_report,
    unschedule_report,
)
from claims.choices import DraftStage, JobStatus
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.messages import message_of
from claims.models import Article, Claim, Correction, Report
from claims.models.base.ids import id_of
from claims.models.reports.reports import NOT_LISTED
from claims.queries.claims.filters import LIST, ClaimFilter
from claims.queries.claims.verdict_counts import VerdictCounts
from claims.queries.reports.contents import waiting_openly
from claims.queries.reports.drafts.proposals import proposals_for
from claims.queries.reports.editions import edition_of, public_edition_of
from claims.queries.reports.terms import in_language, public_language
from claims.queries.tasks import wait_in_vain
from claims.renderers.data.claimreview import left_out
from claims.renderers.in_force import in_force
from claims.renderers.types import Edition
from claims.web.claims.selection import Selection
from claims.web.components.cards import card_of_report
from claims.web.components.paging import page_of
from claims.web.site.requests import policy


class _Act(NamedTuple):
    """What a button of a report's page does: how, what is said then, and which page follows, if not the report's."""

    act: Callable[..., object]
    done: str = ""
    target: str = ""


ACTIONS: Mapping[str, _Act] = {
    "publish": _Act(
        lambda sent, **of: publish_report(seen=sent.get("seen", ""), public="public" in sent, **of),
        gettext_noop("The report is published and can no longer be changed."),
    ),
    "submit": _Act(
        lambda sent, **of: submit_report(note=sent.get("note", ""), **of),
        gettext_noop("The draft is submitted. Those who may publish are notified."),
    ),
    "send-back": _Act(
        lambda sent, **of: send_report_back(note=sent.get("note", ""), **of),
        gettext_noop("The draft is sent back with your note."),
    ),
    "approve": _Act(
        lambda sent, **of: approve_report(
            seen=sent.get("seen", ""), note=sent.get("note", ""), **of
        ),
        gettext_noop("The draft is approved as you saw it."),
    ),
    "schedule": _Act(
        lambda sent, **of: schedule_report(
            seen=sent.get("seen", ""),
            publish_at=_moment(sent.get("publish_at", "")),
            public="public" in sent,
            **of,
        ),
        gettext_noop("The time of publication is set."),
    ),
    "unschedule": _Act(
        lambda _sent, **of: unschedule_report(**of),
        gettext_noop("The report will not be published by itself. It is still approved."),
    ),
    "leave-out": _Act(lambda _sent, **of: leave_out_waiting(leave_out=True, **of)),
    "put-back": _Act(lambda _sent, **of: leave_out_waiting(leave_out=False, **of)),
    "rename": _Act(lambda sent, **of: rename_report(title=sent.get("title", ""), **of)),
    "discard": _Act(
        lambda _sent, **of: discard_report(**of),
        gettext_noop("The draft has been discarded. Its claims have not changed."),
        "reports",
    ),
    "show": _Act(
        lambda _sent, **of: set_public(public=True, **of),
        gettext_noop("The report is public."),
    ),
    "withdraw": _Act(
        lambda sent, **of: set_public(public=False, notice=sent.get("notice", ""), **of),
        gettext_noop("The report is withdrawn. Its pages say so."),
    ),
}
"""What can be done with a report, by the last part of its address."""


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports that the reader may see, newest first; with `?state=draft` only drafts, with `submitted` only those that await approval."""
    viewer = signed_in(request.user)
    rows = Report.objects.open_to(viewer).select_related("article").defer(*NOT_LISTED)
    state = request.GET.get("state", "")
    if state in {"draft", "submitted"}:
        rows = rows.drafts()
    if state == "submitted":
        rows = rows.filter(stage=DraftStage.SUBMITTED)
    context = {
        "state": state,
        "page": page_of(request, rows, by="-id"),
        "corrections": Correction.objects.open().known_to(request.user).count(),
    }
    return render(request, "reports/list.html", context)


@require_POST
def new_report(request: HttpRequest) -> HttpResponse:
    """Create a draft, for the form's article or from claims of the list."""
    actor = signed_in(request.user)
    typed = request.POST.get("title", "")
    if "article" in request.POST:
        article = get_object_or_404(Article, pk=number_of(request.POST["article"]))
        made = draft_report(actor=actor, title=typed or article.headline, article=article)
        return redirect(made)
    query = request.POST.get(LIST, "")
    listed = ClaimFilter.of_query(query, actor).understood()
    selection = Selection.of(request.POST)
    claims = listed.qs if selection.every else Claim.objects.filter(pk__in=selection.chosen)
    # A report is in one language, whichever one its creator uses.
    with in_language(public_language()):
        scope = listed.in_words if selection.every else _("Individually selected claims")
    try:
        made = draft_report(
            actor=actor,
            title=typed or _("Claims"),
            claims=claims,
            scope=scope,
            query=listed.query if selection.every else "",
        )
    except (InvalidValueError, NotPossibleError) as error:
        messages.error(request, message_of(error))
        return redirect(f"{reverse('export-claims')}?{selection.query(query)}")
    return redirect(made)


@require_GET
@policy(csp_update({"frame-src": [SELF]}))
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report and its actions."""
    return _page(request, report_of_address(request, pk))


@require_POST
@policy(csp_update({"frame-src": [SELF]}))
def act_on_report(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Do something with a report: see `ACTIONS`."""
    found = report_of_address(request, pk)
    act, done, target = ACTIONS[action]
    try:
        act(request.POST, actor=signed_in(request.user), report_id=found.pk)
    except (InvalidValueError, LookAgainError, NotPossibleError) as error:
        found.refresh_from_db()
        return _page(request, found, message=message_of(error), status=HTTPStatus(error.status))
    if done:
        messages.success(request, _(done))
    return redirect(target or found)


def report_of_address(request: HttpRequest, pk: int) -> Report:
    """Return the report; 404 also for a draft that the reader may not see, as if it did not exist."""
    reports = Report.objects.open_to(signed_in(request.user)).select_related("article")
    return get_object_or_404(reports, pk=pk)


def _page(
    request: HttpRequest, found: Report, *, message: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    actor = signed_in(request.user)
    edition = edition_of(actor=actor, report=found)
    # As everyone will read it, or reads it.
    public = public_edition_of(actor=actor, report=found)
    lines = edition.report.lines
    context = {
        "report": found,
        "edition": edition,
        "public": public,
        "counts": VerdictCounts.of(
            {term.code: number for term, number in in_force(edition).verdicts}
        ),
        "without_evidence": sum(
            line.verdict.code != "pending" and not (line.evidence or line.referred)
            for line in lines
        ),
        "waiting": sum(line.waiting for line in lines),
        "unchecked_twice": waiting_openly(found) if found.is_draft else 0,
        "approved": is_approved(found, edition),
        "lapsed": found.is_draft
        and found.stage == DraftStage.APPROVED
        and not is_approved(found, edition),
        "no_worker": bool(found.publish_at) and wait_in_vain(JobStatus.WAITING),
        "steps": found.steps.all() if found.is_draft else (),
        "formats": [
            one for one in renderers.FORMATS.values() if public.claims_url or not one.public
        ],
        "proposals": proposals_for({line.id for line in lines}) if found.is_draft else None,
        "not_for_search": [
            (one.claim, _(one.reason))
            for one in (left_out(public) if found.public and public.claims_url else ())
        ],
        "corrections": Correction.objects.of_report(found)
        .known_to(request.user)
        .select_related("decision", "reported__claim"),
        "public_address": found.public_address,
        "card": card_of_report(found.pk, found.title) if found.public_address else None,
        "message": message,
    }
    return render(request, "reports/page.html", context, status=status)


def is_approved(report: Report, edition: Edition) -> bool:
    """Whether a draft is approved as it is now."""
    return (
        report.is_draft
        and report.stage == DraftStage.APPROVED
        and report.approved_digest == edition.digest
    )


def _moment(typed: str) -> datetime:
    """Return the time that somebody typed, in their zone. Raises `InvalidValueError` if it is none."""
    try:
        found: datetime = forms.DateTimeField().clean(typed)
    except forms.ValidationError as error:
        raise InvalidValueError(why=_("choose a day and a time.")) from error
    return found


def number_of(typed: str) -> int:
    """Return the id in a form field that users do not type. Raises `Http404` for anything else."""
    pk = id_of(typed)
    if pk is None:
        raise Http404
    return pk
