"""Points in time, as files write them."""

from datetime import datetime
from email.utils import parsedate_to_datetime


def moment(text: str) -> datetime | None:
    """Read a date, or a date and time.

    Args:
        text: as ISO 8601 ("2026-04-15", "2026-04-15T18:40:00+02:00", "20260415T164000Z") or RFC 5322
            ("Wed, 15 Apr 2026 18:40:00 +0200") have it. Other ways to write dates are not guessed at:
            04/05/2026 is two days, depending on who reads it.

    Returns:
        The moment, without a zone where none is written, or None where it is no such date.
    """
    text = text.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None
