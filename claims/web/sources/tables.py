"""The table of the registry."""

import django_tables2 as tables
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.models import Source


class SourceTable(tables.Table):  # type: ignore[misc]  # its package has no types
    """The sources, each with how many claims it makes."""

    name = tables.TemplateColumn(
        template_name="sources/columns/name.html",
        accessor="source__name",
        verbose_name=_("Name"),
        order_by=("name",),
    )
    kind = tables.Column(
        accessor="source__get_kind_display", verbose_name=_("Kind"), orderable=False
    )
    organisation = tables.TemplateColumn(
        "<bdi>{{ value }}</bdi>",
        accessor="source__organisation",
        verbose_name=_("Organisation"),
        orderable=False,
    )
    country = tables.TemplateColumn(
        "<bdi>{{ value }}</bdi>",
        accessor="source__country",
        verbose_name=_("Country"),
        orderable=False,
    )
    claims = tables.TemplateColumn(
        template_name="sources/columns/claims.html",
        accessor="pk",
        verbose_name=_("Claims"),
        orderable=False,
        attrs={"th": {"class": "figures__number"}, "td": {"class": "number figures__number"}},
    )

    def before_render(self, _request: HttpRequest) -> None:
        """Leave out columns that are empty for all sources on the page."""
        for name in ("organisation", "country"):
            if not any(getattr(row.source, name) for row in self.data):
                self.columns.hide(name)

    class Meta:
        model = Source
        fields = ()
        order_by_field = "sort"
        template_name = "components/table.html"
        attrs = {"class": "list registry"}
        row_attrs = {"class": "list__row"}
