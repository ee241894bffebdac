"""Cards of public pages, which other sites embed."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html


@dataclass(frozen=True, slots=True)
class Card:
    """A small page that stands within other pages, in an `iframe`.

    Attributes:
        address: its address.
        title: what it is, for readers who cannot see it.
        height: in CSS pixels.
    """

    address: str
    title: str
    height: int

    def code(self, width: str = "100%", height: int = 0) -> str:
        """Return the HTML that embeds it, as wide and at most as high as given."""
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" style="border: 0" loading="lazy"></iframe>',
            self.address,
            self.title,
            width,
            min(height or self.height, self.height),
        )


def card_of_report(report_id: int, title: str) -> Card:
    """Return the card of a public report."""
    path = reverse("public-report-card", args=[report_id])
    return Card(f"{settings.PUBLIC_URL}{path}", title, height=200)
