"""The manual's pictures, from a fresh demo: `make pictures`."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from claims.ingest import read
from tests.workbench.demo import free_port, password_of, running

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "docs" / "pictures"

STORY = read((ROOT / "seeds" / "bridge-closure.md").open("rb"), name="bridge-closure.md")
"""An invented story, of which a new text comes in."""

CHANGED = (
    ("about 12 million crowns", "about 14 million crowns"),
    ("at least eight months", "at least eight months, and a ferry would sail instead"),
)
ADDED = "\n\nThe first ferry will sail on Monday, the port authority said on Thursday."
"""What is said otherwise in the new text, and what is added."""


def main() -> None:
    """Play a few claims through as an editor would, and take the desk and its report."""
    PLACE.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with (
        tempfile.TemporaryDirectory() as data,
        running(port, Path(data) / "demo") as said,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 860})
        page.goto(f"http://127.0.0.1:{port}/")
        page.get_by_label("Username").fill("editor")
        page.get_by_label("Password").fill(password_of("editor", said))
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name="Gunmen with rockets").click()
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name="Got it").click()
        _decide(page)
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=PLACE / "desk.png")
        page.goto(page.get_by_role("link", name="Report", exact=True).evaluate("link => link.href"))
        heading = page.get_by_role("heading", name="The claims in full")
        heading.evaluate("heading => heading.scrollIntoView()")
        page.screenshot(path=PLACE / "report.png")
        _bring_in_a_new_text(page, f"http://127.0.0.1:{port}")
        browser.close()


def _bring_in_a_new_text(page: Page, home: str) -> None:
    """Decide claims of an invented story, then paste it as it reads a day later."""
    page.goto(f"{home}/articles/")
    page.get_by_role("link", name=STORY.headline).click()
    page.wait_for_load_state("networkidle")
    for number in range(2, 8):
        _press_and_see(page, "1", f"Claim {number} of")
    page.goto(f"{home}/articles/new/")
    later = STORY.body + ADDED
    for before, after in CHANGED:
        later = later.replace(before, after)
    page.get_by_label("Text").fill(later)
    page.get_by_label("Headline").fill(f"{STORY.headline} (updated)")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="claims found").wait_for()
    page.screenshot(path=PLACE / "preview.png")
    page.get_by_role("button", name="Compare and update").click()
    page.get_by_role("heading", name="What happens to the claims").wait_for()
    page.screenshot(path=PLACE / "update.png")


def _decide(page: Page) -> None:
    """Verify, verify with evidence, dispute, and stop at the minister's words."""
    _press_and_see(page, "1", "Claim 2 of")
    page.keyboard.press("e")
    page.get_by_label("Link").fill("https://example.org/port-authority-log")
    page.get_by_label("Title").fill("Log of the port authority (an example)")
    page.get_by_role("button", name="Verified").click()
    page.get_by_role("heading", name="Claim 3 of").wait_for()
    page.locator("#id_reason").fill("Two agencies that were there report no second explosion.")
    page.get_by_role("button", name="Disputed").click()
    page.get_by_role("heading", name="Claim 4 of").wait_for()
    while "Rana Sanaullah" not in page.locator("#claim").inner_text():
        number = int(page.locator("#claim h2").inner_text().split()[1])
        _press_and_see(page, "j", f"Claim {number + 1} of")
    page.mouse.move(0, 0)


def _press_and_see(page: Page, key: str, text: str) -> None:
    page.keyboard.press(key)
    page.get_by_role("heading", name=text).wait_for()


if __name__ == "__main__":
    main()
