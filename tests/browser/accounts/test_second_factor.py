"""Second factors in a browser: an authenticator app, and a passkey of a virtual authenticator."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.layout import layout_problems, violations
from tests.browser.screens import on_screens
from tests.web.accounts.totp import LONG, code_of


@pytest.fixture(autouse=True)
def _one_period(settings):
    settings.MFA_TOTP_PERIOD = LONG
    settings.MFA_TOTP_TOLERANCE = 0


@pytest.fixture
def looks_well(page: Page):
    """Look at the page in all sizes and colours."""

    def looks_well() -> None:
        for screen in on_screens(page):
            assert (screen, layout_problems(page), violations(page)) == (screen, [], "")

    return looks_well


def enter(page: Page, desk: str) -> None:
    """Log in with the password."""
    page.goto(desk + reverse("login"))
    page.get_by_label("Username").fill("carl")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()


def test_an_app_is_set_up_and_asked_for(page, desk, chief, looks_well, problems):
    enter(page, desk)
    page.get_by_role("link", name="Carl").click()
    page.get_by_role("link", name="Set up an authenticator app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    assert page.get_by_role("img", name="QR code").evaluate("picture => picture.naturalWidth") > 0
    looks_well()
    secret = page.locator("code").inner_text()
    page.get_by_label("Code from the app").fill(code_of(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    looks_well()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("10 left")).to_be_visible()
    looks_well()
    page.get_by_role("button", name="Log out").click()
    enter(page, desk)
    expect(page.get_by_role("heading", name="Confirm your login")).to_be_visible()
    looks_well()
    page.get_by_label("Code").fill("abc")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("This code is not valid.")).to_be_visible()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    assert problems == []


@pytest.fixture
def security_key(page: Page) -> Callable[..., None]:
    """A key in the browser that says yes whenever it is asked. Called, it changes how it does so."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def change(command: str, **how: bool) -> None:
        session.send(f"WebAuthn.{command}", {**key, **how})

    return change


def test_a_passkey_is_added_asked_for_and_removed(
    page, desk, chief, security_key, looks_well, problems
):
    enter(page, desk)
    page.goto(desk + reverse("mfa_add_webauthn"))
    looks_well()
    page.get_by_label("Name").fill("office laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("link", name="Remove office laptop")).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    enter(page, desk)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.goto(desk + reverse("account"))
    second_factors = page.get_by_role("region", name="Second factor")
    expect(second_factors.get_by_text("last used")).to_be_visible()
    looks_well()
    page.get_by_role("link", name="Remove office laptop").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The passkey has been removed.")).to_be_visible()
    assert not Authenticator.objects.exists()
    assert problems == []


def test_a_passkey_with_a_wrong_signature_opens_nothing(page, desk, chief, security_key):
    enter(page, desk)
    page.goto(desk + reverse("mfa_add_webauthn"))
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="Done").click()
    page.get_by_role("button", name="Log out").click()
    security_key("setResponseOverrideBits", isBogusSignature=True)
    enter(page, desk)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("The passkey could not be checked.")).to_be_visible()
    page.goto(desk + reverse("articles"))
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
