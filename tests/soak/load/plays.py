"""What editors' browsers send, for Locust: it runs this file in an environment of its own, without Django.

Each editor goes through lists, articles and claims as the desk's own scripts do: the panels of the next claims are fetched
ahead, a verdict is sent with the version that it was given at, and sent again until it is answered. On a desk that does not go
ahead yet, the answer to a verdict brings the next panel itself.

These environment variables say how:

- `PLAYS_INTO`: a folder. `decisions.jsonl` there gets a line when a decision is sent and when it is answered, and `load.json` what
  Locust measured.
- `PLAYS_DESK`: a file with the accounts and articles, as `tests.soak.load.desk` prints them.
- `PLAYS_PASSWORD`: the password of all accounts.
- `PLAYS_THINKING`: how many seconds an editor thinks before each step, on average.
- `PLAYS_WARM`: how many seconds at the beginning are not measured, while editors log in.
"""

import html
import json
import os
import random
import re
import secrets
from itertools import count
from pathlib import Path
from statistics import quantiles
from time import monotonic
from typing import Any
from urllib.parse import urlencode

import gevent
from locust import FastHttpUser, events, task

INTO = Path(os.environ["PLAYS_INTO"])
DESK = json.loads(Path(os.environ["PLAYS_DESK"]).read_text())
PASSWORD = os.environ["PLAYS_PASSWORD"]
THINKING = float(os.environ.get("PLAYS_THINKING", "4"))
WARM = float(os.environ.get("PLAYS_WARM", "0"))

AGAIN = (0.5, 1, 2, 4, 8, 15)
"""Seconds until a request is sent again, each time: those of the desk's own `outbox.js`."""
AWAY = frozenset({0, 429, 502, 503, 504})
"""The answers after which a verdict is sent again; 0 where there was none."""
PATIENCE = 240.0
"""Seconds after which an editor gives a request up."""
AHEAD = 3
PRESENCE, BELL = 20.0, 60.0
"""How often an open page asks who else is there, and whether anything is new."""

_WORDS = ("bridge", "water", "prices", "minister", "ferry", "houses", "crowns")
_numbers = count()
_answered: list[tuple[str, float, float]] = []
"""What was answered, when, and how many milliseconds that took."""
_seen = {"refused": 0, "longest": 0.0, "given_up": 0}


class Journal:
    """The decisions that were sent, and what became of them."""

    def __init__(self) -> None:
        self._file = (INTO / "decisions.jsonl").open("a", buffering=1)

    def note(self, **what: Any) -> None:
        """Write a line."""
        self._file.write(json.dumps(what) + "\n")


_journal = Journal()


class Editor(FastHttpUser):
    """An editor at a browser."""

    connection_timeout, network_timeout = 60, 60

    def on_start(self) -> None:
        """Log in, and look at the dashboard."""
        self.name = DESK["accounts"][next(_numbers) % len(DESK["accounts"])]
        self.chance = random.Random(self.name)
        self.etag, self.looked, self.asked = "", 0.0, 0.0
        self.ask("GET", "/login/", "login")
        self.ask("POST", "/login/", "login", username=self.name, password=PASSWORD)
        page = self.ask("GET", "/", "dashboard")
        self.has_bell, self.has_palette = "data-bell" in page, "palette" in page

    # ---- Asking ----

    def ask(
        self,
        method: str,
        path: str,
        name: str,
        headers: dict[str, str] | None = None,
        *,
        fine: tuple[int, ...] = (),
        **form: str,
    ) -> str:
        """Ask until there is an answer. Returns its text; "" where it refuses what was asked.

        Args:
            method: the request's method.
            path: its path.
            name: what it is called in the figures.
            headers: what it says besides.
            fine: refusals that happen to anybody, such as a conflict.
            form: what is typed.
        """
        begun = monotonic()
        for tries in count():
            status, text = self._asked(method, path, name, headers or {}, form, fine)
            if status not in AWAY:
                break
            _seen["refused"] += 1
            if monotonic() - begun > PATIENCE:
                _seen["given_up"] += 1
                break
            gevent.sleep(AGAIN[min(tries, len(AGAIN) - 1)])
        _seen["longest"] = max(_seen["longest"], monotonic() - begun)
        return text if status in {200, 302} else ""

    def _asked(
        self,
        method: str,
        path: str,
        name: str,
        headers: dict[str, str],
        form: dict[str, str],
        fine: tuple[int, ...],
    ) -> tuple[int, str]:
        data = None
        if method == "POST":
            token = self.client.cookiejar
            value = next((one.value for one in token if one.name == "csrftoken"), "")
            headers = {
                **headers,
                "X-CSRFToken": value,
                "Content-Type": "application/x-www-form-urlencoded",
            }
            data = urlencode(form)
        with self.client.request(
            method, path, name=name, data=data, headers=headers, catch_response=True
        ) as answer:
            status = answer.status_code
            if status in AWAY:
                answer.request_meta["name"] = "(not answered)"
                if status == 503 and not answer.headers.get("Retry-After"):
                    answer.failure("503 without a time to come back")
                else:
                    answer.success()
            elif status in {200, 304, *fine}:
                answer.success()
            else:
                told = re.search(r'<p class="lead">([^<]*)', answer.text or "")
                answer.failure(f"status {status}: {told[1] if told else ''} ({path})")
            return status, "" if status in {0, 304} else answer.text or ""

    def think(self, times: float = 1.0) -> None:
        """Look at the page for a while. An open page asks by itself in the meantime."""
        gevent.sleep(self.chance.expovariate(1 / (THINKING * times)) if THINKING else 0)
        if self.has_bell and monotonic() - self.looked > BELL:
            self.looked = monotonic()
            self.ask("GET", "/notifications/unread/", "bell", {"HX-Request": "true"})

    # ---- What editors do ----

    @task(10)
    def review(self) -> None:
        """Go through some claims of an article."""
        article = self.chance.choice(DESK["articles"])
        page = self.ask("GET", f"/articles/{article}/", "article")
        rows = re.findall(r'<li id="row(\d+)"', page)
        if not rows:
            return
        first = self.chance.randrange(len(rows))
        chosen = (rows[first:] + rows[:first])[: self.chance.randint(5, 12)]
        versions = dict(re.findall(r'<li id="row(\d+)"[^>]*data-version="(\d+)"', page))
        if versions:
            account = re.search(r'data-account="(\d+)"', page)
            self.review_ahead(article, [(pk, versions[pk]) for pk in chosen], account[1])
        else:
            self.review_in_turn(article, chosen)

    def review_ahead(self, article: int, chosen: list[tuple[str, str]], account: str) -> None:
        """Decide claims on a page that fetches their panels before they are shown."""
        for claim, _version in chosen[1:AHEAD]:
            self.panel(claim, account)
        for place, (claim, version) in enumerate(chosen):
            self.present(article, claim)
            self.think()
            answer = self.decide(claim, version, account)
            if place + AHEAD < len(chosen):
                self.panel(chosen[place + AHEAD][0], account)
            self.perhaps_undo(answer)

    def review_in_turn(self, article: int, chosen: list[str]) -> None:
        """Decide claims on a page that shows each next one with the answer to the last."""
        part = self.ask("GET", f"/claims/{chosen[0]}/", "panel", {"HX-Request": "true"})
        for _each in chosen:
            claim = re.search(r'data-claim="(\d+)"', part)
            version = re.search(r'name="version" value="(\d+)"', part)
            if not (claim and version):
                return
            self.present(article, claim[1])
            self.think()
            part = self.decide(claim[1], version[1], "")
            self.perhaps_undo(part)

    def panel(self, claim: str, account: str) -> None:
        """Fetch the panel of a claim that comes soon."""
        headers = {"HX-Request": "true", "Desk-Answer": "panel", "Desk-Account": account}
        self.ask("GET", f"/claims/{claim}/", "panel", headers)

    def present(self, article: int, claim: str) -> None:
        """Ask who else has the article open."""
        if monotonic() - self.asked > PRESENCE:
            self.asked = monotonic()
            path = f"/articles/{article}/presence/"
            self.ask("POST", path, "presence", {"HX-Request": "true"}, claim=claim)

    def decide(self, claim: str, version: str, account: str) -> str:
        """Give a verdict, with a reason that no other decision has. Returns the answer."""
        key = secrets.token_hex(8)
        verdict = self.chance.choice(("verified", "disputed"))
        _journal.note(key=key, claim=int(claim), verdict=verdict, by=self.name, what="sent")
        headers = {"HX-Request": "true"}
        if account:
            headers |= {"Desk-Answer": "changes", "Desk-Account": account}
        answer = self.ask(
            "POST",
            f"/claims/{claim}/decide/",
            "decision",
            headers,
            fine=(409,),
            version=version,
            verdict=verdict,
            reason=f"As the document says. [{key}]",
        )
        if answer:
            _journal.note(key=key, what="answered")
        return answer

    def perhaps_undo(self, answer: str) -> None:
        """Take back what was saved last, now and then."""
        found = re.search(r"/changes/\d+/undo/", answer)
        if found and self.chance.random() < 0.08:
            self.think()
            self.ask("POST", found[0], "undo", {"HX-Request": "true"}, fine=(409,))

    @task(4)
    def look_through_list(self) -> None:
        """Filter the list of claims, and turn a page."""
        asked = self.chance.choice(
            ("", "verdict=pending", "verdict=disputed", "kind=official&verdict=pending", "q=bridge")
        )
        page = self.ask("GET", f"/claims/?{asked}", "claims")
        self.think()
        onward = re.search(r'href="(\?[^"]*page=[^"]+)"', page)
        if onward:
            self.ask("GET", f"/claims/{html.unescape(onward[1])}", "claims, another page")
            self.think()

    @task(2)
    def search(self) -> None:
        """Look for words, by the palette and on the page."""
        word = self.chance.choice(_WORDS)
        if self.has_palette:
            for letters in (word[:3], word):
                path = f"/search/palette/?q={letters}"
                self.ask("GET", path, "palette", {"HX-Request": "true"})
        self.ask("GET", f"/search/?q={word}", "search")
        self.think()

    @task(2)
    def look_around(self) -> None:
        """Open one of the other pages."""
        pages = {"/": "dashboard", "/articles/": "articles", "/sources/": "sources"}
        path = self.chance.choice([*pages, "/reports/"])
        self.ask("GET", path, pages.get(path, "reports"))
        self.think()

    @task(1)
    def export(self) -> None:
        """Save a list as a table."""
        asked = {"list": f"verdict=disputed&q={self.chance.choice(_WORDS)}", "every": "1"}
        self.ask("POST", "/claims/export/", "export", format="csv", **asked)
        self.think()

    @task(1)
    def take_in(self) -> None:
        """Paste an article that is not there yet, which is split at once."""
        number = next(_numbers)
        lines = " ".join(
            f"The bridge over the Olm at Kesby will cost {number}{place} million crowns,"
            f" the transport minister, Ada Venn, said on Monday."
            for place in range(4)
        )
        self.ask("POST", "/articles/new/", "take in", step="", text=lines, **self._of(number))
        self.think()

    @staticmethod
    def _of(number: int) -> dict[str, str]:
        headline = f"Bridges of Kesby, part {number} of {os.getpid()} (fiction)"
        return {"headline": headline, "language": "en"}


@events.test_start.add_listener
def _began(**_known: Any) -> None:
    _seen["began"] = monotonic()


@events.request.add_listener
def _was_answered(name: str, response_time: float, **_known: Any) -> None:
    if name not in {"login", "(not answered)"}:
        _answered.append((name, monotonic() - _seen["began"], response_time))


@events.quitting.add_listener
def _ended(environment: Any, **_known: Any) -> None:
    kinds = {
        f"{entry.name}, {entry.method}": {
            "requests": entry.num_requests,
            "failed": entry.num_failures,
            **{f"p{part}": entry.get_response_time_percentile(part / 100) for part in (50, 95, 99)},
        }
        for entry in environment.stats.entries.values()
    }
    failures = [f"{one.name}: {one.error}" for one in environment.stats.errors.values()]
    measured = [(name, took) for name, at, took in _answered if at >= WARM]
    whole = {
        "seconds": max((at for _name, at, _took in _answered), default=WARM) - WARM,
        "requests": len(measured),
        "decisions": sum(name == "decision" for name, _took in measured),
        **_times([took for _name, took in measured]),
    }
    found = {"whole": whole, "kinds": kinds, "failures": failures, **_seen}
    (INTO / "load.json").write_text(json.dumps(found))


def _times(took: list[float]) -> dict[str, float]:
    if len(took) < 2:
        return {}
    parts = quantiles(took, n=100)
    return {"p50": parts[49], "p95": parts[94], "p99": parts[98]}
