"""Which lines of the claims table were chosen: some by their ids, or all that match."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from claims.queries.claims.filters import LIST

_MOST_CHOSEN = 1000
"""How many claims can be chosen one by one."""


@dataclass(frozen=True)
class Picks:
    """What a form under the table sends.

    Attributes:
        chosen: the ids of the lines that were chosen.
        every: all that the list holds are meant.
    """

    chosen: list[int]
    every: bool

    @classmethod
    def of(cls, data: QueryDict) -> "Picks":
        """What was sent. Ids that no claim can have are left out."""
        typed = data.getlist("chosen")[:_MOST_CHOSEN]
        chosen = [int(pk) for pk in typed if pk.isdecimal() and len(pk) < 19]
        return cls(chosen, "every" in data)

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return self.every or bool(self.chosen)

    def query(self, listed: str) -> str:
        """The same as an address has it, with the list that they were chosen in."""
        which = [("every", "1")] if self.every else [("chosen", str(pk)) for pk in self.chosen]
        return urlencode([(LIST, listed), *which])
