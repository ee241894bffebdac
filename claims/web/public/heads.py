"""What the head of a public page tells search engines, feed readers and those who share it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator

from claims.web.components.cards import Card

_LONGEST = 200
"""Characters of a description: search engines cut longer ones."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page tells.

    Attributes:
        address: the page's one address.
        title, description: for search engines and those who share it.
        kind: what it is in the words of the Open Graph protocol.
        picture: the address of the picture of a shared link, or "".
        card: the card that other pages may embed; None for a page without one.
    """

    address: str
    title: str
    description: str
    kind: str = "article"
    picture: str = ""
    card: Card | None = None

    @property
    def oembed(self) -> str:
        """Where programs are told how to embed the page; "" for one without a card."""
        if self.card is None:
            return ""
        return f"{address_of('public-oembed')}?{urlencode({'url': self.address})}"


def head_of(name: str, title: str, description: str, *args: int) -> Head:
    """Return the head of a page of the site, by the name of its address and what that takes."""
    return Head(address_of(name, *args), title, description, kind="website")


def address_of(name: str, *args: int) -> str:
    """Return the absolute URL of a public page, from its URL name and arguments."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"


def shortened(text: str) -> str:
    """Return a text short enough for a description, on one line."""
    return Truncator(" ".join(text.split())).chars(_LONGEST)
