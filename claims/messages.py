"""Errors and other phrases in the reader's language."""

from django.utils.translation import gettext as _

from claims.errors import Phrase, WorkbenchError


def message_of(error: WorkbenchError | Phrase) -> str:
    """Return the message of an error or a phrase, in the reader's language."""
    return _(error.template) % {name: _translated(value) for name, value in error.params.items()}


def _translated(value: object) -> object:
    if isinstance(value, Phrase):
        return message_of(value)
    return _(value) if isinstance(value, str) else value
