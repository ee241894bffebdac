"""Checks the names in an address or a command-line filter: a mistyped one must never widen a list."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import ClassVar
from urllib.parse import parse_qsl

from django import forms
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from claims.errors import Phrase
from claims.fetching.addresses import TRACKING, TRACKING_PREFIXES

_NEAR = 0.5
"""How alike two names are, of 1, for the one to be proposed for the other."""


def refused(given: Iterable[str], known: Collection[str]) -> list[Phrase]:
    """Return an error for each unknown name, with the most similar known one.

    Args:
        given: the names as typed.
        known: the valid names.
    """
    return [_refusal(name, known) for name in given if name not in known]


def _refusal(name: str, known: Collection[str]) -> Phrase:
    near = get_close_matches(name.lower(), sorted(known), n=1, cutoff=_NEAR)
    if near:
        return Phrase(
            "“%(name)s” is not a filter. Did you mean “%(nearest)s”?", name=name, nearest=near[0]
        )
    return Phrase("“%(name)s” is not a filter.", name=name)


def parsed(query: str) -> MultiValueDict[str, str]:
    """What a query string asks for.

    Raises:
        TooManyFieldsSent: if it holds more than a request may.
    """
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    asked: MultiValueDict[str, str] = MultiValueDict()
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise TooManyFieldsSent from error
    for name, value in pairs:
        asked.appendlist(name, value)
    return asked


def untracked(given: MultiValueDict[str, str]) -> MultiValueDict[str, str]:
    """What an address asks for, without what other sites add to it to know where its reader came from."""
    asked = given.copy()
    for name in given:
        if name in TRACKING or name.startswith(TRACKING_PREFIXES):
            del asked[name]
    return asked


class OnlyKnownNames(forms.Form):
    """A form of filters that refuses unknown names.

    Attributes:
        beside: what else an address may contain, such as the order and the page.
    """

    beside: ClassVar[frozenset[str]] = frozenset()

    def clean(self) -> dict[str, object]:
        """Refuse every name that is neither a field nor in `beside`."""
        for phrase in refused(self.data, {*self.fields, *self.beside}):
            self.add_error(None, _(phrase.template) % phrase.params)
        return super().clean() or self.cleaned_data
