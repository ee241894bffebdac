"""The time of the demo's steps: they happened in the last weeks, and are played in a few seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from unittest import mock

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Fix the time for everything that asks Django for it, which is the only clock the application uses.

    Args:
        moment: the time, with its time zone. It does not advance.
    """

    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # it returns a plain datetime
            return moment.astimezone(tz)

    # `timezone.now` is bound as the default of many columns, so what it calls is replaced and not the function.
    with mock.patch.object(timezone, "datetime", Then):
        yield
