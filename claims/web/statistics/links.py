"""Links to the lists behind the figures."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from claims.choices import Verdict
from claims.queries.claims.conditions import DECIDED, NO_SOURCE
from claims.queries.claims.filters import NOBODY
from claims.queries.claims.work_filters import LATE
from claims.queries.statistics.facts import Chosen


class Links:
    """Addresses of the claims table, narrowed as the figures are."""

    def __init__(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._base = {
            "outlet": chosen.outlet,
            "desk": chosen.desk,
            "kind": NO_SOURCE if chosen.kind == "" else chosen.kind,
        }
        self._claims = reverse("claims")

    def decided(self, first: date, last: date, verdict: str = DECIDED, **more: object) -> str:
        """The claims decided from a day until another one."""
        return self._listed(
            verdict=verdict,
            decided_from=first.isoformat(),
            decided_to=last.isoformat(),
            **{"decided_by": self._chosen.person} | more,
        )

    def pending(self, first: date | None = None, last: date | None = None) -> str:
        """The pending claims in articles from a day until another one."""
        return self._listed(
            verdict=Verdict.PENDING.value,
            published_from=first and first.isoformat(),
            published_to=last and last.isoformat(),
            assigned=self._chosen.person,
        )

    def assigned(self, person: int, *, late: bool = False) -> str:
        """The pending claims that are assigned to a person, or to nobody."""
        return self._listed(
            verdict=Verdict.PENDING.value,
            assigned=person or NOBODY,
            due=LATE if late else None,
        )

    def checked(self, first: date, last: date, came_to: str = "") -> str:
        """The claims whose second check was answered from a day until another one."""
        return self._listed(
            checked=came_to, checked_from=first.isoformat(), checked_to=last.isoformat()
        )

    def _listed(self, **filters: object) -> str:
        wanted: Mapping[str, object] = self._base | filters
        return (
            f"{self._claims}?{urlencode({name: value for name, value in wanted.items() if value})}"
        )
