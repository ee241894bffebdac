"""Where in a text a date is looked for, and what was found."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from claims.matching.figures.types import Date
from claims.matching.text.words import Word

YEAR = re.compile(r"(1[0-9]|20|21)\d\d$")


class Dated(NamedTuple):
    """A date in a text, and the number of the word behind it."""

    behind: int
    date: Date


class Place(NamedTuple):
    """A word of a text, the day that the text was published, and whether it speaks of what is to come."""

    words: Sequence[Word]
    at: int
    day: dt.date | None
    ahead: bool
