"""`make pictures`: the manual's pictures, and all pages on a contact sheet, from a fresh demo.

The contact sheet shows every page in two widths, two themes and two languages, and lists what is wrong with their
layouts. It is made for looking at, takes a quarter of an hour, and is not kept.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.pictures.contact_sheet import logged_in, take_all
from tests.browser.screens import CHROMIUM
from tests.workbench.demo import free_port, password_of, running

ROOT = Path(__file__).resolve().parents[3]
PLACE = ROOT / "docs" / "pictures"
SHEET = ROOT / ".demo-pictures"
ACCOUNTS = ("reader", "editor", "chief", "admin")
HEAVIEST = 300_000
"""The most bytes of a picture in the manual."""


def main() -> None:
    """Take all pictures. Exits with status 1 if a page's layout is wrong."""
    parser = argparse.ArgumentParser(prog="make pictures")
    parser.add_argument("--out", type=Path, default=SHEET, help="the folder of the contact sheet")
    parser.add_argument("--only", default="", help="pages whose names contain this")
    options = parser.parse_args()
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    with (
        tempfile.TemporaryDirectory() as data,
        # Pages that somebody is refused are logged.
        running(port, Path(data) / "demo", quiet=False) as said,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        passwords = {name: password_of(name, said) for name in ACCOUNTS}
        take_for_the_manual(browser, home, passwords)
        problems = take_all(browser, home, passwords, options.out, options.only)
        browser.close()
    sys.stdout.write(f"The contact sheet is {options.out / 'index.html'}\n")
    if problems:
        sys.exit("\n".join(problems))


def take_for_the_manual(browser: Browser, home: str, passwords: dict[str, str]) -> None:
    """Take the manual's pictures of the demo's work."""
    editor, chief = (
        browser.new_context(
            storage_state=logged_in(browser, home, who, passwords),
            viewport={"width": 1280, "height": 800},
            locale="en",
            reduced_motion="reduce",
        ).new_page()
        for who in ("editor", "chief")
    )
    editor.goto(home)
    _take(editor, "home")
    editor.goto(f"{home}/claims/?verdict=disputed&evidence=yes")
    editor.get_by_role("link", name="3,200 people had been taken to safety").click()
    _take(editor, "desk")
    editor.goto(f"{home}/articles/new/")
    editor.locator("#inbox").get_by_role("link", name="Two dead after fire on ferry").first.click()
    editor.get_by_role("heading", name="claims found").wait_for()
    _take(editor, "preview")
    editor.get_by_role("button", name="Compare and update").click()
    editor.get_by_role("heading", name="What happens to the claims").wait_for()
    _take(editor, "update")
    chief.goto(f"{home}/reports/")
    chief.get_by_role("link", name="The Weavers' Bridge").click()
    _take(chief, "report")
    chief.goto(f"{home}/published/")
    chief.get_by_role("link", name="The Weavers' Bridge").click()
    _take(chief, "public")


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    path = PLACE / f"{name}.png"
    page.screenshot(path=path)
    size = path.stat().st_size
    assert size <= HEAVIEST, f"{path.name} has {size} bytes, more than {HEAVIEST}"


if __name__ == "__main__":
    main()
