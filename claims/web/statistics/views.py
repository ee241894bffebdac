"""The statistics: a page of figures for whoever runs the desk, and their tables as CSV."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from claims.queries.statistics.facts import Facts, Period
from claims.queries.statistics.figures import Figures
from claims.queries.statistics.kept import NOBODY
from claims.renderers.data import csv_file
from claims.web.statistics.checks import checks_section
from claims.web.statistics.forms import BY, PERIODS, FiguresForm
from claims.web.statistics.links import Links
from claims.web.statistics.names import Names
from claims.web.statistics.sections import Section
from claims.web.statistics.tables import all_as_csv, as_csv, count, in_words, percent
from claims.web.statistics.verdicts import corrections_section, evidence_section, shares_section
from claims.web.statistics.work import (
    backlog_section,
    decided_section,
    turnaround_section,
    workload_section,
)


@dataclass(frozen=True)
class Highlight:
    """One of the numbers above the figures."""

    label: str
    number: str
    unit: str
    url: str = ""


def sections_of(figures: Figures, by: str) -> Mapping[str, Callable[[], Section]]:
    """Return what builds each section, by its key, in the order of the page."""
    links, names = Links(figures.facts.chosen), Names()
    return {
        "turnaround": lambda: turnaround_section(figures, links),
        "decided": lambda: decided_section(figures, links, names),
        "backlog": lambda: backlog_section(figures, links),
        "workload": lambda: workload_section(figures, links, names),
        "checks": lambda: checks_section(figures, links),
        "verdicts": lambda: shares_section(figures, links, by),
        "corrections": lambda: corrections_section(
            figures, f"{reverse('corrections')}?told", reverse("reports")
        ),
        "evidence": lambda: evidence_section(figures, links),
    }


def highlights(figures: Figures) -> Iterator[Highlight]:
    """Yield the numbers above the figures."""
    links, period = Links(figures.facts.chosen), figures.facts.period
    __, spread = figures.turnaround
    decided = count(spread.number, links.decided(period.first, period.today))
    yield Highlight(_("Decided"), decided.words, _("claims"), decided.url)
    half = in_words(spread.median) if spread.median is not None else "–"
    yield Highlight(_("Half within"), half, "")
    waiting = figures.backlog
    pending = count(sum(group.number for group in waiting), links.pending())
    oldest = min((group.oldest_day for group in waiting if group.oldest_day), default=None)
    yield Highlight(
        _("Pending now"),
        pending.words,
        _oldest(oldest, period.today) if oldest else "",
        pending.url,
    )
    people = [one for one in figures.workload if one.person != NOBODY]
    given = sum(one.open for one in people)
    yield Highlight(
        _("Overdue"),
        number_format(sum(one.late for one in people)),
        _("of %(number)s assigned") % {"number": number_format(given)},
    )
    checks = figures.agreement
    yield Highlight(
        _("Second checks agree"),
        percent(checks.same / checks.number) if checks.number else "–",
        _("%(same)s of %(number)s") % {"same": checks.same, "number": checks.number},
    )


def _oldest(day: date, today: date) -> str:
    days = max(0, (today - day).days)
    return ngettext("oldest %(number)s day", "oldest %(number)s days", days) % {
        "number": number_format(days)
    }


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the statistics."""
    form = FiguresForm(request.GET)
    context = {
        "form": form,
        "periods": [(weeks, form.query_with(weeks=str(weeks))) for weeks in PERIODS],
        "ways": [(by, label, form.query_with(by=by)) for by, label in BY.items()],
        "query": form.query_with(),
    }
    if form.is_valid():
        figures = _figures(form)
        facts = figures.facts
        context |= {
            "period": facts.period,
            "highlights": list(highlights(figures)),
            "sections": [build() for build in sections_of(figures, form.by).values()],
            "left_out": facts.left_out,
            "behind": facts.behind,
        }
    return render(request, "statistics/page.html", context)


@require_GET
def table_file(request: HttpRequest, key: str) -> HttpResponse:
    """Download the table of one section, or all tables."""
    form = FiguresForm(request.GET)
    if not form.is_valid():
        raise Http404
    sections = sections_of(_figures(form), form.by)
    if key == "all":
        built = [build() for build in sections.values()]
        table = all_as_csv([(one.title, one.table) for one in built])
    elif key in sections:
        table = as_csv(sections[key]().table)
    else:
        raise Http404
    content = b"".join(csv_file.table(table))
    response = HttpResponse(content, content_type=csv_file.FORMAT.content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"statistics-{key}.csv"
    )
    return response


def _figures(form: FiguresForm) -> Figures:
    return Figures(Facts(Period.until(timezone.localdate(), form.weeks), form.chosen()))
