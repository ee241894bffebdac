"""`make bench-desk`, second part: from the press of a key to the next claim on the screen, in a real browser over HTTP.

Serves articles with 20, 120 and 500 claims, goes through each with one key at a steady pace, without and with a delay of
the network, and measures what the browser sees and how long the server takes. BESIDE=folder measures another checkout, such
as that of the commit before, in the same run, in turns.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, Response, sync_playwright

from tests.bench.database import environment
from tests.bench.figures import Figure, tell
from tests.bench.server import served
from tests.printing import say

ROOT = Path(__file__).resolve().parents[3]
SIZES = (20, 120, 500)
DELAYS = (0, 300)
"""Milliseconds that the network takes besides."""
PRESSES = 15
PAUSE = 450
"""Milliseconds from one press to the next: two claims a second, faster than anybody reads."""
COMMAND = "make bench-desk"
SERVER = "gunicorn --config python:workbench.server --workers 2 --threads 4 workbench.wsgi"

WATCH = """() => {
    window.presses = [];
    const current = () => document.querySelector("#claim .panel")?.dataset.claim;
    addEventListener("keydown", (event) => {
        const before = current();
        const look = () => {
            if (current() === before) return requestAnimationFrame(look);
            /* What is posted before a frame is painted arrives behind it. */
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => window.presses.push(performance.now() - event.timeStamp);
            port2.postMessage(null);
        };
        requestAnimationFrame(look);
    }, { capture: true });
}"""


@dataclass
class Seen:
    """What was measured of one checkout with one article and delay: milliseconds, and bytes of the answers."""

    painted: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


def main() -> int:
    """Measure. Returns the exit status, 0 even if a target is missed."""
    options = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    options.add_argument("--beside", type=Path, help="another checkout to measure in the same run")
    options.add_argument("--turns", type=int, default=2, help="how often each is measured")
    chosen = options.parse_args()
    checkouts = {"here": ROOT, **({"before": chosen.beside.resolve()} if chosen.beside else {})}
    seen: dict[tuple[str, int, int], Seen] = defaultdict(Seen)
    with contextlib.ExitStack() as stack:
        sites = {name: stack.enter_context(_site(folder)) for name, folder in checkouts.items()}
        play = stack.enter_context(sync_playwright())
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for turn in range(chosen.turns):
            for size in SIZES:
                for delay in DELAYS:
                    for name, (address, made) in sites.items():
                        with browser.new_context(viewport={"width": 1440, "height": 900}) as room:
                            cookie = {"name": "sessionid", "value": made["session"], "url": address}
                            room.add_cookies([cookie])
                            page = room.new_page()
                            url = address + made["articles"][str(size)]
                            # Each time through the same claims, with another verdict than before.
                            key = "13"[(turn * len(DELAYS) + DELAYS.index(delay)) % 2]
                            _measure(page, url, delay, key, seen[name, size, delay])
        browser.close()
    for (name, size, delay), one in seen.items():
        say(
            f"{name:8}{size:>5} claims, {delay:>3} ms: painted {statistics.median(one.painted):6.1f} ms,"
            f" 95 of 100 {_most(one.painted):6.1f}; answer {statistics.median(one.answered):6.1f} ms,"
            f" {max(one.sizes)} bytes"
        )
    tell("desk", list(_figures(seen)), where="SQLite, over HTTP")
    return 0


@contextlib.contextmanager
def _site(folder: Path) -> Iterator[tuple[str, dict]]:
    """Serve a checkout with its articles: its address, and what `articles` made."""
    with tempfile.TemporaryDirectory() as data:
        settings, made = prepared(folder, data, SIZES)
        with served(SERVER, settings, folder) as port:
            yield f"http://127.0.0.1:{port}", made


def prepared(folder: Path, data: str, sizes: Sequence[int]) -> tuple[dict[str, str], dict]:
    """Make articles of these sizes with a checkout: the settings with which to serve it, and what `articles` made."""
    settings = {
        **environment(data),
        "PYTHONPATH": str(folder),
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
    }
    script = str(ROOT / "tests/bench/desk/articles.py")
    made = subprocess.run(
        [sys.executable, script, *map(str, sizes)],
        cwd=folder, env=settings, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return settings, json.loads(made.stdout.splitlines()[-1])


def _measure(page: Page, url: str, delay: int, key: str, seen: Seen) -> None:
    def keep(answer: Response) -> None:
        if answer.request.method == "POST" and "/decide/" in answer.url:
            seen.sizes.append(len(answer.body()))
            seen.answered.append(
                answer.request.timing["responseStart"] - answer.request.timing["requestStart"]
            )

    page.goto(url)
    page.wait_for_load_state("networkidle")
    network = page.context.new_cdp_session(page)
    conditions = {
        "offline": False,
        "latency": delay,
        "downloadThroughput": -1,
        "uploadThroughput": -1,
    }
    network.send("Network.emulateNetworkConditions", conditions)
    page.evaluate(WATCH)
    page.wait_for_timeout(PAUSE)
    page.on("requestfinished", lambda request: keep(request.response()))
    for press in range(1, PRESSES + 1):
        page.keyboard.press(key)
        page.wait_for_timeout(PAUSE)
        page.wait_for_function("number => presses.length >= number", arg=press)
    page.wait_for_load_state("networkidle")
    seen.painted += page.evaluate("presses")


def _most(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def _figures(seen: dict[tuple[str, int, int], Seen]) -> Iterator[Figure]:
    for size in SIZES:
        for delay in DELAYS:
            here, before = seen["here", size, delay], seen.get(("before", size, delay))
            where = f"{size} claims" + (f", {delay} ms of delay" if delay else "")
            beside = statistics.median(before.painted) if before else None
            yield _figure(
                f"key to next claim, {where}", statistics.median(here.painted), "ms", 16, beside
            )
            yield _figure(
                f"the same, 95 of 100, {where}",
                _most(here.painted),
                "ms",
                50,
                _most(before.painted) if before else None,
            )
        here, before = seen["here", size, 0], seen.get(("before", size, 0))
        yield Figure(
            name=f"answer to a verdict, {size} claims",
            value=round(statistics.median(here.answered), 1),
            unit="ms",
            command=COMMAND,
            peer="of the commit before" if before else "",
            beside=round(statistics.median(before.answered), 1) if before else None,
            most=0.35,
        )
        yield _figure(
            f"bytes of that answer, {size} claims",
            max(here.sizes),
            "bytes",
            6000,
            max(before.sizes) if before else None,
        )


def _figure(name: str, value: float, unit: str, most: float, beside: float | None) -> Figure:
    return Figure(
        name=name,
        value=round(value, 1),
        unit=unit,
        command=COMMAND,
        most=most,
        by_ratio=False,
        peer="of the commit before" if beside else "",
        beside=round(beside, 1) if beside else None,
    )


if __name__ == "__main__":
    sys.exit(main())
