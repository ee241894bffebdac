"""A workbench in a process of its own, with the settings of production: it does what it is told, and tells what came of it.

Run as a program, it reads a line of JSON, [function, arguments...], calls one of the functions below, and prints what that
returns, as JSON again.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

from tests.management.commands import ROOT

_browsers: dict[str, Any] = {}
"""Each person's browser, by their name; "" for somebody without an account."""


def _browser(person: str) -> Any:
    from django.contrib.auth.models import User
    from django.test import Client

    if person not in _browsers:
        _browsers[person] = Client(raise_request_exception=False)
        if person:
            _browsers[person].force_login(User.objects.get(username=person))
    return _browsers[person]


def fill() -> dict[str, int]:
    """An editor, a colleague, and a claim in a public report. Returns their numbers."""
    from django.contrib.auth.models import User

    from claims.access import Role
    from claims.actions import (
        change_newsroom,
        create_account,
        decide_claim,
        draft_report,
        publish_report,
        set_public,
        workbench_account,
    )
    from claims.choices import Verdict
    from claims.queries.reports.editions import edition_of
    from tests.models import rows

    for name in ("edda", "rita"):
        create_account(actor=workbench_account(), username=name, role=Role.CHIEF)
    edda = User.objects.get(username="edda")
    change_newsroom(actor=edda, words={"name": "The Ostrey Desk (fiction)"})
    revision = rows.revision(edda)
    claim = rows.claim(revision, statement="The bridge is closed.")
    decide_claim(actor=edda, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    report = draft_report(actor=edda, title="Bridges", article=revision.article)
    seen = edition_of(actor=edda, report=report).digest
    publish_report(actor=edda, report_id=report.pk, seen=seen)
    set_public(actor=edda, report_id=report.pk, public=True)
    return {"claim": claim.pk, "report": report.pk, "revision": revision.pk}


def claim(revision: int, statement: str) -> int:
    """Somebody else adds a claim. Returns its number."""
    from claims.models import Revision
    from tests.models import rows

    return rows.claim(Revision.objects.get(pk=revision), statement=statement).pk


def rename(name: str) -> None:
    """Somebody else changes the newsroom's name."""
    from django.contrib.auth.models import User

    from claims.actions import change_newsroom

    change_newsroom(actor=User.objects.get(username="edda"), words={"name": name})


def later() -> None:
    """Seconds later, it asks again what of the public pages has changed."""
    from claims.queries.reports.public_version import forget_public_version

    forget_public_version()


def get(person: str, address: str) -> tuple[int, str]:
    """Open a page. Returns its status and its text."""
    answer = _browser(person).get(address)
    return answer.status_code, answer.getvalue().decode()


def post(person: str, address: str, form: dict[str, Any]) -> tuple[int, str]:
    """Send a form. Returns the answer's status and its text."""
    answer = _browser(person).post(address, form)
    return answer.status_code, answer.getvalue().decode()


def allow(seconds: int) -> None:
    """Let the replica be so many seconds behind."""
    from django.conf import settings

    settings.REPLICA_MAX_LAG = seconds


def _serve() -> None:
    django.setup()
    from django.conf import settings
    from django.db import close_old_connections

    from claims.queries.reports import public_version

    # Static files have the names of their sources: nobody collects them.
    sources = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": sources}
    # Until `later`.
    public_version._SECONDS = 3600
    for line in sys.stdin:
        # As a server does, and Django's own browser for tests does not.
        close_old_connections()
        name, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(globals()[name](*arguments)) + "\n")
        sys.stdout.flush()


@contextmanager
def desk_process(env: dict[str, str]) -> Iterator[Any]:
    """Start it. Yields a function that has it call one of the functions above."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.workbench.desk"],
        cwd=ROOT,
        env=env | {"DJANGO_SETTINGS_MODULE": "workbench.settings.base"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def do(*told: Any) -> Any:
            process.stdin.write(json.dumps(told) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        try:
            yield do
        finally:
            process.stdin.close()
            process.wait()


if __name__ == "__main__":
    _serve()
