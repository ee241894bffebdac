"""The sections on what was found: verdicts over time, corrections, and the evidence."""

from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import Verdict
from claims.queries.claims.conditions import ARCHIVED, NO_SOURCE, PRIMARY
from claims.queries.statistics.figures import (
    CHANGE,
    ENOUGH,
    Figures,
    Quality,
    Share,
)
from claims.queries.statistics.kept import KINDS, NOBODY
from claims.queries.statistics.measures import wilson_interval
from claims.web.components.charts import Row, column_chart
from claims.web.components.drawings import Series
from claims.web.components.trends import CERTAIN, Trend, line_drawing, share_drawing
from claims.web.statistics.links import Links
from claims.web.statistics.names import names_by
from claims.web.statistics.sections import (
    Picture,
    Section,
    claims_in_words,
    day,
    weeks_in_words,
)
from claims.web.statistics.tables import Cell, Line, Table, count, percent, share

_DRAWN = 4
"""How many outlets, desks, sources or kinds are drawn: those with the most decided claims."""
_MOST_NAMED = 500
"""How many have a row of their own."""

_TITLES = {
    "outlet": lambda: _("Verdicts by outlet, over time"),
    "source": lambda: _("Verdicts by source, over time"),
    "desk": lambda: _("Verdicts by desk, over time"),
    "kind": lambda: _("Verdicts by source kind, over time"),
}
_HEADS = {
    "outlet": lambda: _("Outlet"),
    "source": lambda: _("Source"),
    "desk": lambda: _("Desk"),
    "kind": lambda: _("Source kind"),
}


def shares_section(figures: Figures, links: Links, by: str) -> Section:
    """How large the disputed share is, by outlet, source, desk or kind of source, and by week."""
    found = figures.shares(by, _MOST_NAMED)
    names = names_by(by, [one.key for one in found])
    period = figures.facts.period
    labels = [day(monday) for monday in period.weeks]
    pictures = [
        Picture(
            Trend(
                f"share-{number}",
                _("Share verified and disputed by week: %(name)s") % {"name": names[one.key]},
                _("%(share)s disputed") % {"share": percent(one.disputed / one.decided)},
                [],
                share_drawing(labels, one.weeks, wilson_interval, ENOUGH),
            ),
            names[one.key],
            _("%(number)s decided") % {"number": f"{one.decided:,}"},
        )
        for number, one in enumerate(found[:_DRAWN])
    ]

    def line(one: Share) -> Line:
        key = _filter_value(by, one.key)
        first, last = period.first, period.today
        listed = links.decided(first, last, **{by: key}) if key else ""
        disputed = links.decided(first, last, Verdict.DISPUTED, **{by: key}) if key else ""
        low, high = one.interval
        certain = Cell(
            _("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)},
            f"{low:.3f}–{high:.3f}",
        )
        change = one.change
        return Line(
            names[one.key],
            [
                count(one.decided, listed),
                share(one.decided - one.disputed, one.decided),
                share(one.disputed, one.decided, disputed),
                certain,
                Cell("–", None)
                if change is None
                else Cell(
                    _("%(number)s pts")
                    % {"number": f"{round(100 * change):+d}".replace("-", "\N{MINUS SIGN}")},
                    round(change, 4),
                ),
            ],
        )

    return Section(
        "verdicts",
        _TITLES[by](),
        _(
            "Those with the most decided claims. A week with fewer than %(few)s is left empty, because a share of so few means nothing. Where a week has fewer than %(certain)s, a thin line shows the 95-percent confidence interval."
        )
        % {"few": ENOUGH, "certain": CERTAIN}
        if found
        else _("No claims were decided."),
        Table(
            _HEADS[by](),
            [
                _("Decided"),
                _("Verified"),
                _("Disputed"),
                _("Disputed, range (95 %)"),
                _("Change, %(number)s weeks") % {"number": CHANGE},
            ],
            [line(one) for one in found],
        ),
        pictures if figures.worth_drawing else [],
        empty=not found,
    )


def _filter_value(by: str, key: int) -> str:
    """Return what the filter of the claims table calls one of them; "" where it cannot find them."""
    if by == "kind":
        return KINDS[key] or NO_SOURCE
    return str(key) if key != NOBODY else ""


def corrections_section(figures: Figures, corrections_url: str, reports_url: str) -> Section:
    """How many corrections there are for a hundred published claims."""
    weeks = figures.publications
    published, corrected = (sum(column) for column in zip(*weeks, strict=True))
    rate = _rate(corrected, published)
    finding = _("No claims with a verdict and no corrections were published.")
    if published or corrected:
        finding = ngettext(
            "%(number)s correction for %(claims)s published with a verdict: %(rate)s per hundred.",
            "%(number)s corrections for %(claims)s published with a verdict: %(rate)s per hundred.",
            corrected,
        ) % {
            "number": f"{corrected:,}",
            "claims": claims_in_words(published),
            "rate": rate.words,
        }
    chart = column_chart(
        "corrections",
        _("Published claims and corrections by week"),
        _("Week from"),
        [
            Series("published", _("Published claims"), colour="hollow"),
            Series("corrected", _("Corrections"), colour="hatched"),
        ],
        [
            Row(day(monday), {"published": one, "corrected": other})
            for monday, (one, other) in zip(figures.facts.period.weeks, weeks, strict=True)
        ],
    )
    return Section(
        "corrections",
        _("Corrections"),
        finding,
        Table(
            _("Week from"),
            [_("Published claims"), _("Corrections"), _("Per hundred")],
            [
                Line(
                    day(monday),
                    [count(one, reports_url), count(other, corrections_url), _rate(other, one)],
                    day=monday,
                )
                for monday, (one, other) in zip(figures.facts.period.weeks, weeks, strict=True)
            ],
            Line(
                weeks_in_words(len(weeks)),
                [count(published, reports_url), count(corrected, corrections_url), rate],
            ),
            over_time=True,
        ),
        [Picture(chart)] if published or corrected else [],
        empty=not (published or corrected),
        note=_(
            "A claim counts in the week of its report, a correction in the week of its notice. Updates of claims that were published as pending are not corrections."
        ),
    )


def _rate(corrected: int, published: int) -> Cell:
    if not published:
        return Cell("–", None)
    rate = 100 * corrected / published
    return Cell(number_format(round(rate, 1), 1), round(rate, 2))


def evidence_section(figures: Figures, links: Links) -> Section:
    """On what evidence claims are decided."""
    weeks = figures.evidence_quality
    period = figures.facts.period
    whole = Quality(
        *(
            sum(getattr(week, name) for week in weeks)
            for name in ("decided", "evidence", "primary", "archived")
        )
    )

    def cells_of(one: Quality, first: date, last: date) -> list[Cell]:
        return [
            count(one.decided, links.decided(first, last)),
            *(
                share(number, one.decided, links.decided(first, last, evidence=has))
                for number, has in (
                    (one.evidence, "yes"),
                    (one.primary, PRIMARY),
                    (one.archived, ARCHIVED),
                )
            ),
        ]

    finding = _("No claims were decided.")
    if whole.decided:
        finding = _(
            "%(evidence)s of the decided claims have evidence, %(primary)s a primary source, %(archived)s an archived copy."
        ) % {
            name: percent(getattr(whole, name) / whole.decided)
            for name in ("evidence", "primary", "archived")
        }
    labels = [day(monday) for monday in period.weeks]
    drawing = line_drawing(
        labels,
        [
            ("solid", _("primary"), [_percent(one.primary, one.decided) for one in weeks]),
            ("dashed", _("archived"), [_percent(one.archived, one.decided) for one in weeks]),
        ],
    )
    trend = Trend(
        "evidence",
        _("Percent of decided claims with a primary source and with an archived copy, by week"),
        finding,
        [
            Series("primary", _("With a primary source, %%") % (), line=True, colour="solid"),
            Series("archived", _("With an archived copy, %%") % (), line=True, colour="dashed"),
        ],
        drawing,
    )
    return Section(
        "evidence",
        _("Evidence"),
        finding,
        Table(
            _("Week from"),
            [_("Decided"), _("With evidence"), _("Primary source"), _("Archived copy")],
            [
                Line(label, cells_of(week, *period.week_of(monday)), day=monday)
                for label, monday, week in zip(labels, period.weeks, weeks, strict=True)
            ],
            Line(weeks_in_words(len(weeks)), cells_of(whole, period.first, period.today)),
            over_time=True,
        ),
        [Picture(trend)] if figures.worth_drawing else [],
        empty=not whole.decided,
        note=_("A week with fewer than %(few)s decided claims is left out of the drawing.")
        % {"few": ENOUGH},
    )


def _percent(found: int, of: int) -> float | None:
    return None if of < ENOUGH else 100 * found / of
