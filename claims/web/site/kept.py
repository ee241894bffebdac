"""Parts of pages that are drawn once: most of a form is the same for every record, and drawing it takes far longer than reading it.

A part is drawn for a state, with marks in place of the words and numbers of a record, which are then put in. Whatever else the
part depends on, the state must name: then it is as if its template had been drawn for the record.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

_BEGINNING = 10**15 + secrets.randbelow(9 * 10**15)
"""What every mark begins with. It is new in each process and never shown, so nobody can have a name, or write words, with a mark in
them. With the two digits of a place it is as long as an address may have a number, and longer than any id."""
_MARK = re.compile(f"{_BEGINNING}(\\d\\d)")
"""What stands for a word or a number: which of them, in two digits."""
_MOST = 500
"""How many states of a part are kept."""

Values = Mapping[str, str | int | None]
Context = Callable[[Any, Mapping[str, Any]], dict[str, Any]]


class Kept:
    """A part of a page that is drawn once for each state and language.

    Args:
        template: its template. It is drawn without the request.
        context: makes the template's context of a state and of the marks that stand for values, by their names.
    """

    def __init__(self, template: str, context: Context) -> None:
        self._template, self._context = template, context
        self._drawn: dict[Hashable, list[str]] = {}

    def draw(self, state: Hashable, values: Values) -> SafeString:
        """Return the part.

        Args:
            state: all that it depends on apart from the values.
            values: the words and numbers in it, by their names. Which of them are empty is part of the state. They may only
                be shown: a filter or a condition in the template would see the marks.
        """
        filled = {name: value for name, value in values.items() if value not in {None, ""}}
        key = (state, tuple(filled), get_language())
        pieces = self._drawn.get(key)
        if pieces is None:
            pieces = self._pieces(state, values, filled)
            # While it is developed, a template may change.
            if not settings.DEBUG:
                if len(self._drawn) >= _MOST:
                    self._drawn.clear()
                self._drawn[key] = pieces
        shown = [conditional_escape(str(value)) for value in filled.values()]
        # Every second piece is the place of a value.
        whole = (shown[int(one)] if at % 2 else one for at, one in enumerate(pieces))
        return SafeString("".join(whole))

    def cache_clear(self) -> None:
        """Draw everything anew, as a function whose results are kept is told to."""
        self._drawn.clear()

    def _pieces(self, state: Hashable, values: Values, filled: Values) -> list[str]:
        numbers = {name: 100 * _BEGINNING + place for place, name in enumerate(filled)}
        marks = {
            name: number if isinstance(filled[name], int) else str(number)
            for name, number in numbers.items()
        }
        drawn = render_to_string(self._template, self._context(state, {**values, **marks}))
        return _MARK.split(drawn)
