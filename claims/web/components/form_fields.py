"""Fields that several forms share."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.forms.renderers import Jinja2

from claims.models.base.ids import MOST
from claims.models.newsroom import WEB_ADDRESS
from claims.queries.accounts import assignable_users, display_name

RENDERER = Jinja2()
"""Django's own fields, drawn in a fifth of the time that its other engine takes; every answer draws a dozen."""


class _WebAddressField(forms.URLField):
    # Replaces Django's validator rather than adding to it: both would report the same mistake.
    default_validators = [WEB_ADDRESS]


class NumberField(forms.IntegerField):
    """The id or the version of a record: a number that the database can hold."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": MOST} | kwargs)


def web_address(label: Any, *, required: bool = False) -> forms.URLField:
    """Return a field for a web address; the default scheme is https."""
    return _WebAddressField(
        label=label,
        max_length=2000,
        required=required,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


class AssigneeField(forms.ModelChoiceField[User]):
    """A choice of the people to whom claims can be assigned, by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=assignable_users(), **kwargs)

    def label_from_instance(self, obj: User) -> str:
        """Return the person's name."""
        return display_name(obj)


def chosen_among(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """A form's field whose choices are only known with the form."""
    return cast("forms.ChoiceField", form.fields[name])
