"""Which lines of a list of claims were chosen, some by their ids or all that match, and where the list stands."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from claims.models.base.ids import ids_of
from claims.queries.claims.filters import BACK, LIST
from claims.web.site.requests import is_own

_MAX_CHOSEN = 1000
"""How many claims can be chosen one by one."""


@dataclass(frozen=True)
class Selection:
    """What a form below the table submits.

    Attributes:
        chosen: the ids of the selected rows.
        every: whether all claims in the list are selected.
    """

    chosen: list[int]
    every: bool

    @classmethod
    def of(cls, data: QueryDict) -> "Selection":
        """Return the submitted selection. Ids that no claim can have are ignored."""
        typed = data.getlist("chosen")[:_MAX_CHOSEN]
        chosen = ids_of(typed)
        return cls(chosen, "every" in data)

    def __bool__(self) -> bool:
        """Return whether anything is selected."""
        return self.every or bool(self.chosen)

    def query(self, listed: str) -> str:
        """The selection as part of an address, with the list that it belongs to."""
        which = [("every", "1")] if self.every else [("chosen", str(pk)) for pk in self.chosen]
        return urlencode([(LIST, listed), *which])


@dataclass(frozen=True)
class Origin:
    """The page that claims were chosen on, which whatever is done to them comes back to.

    Attributes:
        listed: the filter that was listed.
        queue: the address of the review queue, at the claim that was shown; "" where it was the claims table.
    """

    listed: str
    queue: str

    @classmethod
    def of(cls, data: QueryDict) -> "Origin":
        """What an address holds. A queue elsewhere than on this server is left out."""
        queue = data.get(BACK, "")
        return cls(data.get(LIST, ""), queue if is_own(queue) else "")

    @property
    def url(self) -> str:
        """The page's address."""
        return self.queue or f"{reverse('claims')}?{self.listed}"

    @property
    def query(self) -> str:
        """The same as the address of another page has it, with its question mark, or ""."""
        held = {name: value for name, value in ((LIST, self.listed), (BACK, self.queue)) if value}
        return f"?{urlencode(held)}" if held else ""
