"""The sections on the desk's work: how fast it is, by whom it is done, and what waits."""

from collections import Counter
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import Verdict
from claims.queries.statistics.figures import Figures
from claims.queries.statistics.kept import NOBODY
from claims.web.components.ages import ages_in_words
from claims.web.components.charts import Row, bar_chart, column_chart
from claims.web.components.drawings import Series
from claims.web.components.trends import Trend, line_drawing
from claims.web.statistics.links import Links
from claims.web.statistics.names import Names
from claims.web.statistics.sections import Picture, Section, day, weeks_in_words
from claims.web.statistics.tables import Cell, Line, Table, count, duration, in_words, share

_MOST_PEOPLE = 4
"""How many people have a column of their own in the table of days."""
_DRAWN = 12
"""How many people are drawn."""
_DAILY = 4
"""Up to how many weeks are shown by day."""
_DAY = 24 * 60
"""Minutes."""
_OLD = 8
"""From how many days on a pending claim is called old."""


def turnaround_section(figures: Figures, links: Links) -> Section:
    """How long claims take from their article's arrival to their first verdict."""
    weeks, whole = figures.turnaround
    period = figures.facts.period
    labels = [day(monday) for monday in period.weeks]
    title = _("Turnaround")
    if whole.median is None or whole.p90 is None:
        finding = _("No claims were decided.")
    else:
        finding = _(
            "Half of the claims were decided within %(half)s of their article’s arrival, and nine in ten within %(nine)s."
        ) % {"half": in_words(whole.median), "nine": in_words(whole.p90)}
    lines = [
        Line(
            label,
            [
                count(week.number, links.decided(*period.week_of(monday))),
                duration(week.median),
                duration(week.p90),
            ],
            day=monday,
        )
        for label, monday, week in zip(labels, period.weeks, weeks, strict=True)
    ]
    drawing = line_drawing(
        labels,
        [
            ("dashed", _("nine of ten"), [_days(week.p90) for week in weeks]),
            ("solid", _("half"), [_days(week.median) for week in weeks]),
        ],
    )
    trend = Trend(
        "turnaround",
        _("Days from arrival to first verdict, by week"),
        finding,
        [
            Series("half", _("Half of the claims"), line=True, colour="solid"),
            Series("nine", _("Nine of ten"), line=True, colour="dashed"),
        ],
        drawing,
    )
    return Section(
        "turnaround",
        title,
        finding,
        Table(
            _("Week from"),
            [_("Decided"), _("Half within"), _("Nine of ten within")],
            lines,
            Line(
                weeks_in_words(len(weeks)),
                [
                    count(whole.number, links.decided(period.first, period.today)),
                    duration(whole.median),
                    duration(whole.p90),
                ],
            ),
            over_time=True,
        ),
        [Picture(trend)] if figures.worth_drawing else [],
        empty=not whole.number,
        note=_("Days from the arrival of the article to the first verdict."),
    )


def _days(minutes: float | None) -> float | None:
    return None if minutes is None else minutes / _DAY


def decided_section(figures: Figures, links: Links, names: Names) -> Section:
    """How many claims were decided on each day or in each week, and by whom."""
    daily = len(figures.facts.period.weeks) <= _DAILY
    times = figures.decided_by_time(daily=daily)
    everybody: Counter[int] = Counter()
    verdicts: Counter[str] = Counter()
    for one in times:
        everybody.update(one.people)
        verdicts.update(one.verdicts)
    people = [person for person, _number in everybody.most_common(_MOST_PEOPLE)]
    others = len(everybody) > len(people)
    first, last = figures.facts.period.first, figures.facts.period.today

    def cells_of(numbers: Counter[int], begin: date, end: date) -> list[Cell]:
        cells = [count(numbers.total(), links.decided(begin, end))]
        cells += [count(numbers[one], links.decided(begin, end, decided_by=one)) for one in people]
        if others:
            cells.append(count(numbers.total() - sum(numbers[one] for one in people)))
        return cells

    finding = ngettext(
        "%(number)s claim was decided: %(verified)s verified, %(disputed)s disputed.",
        "%(number)s claims were decided: %(verified)s verified, %(disputed)s disputed.",
        everybody.total(),
    ) % {
        "number": f"{everybody.total():,}",
        "verified": f"{verdicts[Verdict.VERIFIED]:,}",
        "disputed": f"{verdicts[Verdict.DISPUTED]:,}",
    }
    chart = column_chart(
        "decided",
        _("Decided by day") if daily else _("Decided by week"),
        _("Day") if daily else _("Week from"),
        [Series("verified", _("Verified")), Series("disputed", _("Disputed"))],
        [Row(day(one.first), one.verdicts) for one in times],
    )
    return Section(
        "decided",
        _("Decisions, and who made them"),
        finding if everybody else _("No claims were decided."),
        Table(
            _("Day") if daily else _("Week from"),
            [
                _("All"),
                *(names.person(one) for one in people),
                *([_("Others")] if others else []),
            ],
            [
                Line(
                    day(one.first),
                    cells_of(Counter(one.people), one.first, one.last),
                    day=one.first,
                )
                for one in times
            ],
            Line(weeks_in_words(len(figures.facts.period.weeks)), cells_of(everybody, first, last)),
            over_time=True,
        ),
        [Picture(chart)] if figures.worth_drawing else [],
        empty=not everybody,
    )


def backlog_section(figures: Figures, links: Links) -> Section:
    """How old what is pending is."""
    found = figures.backlog
    whole = sum(group.number for group in found)
    old = sum(group.number for group in found if group.ages.youngest >= _OLD)
    today = figures.facts.period.today

    def age_of(oldest: date | None) -> Cell:
        if oldest is None:
            return Cell("–", None)
        number = max(0, (today - oldest).days)
        return Cell(_("%(number)s d") % {"number": number}, number)

    days = [group.oldest_day for group in found if group.oldest_day]
    finding = ngettext(
        "%(number)s claim is pending; %(old)s in articles older than a week.",
        "%(number)s claims are pending; %(old)s in articles older than a week.",
        whole,
    ) % {"number": f"{whole:,}", "old": f"{old:,}"}
    chart = bar_chart(
        "backlog",
        _("Pending claims by the age of their article"),
        _("Article from"),
        [Series(Verdict.PENDING.value, str(Verdict.PENDING.label))],
        [Row(ages_in_words(group.ages), {Verdict.PENDING.value: group.number}) for group in found],
        of_what=_("Pending"),
    )
    return Section(
        "backlog",
        _("Age of the backlog"),
        finding if whole else _("No claims are pending."),
        Table(
            _("Article from"),
            [_("Pending"), _("Share"), _("Oldest")],
            [
                Line(
                    ages_in_words(group.ages),
                    [
                        count(group.number, links.pending(*group.ages.days(today))),
                        share(group.number, whole),
                        age_of(group.oldest_day),
                    ],
                )
                for group in found
            ],
            Line(
                _("All"),
                [
                    count(whole, links.pending()),
                    share(whole, whole),
                    age_of(min(days, default=None)),
                ],
            ),
        ),
        [Picture(chart)] if whole else [],
        empty=not whole,
        note=_("Now, whatever the period."),
    )


def workload_section(figures: Figures, links: Links, names: Names) -> Section:
    """What everybody decided, and what is assigned to them."""
    people = figures.workload
    nobody = sum(one.open for one in people if one.person == NOBODY)
    given = sum(one.open for one in people if one.person != NOBODY)
    late = sum(one.late for one in people)
    finding = ngettext(
        "%(number)s pending claim is assigned, %(late)s overdue; %(nobody)s unassigned.",
        "%(number)s pending claims are assigned, %(late)s of them overdue; %(nobody)s unassigned.",
        given,
    ) % {"number": f"{given:,}", "late": f"{late:,}", "nobody": f"{nobody:,}"}
    first, last = figures.facts.period.first, figures.facts.period.today
    whole = sum(one.decided.number for one in people)
    chart = bar_chart(
        "workload",
        _("Claims by person"),
        _("Person"),
        [
            Series("decided", _("Decided"), colour="full"),
            Series("open", _("Pending"), colour="hollow"),
            Series("late", _("Pending and overdue"), colour="hatched"),
        ],
        [
            Row(
                names.person(one.person),
                {
                    "decided": one.decided.number,
                    "open": one.open - one.late,
                    "late": one.late,
                },
            )
            for one in people
            if one.person != NOBODY
        ][:_DRAWN],
    )
    __, spread = figures.turnaround
    return Section(
        "workload",
        _("Workload"),
        finding,
        Table(
            _("Person"),
            [_("Decided"), _("Pending"), _("Overdue"), _("Half within")],
            [
                Line(
                    names.person(one.person),
                    [
                        count(
                            one.decided.number,
                            links.decided(first, last, decided_by=one.person) if one.person else "",
                        ),
                        count(one.open, links.assigned(one.person)),
                        count(one.late, links.assigned(one.person, late=True)),
                        duration(one.decided.median),
                    ],
                )
                for one in people
            ],
            Line(
                _("All"),
                [
                    count(whole, links.decided(first, last)),
                    count(given + nobody, links.pending()),
                    count(late),
                    duration(spread.median),
                ],
            ),
        ),
        [Picture(chart)] if whole or given else [],
        empty=not people,
    )
