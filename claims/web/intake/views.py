"""Adding articles: pasted, uploaded or fetched into the inbox, and accepted from there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from claims import ingest
from claims.access import signed_in
from claims.actions import PASTE, accept_items, add_to_inbox, receive_article, request_fetch
from claims.errors import NotPossibleError, WorkbenchError, from_data
from claims.ingest import archives, sandbox
from claims.ingest.types import ArticleDraft
from claims.messages import message_of
from claims.models import IntakeItem
from claims.models.base.ids import ids_of
from claims.models.intake import IntakeItemQuerySet
from claims.queries.tasks import wait_in_vain
from claims.web.intake.forms import PasteForm
from claims.web.intake.sharing import shared_page
from claims.web.site.requests import asks_part

MOST = 50
"""How many addresses are asked for at once, and how many articles of a file are read."""

READ = (*ingest.EXTENSIONS, *archives.MESSAGES)
"""The extensions of files that are read while somebody waits."""


@dataclass(frozen=True)
class Line:
    """One line of the inbox.

    Attributes:
        name: the file name, the address or the headline.
        intake: the inbox item; None for what could not be read at all.
        problem: the error or the reason for waiting; "" if there is none.
        again: whether it was in the inbox before.
    """

    name: str
    intake: IntakeItem | None
    problem: str = ""
    again: bool = False


@require_http_methods(["GET", "POST"])
def new_article(request: HttpRequest) -> HttpResponse:
    """Paste an article to preview it or split it at once; and show the inbox."""
    shared = shared_page(request)
    form = PasteForm(request.POST or None, initial=shared.fields)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                return _take_pasted(request, form.draft())
            except WorkbenchError as error:
                form.add_error("text", message_of(error))
                status = HTTPStatus(error.status)
    context = {"form": form, "shared": shared, "kinds": ", ".join(f".{key}" for key in READ)}
    return _with_tray(request, "intake/new.html", context, status=status)


def _take_pasted(request: HttpRequest, draft: ArticleDraft) -> HttpResponse:
    actor = signed_in(request.user)
    if request.POST.get("step") == "look":
        return redirect("intake", add_to_inbox(actor=actor, draft=draft).pk)
    result = receive_article(actor=actor, draft=draft, policy=PASTE)
    if result.item:
        messages.warning(
            request, _("This resembles an article already here. Nothing has been saved yet.")
        )
        return redirect("intake", result.item.pk)
    if not result.created:
        messages.info(request, _("This article is already here. Nothing was added."))
    return redirect(result.article)


@require_POST
def bring_files(request: HttpRequest) -> HttpResponse:
    """Add the articles of some files to the inbox. For htmx, return only their lines."""
    actor = signed_in(request.user)
    files = request.FILES.getlist("files")
    return _answer(request, [line for file in files for line in _read(actor, file)])


def _read(actor: User, file: Any) -> Iterator[Line]:
    """Add the articles of a file to the inbox: one, or the items of a news agency's message."""
    name = file.name or ""
    try:
        for number, entry in enumerate(sandbox.articles(file, name)):
            if number == MOST:
                raise NotPossibleError(
                    why=_("at most %(most)d articles of a file are read here.") % {"most": MOST}
                )
            if isinstance(entry.found, WorkbenchError):
                yield Line(_place(name, entry.number), None, message_of(entry.found))
            else:
                yield line_of(add_to_inbox(actor=actor, draft=entry.found, name=name))
    except WorkbenchError as error:
        yield Line(name, None, message_of(error))


def _place(name: str, line: int) -> str:
    return _("%(name)s, line %(line)d") % {"name": name, "line": line} if line else name


@require_POST
def bring_addresses(request: HttpRequest) -> HttpResponse:
    """Have some addresses, one per line, fetched into the inbox. Those that are not valid stay in the field."""
    actor, typed = signed_in(request.user), request.POST.get("address", "")
    addresses = list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
    before = set(in_inbox(actor).values_list("pk", flat=True))
    lines = [_ask(actor, address, before) for address in addresses[:MOST] or [""]]
    refused = [line.name for line in lines if not line.intake] + addresses[MOST:]
    if addresses[MOST:]:
        told = _("At most %(most)d at a time. Submit the rest next.") % {"most": MOST}
        lines.append(Line(addresses[MOST], None, told))
    return _answer(request, lines, {"typed": "\n".join(refused)})


def _ask(actor: User, address: str, before: Collection[int]) -> Line:
    try:
        asked = request_fetch(actor=actor, address=address)
    except WorkbenchError as error:
        return Line(address, None, message_of(error))
    return replace(line_of(in_inbox(actor).get(pk=asked.pk)), again=asked.pk in before)


def _answer(
    request: HttpRequest, lines: Sequence[Line], context: dict[str, Any] | None = None
) -> HttpResponse:
    if asks_part(request):
        shown = {"lines": lines, **(context or {})}
        return render(request, "intake/inbox_answer.html", shown)
    refused = [line for line in lines if not line.intake]
    return _with_tray(request, "intake/inbox_page.html", {"refused": refused})


def _with_tray(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    inbox = [line_of(intake) for intake in in_inbox(signed_in(request.user))]
    statuses = [line.intake.status for line in inbox if line.intake]
    context = {**context, "lines": inbox, "no_worker": wait_in_vain(*statuses)}
    return render(request, template, context, status=status)


def in_inbox(actor: User) -> IntakeItemQuerySet:
    """Return the lines of an account's inbox."""
    return IntakeItem.objects.inbox(actor)


def line_of(intake: IntakeItem) -> Line:
    """Return the line of an inbox item."""
    problem = message_of(from_data(intake.error)) if intake.error else ""
    return Line(intake.headline or str(intake), intake, problem)


@require_POST
def accept_inbox(request: HttpRequest) -> HttpResponse:
    """Accept every item that the page showed as ready and without duplicates."""
    shown = ids_of(request.POST.getlist("intake"))
    number = accept_items(actor=signed_in(request.user), item_ids=shown)
    if number:
        told = ngettext("%d article is being split.", "%d articles are being split.", number)
        messages.success(request, told % number)
    else:
        messages.info(
            request, _("Everything ready in the inbox resembles an article already here.")
        )
    return redirect("new-article")
