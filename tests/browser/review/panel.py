"""What stands on the review page."""

from playwright.sync_api import Locator, Page


def heading(page: Page) -> Locator:
    """The heading of the claim's panel, which says where in the queue it is."""
    return page.locator("#claim h2")
