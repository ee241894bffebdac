"""What the statistics can be narrowed to, as the page's address says it."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.choices import SourceKind
from claims.models import Desk, Outlet
from claims.queries.accounts import PeopleChoices, assignable_users
from claims.queries.claims.conditions import NO_SOURCE
from claims.queries.statistics.facts import Chosen

PERIODS = (4, 12, 52)
"""For how many weeks figures are shown."""
USUAL = 12
BY = {
    "outlet": _("Outlet"),
    "source": _("Source"),
    "desk": _("Desk"),
    "kind": _("Source kind"),
}
"""What verdicts are told apart by; the first one by default."""


class FiguresForm(forms.Form):
    """The filters of the statistics. A number of weeks that there is not counts as the usual one."""

    outlet = forms.ModelChoiceField(
        Outlet.objects.order_by("name", "pk"),
        label=_("Outlet"),
        empty_label=_("All outlets"),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Source kind"),
        choices=[
            ("", _("All kinds")),
            *SourceKind.choices,
            (NO_SOURCE, _("Without a source")),
        ],
        required=False,
    )
    desk = forms.ModelChoiceField(
        Desk.objects.order_by("name", "pk"),
        label=_("Desk"),
        empty_label=_("All desks"),
        required=False,
    )
    person = forms.ChoiceField(label=_("Person"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, label_suffix="", auto_id="filter_%s")
        people = PeopleChoices([("", str(_("Everybody")))], lambda: list(assignable_users()))
        cast("forms.ChoiceField", self.fields["person"]).choices = people

    @property
    def weeks(self) -> int:
        """The number of weeks."""
        given = self.data.get("weeks", "")
        return next((weeks for weeks in PERIODS if str(weeks) == given), USUAL)

    @property
    def by(self) -> str:
        """What verdicts are told apart by."""
        given = self.data.get("by", "")
        return given if given in BY else next(iter(BY))

    def chosen(self) -> Chosen:
        """Of which claims the figures are. The form must be valid."""
        wanted = self.cleaned_data
        kind = wanted["kind"]
        return Chosen(
            outlet=wanted["outlet"] and wanted["outlet"].pk,
            desk=wanted["desk"] and wanted["desk"].pk,
            kind=None if not kind else "" if kind == NO_SOURCE else kind,
            person=int(wanted["person"]) if wanted["person"] else None,
        )

    def query_with(self, **changed: str) -> str:
        """The page's address with some values set otherwise, after the question mark."""
        now = {name: self.data.get(name, "") for name in ("weeks", "by", *self.fields)}
        return urlencode({name: value for name, value in (now | changed).items() if value})
