"""The worker: runs background tasks until it is stopped."""

import logging
import os
import signal
import sys
import threading
import time
from argparse import ArgumentParser
from itertools import count
from typing import Any

from django.conf import settings
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    connections,
)
from django_tasks_db.management.commands import db_worker

from claims.actions.links.checking import enqueue_enrolment
from claims.actions.maintenance import note_head
from claims.actions.personal_data.retention import purge
from claims.actions.tasks import heartbeat, register_worker, run_due, unregister_worker
from claims.management.base import WorkbenchCommand

logger = logging.getLogger(__name__)

TELL_EVERY = 5.0
"""Seconds between two signs of life."""

GRACE = 5.0
"""Seconds that the worker has to finish what it is doing when the server that started it is gone."""

FORGET_EVERY = 720
"""After how many of them what is old is forgotten: about once an hour."""


class Command(WorkbenchCommand, db_worker.Command):
    """The worker of django-tasks, which also reports that it is alive, and takes over from workers that are not."""

    help = (
        "Run background tasks: fetch, split and save articles, check feeds, change claims in bulk, write long exports."
        " Any number of workers, on any number of machines, can share them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of django-tasks, and how a worker learns that its server is gone."""
        super().add_arguments(parser)
        parser.add_argument(
            "--until-input-ends",
            action="store_true",
            help="Stop when standard input closes, as it does when the program that started this one ends.",
        )

    def configure_logging(self, verbosity: int) -> None:
        """Set the log level; the settings decide where the log goes. At verbosity 0, stopping is not worth a warning."""
        level = (logging.ERROR, logging.INFO, logging.DEBUG)[min(verbosity, 2)]
        for name in ("django_tasks", "django_tasks_db"):
            logging.getLogger(name).setLevel(level)

    def handle(self, **options: Any) -> None:
        """Work until stopped; the current task is finished."""
        if options["until_input_ends"]:
            threading.Thread(target=_stop_when_input_ends, daemon=True).start()
        name, stopped = options["worker_id"], threading.Event()
        register_worker(name)
        heart = threading.Thread(target=_beat, args=(name, stopped), daemon=True)
        heart.start()
        try:
            while not self._worked(options):
                # `stopped` is never set here, because a signal ends the process.
                stopped.wait(TELL_EVERY)
        finally:
            stopped.set()
            heart.join(timeout=TELL_EVERY)
            # A signal may have come just as a transaction began, which the open connection is still in.
            connection.close()
            unregister_worker(name)

    def _worked(self, options: dict[str, Any]) -> bool:
        """Return whether it worked until it was stopped. If not, the database was unavailable."""
        try:
            super().handle(**options)
        except (OperationalError, InterfaceError) as error:
            logger.warning("the database is unavailable, waiting for it: %s", error)
            connections.close_all()
            return False
        return True


def _stop_when_input_ends() -> None:
    """Stop as on Ctrl+C, and at once if that takes too long: another worker takes over its task."""
    # Not through `sys.stdin`, because this thread would still hold its lock when Python exits.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)


def _beat(name: str, stopped: threading.Event) -> None:
    """Send heartbeats and do what is due, in a separate thread, because a task may take hours."""
    for beat in count():
        try:
            heartbeat(name)
            run_due()
            if not beat % FORGET_EVERY:
                purge()
                enqueue_enrolment()
                if settings.LOG_HEADS:
                    note_head(settings.LOG_HEADS)
        except (DatabaseError, InterfaceError):
            # It is unavailable, or busy with a long change; the worker itself also waits for it.
            connection.close()
        except Exception:
            # Whatever happened: a worker without heartbeats would be taken for dead.
            logger.exception("tasks that are due could not be run")
        close_old_connections()
        if stopped.wait(TELL_EVERY):
            break
    connection.close()
