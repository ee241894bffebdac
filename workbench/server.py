"""The configuration of gunicorn: `gunicorn --config python:workbench.server workbench.wsgi`.

BIND is the address to listen on, WEB_CONCURRENCY the number of processes. With WORKER=on the server also runs a worker
for background tasks; otherwise `manage.py work` is started separately, on this or other machines.
"""

import gc
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from claims.extraction import extract
from workbench import logs
from workbench.environment import read_environment

# A request creates tens of thousands of objects, most of which are freed when it ends, and what is loaded at the start stays:
# looking for cycles among them every 700 objects costs more than it frees.
gc.set_threshold(50_000, 20, 20)

try:
    _env = read_environment(os.environ)
except ImproperlyConfigured as error:
    print(f"Configuration: {error}", file=sys.stderr)
    sys.exit(78)  # EX_CONFIG of sysexits.h

bind = _env["BIND"]
workers = _env["WEB_CONCURRENCY"]
threads = 4
# The application and the splitter's model are loaded once, before the processes fork, and shared by all.
preload_app = True
# A long article takes seconds to split; a process that is stuck for longer is replaced.
timeout = 120
# Whoever runs the server stops and restarts it by signals. Nothing else may tell it to, by a file in somebody's home folder.
control_socket_disable = True
logconfig_dict = logs.configuration(_env["LOG_FORMAT"], _env["LOG_LEVEL"], _env["SENTRY_DSN"])
_MANAGE = str(Path(__file__).resolve().parents[1] / "manage.py")


def _hold_signal() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def _let_signal_come() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _end_at_signal() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _let_signal_come()


def on_starting(server: Any) -> None:
    """See to it that a process which is told to end before it is ready to answer does so.

    Until gunicorn has installed its handler, the process would treat the signal as the server does, by queueing
    it, and stopping the server just after its start would take half a minute.
    """
    os.register_at_fork(
        before=_hold_signal, after_in_parent=_let_signal_come, after_in_child=_end_at_signal
    )


def when_ready(server: Any) -> None:
    """Load the model before the processes fork, so that the first requests do not wait for it."""
    extract("Ready, the server said.")
    settle()
    if _env["WORKER"]:
        server.worker_of_tasks = Worker()


def post_fork(server: Any, worker: Any) -> None:
    """Leave the pipe to the worker of tasks to the server alone: it closes when the server is gone."""
    if hasattr(server, "worker_of_tasks"):
        server.worker_of_tasks.let_go()


def post_worker_init(worker: Any) -> None:
    """Print the address once the first process can answer."""
    if worker.age == 1:
        print(f"Claim Workbench is at http://{bind}/ (press Ctrl+C to stop)", flush=True)


def worker_exit(server: Any, worker: Any) -> None:
    """End a process that answers, at once.

    The library that runs the model started threads in the process that loaded it. The forked processes do not have
    them, but Python would wait for them at its normal exit, until the server gives up after half a minute.
    """
    ended = sys.exception()
    connections.close_all()
    logging.shutdown()
    # The server needs the exit status: it does not replace a process that cannot start.
    code = ended.code if isinstance(ended, SystemExit) else None if ended is None else 1
    os._exit(code if isinstance(code, int) else 0)


def on_exit(server: Any) -> None:
    """Stop the worker. Another one will take over its task."""
    worker = getattr(server, "worker_of_tasks", None)
    if worker is not None:
        worker.stop()


class Worker:
    """The worker beside the server, in a separate process; if it dies, it is replaced."""

    def __init__(self) -> None:
        self._process = self._begin()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def let_go(self) -> None:
        """Close the pipe that the worker reads; in a forked process, its copy."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    def stop(self) -> None:
        """Stop it, after its current task if that takes only a few seconds."""
        self._stopped.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _follow(self) -> None:
        self._process.wait()
        while not self._stopped.wait(1):
            self._process = self._begin()
            self._process.wait()

    def _begin(self) -> subprocess.Popen[bytes]:
        # The system closes the pipe when the server ends for any reason; then the worker ends too.
        command = [sys.executable, _MANAGE, "work", "--verbosity", "0", "--until-input-ends"]
        # In a session of its own, so that Ctrl+C reaches the server alone, and the worker may finish its task.
        return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - our own program


def settle() -> None:
    """Keep Python's garbage collector from scanning what was loaded at the start ever again.

    The model and the application are hundreds of thousands of permanent objects; scanning them takes longer than
    the request that it interrupts.
    """
    gc.collect()
    gc.freeze()
