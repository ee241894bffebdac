"""The demo in a separate process, as `make demo` starts it."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(port: int, data: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "workbench.demo", str(port), "--data", str(data), *options]


@contextmanager
def running(port: int, data: Path) -> Iterator[str]:
    """The demo once it listens: what it said up to then."""
    with started(port, data) as (_process, said):
        yield said


@contextmanager
def started(port: int, data: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The demo once it listens: its process, and what it said up to then."""
    with subprocess.Popen(
        command(port, data, *options), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        said = ""
        try:
            while "Claim Workbench is at" not in said:
                line = process.stdout.readline()
                assert line, f"the demo ended early: {said}"
                said += line
            yield process, said
        finally:
            process.terminate()
            process.wait(timeout=300)
            # It ends by itself: the server kills what does not within half a minute.
            assert "SIGKILL" not in process.stdout.read()


def password_of(name: str, said: str) -> str:
    """The password that the demo printed for an account."""
    return re.search(rf"^{name}\t\w+\t(\S+)$", said, re.MULTILINE)[1]
