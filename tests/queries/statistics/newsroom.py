"""A newsroom whose claims were decided on known days by known people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from django.contrib.auth.models import User

from claims.choices import SourceKind, Verdict
from claims.models import Claim, Desk, Outlet
from claims.queries.statistics.facts import Period
from tests.models import rows

WEDNESDAY = date(2026, 3, 4)
PERIOD = Period.until(WEDNESDAY, 4)


def at(day: date, hour: int = 12) -> datetime:
    """An hour of a day in UTC, which is the tests' zone."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass
class Newsroom:
    """Makes claims that were decided."""

    person: User
    numbers: Iterator[int]

    @classmethod
    def of(cls, person: User) -> "Newsroom":
        return cls(person, count(1))

    def outlet(self, name: str) -> Outlet:
        return Outlet.objects.get_or_create(name=name, name_key=name.casefold())[0]

    def desk(self, name: str) -> Desk:
        return Desk.objects.get_or_create(name=name, name_key=name.casefold())[0]

    def claim(
        self,
        came_in: datetime,
        *,
        outlet: str = "Courier",
        desk: str = "",
        kind: SourceKind | None = None,
        **fields: object,
    ) -> Claim:
        """A pending claim of an article of its own."""
        article = rows.article(
            self.person,
            outlet=self.outlet(outlet),
            desk=self.desk(desk) if desk else None,
            imported_at=came_in,
            published_at=came_in,
        )
        source = rows.source(f"Ada {next(self.numbers)}", kind=kind) if kind else None
        return rows.claim(rows.revision(self.person, article=article), source=source, **fields)

    def decided(
        self,
        when: datetime,
        verdict: Verdict = Verdict.VERIFIED,
        *,
        after: timedelta = timedelta(hours=6),
        by: User | None = None,
        **options: object,
    ) -> Claim:
        """A claim that was decided some time after its article came in."""
        claim = self.claim(when - after, **options)
        rows.decision(claim, by or self.person, verdict=verdict, decided_at=when, reason="Counted.")
        rows.become(claim, verdict=verdict, decided_at=when, touched_at=when, version=2)
        claim.refresh_from_db()
        return claim
