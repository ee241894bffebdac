"""The page on which a report is written: its words, and the order and the sections of its claims."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.access import signed_in
from claims.actions import arrange_report, write_report
from claims.choices import UndecidedClaims
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.messages import message_of
from claims.models import Report
from claims.models.base.ids import id_of
from claims.queries.reports.contents import arrangeable, arranged_claims
from claims.queries.reports.drafts.outlines import (
    LONGEST_HEADING,
    MAX_ARRANGED,
    ArrangedClaim,
    Outline,
    arranged,
    key_of,
    moved,
    outline_of,
    with_heading,
)
from claims.queries.reports.drafts.texts import LONGEST_CONCLUSION, LONGEST_LEDE, key_of_texts
from claims.queries.reports.terms import languages_of_reports
from claims.web.reports.views import report_of_address
from claims.web.site.requests import asks_part

_REFUSED = (InvalidValueError, LookAgainError, NotPossibleError)
_TEXTS = ("title", "lede", "conclusion", "undecided", "language")


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim or a heading in the list, with its place there, and with the claim's number among the claims."""

    place: int
    row: ArrangedClaim | None = None
    heading: str = ""
    number: int = 0


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page of a draft's words and order, and save the words."""
    found = report_of_address(request, pk)
    if not found.is_draft:
        return redirect(found)
    if request.method != "POST":
        return _page(request, found)
    typed = {name: request.POST.get(name, "") for name in _TEXTS}
    try:
        write_report(
            actor=signed_in(request.user),
            report_id=found.pk,
            seen=request.POST.get("seen", ""),
            **typed,
        )
    except _REFUSED as error:
        found.refresh_from_db()
        return _page(
            request, found, typed=typed, message=message_of(error), status=HTTPStatus(error.status)
        )
    messages.success(request, _("Saved."))
    return redirect("write-report", found.pk)


@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the order of a draft's claims: see `_CHANGES`. For htmx, return only the list."""
    found = report_of_address(request, pk)
    message, done, status = "", "", HTTPStatus.OK
    try:
        outline, omitted, done = _changed(found, request.POST)
        arrange_report(
            actor=signed_in(request.user),
            report_id=found.pk,
            seen=request.POST.get("seen", ""),
            outline=outline,
            omitted=omitted,
        )
    except _REFUSED as error:
        message, status, done = message_of(error), HTTPStatus(error.status), ""
    found.refresh_from_db()
    if not found.is_draft:
        return redirect(found)
    if asks_part(request):
        context = {"report": found, "order_message": message, "done": done, **_order(found)}
        return render(request, "reports/order.html", context, status=status)
    if message:
        return _page(request, found, order_message=message, status=status)
    return redirect(f"{request.path.removesuffix('arrange/')}write/#order")


def _page(
    request: HttpRequest,
    found: Report,
    *,
    typed: dict[str, str] | None = None,
    message: str = "",
    order_message: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "report": found,
        "typed": typed or {name: getattr(found, name) for name in _TEXTS},
        "seen_texts": key_of_texts(found),
        "choices": UndecidedClaims.choices,
        "languages": languages_of_reports(besides=found.language),
        "longest_lede": LONGEST_LEDE,
        "longest_conclusion": LONGEST_CONCLUSION,
        "message": message,
        "order_message": order_message,
        **_order(found),
    }
    return render(request, "reports/write.html", context, status=status)


def _order(found: Report) -> dict[str, object]:
    """Return what the list shows: the claims and headings in their order, and what is left out."""
    claims = {one.pk: one for one in arranged(arrangeable(found))}
    if len(claims) > MAX_ARRANGED:
        return {"too_many": True}
    outline = outline_of(found, [(one.pk, one.headline) for one in claims.values()])
    entries: list[Entry] = []
    number = 0
    for place, one in enumerate(outline):
        if isinstance(one, str):
            entries.append(Entry(place, heading=one))
        else:
            number += 1
            entries.append(Entry(place, claims[one], number=number))
    return {
        "entries": entries,
        "omitted": [claims[pk] for pk in found.omitted if pk in claims],
        "seen": key_of(outline, found.omitted),
        "by_hand": bool(found.outline),
        "longest_heading": LONGEST_HEADING,
    }


def _changed(found: Report, sent: QueryDict) -> tuple[Outline, list[int], str]:
    """Return the order that a form asks for, what it leaves out, and what was done, in words.

    Whatever else it asks for, the headings are as they were typed.
    """
    outline = outline_of(found, arranged_claims(found))
    typed = iter(sent.getlist("heading"))
    outline = [next(typed, one) if isinstance(one, str) else one for one in outline]
    for name, change in _CHANGES.items():
        if name in sent:
            return change(outline, list(found.omitted), sent)
    return outline, list(found.omitted), _("The headings are saved.")


_Changed = tuple[Outline, list[int], str]


def _move(by: int) -> Callable[[Outline, list[int], QueryDict], _Changed]:
    def move(outline: Outline, omitted: list[int], sent: QueryDict) -> _Changed:
        at = _whole(sent.get("up" if by < 0 else "down", ""))
        return _moved(outline, omitted, at, max(at + by, 0))

    return move


def _move_to(outline: Outline, omitted: list[int], sent: QueryDict) -> _Changed:
    return _moved(outline, omitted, _whole(sent.get("move", "")), _whole(sent.get("to", "")))


def _moved(outline: Outline, omitted: list[int], at: int, to: int) -> _Changed:
    to = min(to, len(outline) - 1)
    told = {"place": to + 1, "number": len(outline)}
    return (
        moved(outline, at, to),
        omitted,
        _("Now at place %(place)s of %(number)s.") % told,
    )


def _leave_out(outline: Outline, omitted: list[int], sent: QueryDict) -> _Changed:
    pk = _whole(sent.get("leave-out", ""))
    rest = [one for one in outline if one != pk]
    return rest, sorted({*omitted, pk}), _("The claim is left out.")


def _put_back(outline: Outline, omitted: list[int], sent: QueryDict) -> _Changed:
    pk = _whole(sent.get("put-back", ""))
    rest = [one for one in omitted if one != pk]
    return [*outline, pk], rest, _("The claim is back, in the last place.")


def _add_heading(outline: Outline, omitted: list[int], sent: QueryDict) -> _Changed:
    before = _whole(sent.get("before", "")) if sent.get("before") else None
    if before is not None and before not in outline:
        raise LookAgainError
    added = with_heading(outline, sent.get("new-heading", ""), before=before)
    return added, omitted, _("The section is added.")


def _remove_heading(outline: Outline, omitted: list[int], sent: QueryDict) -> _Changed:
    place = _whole(sent.get("remove", ""))
    rest = [one for at, one in enumerate(outline) if at != place or not isinstance(one, str)]
    return rest, omitted, _("The heading is removed. Its claims belong to the section above.")


def _text_order(_outline: Outline, omitted: list[int], _sent: QueryDict) -> _Changed:
    return [], omitted, _("The claims are in the order of the text.")


_CHANGES: dict[str, Callable[[Outline, list[int], QueryDict], _Changed]] = {
    "add": _add_heading,
    "up": _move(-1),
    "down": _move(1),
    "move": _move_to,
    "leave-out": _leave_out,
    "put-back": _put_back,
    "remove": _remove_heading,
    "text-order": _text_order,
}
"""What the buttons of the list do, by their names."""


def _whole(typed: str) -> int:
    """Return a number of a form that users do not type. Raises `LookAgainError` for anything else."""
    number = id_of(typed)
    if number is None:
        raise LookAgainError
    return number
