"""The server's processes: what is left when it is killed, and who waits when it is restarted."""

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.management.commands import ROOT, SECRET_KEY, copy_of_tests, environment
from tests.workbench.demo import free_port, started


def _children(process: int) -> list[int]:
    return [
        int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def _is_worker(process: int) -> bool:
    return b"work" in Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux")
def test_a_server_that_is_killed_leaves_no_worker_behind(tmp_path, django_db_setup):
    # As if set up before, which takes far longer than to serve.
    copy_of_tests(tmp_path / "workbench.sqlite3")
    (tmp_path / "accounts.txt").touch()
    with started(free_port(), tmp_path) as (server, _said):
        (worker,) = filter(_is_worker, _children(server.pid))
        with closing(os.fdopen(os.pidfd_open(worker), "rb")) as end:
            os.kill(server.pid, signal.SIGKILL)
            # Readable when the process has ended; without an end the wait is over after minutes, and empty.
            ended = select.select([end], [], [], 300)[0] == [end]
            with suppress(ProcessLookupError):
                # It has the server's output, which is read to its end.
                signal.pidfd_send_signal(end.fileno(), signal.SIGKILL)
            assert ended


GIVEN_A_SOCKET = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *sys.argv[2:]])
"""
"""Starts the server as workbench-server.socket does, with a socket that outlives it."""


@contextmanager
def _server_on(listener: socket.socket, data: Path) -> Iterator[None]:
    """The server, from its first answer until it has stopped by itself."""
    command = [sys.executable, "-c", GIVEN_A_SOCKET, str(listener.fileno())]
    with subprocess.Popen(
        [*command, "--config", "python:workbench.server", "workbench.wsgi"],
        cwd=ROOT,
        env=environment(
            SECRET_KEY=SECRET_KEY,
            ALLOWED_HOSTS="127.0.0.1",
            DATA_DIR=str(data),
            HOME=str(data),
            HTTPS="off",
            WEB_CONCURRENCY="1",
        ),
        pass_fds=[listener.fileno()],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert "Claim Workbench is at" in process.stdout.readline()
        try:
            yield
        finally:
            process.terminate()
            assert process.wait(timeout=300) == 0


def test_a_server_leaves_nothing_behind_in_a_home_folder(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener, _server_on(listener, tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_request_that_comes_while_the_server_restarts_waits_for_it(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        with _server_on(listener, tmp_path):
            pass
        with closing(HTTPConnection(*listener.getsockname(), timeout=300)) as browser:
            browser.request("GET", "/healthz")
            with _server_on(listener, tmp_path):
                # Its database is empty, which it says.
                assert b"migrations waiting" in browser.getresponse().read()
