"""Articles brought to the desk: typed, dropped as files or fetched; they lie in a tray, are looked at, and kept."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from claims import extraction, ingest
from claims.access import signed_in
from claims.actions import (
    ask_for,
    bring_in,
    discard_intake,
    duplicates,
    edit_intake,
    import_article,
    keep_all,
    keep_intake,
    retry_intake,
)
from claims.choices import Progress, Sameness
from claims.errors import WorkbenchError, from_data
from claims.extraction.types import Claim as ProposedClaim
from claims.ingest import sandbox
from claims.ingest.types import ArticleDraft
from claims.messages import message_of
from claims.models import Intake
from claims.models.intake import IntakeQuerySet
from claims.web.forms import PasteForm
from claims.web.marking import paragraphs
from claims.web.queue import Links, QueuedClaim

MOST = 50
"""How many addresses are asked for at once."""


@dataclass(frozen=True)
class Line:
    """One line of the tray.

    Attributes:
        name: of the file, or the address, or the headline.
        intake: what lies in the tray; None for what could not be read at all.
        problem: why it is not here, or not yet; "" where nothing is wrong.
        again: whether it stood in the tray before.
    """

    name: str
    intake: Intake | None
    problem: str = ""
    again: bool = False


@require_http_methods(["GET", "POST"])
def new_article(request: HttpRequest) -> HttpResponse:
    """Paste an article and look at it, or get it split at once; and the tray of what was brought in before."""
    form = PasteForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                return _take_pasted(request, form.draft())
            except WorkbenchError as error:
                form.add_error("text", message_of(error))
                status = HTTPStatus(error.status)
    context = {"form": form, "kinds": ", ".join(f".{key}" for key in ingest.EXTENSIONS)}
    return _with_tray(request, "articles/new.html", context, status=status)


def _take_pasted(request: HttpRequest, draft: ArticleDraft) -> HttpResponse:
    actor = signed_in(request.user)
    look = request.POST.get("step") == "look"
    # Exactly the same is the article that is here; whatever else may be the same is for a person to say.
    if not look and any(found.why != Sameness.TEXT for found in duplicates(draft)):
        look = True
        messages.warning(request, _("Something like this is here already. Nothing was saved yet."))
    if look:
        return redirect("intake", bring_in(actor=actor, draft=draft).pk)
    imported = import_article(actor=actor, draft=draft)
    if not imported.created:
        messages.info(request, _("This article is already here: nothing was added."))
    return redirect(imported.article)


@require_POST
def bring_files(request: HttpRequest) -> HttpResponse:
    """Lay the articles of some files into the tray. For htmx their lines alone."""
    actor = signed_in(request.user)
    return _answer(request, [_read(actor, file) for file in request.FILES.getlist("files")])


def _read(actor: User, file: Any) -> Line:
    name = file.name or ""
    try:
        return _line(bring_in(actor=actor, draft=sandbox.read(file, name=name), name=name))
    except WorkbenchError as error:
        return Line(name, None, message_of(error))


@require_POST
def bring_addresses(request: HttpRequest) -> HttpResponse:
    """Have the articles at some addresses, one a line, fetched into the tray. What is not asked for stays typed."""
    actor, typed = signed_in(request.user), request.POST.get("address", "")
    addresses = list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
    before = set(_in_tray(actor).values_list("pk", flat=True))
    lines = [_ask(actor, address, before) for address in addresses[:MOST] or [""]]
    refused = [line.name for line in lines if not line.intake] + addresses[MOST:]
    if addresses[MOST:]:
        told = _("Only %(most)d at a time: send the others, too.") % {"most": MOST}
        lines.append(Line(addresses[MOST], None, told))
    return _answer(request, lines, {"typed": "\n".join(refused)})


def _ask(actor: User, address: str, before: Collection[int]) -> Line:
    try:
        asked = ask_for(actor=actor, address=address)
    except WorkbenchError as error:
        return Line(address, None, message_of(error))
    return replace(_line(_in_tray(actor).get(pk=asked.pk)), again=asked.pk in before)


def _answer(
    request: HttpRequest, lines: Sequence[Line], context: dict[str, Any] | None = None
) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        shown = {"lines": lines, **(context or {})}
        return render(request, "articles/tray_answer.html", shown)
    refused = [line for line in lines if not line.intake]
    return _with_tray(request, "articles/tray_page.html", {"refused": refused})


def _with_tray(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    tray = [_line(intake) for intake in _in_tray(signed_in(request.user))]
    return render(request, template, {**context, "lines": tray}, status=status)


def _in_tray(actor: User) -> IntakeQuerySet:
    return Intake.objects.tray(actor)


def _line(intake: Intake) -> Line:
    problem = message_of(from_data(intake.error)) if intake.error else ""
    return Line(intake.headline or str(intake), intake, problem)


@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """What an article will be, before it is kept. For htmx its line in the tray, if it says anything new."""
    actor = signed_in(request.user)
    found = get_object_or_404(_in_tray(actor), pk=pk)
    if request.htmx:  # type: ignore[attr-defined]
        if request.GET.get("seen") == found.stage:
            # A line that is written anew is read aloud anew.
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return render(request, "articles/tray_lines.html", {"lines": [_line(found)]})
    if found.progress == Progress.DONE and found.article:
        return redirect(found.article)
    if found.progress != Progress.LISTED:
        return redirect("new-article")
    draft, status = found.read(), HTTPStatus.OK
    form = PasteForm(request.POST or None, initial=_as_typed(draft))
    if request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                draft = edit_intake(actor=actor, intake_id=pk, draft=form.draft()).read()
                if request.POST.get("step") == "keep":
                    return _kept(request, pk)
                status = HTTPStatus.OK
            except WorkbenchError as error:
                form.add_error("text", message_of(error))
                status = HTTPStatus(error.status)
    context = {"intake": found, "draft": draft, "form": form, **_preview(draft)}
    return render(request, "articles/preview.html", context, status=status)


def _as_typed(draft: ArticleDraft) -> dict[str, Any]:
    return {
        "text": draft.body,
        "headline": draft.headline,
        "outlet": draft.outlet,
        "byline": draft.byline,
        "url": draft.url,
        "published_at": draft.published,
        "language": draft.language,
    }


def _preview(draft: ArticleDraft) -> dict[str, Any]:
    """The text with the claims that the splitter finds in it, and what is here already."""
    proposed = extraction.extract(draft.body)
    claims = list(_as_queued(proposed))
    return {
        "claims": claims,
        "sources": len({claim.source_name for claim in claims if claim.source_name}),
        "paragraphs": paragraphs(draft.body, claims),
        "duplicates": duplicates(draft),
    }


def _as_queued(proposed: Sequence[ProposedClaim]) -> Iterator[QueuedClaim]:
    for number, claim in enumerate(proposed, start=1):
        yield QueuedClaim(
            pk=number,
            start=claim.content[0][0],
            version=0,
            statement=claim.statement,
            quotation=claim.quotation,
            verdict="",
            process="",
            checkable=claim.checkable,
            dismissed=False,
            blind=False,
            assigned_to_id=None,
            touched_at=None,
            source_name=claim.speaker.name if claim.speaker else None,
            source_kind=claim.speaker.kind if claim.speaker else None,
            spans=[list(span) for span in claim.content],
            source_spans=[list(span) for span in claim.source],
            links=Links("#claim-{}", ""),
        )


def _kept(request: HttpRequest, pk: int) -> HttpResponse:
    imported = keep_intake(actor=signed_in(request.user), intake_id=pk)
    if not imported.created:
        messages.info(request, _("This article is already here: nothing was added."))
    return redirect(imported.article)


@require_POST
def act_on_intake(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Keep what lies in the tray as it was read, take it out, or try it again. For htmx its line, as it is then."""
    actor = signed_in(request.user)
    get_object_or_404(Intake.objects.filter(actor=actor), pk=pk)
    if deed == "keep":
        keep_intake(actor=actor, intake_id=pk)
    elif deed == "retry":
        retry_intake(actor=actor, intake_id=pk)
    else:
        discard_intake(actor=actor, intake_id=pk)
    if request.htmx:  # type: ignore[attr-defined]
        lines = [_line(one) for one in _in_tray(actor).filter(pk=pk)]
        return render(request, "articles/tray_lines.html", {"lines": lines})
    return redirect("new-article")


@require_POST
def keep_tray(request: HttpRequest) -> HttpResponse:
    """Have everything kept that the page showed as ready and like nothing that is here."""
    shown = [int(pk) for pk in request.POST.getlist("intake") if pk.isdecimal() and len(pk) < 19]
    number = keep_all(actor=signed_in(request.user), intake_ids=shown)
    if number:
        told = ngettext("%d article is being split.", "%d articles are being split.", number)
        messages.success(request, told % number)
    else:
        messages.info(request, _("Nothing in the tray is ready that is not like something here."))
    return redirect("new-article")
