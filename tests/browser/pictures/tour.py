"""Every page of the demo, and how to get to it from another one."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

NOBODY, READER, EDITOR, CHIEF, ADMIN = "", "reader", "editor", "chief", "admin"


@dataclass(frozen=True)
class Stop:
    """A page to look at.

    Attributes:
        name: what it is called on the contact sheet.
        who: the account's user name; empty for somebody who has not logged in.
        address: where to begin.
        links: selectors of the links to follow from there, one after the other. They are followed once, in English.
        query: added to the address that the last link leads to.
        act: what to do on the page before its picture is taken.
    """

    name: str
    who: str
    address: str
    links: tuple[str, ...] = ()
    query: str = ""
    act: Callable[[Page], object] | None = None


KARACHI = 'a:has-text("Gunmen with rockets")'
BRIDGE = 'a:has-text("closes its oldest bridge")'
_RECORD = "#result_list tbody tr a"
_CLAIM = "main tbody a[href*='/articles/']"
_PUBLIC = "main a[href^='/published/']"


def _press(*keys: str) -> Callable[[Page], object]:
    def act(page: Page) -> None:
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_load_state("networkidle")

    return act


def _open_folds(page: Page) -> None:
    page.evaluate(
        "for (const fold of document.querySelectorAll('main details:not(.menu)')) fold.open = true"
    )
    page.wait_for_load_state("networkidle")


def _open_menu(page: Page) -> None:
    button = page.locator("#header .menu-button")
    if button.is_visible():
        button.click()


def _log_in_wrongly(page: Page) -> None:
    page.locator("#id_username").fill("nobody-at-all")
    page.locator("#id_password").fill("wrong")
    page.locator("main form [type=submit]").click()
    page.wait_for_load_state("networkidle")


def _list(model: str) -> list[Stop]:
    """A list of data entry, and the first record in it."""
    address = f"/admin/claims/{model}/"
    return [
        Stop(f"data entry: {model}", ADMIN, address),
        Stop(f"data entry: {model}, a record", ADMIN, address, (_RECORD,)),
    ]


STOPS = (
    Stop("login", NOBODY, "/login/"),
    Stop("login, refused", NOBODY, "/login/", act=_log_in_wrongly),
    Stop("public: reports", NOBODY, "/published/"),
    Stop("public: report", NOBODY, "/published/", (_PUBLIC,)),
    Stop("public: claim", NOBODY, "/published/sitemap-claims.xml", ("loc >> nth=0",)),
    Stop("public: all checks", NOBODY, "/published/checks/"),
    Stop("public: how we check", NOBODY, "/published/about/"),
    Stop("public: corrections", NOBODY, "/published/corrections/"),
    Stop("public: people", NOBODY, "/published/people/"),
    Stop("public: card of a report", NOBODY, "/published/", (_PUBLIC, "a[href$='/card/']")),
    Stop("dashboard, editor", EDITOR, "/"),
    Stop("notifications", EDITOR, "/notifications/"),
    Stop("keyboard shortcuts", EDITOR, "/help/keys/"),
    Stop("menu", EDITOR, "/search/", act=_open_menu),
    Stop("dashboard, chief", CHIEF, "/"),
    Stop("dashboard, reader", READER, "/"),
    Stop("dashboard, administrator", ADMIN, "/"),
    Stop("articles", EDITOR, "/articles/"),
    Stop("articles, waiting", EDITOR, "/articles/?waiting=1"),
    Stop("articles, mine", EDITOR, "/articles/?mine=1"),
    Stop("review: first claim to check", EDITOR, "/", ("[data-start]",)),
    Stop("review: Karachi", EDITOR, "/articles/", (KARACHI,)),
    Stop("review: decided", EDITOR, "/articles/", (BRIDGE,)),
    Stop("review: all folds open", EDITOR, "/articles/", (BRIDGE,), act=_open_folds),
    Stop(
        "review: verified claims",
        EDITOR,
        "/claims/?verdict=verified",
        (_CLAIM,),
    ),
    Stop(
        "review: disputed claim",
        EDITOR,
        "/claims/?verdict=disputed",
        (_CLAIM,),
        act=_open_folds,
    ),
    Stop("review: keys", EDITOR, "/articles/", (KARACHI,), act=_press("?")),
    Stop("review: words", EDITOR, "/articles/", (KARACHI,), act=_press("w")),
    Stop("review: second check", CHIEF, "/", ("#check ~ ol a",)),
    Stop("review: end of the queue", EDITOR, "/articles/", (BRIDGE,), query="?claim=end"),
    Stop("review: nothing matches", EDITOR, "/articles/", (BRIDGE,), query="?show=dismissed"),
    Stop("review: reader", READER, "/articles/", (BRIDGE,)),
    Stop("review: another newsroom's fact-check", EDITOR, "/claims/?q=Aurelia+captain", (_CLAIM,)),
    Stop(
        "evidence: captured page",
        EDITOR,
        "/claims/?q=repairs+would+cost",
        ("main tbody a:has-text('about 12 million') >> nth=1", "a[href$='/captures/']"),
        act=_open_folds,
    ),
    Stop("evidence: broken links", EDITOR, "/links/"),
    Stop("history of an article", EDITOR, "/articles/", (BRIDGE, "a:has-text('History')")),
    Stop("new version", EDITOR, "/articles/", (BRIDGE, "a:has-text('New version')")),
    Stop("new article", EDITOR, "/articles/new/"),
    Stop(
        "inbox item, nearly the same",
        EDITOR,
        "/articles/new/",
        ("#inbox a.brought__name >> nth=1",),
    ),
    Stop("inbox item", EDITOR, "/articles/new/", ("#inbox a.brought__name >> nth=0",)),
    Stop("archives", EDITOR, "/archives/"),
    Stop("bookmarklet", EDITOR, "/articles/new/bookmarklet/"),
    Stop("claims", EDITOR, "/claims/"),
    Stop("claims, filtered", EDITOR, "/claims/?verdict=pending&kind=minister&sort=-worth"),
    Stop("claims, none found", EDITOR, "/claims/?q=xylophone"),
    Stop("claims, reader", READER, "/claims/"),
    Stop("claims: every filter", EDITOR, "/claims/", act=_open_folds),
    Stop("claims: filter", EDITOR, "/claims/filter/"),
    Stop(
        "bulk change, new",
        CHIEF,
        "/claims/change/?every=1&list=verdict%3Dpending%26kind%3Dminister",
    ),
    Stop("bulk changes", CHIEF, "/bulk-changes/"),
    Stop("bulk change", CHIEF, "/bulk-changes/", ("main tbody a",)),
    Stop("export", CHIEF, "/claims/export/?every=1&list=kind%3Dminister"),
    Stop("sources", EDITOR, "/sources/"),
    Stop("source", EDITOR, "/sources/?name=Quillan", ("main a.name:has-text('Hedda Quillan')",)),
    Stop(
        "source, history",
        EDITOR,
        "/sources/?name=Quillan",
        ("main a.name:has-text('Hedda Quillan')", "a[href$='/history/']"),
    ),
    Stop("possible duplicates", EDITOR, "/sources/duplicates/"),
    Stop("merge", EDITOR, "/sources/duplicates/", ("a[href*='/merge/']",)),
    Stop("statistics", EDITOR, "/statistics/"),
    Stop("statistics, four weeks, as tables", EDITOR, "/statistics/?weeks=4", act=_open_folds),
    Stop("reports", CHIEF, "/reports/"),
    Stop("report: draft", CHIEF, "/reports/", ("tr:has-text('Draft') a.headline",)),
    Stop("report: published", CHIEF, "/reports/", ("tr:has-text('Public') a.headline",)),
    Stop("report: reader", READER, "/reports/", ("tr:has-text('Public') a.headline",)),
    Stop(
        "report: the page alone",
        CHIEF,
        "/reports/",
        ("tr:has-text('Public') a.headline", "iframe.report__page"),
    ),
    Stop(
        "report: the two editions",
        CHIEF,
        "/reports/",
        ("tr:has-text('Public') a.headline", "main a[href$='/editions/']"),
    ),
    Stop("article's report", EDITOR, "/articles/", (BRIDGE, "nav.reports a:has-text('Report')")),
    Stop("corrections", CHIEF, "/corrections/"),
    Stop("correction", CHIEF, "/corrections/", ("main tbody a[href^='/corrections/']",)),
    Stop("search", EDITOR, "/search/"),
    Stop("search, found", EDITOR, "/search/?q=dyke"),
    Stop("search, not found", EDITOR, "/search/?q=xylophone"),
    Stop("help", EDITOR, "/help/"),
    Stop("help: editor", EDITOR, "/help/editor/"),
    Stop("help: performance", EDITOR, "/help/performance/"),
    Stop("help: architecture", EDITOR, "/help/architecture/"),
    Stop("help: commands", EDITOR, "/help/commands/"),
    Stop("help: passages", EDITOR, "/help/?q=evidence"),
    Stop("account", EDITOR, "/account/"),
    Stop("account: byline", CHIEF, "/account/byline/"),
    Stop("account: notices", EDITOR, "/notices/"),
    Stop("account: access tokens", EDITOR, "/tokens/"),
    Stop("password", EDITOR, "/password/"),
    Stop("not found", EDITOR, "/nowhere/"),
    Stop("not allowed", READER, "/articles/new/"),
    Stop("data entry", ADMIN, "/admin/"),
    Stop("data entry, editor", EDITOR, "/admin/"),
    *(
        stop
        for model in (
            *("article", "claim", "source", "outlet", "desk", "tag", "evidence", "revision"),
            *("decision", "change", "bulkchange", "changedclaim", "comment", "snapshot"),
            "reportedclaim",
        )
        for stop in _list(model)
    ),
    *(
        Stop(f"data entry: {model}", ADMIN, f"/admin/claims/{model}/")
        for model in (
            *("intakeitem", "feed", "task", "loginbrake", "failedlogin", "mailbox", "mail"),
            *("externalsource", "externalcheck", "noticechannel", "webhook", "webhookdelivery"),
        )
    ),
    Stop("data entry: newsroom", ADMIN, "/admin/claims/newsroom/1/change/"),
    Stop("data entry: users", ADMIN, "/admin/auth/user/"),
    Stop("data entry: user", ADMIN, "/admin/auth/user/", (_RECORD,)),
    Stop("data entry: new user", ADMIN, "/admin/auth/user/add/"),
    Stop("data entry: new source", ADMIN, "/admin/claims/source/add/"),
    Stop("data entry: new feed", ADMIN, "/admin/claims/feed/add/"),
    Stop("data entry: new webhook", ADMIN, "/admin/claims/webhook/add/"),
    Stop(
        "data entry: history of a source",
        ADMIN,
        "/admin/claims/source/",
        (_RECORD, "a.historylink"),
    ),
    Stop("data entry: import sources", ADMIN, "/admin/claims/source/import/"),
    Stop("data entry: export sources", ADMIN, "/admin/claims/source/export/"),
)
