"""Fields that several forms share."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.forms.renderers import BaseRenderer, Jinja2
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.models.base.ids import MOST
from claims.models.newsroom import WEB_ADDRESS
from claims.queries.accounts import assignable_users, display_name


class _Renderer(Jinja2):
    """Django's own fields: inputs and areas for text in Python, the others by Jinja, each in a fifth of the time of the template before."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Draw a field's widget as Django's template of that name does."""
        kind = template_name.removeprefix("django/forms/widgets/")
        widget = context.get("widget", {})
        if kind in _INPUTS:
            value = widget["value"]
            shown = "" if value is None else format_html(' value="{}"', value)
            attributes = _attributes(widget["attrs"])
            return format_html(
                '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], shown, attributes
            )
        if kind == "textarea.html":
            attributes = _attributes(widget["attrs"])
            return format_html(
                '<textarea name="{}"{}>\n{}</textarea>',
                widget["name"],
                attributes,
                widget["value"] or "",
            )
        return super().render(template_name, context, request)


_INPUTS = frozenset(
    f"{kind}.html" for kind in ("text", "number", "url", "date", "hidden", "checkbox")
)


def _attributes(attributes: Mapping[str, Any]) -> SafeString:
    shown = [(name, value) for name, value in attributes.items() if value is not False]
    return format_html_join(
        "", "{}", ([format_html(*_attribute(name, value))] for name, value in shown)
    )


def _attribute(name: str, value: Any) -> tuple[Any, ...]:
    return (" {}", name) if value is True else (' {}="{}"', name, value)


RENDERER = _Renderer()
"""Draws the fields of every form on the desk; an answer draws a dozen."""


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


_OFFERED = '<option value="{}">{}</option>'
_CHOSEN = '<option value="{}" selected>{}</option>'


class _PlainSelect(forms.Select):
    """Choices without groups, drawn in Python: every panel has all people of the desk, twice."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 - it is drawn here
    ) -> SafeString:
        """Draw the choices as Django's own template does."""
        chosen = set(self.format_value(value))
        options = format_html_join(
            "\n",
            "{}",
            (
                [format_html(_CHOSEN if str(key) in chosen else _OFFERED, key, label)]
                for key, label in self.choices
            ),
        )
        own = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>\n{}\n</select>", own, options)


class AssigneeField(forms.ModelChoiceField[User]):
    """A choice of the people to whom claims can be assigned, by name."""

    widget = _PlainSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=assignable_users(), **kwargs)

    def label_from_instance(self, obj: User) -> str:
        """Return the person's name."""
        return display_name(obj)

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        """Offer people that were read already: their ids and names."""
        self.choices = [("", self.empty_label or ""), *people]


def chosen_among(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """A form's field whose choices are only known with the form."""
    return cast("forms.ChoiceField", form.fields[name])
