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
def running(port: int, data: Path, *, quiet: bool = True) -> Iterator[str]:
    """The demo once it listens: what it said up to then."""
    with started(port, data, quiet=quiet) as (_process, said):
        yield said


@contextmanager
def started(
    port: int, data: Path, *options: str, quiet: bool = True
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The demo once it listens: its process, and what it said up to then. Unless `quiet` is false, it has nothing to log."""
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
            # It ends by itself and says nothing: the server would kill what does not end within half a minute, and say so.
            rest = process.stdout.read().strip()
            assert not quiet or not rest, f"the demo said as it ended: {rest}"


def password_of(name: str, said: str) -> str:
    """The password that the demo printed for an account."""
    return re.search(rf"^{name}\t\w+\t(\S+)$", said, re.MULTILINE)[1]
