"""Workers that are killed at random moments: run as a program, on the database that the environment names.

It puts articles on their way in, has workers bring them in and kills these, one after the other; lets the last one work
to its end; and says, as JSON, how often a worker died at work. The model is loaded once, before the processes part.
"""

import json
import os
import random
import signal
import sys
import time

import django

ARTICLES, KILLS = 12, 20
LONGEST = 0.5
"""Seconds that a worker lives, at the most."""


def story(number: int) -> tuple[str, str]:
    """An article: its headline and its text."""
    lines = (
        f"Flood {day} hit {number + 3} villages near Ostrey, minister Vera Lund{day} said."
        for day in range(8)
    )
    return f"Flood {number}", "\n\n".join(lines)


def main() -> None:
    django.setup()
    from claims.actions import background, bring_in, keep_all, workbench_account
    from claims.extraction import extract
    from claims.ingest.types import ArticleDraft
    from claims.models import Intake, Task, Worker

    # Here more workers die at one task than any task deserves.
    background.MOST_ATTEMPTS = 1_000
    account = workbench_account()
    stories = (ArticleDraft(*story(number)) for number in range(ARTICLES))
    ids = [bring_in(actor=account, draft=draft).pk for draft in stories]
    keep_all(actor=account, intake_ids=ids)
    extract("Ready, the server said.")
    chance, died_at_work = random.Random(7), 0
    for _kill in range(KILLS):
        process = _worker()
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        died_at_work += Task.objects.running().count()
        # As if a minute had passed, after which a dead worker is followed.
        Worker.objects.update(seen_at="2000-01-01T00:00Z")
        django.db.connections.close_all()
    while Intake.objects.under_way().exists():
        django.db.connections.close_all()
        os.waitpid(_worker(), 0)
    sys.stdout.write(json.dumps({"died_at_work": died_at_work}))


def _worker() -> int:
    """Start a worker that ends when nothing is left to do. Returns its process."""
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
    main()
