"""Forms for the registry of sources."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.choices import SourceKind
from claims.models import Source
from claims.models.sources import SourceQuerySet


class SourceFilterForm(forms.Form):
    """The filter of the list of sources. Values that are not valid are ignored."""

    name = forms.CharField(
        label=_("Name or alias"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "dir": "auto"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *SourceKind.choices], required=False
    )
    named = forms.ChoiceField(
        label=_("Include"),
        choices=[
            ("", _("All sources")),
            ("yes", _("Named sources")),
            ("no", _("Only in one article")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "filter_%s", **kwargs})

    def asked(self, field: str) -> str:
        """Return the value of a field, or ""."""
        self.is_valid()
        return str(self.cleaned_data.get(field, ""))

    @property
    def asks(self) -> bool:
        """Whether any filter is set."""
        return any(map(self.asked, self.fields))

    def sources(self) -> SourceQuerySet:
        """Return the matching sources, without merged ones."""
        name = " ".join(self.asked("name").split())
        found = Source.objects.beginning(name) if name else Source.objects.filter(merged_into=None)
        if kind := self.asked("kind"):
            found = found.filter(kind=kind)
        if named := self.asked("named"):
            found = found.filter(article__isnull=named == "yes")
        return found
