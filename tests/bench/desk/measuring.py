"""The measurements of `make bench-desk`, once Django is set up."""

import statistics
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import import_article
from claims.extraction import extract
from claims.ingest.types import ArticleDraft
from claims.models import Claim
from tests.printing import say
from workbench.server import settle

SIZES = (20, 500)
ROUNDS = 21


def measure() -> dict[str, float]:
    """Ask for everything in turn. Returns milliseconds (medians), bytes and numbers of queries by name and size.

    The milliseconds of processor time say what a change costs even while other work runs on the machine.
    """
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    editor = User.objects.create_user("bench", is_staff=True)
    editor.groups.set([Group.objects.get(name="editor")])
    client = Client(headers={"HX-Request": "true"})
    client.force_login(editor)
    figures: dict[str, float] = {}
    extract("Ready, the server said.")
    settle()
    say(f"{'':10} {'claims':>6} {'ms':>8} {'processor':>10} {'queries':>8} {'bytes':>9}")
    for size in SIZES:
        body = "\n\n".join(
            f"Bridge {number} over the Olm was built in {1500 + number}, minister Ada Venn said."
            for number in range(size)
        )
        draft = ArticleDraft(headline=f"Bridges {size}", body=body)
        article = import_article(actor=editor, draft=draft).article
        claims = list(Claim.objects.of_article(article).in_reading_order())
        middle = claims[len(claims) // 2]

        def decision(claim: Claim = middle, answer: str = "changes") -> Any:
            version = Claim.objects.values_list("version", flat=True).get(pk=claim.pk)
            verdict = "verified" if version % 2 else "pending"
            address = reverse("decide", args=[claim.pk])
            fields = {"version": version, "verdict": verdict}
            return lambda: client.post(address, fields, headers={"Desk-Answer": answer})

        steps: dict[str, Callable[[], Any]] = {
            "decision": decision,
            "whole": lambda ask=decision: ask(answer=""),
            "claim": lambda claim=middle: lambda: client.get(reverse("claim", args=[claim.pk])),
            "page": lambda article=article: (
                lambda: client.get(article.get_absolute_url(), headers={"HX-Request": ""})
            ),
        }
        for name, prepare in steps.items():
            times, busy, queries, length = _timed(prepare)
            took, worked = (round(statistics.median(each), 1) for each in (times, busy))
            figures[f"{name}.{size}.ms"] = took
            figures[f"{name}.{size}.processor"] = worked
            figures[f"{name}.{size}.queries"] = queries
            figures[f"{name}.{size}.bytes"] = length
            say(
                f"{name:10} {len(claims):>6} {took:>8.1f} {worked:>10.1f} {queries:>8} {length:>9,}"
            )
    return figures


def _timed(
    prepare: Callable[[], Callable[[], Any]],
) -> tuple[list[float], list[float], int, int]:
    """Return the milliseconds of each round, those of processor time, the number of queries, and the bytes of the answer."""
    prepare()()  # fills what is kept between requests
    times, busy = [], []
    for _round in range(ROUNDS):
        ask = prepare()
        begun, worked = perf_counter(), process_time()
        answer = ask()
        times.append(1000 * (perf_counter() - begun))
        busy.append(1000 * (process_time() - worked))
        if answer.status_code != 200:
            raise RuntimeError(f"answered {answer.status_code}")
    ask = prepare()
    with CaptureQueriesContext(connection) as queries:
        answer = ask()
    return times, busy, len(queries), len(answer.content)
