"""The links of the evidence: copies in an outside archive, and links that no longer lead to what they led to."""

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claims.access import signed_in
from claims.actions import archive_evidence, check_link
from claims.errors import WorkbenchError
from claims.messages import message_of
from claims.models import Evidence, LinkCheck
from claims.queries.links.archiving import archive_states
from claims.queries.links.broken import LISTED, broken_link, broken_links, listed
from claims.web.components.paging import page_of
from claims.web.site.requests import asks_part


def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an archive does with a piece of evidence; a POST asks it for a copy."""
    refused = ""
    if request.method == "POST":
        try:
            archive_evidence(actor=signed_in(request.user), evidence_id=_evidence(pk).pk)
        except WorkbenchError as error:
            refused = message_of(error)
    piece = _evidence(pk)
    if asks_part(request):
        state = archive_states([piece]).get(pk)
        context = {"document": piece, "archive": state, "refused": refused, "is_alone": True}
        return render(request, "links/archive.html", context)
    if refused:
        messages.error(request, refused)
    elif request.method == "POST":
        messages.success(request, _("The archive will be asked for a copy in a moment."))
    return redirect(piece.claim)


@require_GET
def broken(request: HttpRequest) -> HttpResponse:
    """List the links that somebody has to look at, the newest first."""
    state = request.GET.get("state", "")
    state = state if state in LISTED else ""
    in_reports = "reports" in request.GET
    page = page_of(request, listed(state, in_reports=in_reports), by="-since", always_set=True)
    rows = broken_links(signed_in(request.user), page.object_list)
    context = {
        "page": replace(page, object_list=rows),
        "state": state,
        "in_reports": in_reports,
        "states": [(one.value, one.label) for one in LISTED],
        "is_checked": bool(settings.CHECK_LINKS_DAYS),
    }
    return render(request, "links/list.html", context)


@require_GET
def broken_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was found at one link, and what has changed on its page."""
    check = get_object_or_404(LinkCheck.objects.in_use(), pk=pk)
    found = broken_link(signed_in(request.user), check)
    return render(request, "links/page.html", {"link": found})


@require_POST
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a link checked by a worker now."""
    check = get_object_or_404(LinkCheck.objects.in_use(), pk=pk)
    check_link(actor=signed_in(request.user), link_check_id=check.pk)
    messages.success(request, _("The link will be checked in a moment."))
    return redirect("broken-link", check.pk)


def _evidence(pk: int) -> Evidence:
    pieces = Evidence.objects.not_removed().with_secrecy()
    return get_object_or_404(pieces.select_related("claim__revision__article"), pk=pk)
