"""`make soak-webhooks`: twenty workers are killed while they tell a receiver of decisions that somebody makes all the time.

The receiver is well, slow, busy, refusing, hanging up, or lying about its length, as the dice say. In the end every
decision has arrived, what arrived twice has the same id, and the messages about each claim came in their order.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import django
from standardwebhooks import Webhook as Verifier

from tests.bench.database import Database, environment
from tests.bench.figures import Figure, tell
from tests.fetching.sites import Page, Site, page, raw, serving
from tests.printing import say

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
PATIENCE = 900.0
"""Seconds that the last messages may take after the last kill. A dead worker's are taken over after a minute."""

BETWEEN_KILLS = (1.0, 5.0)
TAKEN_OVER = 120.0
"""Seconds within which another worker must send what a dead one began."""

TEXT = "\n\n".join(
    f"The ferry to Ostrey carried {number} thousand people last year, the harbour master, Bo Tarn, said."
    for number in range(2, 22)
)


class Receiver:
    """A receiver whose moods the dice choose, and which checks each signature at once: after five minutes it is too old.

    Attributes:
        got: the ids and contents of the messages that arrived, in order.
    """

    def __init__(self, site: Site, secret: str, dice: random.Random) -> None:
        self._site, self._dice = site, dice
        self._verifier, self._lock = Verifier(secret), threading.Lock()
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.is_well = False
        self.hold, self.holds = threading.Event(), threading.Event()

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer, or hold the answer back while workers are killed."""
        with self._lock:
            for one in self._site.posted[len(self.got) :]:
                content = self._verifier.verify(one.body, one.headers)
                self.got.append((one.headers["webhook-id"], content))
        if self.hold.is_set():
            self.holds.set()
            sleep(1)
        mood: Page = page() if self.is_well else self._dice.choices(MOODS, WEIGHTS)[0]
        mood(handler)


def _slowly(handler: BaseHTTPRequestHandler) -> None:
    sleep(1)
    page()(handler)


_LYING = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nthanks")
MOODS = (page(), _slowly, page(status=503), page(status=400), raw(), _LYING)
WEIGHTS = (20, 4, 1, 2, 1, 2)


def main() -> int:
    """Play it. Returns the exit status: 1 if a message was lost or came out of order."""
    options = argparse.ArgumentParser(prog="make soak-webhooks", description=__doc__)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    dice = random.Random(chosen.seed)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        address = stack.enter_context(Database("webhooks"))
        site = stack.enter_context(serving(Site()))
        os.environ.update(environment(folder, address), FETCH_ALLOW=site.allow()[0])
        django.setup()
        figures = _play(site, dice, chosen.kills)
        django.db.connections.close_all()
    tell("soak-webhooks", figures)
    return int(any(figure.is_missed for figure in figures))


def _play(site: Site, dice: random.Random, kills: int) -> list[Figure]:
    from django.core.management import call_command  # noqa: PLC0415  # once Django is set up

    from claims.models import WebhookDelivery  # noqa: PLC0415
    from tests.actions.webhooks.receiving import hook  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    claims = _claims()
    receiver = hook(site, events=["claim.decided"])
    moody = Receiver(site, receiver.secret, dice)
    receiver.answers(moody)
    done = threading.Event()
    editor = threading.Thread(target=_decide, args=(claims, done))
    workers = [_worker() for _number in range(WORKERS)]
    editor.start()
    try:
        for _time in range(0, kills, WORKERS):
            sleep(dice.uniform(*BETWEEN_KILLS))
            moody.hold.set()
            if not moody.holds.wait(TAKEN_OVER):
                raise TimeoutError
            for worker in workers:
                worker.send_signal(signal.SIGKILL)
                worker.wait()
            moody.hold.clear()
            moody.holds.clear()
            workers = [_worker() for _number in range(WORKERS)]
        done.set()
        editor.join()
        moody.is_well = True
        end = monotonic() + PATIENCE
        while WebhookDelivery.objects.waiting().exists() and monotonic() < end:
            sleep(1)
    finally:
        done.set()
        editor.join()
        for worker in workers:
            worker.terminate()
            worker.wait()
    sent = {one.message_id for one in WebhookDelivery.objects.all()}
    got = moody.got
    arrived = Counter(message for message, _content in got)
    contents = dict(reversed(got))  # what came first
    order: dict[int, list[int]] = {}
    for message in arrived:
        claim = contents[message]["data"]["claim"]
        order.setdefault(claim["id"], []).append(claim["version"])
    disordered = sum(versions != sorted(versions) for versions in order.values())
    say(f"{len(sent)} messages about {len(order)} claims arrived {arrived.total()} times")
    return [
        _figure("messages", len(sent)),
        _figure("messages that arrived more than once", arrived.total() - len(arrived)),
        _figure("messages that were lost", len(sent - arrived.keys()), most=0),
        _figure("messages that nobody had written", len(arrived.keys() - sent), most=0),
        _figure("claims whose messages came out of order", disordered, most=0),
    ]


def _figure(name: str, value: int, most: int | None = None) -> Figure:
    return Figure(name, value, "", "make soak-webhooks", most=most)


def _claims() -> list[int]:
    """Bring an article in, and return its claims."""
    from claims.actions import COMMAND, receive_article, workbench_account  # noqa: PLC0415
    from claims.ingest.types import ArticleDraft  # noqa: PLC0415
    from claims.models import Claim  # noqa: PLC0415

    draft = ArticleDraft(headline="Ferries of Ostrey", body=TEXT)
    receive_article(actor=workbench_account(), draft=draft, policy=COMMAND)
    return list(Claim.objects.order_by("pk").values_list("pk", flat=True))


def _decide(claims: list[int], done: threading.Event) -> None:
    """Decide one claim after another, again and again."""
    from django.db import connection  # noqa: PLC0415

    from claims.actions import decide_claim, workbench_account  # noqa: PLC0415
    from claims.choices import Verdict  # noqa: PLC0415
    from claims.models import Claim  # noqa: PLC0415

    actor, number = workbench_account(), 0
    while not done.wait(0.1):
        # The last ones are decided more often, so that messages about one claim wait for each other.
        claim = Claim.objects.get(pk=claims[-1 - number % len(claims) // (number % 3 + 1)])
        verdict = Verdict.DISPUTED if claim.verdict == Verdict.VERIFIED else Verdict.VERIFIED
        decide_claim(
            actor=actor, claim_id=claim.pk, version=claim.version, verdict=verdict, reason="."
        )
        number += 1
    connection.close()


def _worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "work", "--verbosity", "0"]
    return subprocess.Popen(command, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
