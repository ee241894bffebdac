"""Fields that several forms share."""

from typing import Any, cast

from django import forms
from django.forms.renderers import Jinja2

from claims.models.newsroom import WEB_ADDRESS

RENDERER = Jinja2()
"""Django's own fields, drawn in a fifth of the time that its other engine takes; every answer draws a dozen."""


class _WebAddressField(forms.URLField):
    # Instead of Django's own, and not beside it: both say the same of the same mistake.
    default_validators = [WEB_ADDRESS]


def web_address(label: Any, *, required: bool = False) -> forms.URLField:
    """Return a field for a web address; the default scheme is https."""
    return _WebAddressField(
        label=label,
        max_length=2000,
        required=required,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


def chosen_among(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """A form's field whose choices are only known with the form."""
    return cast("forms.ChoiceField", form.fields[name])


def chosen_record(form: forms.BaseForm, name: str) -> forms.ModelChoiceField[Any]:
    """The same for a choice among records."""
    return cast("forms.ModelChoiceField[Any]", form.fields[name])
