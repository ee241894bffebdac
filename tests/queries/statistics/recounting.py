"""What is kept of each day, and the same counted from the claims."""

from claims.actions.maintenance import count_all_days, count_stale_days
from claims.models import DailyCount, StaleDay

Kept = dict[tuple[str, str], bytes]


def brought_up_to_date() -> Kept:
    """What is kept once a worker has counted the days that are noted, and no other ones."""
    while count_stale_days():
        pass
    assert not StaleDay.objects.exists()
    return _kept()


def counted_anew() -> Kept:
    """What is kept once every day has been counted again."""
    for _done, _total in count_all_days():
        pass
    return _kept()


def _kept() -> Kept:
    return {
        (one.what, one.day.isoformat()): bytes(one.data)
        for one in DailyCount.objects.order_by("day")
        if one.data
    }
