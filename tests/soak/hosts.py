"""`make soak-hosts`: two hosts on one PostgreSQL, with files in one bucket, one of which loses its power.

Eight editors decide claims and upload documents, and a worker of the first host changes thousands of claims, when everything
on that host is killed. Whatever was acknowledged before is there once, the editors go on at the other host, its worker takes
the task over, and every document is served.
"""

import argparse
import hashlib
import json
import secrets
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import psycopg

from tests.bench.database import environment
from tests.bench.figures import Figure, tell
from tests.buckets import new_bucket, s3_server
from tests.clusters import cluster
from tests.printing import say
from tests.soak.editors import Person
from tests.soak.network import Host, network

EDITORS = 8
ROWS = 20_000
IN_BULK = 8_000
"""How many claims the worker changes."""

TAKEN_OVER = 300.0
"""Seconds within which the other worker must have ended what the dead one began. It waits for a minute before."""

PASSWORD = secrets.token_urlsafe(16)
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Desk:
    """The two hosts, and what was acknowledged.

    Attributes:
        url: the database.
        first, second: the hosts.
        env: the environment of their programs, without what is each host's own.
        logs: the folder of their logs and data.
        decided: the claims whose decision was acknowledged, each with its editor.
        uploaded: the documents whose upload was acknowledged, by their SHA-256.
        stop: tells the editors to stop.
    """

    url: str
    first: Host
    second: Host
    env: dict[str, str]
    logs: Path
    decided: dict[int, str] = field(default_factory=dict)
    uploaded: dict[str, bytes] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)

    def environment_of(self, host: Host) -> dict[str, str]:
        """The environment of a host's programs."""
        own = self.logs / host.name
        own.mkdir(exist_ok=True)
        return {**self.env, "DATA_DIR": str(own), "BIND": f"{host.address}:{host.port}"}

    def serve(self, host: Host) -> None:
        """Start a server, until it answers."""
        gunicorn = Path(sys.executable).with_name("gunicorn")
        command = [gunicorn, "--config", "python:workbench.server", "workbench.wsgi"]
        env = self.environment_of(host)
        manage = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
        subprocess.run(manage, cwd=ROOT, env=env, check=True)
        host.start(command, env, self.logs / f"{host.name}.log")

    def work(self, host: Host) -> None:
        """Start a worker."""
        command = [sys.executable, "manage.py", "work", "--verbosity", "0"]
        host.start(command, self.environment_of(host), self.logs / f"{host.name}-worker.log")

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds in the database."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(query, values or None).fetchall()

    def wait(self, query: str, seconds: float) -> float:
        """Wait until a query finds true. Returns for how long."""
        begun = perf_counter()
        while not self.ask(query)[0][0]:
            if perf_counter() - begun > seconds:
                raise TimeoutError(query)
            sleep(0.1)
        return perf_counter() - begun


def main() -> int:
    """Try it. Returns the exit status: 1 if anything acknowledged was lost or doubled."""
    options = argparse.ArgumentParser(prog="make soak-hosts", description=__doc__)
    options.add_argument(
        "--fill", action="store_true", help="only fill the database of DATABASE_URL"
    )
    if options.parse_args().fill:
        _fill()
        return 0
    with ExitStack() as stack:
        figures = list(_tried(stack))
    tell("soak-hosts", figures)
    return int(any(figure.is_missed for figure in figures))


def _tried(stack: ExitStack) -> Iterator[Figure]:
    logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    address, (first, second) = stack.enter_context(network(["first", "second"]))
    where = "network namespaces" if first.namespace else "one loopback: namespaces are not allowed"
    say(f"two hosts in {where}")
    server = stack.enter_context(cluster(fsync="on", listen_addresses=f"127.0.0.1,{address}"))
    server.initialise(trust=f"{address}/24")
    server.start()
    bucket = new_bucket(stack.enter_context(s3_server(address)))
    env = dict(environment(str(logs), server.url.replace("127.0.0.1", address))) | bucket
    env |= {"ALLOWED_HOSTS": "*", "WEB_CONCURRENCY": "1", "SOAK_PASSWORD": PASSWORD}
    env |= {"LOG_LEVEL": "error"}
    desk = Desk(server.url, first, second, env, logs)
    filled = subprocess.run(
        [sys.executable, "-m", "tests.soak.hosts", "--fill"],
        env=env,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    numbers = json.loads(filled.stdout)
    say("the database is filled")
    for host in (first, second):
        desk.serve(host)
    desk.work(first)
    people = [
        # Half of them begin at each host.
        Person([first, second][:: 1 if number % 2 else -1], f"editor{number}", PASSWORD)
        for number in range(EDITORS)
    ]
    say("everybody is logged in")
    yield from _killed(desk, people, numbers)


def _killed(desk: Desk, people: list[Person], numbers: dict[str, Any]) -> Iterator[Figure]:
    bulk = f"FROM claims_bulkchange WHERE id = {numbers['bulk']}"
    with ThreadPoolExecutor(EDITORS) as pool:
        work = [
            pool.submit(_edit, desk, person, numbers["claims"][number::EDITORS])
            for number, person in enumerate(people)
        ]
        try:
            desk.wait(f"SELECT done > 0 {bulk}", 120)
            while len(desk.decided) < 2 * EDITORS:
                sleep(0.1)
            before = len(desk.decided), len(desk.uploaded)
            desk.first.cut_off()
            desk.work(desk.second)
            ((done, total),) = desk.ask(f"SELECT done, total {bulk}")
            if done == total:
                raise RuntimeError(
                    "the worker was done before its host was dead: IN_BULK is too small"
                )
            say(f"the first host is dead, with {done:,} of {total:,} claims changed by its worker")
            took = desk.wait(f"SELECT status = 'done' {bulk}", TAKEN_OVER)
        finally:
            desk.stop.set()
        for one in work:
            one.result()
    say(
        f"{before[0]} decisions and {before[1]} documents before, {len(desk.decided)} and {len(desk.uploaded)} at the end"
    )
    yield _figure("decisions acknowledged", len(desk.decided), least=before[0] + EDITORS)
    yield _figure("of them lost", _lost(desk), most=0)
    yield _figure("claims of editors that were decided twice", _doubled(desk, numbers), most=0)
    yield _figure("claims changed in bulk", _in_bulk(desk, numbers), least=total, most=total)
    yield _figure("seconds until the task was done", round(took), "s", most=TAKEN_OVER)
    longest = max(person.longest for person in people)
    yield _figure("longest wait of an editor", round(longest, 1), "s")
    yield _figure("documents acknowledged", len(desk.uploaded), least=before[1] + 1)
    yield _figure("of them served as they were", _served(desk, people[0]), least=len(desk.uploaded))


def _figure(name: str, value: float, unit: str = "", **aims: float) -> Figure:
    return Figure(name, value, unit, "make soak-hosts", **aims)


def _edit(desk: Desk, person: Person, claims: list[int]) -> None:
    """Decide one claim after another, each third one with a document, and note what was acknowledged."""
    for number, claim in enumerate(claims):
        if desk.stop.is_set():
            return
        version = 1
        if number % 3 == 0:
            version += _upload(desk, person, claim)
        form = {"version": str(version), "verdict": "verified", "reason": "As the document says."}
        status, _text = person.ask("POST", f"/claims/{claim}/decide/", form)
        if status == 302:
            desk.decided[claim] = person.name


def _upload(desk: Desk, person: Person, claim: int) -> int:
    """Upload a document. Returns 1 if that was acknowledged."""
    words = secrets.token_bytes(100_000)
    form = {
        "version": "1",
        "reason": "",
        "evidence-title": "Notice",
        "evidence-stance": "for",
        "evidence-looked_up": "2026-01-02",
    }
    status, _text = person.ask("POST", f"/claims/{claim}/evidence/", form, words)
    if status != 302:
        return 0
    desk.uploaded[hashlib.sha256(words).hexdigest()] = words
    return 1


def _lost(desk: Desk) -> int:
    """How many acknowledged decisions are not there."""
    rows = desk.ask(
        "SELECT claim_id, username FROM claims_decision d JOIN auth_user u ON u.id = actor_id"
    )
    return len(desk.decided.items() - set(rows))


def _doubled(desk: Desk, numbers: dict[str, Any]) -> int:
    ((found,),) = desk.ask(
        "SELECT count(*) FROM (SELECT FROM claims_decision WHERE claim_id = ANY(%s)"
        " GROUP BY claim_id HAVING count(*) > 1) AS twice",
        numbers["claims"],
    )
    return found


def _in_bulk(desk: Desk, numbers: dict[str, Any]) -> int:
    """How many claims the bulk change has decided, each of them once."""
    ((found,),) = desk.ask(
        "SELECT count(*) FROM (SELECT FROM claims_decision d JOIN claims_changedclaim l ON l.claim_id = d.claim_id"
        " JOIN claims_change c ON c.id = l.change_id"
        " WHERE c.bulk_change_id = %s GROUP BY d.claim_id HAVING count(*) = 1) AS once",
        numbers["bulk"],
    )
    return found


def _served(desk: Desk, person: Person) -> int:
    """How many acknowledged documents the host that is left serves as they were uploaded."""
    numbers = dict(
        desk.ask("SELECT sha256, max(id) FROM claims_evidence WHERE sha256 <> '' GROUP BY sha256")
    )
    return sum(
        person.ask("GET", f"/evidence/{numbers[digest]}/file/") == (200, words)
        for digest, words in desk.uploaded.items()
    )


def _fill() -> None:
    """Fill an empty database: an archive, and a bulk change that waits for a worker. Prints its number and claims for editors."""
    import os  # noqa: PLC0415  # for this part alone

    import django  # noqa: PLC0415

    django.setup()
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from claims.actions import preview_bulk_change, start_bulk_change  # noqa: PLC0415
    from claims.choices import ChangeAction, ReviewStatus, Verdict  # noqa: PLC0415
    from claims.models import Claim  # noqa: PLC0415
    from tests.bench.archive import Sizes, build  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    build(Sizes(ROWS))
    for user in User.objects.filter(username__startswith="editor"):
        user.set_password(os.environ["SOAK_PASSWORD"])
        user.save()
    pending = Claim.objects.active().pending().filter(review_status=ReviewStatus.OPEN, version=1)
    ids = list(pending.order_by("pk").values_list("pk", flat=True))
    bulk_change = preview_bulk_change(
        actor=User.objects.get(username="editor9"),
        action=ChangeAction.DECIDE,
        fields={"verdict": Verdict.VERIFIED},
        claims=pending.filter(pk__lte=ids[IN_BULK]),
        note="As the document says.",
    )
    start_bulk_change(actor=bulk_change.actor, bulk_change_id=bulk_change.pk)
    sys.stdout.write(json.dumps({"bulk": bulk_change.pk, "claims": ids[IN_BULK + 1 :]}))


if __name__ == "__main__":
    sys.exit(main())
