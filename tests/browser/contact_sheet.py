"""All pages of the demo on one sheet, in every width, theme and language, and what is wrong with their layout."""

import html
import re
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, StorageState

from tests.browser.layout import layout_problems
from tests.browser.tour import NOBODY, STOPS, Stop

WIDTHS = {1440: 900, 390: 844}
SCHEMES = ("light", "dark")
LANGUAGES = ("en", "de")
LONGEST = 3000
"""How many pixels of a page its picture shows at most."""


def take_all(
    browser: Browser, home: str, passwords: dict[str, str], place: Path, only: str = ""
) -> list[str]:
    """Take a picture of every page in every variant, and write the sheet.

    Args:
        browser: takes the pictures.
        home: the address of the demo.
        passwords: those of the accounts, by user name.
        place: the folder for the pictures and `index.html`.
        only: takes only pages whose name has this in it.

    Returns:
        What is wrong: page, variant and problem.
    """
    place.mkdir(parents=True, exist_ok=True)
    stops = [stop for stop in STOPS if only in stop.name]
    logins = {
        who: logged_in(browser, home, who, passwords) for who in {stop.who for stop in stops}
    }
    addresses, problems = _resolve(browser, home, logins, stops)
    shots: dict[str, list[Path]] = {stop.name: [] for stop in stops}
    for width, scheme, language in product(WIDTHS, SCHEMES, LANGUAGES):
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
            if stop.name not in addresses:
                continue
            variant = f"{width}-{scheme}-{language}"
            path = place / f"{re.sub(r'[^a-z0-9]+', '-', stop.name.lower())}-{variant}.jpg"
            problems += [
                f"{stop.name}, {variant}: {told}"
                for told in _take(contexts[stop.who], home + addresses[stop.name], stop, path)
            ]
            shots[stop.name].append(path)
        for context in contexts.values():
            context.close()
    (place / "index.html").write_text(_sheet(shots, problems))
    (place / "problems.txt").write_text("".join(f"{one}\n" for one in problems))
    return problems


def logged_in(browser: Browser, home: str, who: str, passwords: dict[str, str]) -> StorageState:
    """Log an account in, which has seen the hints. Nobody is logged in by the empty name."""
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


def _resolve(browser, home, logins, stops) -> tuple[dict[str, str], list[str]]:
    """Follow the links of each stop once."""
    addresses, problems = {}, []
    for who, login in logins.items():
        context = browser.new_context(
            storage_state=login, locale="en", viewport={"width": 1440, "height": 900}
        )
        page = context.new_page()
        page.set_default_timeout(5000)
        for stop in stops:
            if stop.who != who:
                continue
            here = stop.address
            try:
                for link in stop.links:
                    page.goto(home + here)
                    found = page.locator(link).first
                    here = found.evaluate(
                        "link => link.getAttribute('href') ?? link.getAttribute('src')"
                    )
                    here = page.evaluate(
                        "href => { const to = new URL(href, location); return to.pathname + to.search }",
                        here,
                    )
                addresses[stop.name] = here
            except Error as error:
                problems.append(f"{stop.name}: not reached from {here} by {link}")
        context.close()
    return addresses, problems


def _take(context: BrowserContext, address: str, stop: Stop, path: Path) -> list[str]:
    page = context.new_page()
    try:
        page.goto(address, wait_until="load")
        if stop.act:
            stop.act(page)
        problems = layout_problems(page)
        height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
        width = page.viewport_size["width"]
        page.screenshot(
            path=path,
            type="jpeg",
            quality=70,
            full_page=True,
            clip={
                "x": 0,
                "y": 0,
                "width": width,
                "height": max(height, page.viewport_size["height"]),
            },
        )
    except Error as error:
        problems = [f"no picture: {error}"]
    finally:
        page.close()
    return problems


def _sheet(shots: dict[str, list[Path]], problems: list[str]) -> str:
    rows = "".join(
        f"<h2>{html.escape(name)}</h2><div>"
        + "".join(
            f'<a href="{path.name}"><img src="{path.name}" loading="lazy" title="{path.stem}"></a>'
            for path in paths
        )
        + "</div>"
        for name, paths in shots.items()
    )
    told = "".join(f"<li>{html.escape(one)}</li>" for one in problems)
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title>
<style>body{{font:14px sans-serif;margin:16px}}h2{{font-size:14px;margin:16px 0 4px}}div{{display:flex;gap:8px;align-items:flex-start}}
img{{height:260px;max-width:420px;object-fit:cover;object-position:top;border:1px solid #888}}</style>
<h1>{len(shots)} pages</h1><ul>{told}</ul>{rows}</html>"""
