"""Fields that several forms have."""

from typing import Any

from django import forms
from django.forms.renderers import Jinja2

from claims.models.newsroom import WEB_ADDRESS

RENDERER = Jinja2()
"""Django's own fields, drawn in a fifth of the time that its other engine takes; every answer draws a dozen."""


def web_address(label: Any, *, required: bool = False) -> forms.URLField:
    """A field for the address of a page on the web; https where none is said."""
    return forms.URLField(
        label=label,
        max_length=2000,
        required=required,
        assume_scheme="https",
        validators=[WEB_ADDRESS],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
