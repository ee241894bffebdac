"""When the database or the disk fails, the pages say so and when to try again, and need neither."""

import errno
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import (
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.test import Client
from django.urls import reverse

from claims.choices import Verdict
from claims.models import Claim, Decision
from claims.outages import Outage, outage_of
from claims.queries.accounts import ACTIVE
from tests.management.commands import ROOT, SECRET_KEY, environment

ASK = """
import json, django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "a" * 32
answers = [
    client.get("/"), client.get("/login/"), client.post("/claims/1/decide/"), client.get("/nowhere/"),
    client.get("/", headers={"HX-Request": "true"}),
]
told = [
    {"status": one.status_code, "retry": one.headers.get("Retry-After"), "id": one["X-Request-ID"],
     "text": one.content.decode(), "target": one.headers.get("HX-Retarget")}
    for one in answers
]
print(json.dumps([told, Client().get("/healthz").json()]))
"""


@pytest.mark.parametrize(
    "database", ["sqlite:///{}/missing/desk.sqlite3", "postgres://127.0.0.1:1/desk"]
)
def test_with_the_database_away_every_page_is_a_short_one_that_says_so(tmp_path, database):
    env = environment(
        SECRET_KEY=SECRET_KEY,
        DATA_DIR=str(tmp_path),
        DATABASE_URL=database.format(tmp_path),
        ALLOWED_HOSTS="testserver",
        HTTPS="off",
        LOG_FORMAT="json",
        DJANGO_SETTINGS_MODULE="workbench.settings.base",
    )
    ended = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    answers, health = json.loads(ended.stdout)
    assert health == {"status": "no database"}
    # An error of the error page would tell of itself and of all that came before it.
    assert len(ended.stderr.splitlines()) < 20
    assert "During handling" not in ended.stderr
    lines = [json.loads(line) for line in ended.stderr.splitlines() if line.startswith("{")]
    for answer in answers:
        assert answer["status"] == 503
        assert answer["retry"] == "30"
        assert "The database cannot be reached" in answer["text"]
        assert answer["id"] in answer["text"]
        (line,) = [
            line for line in lines if line.get("request") == answer["id"] and "error" in line
        ]
        assert line["level"] == "error"
    assert [answer["target"] for answer in answers] == [None, None, None, None, "#notice"]


@pytest.fixture
def decide(claim: Claim, editor: User, shared_database):
    """Have the editor decide the claim as the desk does, and give the answer."""
    client = Client(raise_request_exception=False)
    client.force_login(editor)

    def decide(reason: str):
        form = {"version": claim.version, "verdict": Verdict.DISPUTED, "reason": reason}
        return client.post(reverse("decide", args=[claim.pk]), form, headers={"HX-Request": "true"})

    return decide


@contextmanager
def _another_program_writing() -> Iterator[None]:
    """Another program that has the claims to itself, and a workbench that does not wait for it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout = 0")
            with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
                other.execute("BEGIN IMMEDIATE")
                yield
            return
        cursor.execute("SET lock_timeout = 1")
        other = connection.copy()
        other.set_autocommit(False)
        with closing(other), other.cursor() as locking:
            locking.execute("LOCK TABLE claims_claim IN ACCESS EXCLUSIVE MODE")
            yield
            other.rollback()
        cursor.execute("SET lock_timeout = 0")


def test_a_busy_database_is_called_that_beside_what_was_typed(decide):
    with _another_program_writing():
        answer = decide("Not so.")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["HX-Retarget"] == "#notice"
    assert "The database is busy" in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_page_that_cannot_note_its_reader_is_to_be_asked_again(editor: User, shared_database):
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    session = client.session
    session[ACTIVE] = 0  # so long ago that this request is noted
    session.save()
    with _another_program_writing():
        answer = client.get(reverse("claims"))
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "5")
    assert client.get(reverse("claims")).status_code == 200


def test_a_full_disk_is_called_that(decide):
    if connection.vendor != "sqlite":
        pytest.skip("nothing but a full disk tells PostgreSQL that one is full")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # leaves no page free that would do
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        answer = decide("A word. " * 1000)
        cursor.execute("PRAGMA max_page_count = 4294967294")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "300"
    assert "The disk is full" in answer.content.decode()
    assert not Decision.objects.exists()


def _caused_by(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (_caused_by(OperationalError(), psycopg.errors.DiskFull()), Outage.FULL),
        (_caused_by(OperationalError(), psycopg.errors.TooManyConnections()), Outage.BUSY),
        (_caused_by(OperationalError(), psycopg.errors.DeadlockDetected()), Outage.BUSY),
        (_caused_by(OperationalError(), psycopg.errors.AdminShutdown()), Outage.AWAY),
        (_caused_by(OperationalError(), psycopg.OperationalError("refused")), Outage.AWAY),
        (_caused_by(InterfaceError(), psycopg.InterfaceError("closed")), Outage.AWAY),
        (OperationalError("database is locked"), Outage.BUSY),
        (OSError(errno.ENOSPC, "No space left on device"), Outage.FULL),
        (OSError(errno.ESTALE, "Stale file handle"), Outage.FILES),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), None),
        (OperationalError("no such table: claims_claim"), None),
        (ProgrammingError("syntax error"), None),
        (ValueError("database is locked"), None),
        (None, None),
    ],
)
def test_only_what_a_second_try_may_mend_is_an_outage(error, outage):
    assert outage_of(error) is outage
