"""Workers at work: run as a program with the word "killed" or "together", on the database that the environment names.

It puts articles on their way in and has workers bring them in: one after the other, each killed at a random moment, and
the last ones to the end; or three at once. Then it says, as JSON, what it saw. The model is loaded once, before the
processes part.
"""

import json
import os
import random
import signal
import sys
import time

import django

ARTICLES, KILLS, TOGETHER = 12, 20, 3
LONGEST = 0.5
"""Seconds that a worker lives before it is killed, at the most."""


def story(number: int) -> tuple[str, str]:
    """An article: its headline and its text."""
    lines = (
        f"Flood {day} hit {number + 3} villages near Ostrey, minister Vera Lund{day} said."
        for day in range(8)
    )
    return f"Flood {number}", "\n\n".join(lines)


def main(how: str) -> None:
    django.setup()
    from claims.actions import bring_in, keep_all, workbench_account
    from claims.extraction import extract
    from claims.ingest.types import ArticleDraft

    account = workbench_account()
    stories = (ArticleDraft(*story(number)) for number in range(ARTICLES))
    ids = [bring_in(actor=account, draft=draft).pk for draft in stories]
    keep_all(actor=account, intake_ids=ids)
    extract("Ready, the server said.")
    sys.stdout.write(json.dumps(_killed() if how == "killed" else _together()))


def _killed() -> dict[str, int]:
    from claims.actions import background
    from claims.models import Intake, Task, Worker

    # Here more workers die at one task than any task deserves.
    background.MOST_ATTEMPTS = 1_000
    chance, at_work = random.Random(7), 0
    for _kill in range(KILLS):
        process = _worker()
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        at_work += Task.objects.running().count()
        # As if a minute had passed, after which a dead worker is followed.
        Worker.objects.update(seen_at="2000-01-01T00:00Z")
    while Intake.objects.exclude(progress="done").exists():
        os.waitpid(_worker(), 0)
    return {"died at work": at_work}


def _together() -> dict[str, int]:
    from claims.models import Task

    for process in [_worker() for _number in range(TOGETHER)]:
        os.waitpid(process, 0)
    attempts = Task.objects.values_list("worker_ids", flat=True)
    return {
        "workers": len({name for names in attempts for name in names}),
        "attempts": sum(map(len, attempts)),
    }


def _worker() -> int:
    """Start a worker that ends when nothing is left to do. Returns its process."""
    # Two processes must not talk over one connection.
    django.db.connections.close_all()
    process = os.fork()
    if process:
        return process
    from django.core.management import call_command

    options = {"batch": True, "interval": 0.0, "startup_delay": False, "verbosity": 0}
    try:
        call_command("work", worker_id=str(os.getpid()), **options)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
