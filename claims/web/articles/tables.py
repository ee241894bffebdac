"""The table of articles."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from claims.models import Article


class ArticleTable(tables.Table):  # type: ignore[misc]  # its package has no types
    """The articles with what is decided and what waits."""

    headline = tables.TemplateColumn(
        template_name="articles/columns/headline.html",
        accessor="article__headline",
        verbose_name=_("Headline"),
        order_by=("headline",),
    )
    outlet = tables.Column(
        accessor="article__outlet", verbose_name=_("Outlet"), default="", orderable=False
    )
    published = tables.TemplateColumn(
        template_name="articles/columns/published.html",
        accessor="pk",
        verbose_name=_("Published"),
        order_by=("listed_at",),
    )
    claims = tables.TemplateColumn(
        template_name="articles/columns/claims.html",
        accessor="pk",
        verbose_name=_("Claims"),
        orderable=False,
    )
    changed = tables.TemplateColumn(
        template_name="articles/columns/changed.html",
        accessor="pk",
        verbose_name=_("Last change"),
        order_by=("changed_at",),
    )

    class Meta:
        model = Article
        fields = ()
        order_by_field = "sort"
        template_name = "components/table.html"
        attrs = {"class": "list"}
        row_attrs = {"class": "list__row"}
