"""What is kept for each day: one row for each claim, check or publication, packed as a NumPy array.

Rows and not sums: a year of a busy newsroom is some hundred thousand of them, which NumPy filters by any combination of
outlet, desk, kind and person in a few milliseconds, and medians need every value. Days are in UTC; each row has its
moment, so that weeks begin at midnight in the reader's zone.

Claims that wait for a blind second check are kept by nobody, so their verdicts are in no figure, not even their
decider's: see `claims.models.claims.blind`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Exists, Min, OuterRef, Q, Subquery

from claims.choices import SourceKind, Verdict
from claims.models import Claim, Correction, Decision, Evidence, ReportedClaim, SecondCheck
from claims.models.claims.blind import open_to_all
from claims.models.statistics import CHECKED, DECIDED, PENDING, PUBLISHED

Array = npt.NDArray[Any]

KINDS = ("", *SourceKind.values)
"""Kinds of sources are kept by their place here; "" is the article's own voice."""
VERDICTS = tuple(Verdict.values)
"""Verdicts are kept by their place here."""
NOBODY = 0
"""What stands where there is no outlet, desk, person or source."""
EVIDENCE, PRIMARY, ARCHIVED = 1, 2, 4
"""What a claim's evidence is, as the sum of these: there, with a primary source, with an archived copy."""

_ALL = [("at", "<i4"), ("outlet", "<i4"), ("desk", "<i4"), ("kind", "i1"), ("person", "<i4")]
FORMS: Mapping[str, npt.DTypeLike] = MappingProxyType(
    {
        # The person it is assigned to, and the day by which it is due, as an ordinal.
        PENDING: np.dtype([*_ALL, ("due", "<i4")]),
        # The person who decided it; the minutes from its article's arrival to its first verdict.
        DECIDED: np.dtype(
            [*_ALL, ("verdict", "i1"), ("took", "<i4"), ("source", "<i4"), ("evidence", "i1")]
        ),
        # The person whose verdict was checked; the minutes from the request to the answer.
        CHECKED: np.dtype(
            [*_ALL, ("verdict", "i1"), ("second", "i1"), ("took", "<i4"), ("blind", "?")]
        ),
        # The person who decided it; whether this is a correction of it, or its publication.
        PUBLISHED: np.dtype([*_ALL, ("corrected", "?")]),
    }
)
"""What is kept of each row. Moments are minutes since 1970 in UTC."""

OnDays = Callable[[str], Q]
"""Returns the condition that a moment is on the days that are counted, by the name of its field."""

_OUTLET, _KIND = "claim__outlet", "claim__source_kind"
_DESK = "revision__article__desk"


def minute_of(moment: datetime) -> int:
    """Return the whole minutes from the beginning of 1970 in UTC to a moment."""
    return int(moment.timestamp() // 60)


def count_days(what: str, days: Collection[date]) -> bytes:
    """Count what there is on some days in UTC, from the claims themselves, as it is kept. One query, or two.

    Args:
        what: `PENDING`, `DECIDED`, `CHECKED` or `PUBLISHED`.
        days: the days, at least one.
    """

    def on_days(moment: str) -> Q:
        found = Q()
        for day in days:
            begin = datetime.combine(day, time.min, UTC)
            end = begin + timedelta(days=1)
            found |= Q(**{f"{moment}__gte": begin, f"{moment}__lt": end})
        return found

    return np.array(list(_ROWS[what](on_days)), FORMS[what]).tobytes()


def unpacked(what: str, data: bytes) -> Array:
    """Return the rows of one or more days, as they were kept."""
    return np.frombuffer(data, FORMS[what])


def _pending(on_days: OnDays) -> Iterator[tuple[Any, ...]]:
    claims = open_to_all(Claim.objects.active()).pending()
    rows = claims.filter(on_days("listed_at")).order_by("pk")
    for at, outlet, desk, kind, person, due in rows.values_list(
        "listed_at", "outlet", _DESK, "source_kind", "assigned_to", "due_on"
    ):
        yield *_common(at, outlet, desk, kind, person), due.toordinal() if due else 0


def _decided(on_days: OnDays) -> Iterator[tuple[Any, ...]]:
    claims = open_to_all(Claim.objects.active()).decided()
    log = Decision.objects.filter(claim=OuterRef("pk"))
    evidence = Evidence.objects.not_removed().filter(claim=OuterRef("pk"))
    rows = claims.filter(on_days("decided_at")).order_by("pk")
    rows = rows.annotate(
        decider=Subquery(log.newest_first().values("actor")[:1]),
        first_at=Subquery(
            log.exclude(verdict=Verdict.PENDING)
            .order_by()
            .values("claim")
            .annotate(first=Min("decided_at"))
            .values("first")
        ),
        documented=Exists(evidence),
        primary=Exists(evidence.filter(primary=True)),
        archived=Exists(evidence.exclude(archive_url="")),
    )
    for at, outlet, desk, kind, person, verdict, first_at, came_in, source, *quality in (
        rows.values_list(
            *("decided_at", "outlet", _DESK, "source_kind", "decider", "verdict", "first_at"),
            *("revision__article__imported_at", "source", "documented", "primary", "archived"),
        )
    ):  # fmt: skip
        first = min(first_at or at, at)
        yield (
            *_common(at, outlet, desk, kind, person),
            VERDICTS.index(verdict),
            max(0, minute_of(first) - minute_of(came_in)),
            source or NOBODY,
            sum(
                flag
                for flag, there in zip((EVIDENCE, PRIMARY, ARCHIVED), quality, strict=True)
                if there
            ),
        )


def _checked(on_days: OnDays) -> Iterator[tuple[Any, ...]]:
    checks = SecondCheck.objects.answered().filter(on_days("answered_at"))
    checks = checks.filter(claim__in=open_to_all(Claim.objects.active()))
    for at, outlet, desk, kind, person, verdict, second, asked_at, blind in checks.order_by(
        "pk"
    ).values_list(
        *("answered_at", _OUTLET, f"claim__{_DESK}", _KIND, "decision__actor"),
        *("decision__verdict", "verdict", "asked_at", "blind"),
    ):
        yield (
            *_common(at, outlet, desk, kind, person),
            VERDICTS.index(verdict),
            VERDICTS.index(second),
            max(0, minute_of(at) - minute_of(asked_at)),
            blind,
        )


def _published(on_days: OnDays) -> Iterator[tuple[Any, ...]]:
    """Yield the claims that were published with a verdict, and then the corrections, which updates are not."""
    reported = ReportedClaim.objects.exclude(verdict=Verdict.PENDING).order_by("pk")
    corrections = Correction.objects.corrections().order_by("pk")
    for rows, at, claim, decider, corrected in (
        (reported, "report__published_at", "claim", "decision__actor", False),
        (corrections, "published_at", "reported__claim", "reported__decision__actor", True),
    ):
        found: Any = rows.filter(on_days(at))
        for values in found.values_list(
            *(at, f"{claim}__outlet", f"{claim}__{_DESK}", f"{claim}__source_kind", decider)
        ):
            yield *_common(*values), corrected


def _common(
    at: datetime, outlet: int | None, desk: int | None, kind: str, person: int | None
) -> tuple[int, int, int, int, int]:
    return (
        minute_of(at),
        outlet or NOBODY,
        desk or NOBODY,
        KINDS.index(kind),
        person or NOBODY,
    )


_ROWS: Mapping[str, Callable[[OnDays], Iterator[tuple[Any, ...]]]] = MappingProxyType(
    {PENDING: _pending, DECIDED: _decided, CHECKED: _checked, PUBLISHED: _published}
)
