"""The figures of a newsroom's work, computed from what was kept of each day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
from django.utils import timezone

from claims.choices import Verdict
from claims.queries.claims.conditions import begins
from claims.queries.statistics.facts import Facts, in_parts
from claims.queries.statistics.kept import (
    ARCHIVED,
    EVIDENCE,
    NOBODY,
    PRIMARY,
    VERDICTS,
    Array,
    minute_of,
)
from claims.queries.statistics.measures import Spread, wilson_interval
from claims.queries.workload import AGE_GROUPS, ENOUGH_DAYS, AgeGroup

ENOUGH = 5
"""How many claims a share needs: of fewer, it says nothing."""
CHANGE = 4
"""How many weeks are compared with as many before them."""
_DISPUTED = VERDICTS.index(Verdict.DISPUTED)


@dataclass(frozen=True)
class Decided:
    """What was decided on a day or in a week: how many claims, by the id of the account, and by verdict."""

    first: date
    last: date
    people: Mapping[int, int]
    verdicts: Mapping[str, int]


@dataclass(frozen=True)
class Backlog:
    """The pending claims whose articles are of about the same age.

    Attributes:
        ages: the ages of these articles.
        number: how many claims there are.
        oldest_day: the day of the oldest of them; None if there are none.
    """

    ages: AgeGroup
    number: int
    oldest_day: date | None


@dataclass(frozen=True)
class Work:
    """What one person decided in the period, and what is assigned to them now. Account 0 is nobody."""

    person: int
    decided: Spread
    open: int
    late: int


@dataclass(frozen=True)
class Agreement:
    """Second checks.

    Attributes:
        weeks: how many came to the same verdict and to another one, by week.
        pairs: how many, by the first and the second verdict.
        blind: how many blind ones agreed, and how many there were.
        waited: how long they took from the request to the answer.
    """

    weeks: Sequence[tuple[int, int]]
    pairs: Mapping[tuple[str, str], int]
    blind: tuple[int, int]
    waited: Spread

    @property
    def same(self) -> int:
        """How many agreed."""
        return sum(same for same, _other in self.weeks)

    @property
    def number(self) -> int:
        """How many there were."""
        return sum(map(sum, self.weeks))


@dataclass(frozen=True)
class Share:
    """The disputed claims among the decided ones of one outlet, desk, source or kind of source.

    Attributes:
        key: its id; of a kind of source, its place among them.
        decided: how many claims were decided.
        disputed: how many of them are disputed.
        weeks: the same two numbers for each week.
    """

    key: int
    decided: int
    disputed: int
    weeks: Sequence[tuple[int, int]]

    @property
    def interval(self) -> tuple[float, float]:
        """The confidence interval of the disputed share."""
        return wilson_interval(self.disputed, self.decided)

    @property
    def change(self) -> float | None:
        """By how much the disputed share of the last weeks is greater than that of the weeks before, if it can be told."""
        now, before = (
            tuple(map(sum, zip(*part, strict=True)))
            for part in (self.weeks[-CHANGE:], self.weeks[-2 * CHANGE : -CHANGE] or [(0, 0)])
        )
        if now[0] < ENOUGH or before[0] < ENOUGH:
            return None
        return float(now[1] / now[0] - before[1] / before[0])


@dataclass(frozen=True)
class Quality:
    """How many claims were decided in a week, and of how many the evidence is there, primary, archived."""

    decided: int
    evidence: int
    primary: int
    archived: int


@dataclass(frozen=True)
class Figures:
    """The figures of some facts, each computed when a page first asks for it, and once.

    Attributes:
        facts: what was kept of the period.
    """

    facts: Facts

    @cached_property
    def _decided_by_week(self) -> list[Array]:
        return self.facts.by_week(self.facts.decided)

    @cached_property
    def worth_drawing(self) -> bool:
        """Whether claims were decided on so many days, whatever the zone, that a drawing of them shows something."""
        return len(np.unique(self.facts.decided["at"] // (24 * 60))) >= ENOUGH_DAYS

    @cached_property
    def turnaround(self) -> tuple[list[Spread], Spread]:
        """How long claims took from their article's arrival to their first verdict: by week, and in all."""
        weeks = [Spread.of(rows["took"]) for rows in self._decided_by_week]
        return weeks, Spread.of(self.facts.decided["took"])

    def decided_by_time(self, *, daily: bool) -> list[Decided]:
        """Return what was decided on each day of the period, or in each week, oldest first."""
        period = self.facts.period
        if daily:
            pairs = [(day, day) for day in period.days]
            parts = in_parts(self.facts.decided, period.days, period.end)
        else:
            pairs = [period.week_of(monday) for monday in period.weeks]
            parts = self._decided_by_week
        return [
            Decided(
                *pair,
                people=_counts(rows["person"]),
                verdicts={
                    VERDICTS[place]: number for place, number in _counts(rows["verdict"]).items()
                },
            )
            for pair, rows in zip(pairs, parts, strict=True)
        ]

    @cached_property
    def backlog(self) -> list[Backlog]:
        """The pending claims by the age of their articles, the youngest first. Later ones count as of today."""
        found = []
        for ages in AGE_GROUPS:
            first, last = ages.days(self.facts.period.today)
            inside = self.facts.pending["at"]
            if first is not None:
                inside = inside[inside >= minute_of(begins(first))]
            if last is not None:
                inside = inside[inside < minute_of(begins(last + timedelta(days=1)))]
            oldest = _day_of(int(inside.min())) if len(inside) else None
            found.append(Backlog(ages, len(inside), oldest))
        return found

    @cached_property
    def workload(self) -> list[Work]:
        """What everybody decided and has to do, those who decided most first, and last what is assigned to nobody."""
        decided, pending = self.facts.decided, self.facts.pending
        late = pending[
            (pending["due"] > 0) & (pending["due"] < self.facts.period.today.toordinal())
        ]
        to_do, overdue = _counts(pending["person"]), _counts(late["person"])
        done = _counts(decided["person"])
        people = sorted(
            {*done, *to_do}, key=lambda one: (one == NOBODY, -done[one], -to_do[one], one)
        )
        return [
            Work(
                person=one,
                decided=Spread.of(decided["took"][decided["person"] == one]),
                open=to_do[one],
                late=overdue[one],
            )
            for one in people
        ]

    @cached_property
    def agreement(self) -> Agreement:
        """How often second checks came to the same verdict."""
        rows = self.facts.checked
        same = rows["verdict"] == rows["second"]
        weeks = []
        for part in self.facts.by_week(rows):
            agreed = int((part["verdict"] == part["second"]).sum())
            weeks.append((agreed, len(part) - agreed))
        pairs = Counter(zip(rows["verdict"].tolist(), rows["second"].tolist(), strict=True))
        return Agreement(
            weeks=weeks,
            pairs={
                (VERDICTS[first], VERDICTS[second]): number
                for (first, second), number in pairs.items()
            },
            blind=(int((same & rows["blind"]).sum()), int(rows["blind"].sum())),
            waited=Spread.of(rows["took"]),
        )

    def shares(self, by: str, most: int) -> list[Share]:
        """Return the verdicts by "outlet", "desk", "source" or "kind": of those with the most decided claims.

        Claims without one count as 0, but claims of the article's own voice have no source to be listed under.
        """
        rows = self.facts.decided
        if by == "source":
            rows = rows[rows[by] != NOBODY]
        keys, places = np.unique(rows[by], return_inverse=True)
        weeks = len(self.facts.period.weeks)
        cells = places.astype(np.int64) * weeks + self.facts.weeks_of(rows)
        decided, disputed = (
            np.bincount(some, minlength=len(keys) * weeks).reshape(len(keys), weeks)
            for some in (cells, cells[rows["verdict"] == _DISPUTED])
        )
        order = np.lexsort((keys, -decided.sum(axis=1)))[:most]
        return [
            Share(
                int(keys[place]),
                int(decided[place].sum()),
                int(disputed[place].sum()),
                list(zip(decided[place].tolist(), disputed[place].tolist(), strict=True)),
            )
            for place in order
        ]

    @cached_property
    def publications(self) -> list[tuple[int, int]]:
        """How many claims were published with a verdict, and how many corrections, by week."""
        return [
            (int((~part["corrected"]).sum()), int(part["corrected"].sum()))
            for part in self.facts.by_week(self.facts.published)
        ]

    @cached_property
    def evidence_quality(self) -> list[Quality]:
        """On what evidence the claims of each week are decided, as it is now."""
        return [
            Quality(
                len(part),
                *(
                    int((part["evidence"] & flag > 0).sum())
                    for flag in (EVIDENCE, PRIMARY, ARCHIVED)
                ),
            )
            for part in self._decided_by_week
        ]


def _day_of(minute: int) -> date:
    """Return the day of a minute since 1970 in the reader's zone."""
    return datetime.fromtimestamp(minute * 60, timezone.get_current_timezone()).date()


def _counts(values: Array) -> Counter[int]:
    """Return how often each value is there."""
    found, numbers = np.unique(values, return_counts=True)
    return Counter(dict(zip(found.tolist(), numbers.tolist(), strict=True)))
