"""Parsing dates and times in files."""

from datetime import datetime
from email.utils import parsedate_to_datetime


def moment(text: str) -> datetime | None:
    """Parse a date, or a date and time.

    Args:
        text: in ISO 8601 ("2026-04-15", "2026-04-15T18:40:00+02:00", "20260415T164000Z") or RFC 5322
            ("Wed, 15 Apr 2026 18:40:00 +0200"). Other formats are not guessed: 04/05/2026 means
            different days to different readers.

    Returns:
        The time, without a zone if none is given, or None if it is not such a date.
    """
    text = text.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None
