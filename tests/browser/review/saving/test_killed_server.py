"""Thirty verdicts over a slow network while the server is killed and started again: none is lost or doubled."""

import signal
import sqlite3
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.bench.desk.browser import ROOT, SERVER, prepared
from tests.bench.server import served
from tests.browser.review.panel import all_saved, heading
from tests.management.commands import copy_of_tests

NUMBER, KILLED, RESTARTED = 30, 10, 16
"""How many verdicts are given; after how many of them the server is killed, and after how many it is there again."""


ARE_HERE = """([first, last]) => [...document.querySelectorAll("#rows .row a")].slice(first, last).every(
    (link) => performance.getEntriesByName(new URL(link.getAttribute("hx-get"), location)).length
)"""
"""Whether the panels of the claims with these places were fetched."""


def give(page: Page, first: int, last: int) -> None:
    """Decide the claims with these places in the queue, as fast as they come."""
    for place in range(first, last + 1):
        expect(heading(page)).to_have_text(f"Claim {place} of {NUMBER}")
        page.keyboard.press("13"[place % 2])


def decided(data: Path) -> list[tuple[str, str]]:
    """The exact words of the claims that were decided, and their verdicts, in the order of the log."""
    with sqlite3.connect(data / "workbench.sqlite3") as database:
        return database.execute(
            "SELECT c.quote, d.verdict FROM claims_decision d JOIN claims_claim c ON c.id = d.claim_id ORDER BY d.id"
        ).fetchall()


def test_no_verdict_is_lost_when_the_server_is_killed_and_started_again(
    page: Page, tmp_path: Path, db: None
) -> None:
    copy_of_tests(tmp_path / "workbench.sqlite3")
    settings, made = prepared(ROOT, str(tmp_path), [NUMBER])
    with served(SERVER, settings, end=signal.SIGKILL) as port:
        address = f"http://127.0.0.1:{port}"
        page.context.add_cookies([{"name": "sessionid", "value": made["session"], "url": address}])
        page.goto(address + made["articles"][str(NUMBER)])
        network = page.context.new_cdp_session(page)
        network.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1},
        )
        give(page, 1, KILLED)
        all_saved(page)
        page.wait_for_function(ARE_HERE, arg=[KILLED, RESTARTED + 1])
    give(page, KILLED + 1, RESTARTED)
    expect(page.locator("#saving")).to_have_attribute("data-state", "unreachable")
    with served(SERVER, settings, port=port):
        give(page, RESTARTED + 1, NUMBER)
        all_saved(page)
        expect(heading(page)).to_have_text("End of the queue")
    found = decided(tmp_path)
    assert [verdict for _words, verdict in found] == [
        ["verified", "pending"][place % 2] for place in range(1, NUMBER + 1)
    ]
    assert len({words for words, _verdict in found}) == NUMBER
