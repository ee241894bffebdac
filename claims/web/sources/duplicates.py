"""Sources that may be the same: the list of them, and the word that two are different."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claims.access import signed_in
from claims.actions import mark_distinct
from claims.models import Source
from claims.models.base.ids import id_of
from claims.queries.sources.duplicates import proposal_page
from claims.web.site.requests import is_own


@require_GET
def source_duplicates(request: HttpRequest) -> HttpResponse:
    """Show possible duplicates, for an editor to decide."""
    page = proposal_page(id_of(request.GET.get("before", "")))
    return render(request, "sources/duplicates.html", {"page": page})


@require_POST
def distinct(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Mark two sources as different, and return to the page where that was done."""
    first, second = (get_object_or_404(Source, pk=one) for one in (pk, other))
    mark_distinct(actor=signed_in(request.user), source=first, other=second)
    said = _(
        "“%(source)s” and “%(other)s” are marked as different. They will not be suggested again."
    )
    messages.success(request, said % {"source": first.name, "other": second.name})
    back = request.POST.get("next", "")
    return redirect(back if is_own(back) else "source-duplicates")
