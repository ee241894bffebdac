"""The status page: what `readyz` checks, with the figures, for whoever looks after the background tasks."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from claims.models import Worker
from claims.queries import health
from claims.queries.health import Check, signing_problem


def _disk(found: Check) -> str:
    free, total = (filesizeformat(found.figures[name]) for name in ("free", "total"))
    return _("%(free)s of %(total)s are free") % {"free": free, "total": total}


def _files(found: Check) -> str:
    return _("the file storage does not answer") if found.fault else _("the file storage answers")


def _database(found: Check) -> str:
    number = found.figures["number"]
    if not number:
        return _("all migrations are applied")
    told = ngettext("%(number)d migration is waiting", "%(number)d migrations are waiting", number)
    return told % {"number": number}


def _replica(found: Check) -> str:
    if "seconds" not in found.figures:
        return _(
            "it does not answer or is far behind, so everything is read from the primary database"
        )
    seconds = found.figures["seconds"]
    told = ngettext(
        "at most %(number)d second behind the primary database",
        "at most %(number)d seconds behind the primary database",
        seconds,
    )
    return told % {"number": seconds}


def _workers(found: Check) -> str:
    number = found.figures["number"]
    if not number:
        return _("none is running, so background tasks will not start")
    return ngettext("%(number)d is running", "%(number)d are running", number) % {"number": number}


def _queue(found: Check) -> str:
    number = found.figures["number"]
    if not number:
        return _("nothing is waiting")
    told = ngettext(
        "%(number)d task is waiting, the oldest for %(time)s",
        "%(number)d tasks are waiting, the oldest for %(time)s",
        number,
    )
    now = timezone.now()
    since = now - timedelta(seconds=found.figures["seconds"])
    return told % {"number": number, "time": timesince(since, now)}


def _signing(found: Check) -> str:
    if found.fault:
        return signing_problem()
    days = found.figures["days"]
    told = ngettext(
        "the certificate is valid for %(number)d more day",
        "the certificate is valid for %(number)d more days",
        days,
    )
    return told % {"number": days}


_TOLD: dict[str, tuple[str | Promise, Callable[[Check], str]]] = {
    "disk": (gettext_lazy("Disk"), _disk),
    "files": (gettext_lazy("Files"), _files),
    "database": (gettext_lazy("Database"), _database),
    "replica": (gettext_lazy("Replica"), _replica),
    "workers": (gettext_lazy("Workers"), _workers),
    "queue": (gettext_lazy("Background tasks"), _queue),
    "signing": (gettext_lazy("Signatures"), _signing),
}
"""What each check is called, and what tells its figures."""


@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """Show every check with its figures, the workers and the versions."""
    lines = [
        (_TOLD[found.name][0], _TOLD[found.name][1](found), found.fault)
        for found in (*health.checks(), *health.signing())
    ]
    context = {
        "lines": lines,
        "faults": sum(1 for _name, _told, fault in lines if fault),
        "workers": Worker.objects.alive(),
        "software": settings.SOFTWARE,
        "database": f"{connection.display_name} {'.'.join(map(str, _version()))}",
    }
    return render(request, "status/page.html", context)


def _version() -> tuple[int, ...]:
    found: tuple[int, ...] = connection.get_database_version()
    return found
