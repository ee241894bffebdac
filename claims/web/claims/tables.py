"""The table of claims: only its declaration."""

from typing import Any

import django_tables2 as tables
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Claim


def _sorted_by(field: str, label: Promise) -> tables.Column:
    return tables.Column(verbose_name=label, order_by=(field,), orderable=True)


def _plain(label: Promise) -> tables.Column:
    return tables.Column(verbose_name=label, orderable=False)


class ClaimTable(tables.Table):  # type: ignore[misc]  # its package has no types
    """Claims of all articles. Sorted by indexed columns, so a list of a million opens as fast as one of a hundred.

    `cells` draws the rows.

    Args:
        selectable: whether its rows can be selected.
    """

    statement = _sorted_by("id", _("Claim"))
    verdict = _plain(_("Verdict"))
    archive = _plain(_("In the archive"))
    source = _plain(_("Source"))
    role = _plain(_("Role as stated"))
    outlet = _plain(_("Outlet"))
    article = _plain(_("Article"))
    published = _sorted_by("listed_at", _("Published"))
    decided = _sorted_by("decided_at", _("Decided"))
    touched = _sorted_by("touched_at", _("Last change"))
    worth = _sorted_by("checkworthiness", _("Check-worthiness"))
    quotation = _plain(_("Quotation"))
    review_status = _plain(_("Review status"))
    assigned = _plain(_("Assigned to"))
    due = _sorted_by("due_on", _("Due"))
    tags = _plain(_("Tags"))

    class Meta:
        model = Claim
        fields = ()
        order_by_field = "sort"
        template_name = "claims/table.html"
        attrs = {"class": "list"}

    def __init__(self, *args: Any, selectable: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.selectable = selectable


USUAL_COLUMNS = ("statement", "verdict", "archive", "source", "outlet", "published")
"""Those of the claims table that show until someone chooses others."""
