"""The bell, and the user name that completes in a comment."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from claims.models import Comment, Notification
from tests.conftest import claims_of
from tests.models import rows


def come_back(page: Page) -> None:
    """As if the reader came back to the page after a while."""
    page.evaluate(
        """() => {
          const now = Date.now() + 10_000;
          Date.now = () => now;
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )


def test_the_bell_counts_and_what_is_opened_is_read(page, desk, editor, article, log_in, problems):
    first, second, *_ = claims_of(article)
    rows.notification(editor, second)
    log_in(page, editor).goto(desk + article.get_absolute_url())
    bell = page.locator("[data-bell]")
    expect(bell).to_have_accessible_name("1 unread notification")
    # News while the page is open: it asks when the reader comes back, and says so once.
    rows.notification(editor, first, claim=None, number=2)
    come_back(page)
    expect(bell).to_have_accessible_name("2 unread notifications")
    expect(page.locator("#bell-said")).to_have_text("2 unread notifications")
    # The claim is opened without going through the list.
    page.keyboard.press("j")
    expect(bell).to_have_accessible_name("1 unread notification")
    assert Notification.objects.unread().get().number == 2
    bell.click()
    expect(page).to_have_url(desk + reverse("notifications"))
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator("[data-bell-number]")).to_be_empty()
    assert problems == []


def test_a_user_name_completes_and_its_owner_is_told(
    page, desk, editor, chief, article, log_in, problems
):
    log_in(page, editor).goto(desk + article.get_absolute_url())
    page.keyboard.press("c")
    page.keyboard.type("Is it open, @c")
    option = page.get_by_role("option", name="Carl @carl")
    expect(option).to_have_attribute("aria-selected", "true")
    field = page.locator("[data-action=comment] textarea")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    page.keyboard.press("Enter")
    page.keyboard.type("or shut?")
    expect(field).to_have_value("Is it open, @carl or shut?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comments")).to_contain_text("@carl or shut?")
    assert Comment.objects.get().text == "Is it open, @carl or shut?"
    assert Notification.objects.get().recipient == chief
    assert problems == []
