"""Workers at work: run as a program with the word "killed", "together" or "stopped", on the database that the environment names.

It puts articles on their way in and has workers bring them in: one after another, each killed before another one of the
writes that an article takes, and the last ones to the end; or three at once, which begin together. Or it stops workers
that have nothing to do, each after another one of their statements. Then it says, as JSON, what it saw. The model is
loaded once, before the processes part.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from multiprocessing import get_context

import django

ARTICLES, TOGETHER = 12, 3
NOTHING_LEFT = 3
"""The exit status of a worker that ended by itself."""
PATIENCE = 300
"""Seconds that workers wait for each other before they give up."""


def story(number: int) -> tuple[str, str]:
    """An article: its headline and its text."""
    lines = (
        f"Flood {day} hit {number + 3} villages near Ostrey, minister Vera Lund{day} said."
        for day in range(8)
    )
    return f"Flood {number}", "\n\n".join(lines)


def main(how: str) -> None:
    django.setup()
    _wait_long_for_the_database()
    from claims.actions import accept_items, add_to_inbox, workbench_account
    from claims.extraction import extract
    from claims.ingest.types import ArticleDraft

    if how == "stopped":
        sys.stdout.write(json.dumps(_stopped()))
        return
    account = workbench_account()
    stories = (ArticleDraft(*story(number)) for number in range(ARTICLES))
    ids = [add_to_inbox(actor=account, draft=draft).pk for draft in stories]
    accept_items(actor=account, item_ids=ids)
    extract("Ready, the server said.")
    sys.stdout.write(json.dumps(_killed() if how == "killed" else _together()))


def _wait_long_for_the_database() -> None:
    """Let no worker give up its turn to write, however slow the machine is: it would begin its task again later."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = PATIENCE


def _killed() -> dict[str, int]:
    from claims.actions import tasks
    from claims.models import IntakeItem, Task, Worker

    # Here more workers die at one task than any task deserves.
    tasks.MAX_ATTEMPTS = 1_000
    kills = at_work = 0
    for write in count(1):
        _status, ended = os.waitpid(_worker(lambda write=write: _die_before(write)), 0)
        kills += os.waitstatus_to_exitcode(ended) == -signal.SIGKILL
        at_work += Task.objects.running().exists()
        # As if a minute had passed, after which a dead worker is followed.
        Worker.objects.update(last_seen_at="2000-01-01T00:00Z")
        if IntakeItem.objects.filter(status="done").exists():
            break
    while IntakeItem.objects.exclude(status="done").exists():
        os.waitpid(_worker(), 0)
    return {"kills": kills, "writes": write, "died at work": at_work}


def _die_before(write: int) -> None:
    """Have this process die by SIGKILL before the write of that number. What it tells of itself is not counted."""
    from django.db import connection

    done = count(1)

    def die(execute, sql, *arguments):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and next(done) == write:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, *arguments)

    connection.execute_wrappers.append(die)


def _stopped() -> dict[str, list[int] | int]:
    """Stop workers without a task after each statement that they execute: how they ended, and how many are still registered."""
    from claims.models import Worker

    ends = []
    for statement in count(1):
        process = _worker(lambda statement=statement: _stop_after(statement))
        ends.append(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
        if ends[-1] == NOTHING_LEFT:
            break
    return {"ends": ends[:-1], "registered": Worker.objects.count()}


def _stop_after(statement: int) -> None:
    """Have this process sent SIGTERM after the statement of that number, once it has its handler for that."""
    from django.db import connection

    done = count(1)

    def stop(execute, *arguments):
        answer = execute(*arguments)
        if callable(signal.getsignal(signal.SIGTERM)) and next(done) == statement:
            os.kill(os.getpid(), signal.SIGTERM)
        return answer

    connection.execute_wrappers.append(stop)


def _together() -> dict[str, int]:
    from django_tasks.signals import task_started

    from claims.actions.intake.processing import process_item
    from claims.models import Task

    all_at_work = get_context("fork").Barrier(TOGETHER)

    def wait_for_the_others(**_signal: object) -> None:
        task_started.disconnect(wait_for_the_others)
        all_at_work.wait(PATIENCE)

    def wait_at_the_first_task() -> None:
        task_started.connect(wait_for_the_others, weak=False)

    for process in [_worker(wait_at_the_first_task) for _number in range(TOGETHER)]:
        os.waitpid(process, 0)
    # Slow workers begin with what else is due, such as vectors of the claims.
    articles = Task.objects.filter(task_path=process_item.module_path)
    attempts = articles.values_list("worker_ids", flat=True)
    return {
        "workers": len({name for names in attempts for name in names}),
        "attempts": sum(map(len, attempts)),
    }


def _worker(prepare: Callable[[], None] = lambda: None) -> int:
    """Start a worker that ends when nothing is left to do. Returns its process.

    Args:
        prepare: what it does first, in its process.
    """
    # Two processes must not talk over one connection.
    django.db.connections.close_all()
    process = os.fork()
    if process:
        return process
    from django.core.management import call_command

    options = {"batch": True, "interval": 0.0, "startup_delay": False, "verbosity": 0}
    code = 1
    try:
        prepare()
        call_command("work", worker_id=str(os.getpid()), **options)
        code = NOTHING_LEFT
    except SystemExit as stopped:
        code = stopped.code
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1])
