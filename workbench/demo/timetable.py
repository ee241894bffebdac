"""When the steps of the demo's life happened, counted back from the day on which the demo is made.

The story takes some calendar weeks, because its articles name weekdays: "2 Wed 19:10" is the Wednesday of its second
week. It ended two to eight days ago. What has happened since then is spread evenly over the days up to yesterday: "+1
08:40" comes first and "+6 17:00" last; if there are fewer days, some share one.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from math import ceil

from django.utils import timezone

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_IN_STORY = re.compile(r"([1-9]) (\w{3}) (\d\d:\d\d)")
_SINCE = re.compile(r"\+([1-6]) (\d\d:\d\d)")
_PARTS = 6
"""How many parts the days since the story are divided into."""
_WEEK = timedelta(weeks=1)


class Timetable:
    """Turns the story's times into moments in the current time zone.

    Args:
        times: all times of the story.
        today: the day on which the demo is made.

    Raises:
        ValueError: if one of the times has neither form.
    """

    def __init__(self, times: Iterable[str], today: date) -> None:
        last = max((_day_in_story(each) for each in times if not _SINCE.fullmatch(each)), default=0)
        latest = today - timedelta(days=2 + last)
        self._start = latest - timedelta(days=latest.weekday())
        self._end = self._start + timedelta(days=last)
        self._days_since = (today - self._end).days - 1

    def moment(self, when: str) -> datetime:
        """Return the moment of a time of the story."""
        if found := _SINCE.fullmatch(when):
            part = int(found[1])
            day = self._end + timedelta(days=ceil(part * self._days_since / _PARTS))
        else:
            day = self._start + timedelta(days=_day_in_story(when))
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(when[-5:])))


def _day_in_story(when: str) -> int:
    found = _IN_STORY.fullmatch(when)
    if found is None or found[2] not in _WEEKDAYS:
        raise ValueError(f"“{when}” is not a time such as “2 Wed 19:10” or “+1 08:40”")
    return (int(found[1]) - 1) * 7 + _WEEKDAYS.index(found[2])


def last_before(moment: datetime, published: datetime) -> datetime:
    """Shift a date by whole weeks, which keeps its weekday, to the last such day before a moment."""
    return published + (moment - published) // _WEEK * _WEEK
