"""What people type stays text: in each field of the newsroom there is a script, and no page runs it or even draws it."""

from contextlib import suppress
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Error as PageError
from playwright.sync_api import Page, Response

from tests.web import walk
from tests.web.site.injected import SCRIPT, newsroom_of_scripts

_LISTEN = """
window.injections = [];
window.injected = () => window.injections.push("a script ran");
document.addEventListener("securitypolicyviolation", (event) =>
  window.injections.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""

AREAS = {
    *("articles", "bulk-changes", "claims", "groups", "help", "inbox", "login", "notifications", "published"),
    *("reports", "search", "sources", "statistics"),
}  # fmt: skip
"""First parts of addresses where there are pages to see; others have only fragments, forms' targets and downloads."""


@pytest.fixture
def pages(settings, tmp_path, monkeypatch, desk) -> list[str]:
    """A newsroom with the script in every field. Returns the addresses of its pages.

    What the admin's pages are made of is read in tests/web/site/test_injected_markup.py; nothing draws it anew.
    """
    settings.PUBLIC_URL = desk
    made = newsroom_of_scripts(settings, tmp_path, monkeypatch)
    typed = quote(SCRIPT)
    return [
        *(one.path for one in walk.of_the_desk(made) if one.path != reverse("logout")),
        *(
            f"{reverse(name)}?q={typed}&source={typed}&verdict={typed}&sort={typed}&list={typed}"
            for name in ("search", "claims", "articles", "sources", "public-claims")
        ),
        f"/{typed}/",
        f"{reverse('login')}?next={typed}",
        f"{reverse('palette')}?q={typed}",
    ]


def _first_part(path: str) -> str:
    return path.strip("/").partition("/")[0].partition("?")[0]


def _is_page(response: Response | None) -> bool:
    return response is not None and "text/html" in response.headers.get("content-type", "")


def test_no_page_runs_or_draws_what_people_typed(page: Page, desk: str, log_in, pages) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.add_init_script(_LISTEN)
    log_in(page, User.objects.get(username="maker"))
    wrong, seen = {}, set()
    for path in pages:
        # A download ends the visit: there is nothing to see of it.
        response = None
        with suppress(PageError):
            response = page.goto(desk + path, wait_until="load")
        if not _is_page(response):
            continue
        seen.add(_first_part(path))
        # What a fragment has is put into a page as it is.
        drawn = page.locator("[data-injected]").count()
        links = page.locator("a[href^='javascript:' i][href*='injected']").count()
        told = page.evaluate("window.injections")
        if drawn or links or told:
            wrong[path] = (drawn, links, told)
    assert wrong == {}
    assert dialogs == []
    assert seen >= AREAS
