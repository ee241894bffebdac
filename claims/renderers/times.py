"""Times as every format writes them: in UTC, whatever their original zone.

Both functions take a time with its zone, and raise ValueError for one without: guessing the zone
would put a wrong time into a document that people rely on.
"""

from datetime import UTC, datetime


def iso(moment: datetime) -> str:
    """Format a time for programs, in ISO 8601: "2026-03-04T05:06:07+00:00"."""
    return _in_utc(moment).isoformat()


def for_people(moment: datetime) -> str:
    """Format a time for people, the same in every language: "2026-03-04 05:06 UTC"."""
    return f"{_in_utc(moment):%Y-%m-%d %H:%M} UTC"


def _in_utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"The moment {moment} names no zone.")
    return moment.astimezone(UTC)
