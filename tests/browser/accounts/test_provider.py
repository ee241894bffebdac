"""Logging in through an identity provider in a browser, under the site's content security policy."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.layout import layout_problems, violations
from tests.browser.screens import on_screens
from tests.web.accounts.running_provider import provider_for


@pytest.fixture
def provider(desk, settings):
    with provider_for(desk) as running:
        for name, value in running.settings().items():
            setattr(settings, name, value)
        settings.OIDC_ROLES = {"heads": "chief"}
        running.knows("nina", preferred_username="nina", given_name="Nina", groups=["heads"])
        yield running


def test_a_button_leads_to_the_provider_and_back_to_the_page(page, desk, provider, problems):
    page.goto(f"{desk}{reverse('login')}?next={reverse('reports')}")
    for screen in on_screens(page):
        assert (screen, layout_problems(page), violations(page)) == (screen, [], "")
    page.get_by_role("link", name="Log in with Ostrey Press").click()
    page.get_by_label("Name").fill("nina")
    page.get_by_label("Name").press("Enter")
    expect(page.get_by_role("heading", name="Reports")).to_be_visible()
    expect(page.get_by_role("link", name="Nina")).to_be_visible()
    assert problems == []
