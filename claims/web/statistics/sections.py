"""The sections of the statistics: for each a finding in words, a drawing, and the numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.web.components.charts import Chart
from claims.web.components.trends import Trend
from claims.web.statistics.tables import Table


@dataclass(frozen=True)
class Picture:
    """A drawing, with a heading if there are several.

    Attributes:
        figure: the drawing.
        heading: what it is of.
        about: how much that is.
    """

    figure: Chart | Trend
    heading: str = ""
    about: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the page.

    Attributes:
        key: its name in addresses.
        title: what it is about.
        finding: what the numbers say.
        table: the numbers.
        pictures: the drawings; without one, there is too little to draw.
        empty: whether there is nothing to show but the finding.
        note: how to read the drawing.
    """

    key: str
    title: str
    finding: str
    table: Table
    pictures: Sequence[Picture] = ()
    empty: bool = False
    note: str = ""


def day(value: date) -> str:
    """Return a day without its year."""
    return date_format(value, _("j M"))


def weeks_in_words(number: int) -> str:
    """Return a number of weeks."""
    return ngettext("%(number)s week", "%(number)s weeks", number) % {"number": number}


def claims_in_words(number: int) -> str:
    """Return a number of claims."""
    return ngettext("%(number)s claim", "%(number)s claims", number) % {"number": f"{number:,}"}
