"""All pages of the demo in every width, theme and language on one sheet, and what is wrong with their layouts."""

import html
import re
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page, StorageState

from tests.browser.layout import layout_problems
from tests.browser.pictures.tour import NOBODY, STOPS, Stop

WIDTHS = {1440: 900, 390: 844}
"""The heights of windows by their widths."""
SCHEMES = ("light", "dark")
LANGUAGES = ("en", "de")
LONGEST = 3000
"""The most pixels of a page's height in its picture."""
PATIENCE = 10_000
"""The most milliseconds a link may take to appear."""


def take_all(
    browser: Browser, home: str, passwords: dict[str, str], place: Path, only: str = ""
) -> list[str]:
    """Take a picture of every page in every variant, and write the sheet.

    Args:
        browser: takes the pictures.
        home: the address of the demo.
        passwords: the accounts' passwords, by user name.
        place: the folder for the pictures and `index.html`.
        only: take only pages whose names contain this.

    Returns:
        What is wrong: page, variant and problem.
    """
    place.mkdir(parents=True, exist_ok=True)
    stops = [stop for stop in STOPS if only in stop.name]
    logins = {who: logged_in(browser, home, who, passwords) for who in {stop.who for stop in stops}}
    addresses, problems = _resolved(browser, home, logins, stops)
    shots: dict[str, list[Path]] = {name: [] for name in addresses}
    for width, scheme, language in product(WIDTHS, SCHEMES, LANGUAGES):
        variant = f"{width}-{scheme}-{language}"
        contexts = {
            who: browser.new_context(
                storage_state=login,
                viewport={"width": width, "height": WIDTHS[width]},
                color_scheme=scheme,
                locale=language,
                reduced_motion="reduce",
            )
            for who, login in logins.items()
        }
        for stop in stops:
            if stop.name in addresses:
                path = place / f"{re.sub(r'[^a-z0-9]+', '-', stop.name.lower())}-{variant}.jpg"
                found = _take(contexts[stop.who], home + addresses[stop.name], stop, path)
                problems += [f"{stop.name}, {variant}: {told}" for told in found]
                shots[stop.name].append(path)
        for context in contexts.values():
            context.close()
        (place / "index.html").write_text(_sheet(shots, problems))
    return problems


def logged_in(browser: Browser, home: str, who: str, passwords: dict[str, str]) -> StorageState:
    """Log in an account that has already seen the hints; for an empty name, nobody."""
    context = browser.new_context(locale="en")
    if who != NOBODY:
        page = context.new_page()
        page.goto(f"{home}/login/")
        page.locator("#id_username").fill(who)
        page.locator("#id_password").fill(passwords[who])
        page.locator("main [type=submit]").click()
        page.wait_for_url(f"{home}/")
        page.evaluate(
            "for (const name of ['home', 'review']) localStorage.setItem(`hint:${name}`, 'seen')"
        )
    state = context.storage_state()
    context.close()
    return state


def _resolved(
    browser: Browser, home: str, logins: dict[str, StorageState], stops: list[Stop]
) -> tuple[dict[str, str], list[str]]:
    """Follow the links of each stop once. Returns the addresses by name, and the stops that were not reached."""
    addresses: dict[str, str] = {}
    problems = []
    for who, login in logins.items():
        context = browser.new_context(storage_state=login, locale="en")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        for stop in stops:
            if stop.who == who:
                try:
                    addresses[stop.name] = _address(page, home, stop) + stop.query
                except Error as error:
                    problems.append(f"{stop.name}: not reached: {error.message}")
        context.close()
    return addresses, problems


def _address(page: Page, home: str, stop: Stop) -> str:
    here = stop.address
    for link in stop.links:
        page.goto(home + here)
        here = page.locator(link).first.evaluate(
            "link => { const to = new URL(link.href ?? link.src ?? link.textContent, location);"
            " return to.pathname + to.search }"
        )
    return here


def _take(context: BrowserContext, address: str, stop: Stop, path: Path) -> list[str]:
    page = context.new_page()
    try:
        page.goto(address)
        if stop.act:
            stop.act(page)
        problems = layout_problems(page)
        width, height = page.evaluate(
            "[innerWidth, Math.max(innerHeight, document.documentElement.scrollHeight)]"
        )
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, LONGEST)}
        page.screenshot(path=path, type="jpeg", quality=70, full_page=True, clip=clip)
    except Error as error:
        problems = [f"no picture: {error.message}"]
    finally:
        page.close()
    return problems


_STYLE = """
body { margin: 16px; font: 14px sans-serif; }
h2 { margin: 16px 0 4px; font-size: 14px; }
div { display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start; }
img { width: auto; max-width: 420px; height: 260px; object-fit: cover; object-position: top; border: 1px solid #888; }
"""


def _sheet(shots: dict[str, list[Path]], problems: list[str]) -> str:
    told = "".join(f"<li>{html.escape(one)}</li>" for one in problems)
    rows = "".join(
        f"<h2>{html.escape(name)}</h2><div>{''.join(map(_thumbnail, paths))}</div>"
        for name, paths in shots.items()
    )
    head = f'<meta charset="utf-8"><title>Contact sheet</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en">{head}<h1>{len(shots)} pages</h1><ul>{told}</ul>{rows}</html>'


def _thumbnail(path: Path) -> str:
    image = f'<img src="{path.name}" loading="lazy" alt="{path.stem}" title="{path.stem}">'
    return f'<a href="{path.name}">{image}</a>'
