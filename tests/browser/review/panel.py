"""What stands on the review page."""

from playwright.sync_api import Locator, Page, expect


def heading(page: Page) -> Locator:
    """The heading of the claim's panel, which says where in the queue it is."""
    return page.locator("#claim h2")


def all_saved(page: Page) -> None:
    """Wait until the server has every verdict that was given."""
    expect(page.locator("#saving")).to_have_attribute("data-state", "saved")


def read_ahead(page: Page, number: int) -> None:
    """Wait until the panels of so many claims are here that come next, as for someone who goes through the queue."""
    expect(page.locator("#claim")).to_have_attribute("data-ahead", "3")
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("Claim 2")
    page.keyboard.press("k")
    expect(heading(page)).to_contain_text("Claim 1")
    expect(page.locator("#claim")).to_have_attribute("data-ahead", str(number))
