"""The section on second checks: how often they agree, and how long they take."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import Verdict
from claims.queries.claims.work_filters import OTHER, SAME
from claims.queries.statistics.figures import Figures
from claims.web.components.charts import Row, column_chart
from claims.web.components.drawings import Series
from claims.web.statistics.links import Links
from claims.web.statistics.sections import Picture, Section, day
from claims.web.statistics.tables import Line, Table, count, in_words


def checks_section(figures: Figures, links: Links) -> Section:
    """How often second checks come to the same verdict, and how long they take."""
    found = figures.agreement
    period = figures.facts.period
    first, last = period.first, period.today
    if not found.number or found.waited.median is None or found.waited.p90 is None:
        finding = _("No second checks were answered.")
    else:
        finding = ngettext(
            "%(same)s of %(number)s second check came to the same verdict.",
            "%(same)s of %(number)s second checks came to the same verdict.",
            found.number,
        ) % {"same": found.same, "number": found.number}
        if found.blind[1]:
            finding += " " + _("Among the blind checks, %(same)s of %(number)s did.") % {
                "same": found.blind[0],
                "number": found.blind[1],
            }
        finding += " " + _(
            "Half were answered within %(half)s of the request, nine of ten within %(nine)s."
        ) % {"half": in_words(found.waited.median), "nine": in_words(found.waited.p90)}
    chart = column_chart(
        "checks",
        _("Second checks by week"),
        _("Week from"),
        [
            Series("same", _("Same verdict"), colour="full"),
            Series("other", _("Different verdict"), colour="hatched"),
        ],
        [
            Row(day(monday), {"same": same, "other": other})
            for monday, (same, other) in zip(period.weeks, found.weeks, strict=True)
        ],
    )
    return Section(
        "checks",
        _("Second checks"),
        finding,
        Table(
            _("First verdict"),
            [
                *(f"{one.label}" for one in Verdict),
                _("Same verdict"),
                _("Different verdict"),
            ],
            [
                Line(
                    str(one.label),
                    [
                        *(
                            count(found.pairs.get((one.value, second), 0))
                            for second in Verdict.values
                        ),
                        count(found.pairs.get((one.value, one.value), 0)),
                        count(
                            sum(
                                number
                                for (before, second), number in found.pairs.items()
                                if before == one.value != second
                            )
                        ),
                    ],
                    verdict=one.value,
                )
                for one in Verdict
            ],
            Line(
                _("Second verdict"),
                [
                    *(
                        count(
                            sum(
                                number
                                for (_first, second), number in found.pairs.items()
                                if second == one.value
                            )
                        )
                        for one in Verdict
                    ),
                    count(found.same, links.checked(first, last, SAME)),
                    count(found.number - found.same, links.checked(first, last, OTHER)),
                ],
            ),
        ),
        [Picture(chart)] if found.number else [],
        empty=not found.number,
    )
