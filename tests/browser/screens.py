"""What pages are looked at with: the browser, and screens that are wide and narrow, light and dark."""

import shutil
from collections.abc import Iterator, Sequence

from playwright.sync_api import Page

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))),
    None,
)
"""The first of them draws the same pages without windows around them, which takes a quarter of the processor's time."""

WIDTHS = (1440, 390)
SCHEMES = ("light", "dark")


def on_screens(
    page: Page, *, widths: Sequence[int] = WIDTHS, schemes: Sequence[str] = SCHEMES
) -> Iterator[str]:
    """Show the page that is there on one screen after another, without loading it again.

    Gives the name of each screen. At the end the page is on the first one.
    """
    for scheme in schemes:
        for width in widths:
            _show_on(page, scheme, width)
            yield f"{scheme}, {width} px"
    _show_on(page, schemes[0], widths[0])


def _show_on(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
