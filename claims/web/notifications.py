"""Notifications: the page of them, how many are unread, and what opening one leads to."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import parse_etags
from django.views.decorators.http import require_GET, require_POST

from claims.access import signed_in
from claims.actions import mark_read
from claims.choices import NotificationKind, ReviewStatus
from claims.models import Notification
from claims.models.base.ids import id_of
from claims.queries.accounts import display_name, mentionable_users
from claims.queries.claims.conditions import TO_CHECK, TO_DECIDE
from claims.queries.claims.filters import ME
from claims.queries.notifications import notifications_of, unread_of, words_of
from claims.web.components.paging import page_of
from claims.web.site.bell import as_data, etag_of
from claims.web.site.requests import asks_part

_MOST_PEOPLE = 500
"""Up to how many people a comment's @ offers."""

_LISTS: dict[str, dict[str, str]] = {
    NotificationKind.ASSIGNED: {"verdict": TO_DECIDE, "assigned": ME},
    NotificationKind.SENT_BACK: {"review_status": ReviewStatus.SENT_BACK, "assigned": ME},
    NotificationKind.CHECK_REQUESTED: {"review_status": TO_CHECK},
    NotificationKind.ANSWERED: {"review_status": ReviewStatus.CHECKED},
    NotificationKind.MENTIONED: {},
}
"""Where the claims of one notification are listed together."""


@dataclass(frozen=True)
class Line:
    """A notification in words."""

    notification: Notification

    @property
    def words(self) -> str:
        """What happened, and who did it."""
        return words_of(self.notification)

    @property
    def address(self) -> str:
        """The page of what it is about."""
        one = self.notification
        if one.report:
            return one.report.get_absolute_url()
        if one.claim:
            return one.claim.get_absolute_url()
        within = {"article": str(one.article_id)} if one.article_id else {}
        return f"{reverse('claims')}?{urlencode(_LISTS[one.kind] | within)}"


@require_GET
def notifications(request: HttpRequest) -> HttpResponse:
    """List what the reader is notified of, newest first; with `?unread=1` only what they have not read."""
    viewer = signed_in(request.user)
    only_unread = "unread" in request.GET
    rows = notifications_of(viewer)
    page = page_of(request, rows.unread() if only_unread else rows, by="-created_at")
    context = {
        "page": page,
        "lines": [Line(one) for one in page.object_list],
        "only_unread": only_unread,
    }
    return render(request, "notifications/page.html", context)


@require_GET
def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notification as read, and go to what it is about."""
    viewer = signed_in(request.user)
    found = get_object_or_404(notifications_of(viewer), pk=pk)
    mark_read(reader=viewer, pk=found.pk)
    return redirect(Line(found).address)


@require_GET
def unread(request: HttpRequest) -> HttpResponse:
    """Return what is unread, for the head of an open page; 304 if the page knows it already."""
    found = unread_of(signed_in(request.user))
    etag = etag_of(found)
    known = etag in parse_etags(request.headers.get("If-None-Match", ""))
    response = HttpResponseNotModified() if known else JsonResponse(as_data(found))
    response["ETag"] = etag
    return response


@require_POST
def read_notifications(request: HttpRequest) -> HttpResponse:
    """Mark notifications as read: those of the form's claim or report, or all of them."""
    reader = signed_in(request.user)
    about = {name: id_of(request.POST.get(name, "")) for name in ("claim", "report")}
    mark_read(reader=reader, **about)
    if asks_part(request):
        return JsonResponse(as_data(unread_of(reader)))
    return redirect("notifications")


@require_GET
def people(_request: HttpRequest) -> JsonResponse:
    """Return whom a comment can mention, for its field to complete."""
    rows = mentionable_users()[:_MOST_PEOPLE]
    return JsonResponse(
        {"people": [{"word": one.get_username(), "name": display_name(one)} for one in rows]}
    )
