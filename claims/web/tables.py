"""The desk's tables: declarations only."""

import django_tables2 as tables
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Article, Claim


class ArticleTable(tables.Table):  # type: ignore[misc]
    """The articles with what is decided and what waits."""

    headline = tables.TemplateColumn(
        template_name="articles/columns/headline.html", verbose_name=_("Headline")
    )
    outlet = tables.Column(verbose_name=_("Outlet"), default="", orderable=False)
    published = tables.TemplateColumn(
        template_name="articles/columns/published.html",
        verbose_name=_("Published"),
        order_by=("listed_at",),
    )
    claims = tables.TemplateColumn(
        template_name="articles/columns/claims.html", verbose_name=_("Claims"), orderable=False
    )
    changed = tables.TemplateColumn(
        template_name="articles/columns/changed.html",
        verbose_name=_("Last change"),
        order_by=("changed_at",),
    )

    class Meta:
        model = Article
        fields = ()
        order_by_field = "sort"
        template_name = "table.html"
        attrs = {"class": "list"}
        row_attrs = {"class": "list__row"}


def _sorted_by(field: str, label: Promise) -> tables.Column:
    return tables.Column(verbose_name=label, order_by=(field,), orderable=True)


def _plain(label: Promise) -> tables.Column:
    return tables.Column(verbose_name=label, orderable=False)


class ClaimTable(tables.Table):  # type: ignore[misc]
    """Claims of all articles. Sorted by what an index holds: a list of a million opens as fast as one of a hundred.

    `cells` draws the lines.
    """

    statement = _sorted_by("id", _("Claim"))
    verdict = _plain(_("Verdict"))
    source = _plain(_("Source"))
    role = _plain(_("Role as stated"))
    outlet = _plain(_("Outlet"))
    article = _plain(_("Article"))
    published = _sorted_by("listed_at", _("Published"))
    decided = _sorted_by("decided_at", _("Decided"))
    touched = _sorted_by("touched_at", _("Last change"))
    worth = _sorted_by("checkworthiness", _("Check-worthiness"))
    quotation = _plain(_("Quotation"))
    process = _plain(_("Process"))
    assigned = _plain(_("Assigned to"))
    tags = _plain(_("Tags"))

    class Meta:
        model = Claim
        fields = ()
        order_by_field = "sort"
        template_name = "claims/table.html"
        attrs = {"class": "list"}


USUAL_COLUMNS = ("statement", "verdict", "source", "outlet", "published")
"""Those of the claims table that show until somebody chooses others."""
