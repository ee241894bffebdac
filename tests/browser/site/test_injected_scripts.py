"""What people type stays text: in each field of the newsroom there is a script, and no page runs it or even draws it."""

from collections import defaultdict
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

AREAS = (
    *("articles", "bulk-changes", "changes", "claims", "corrections", "evidence", "exports", "groups", "help", "inbox"),
    *("notifications", "published", "reports", "sources", "statistics", "typed", "site"),
)  # fmt: skip
"""The first part of the addresses; what is typed into an address itself; and everything else.

What the admin's pages are made of is read in tests/web/site/test_injected_markup.py; nothing draws it anew.
"""


@pytest.fixture
def pages(settings, tmp_path, monkeypatch, desk) -> dict[str, list[str]]:
    """A newsroom with the script in every field. Returns the addresses of its pages by their areas."""
    settings.PUBLIC_URL = desk
    made = newsroom_of_scripts(settings, tmp_path, monkeypatch)
    found: dict[str, list[str]] = defaultdict(list)
    for one in walk.of_the_desk(made):
        area = one.path.strip("/").partition("/")[0]
        found[area if area in AREAS else "site"].append(one.path)
    typed = quote(SCRIPT)
    for name in ("search", "claims", "articles", "sources", "public-claims"):
        found["typed"].append(
            f"{reverse(name)}?q={typed}&source={typed}&verdict={typed}&sort={typed}&list={typed}"
        )
    found["typed"] += [
        f"/{typed}/",
        f"{reverse('login')}?next={typed}",
        f"{reverse('palette')}?q={typed}",
    ]
    return found


def _is_page(response: Response | None) -> bool:
    return response is not None and "text/html" in response.headers.get("content-type", "")


@pytest.mark.parametrize("area", AREAS)
def test_no_page_runs_or_draws_what_people_typed(
    page: Page, desk: str, log_in, pages, area
) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.add_init_script(_LISTEN)
    log_in(page, User.objects.get(username="maker"))
    wrong, seen = {}, 0
    for path in pages[area]:
        if path == reverse("logout"):
            continue
        # A download ends the visit: there is nothing to see of it.
        response = None
        with suppress(PageError):
            response = page.goto(desk + path, wait_until="load")
        if not _is_page(response):
            continue
        seen += 1
        # What a fragment has is put into a page as it is.
        drawn = page.locator("[data-injected]").count()
        links = page.locator("a[href^='javascript:' i][href*='injected']").count()
        told = page.evaluate("window.injections")
        if drawn or links or told:
            wrong[path] = (drawn, links, told)
    assert wrong == {}
    assert dialogs == []
    assert seen or area in {"changes", "corrections", "evidence", "exports"}
