"""The process that reads untrusted files: `python -m claims.ingest.sandbox DESCRIPTOR`.

It is started by `claims.ingest.sandbox.process`. From its parent it gets only one end of a channel and, on its
standard input, a pipe that closes when the parent ends. It writes no files and can be killed at any moment.
"""

import os
import resource
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from claims.errors import WorkbenchError, place_of
from claims.ingest.sandbox.channel import Channel
from claims.ingest.sandbox.jobs import JOBS
from claims.ingest.sandbox.messages import error_as_data

_STATM = Path("/proc/self/statm")
_OWN = 1024 * 1024 * 1024
"""Bytes of addresses that the reader has before it reads: more than any was seen to have."""


def main(descriptor: int) -> None:
    """Serve requests until there are no more."""
    channel = Channel(socket.socket(fileno=descriptor))
    Thread(target=_end_with_parent, daemon=True).start()
    _bind_hands()
    channel.send({"ready": True})
    while True:
        request, file = channel.receive()
        if request is None or file is None:
            return
        _answer(channel, request, file)


def _answer(channel: Channel, request: Mapping[str, Any], file: int) -> None:
    limits = request["limits"]
    try:
        with open(file, "rb") as stream:
            if stream.seekable():
                stream.seek(0)
            _allow_memory(limits["memory"])
            _allow_time(limits["processor"])
            for answer in JOBS[request["job"]](stream, request["options"]):
                channel.send(answer)
                # Each record has the same time limit.
                _allow_time(limits["processor"])
        channel.send({"end": True})
    except WorkbenchError as error:
        channel.send({"error": error_as_data(error)})
    except MemoryError:
        _allow_memory(None)
        channel.send({"beyond": "memory"})
        # After a half-finished job, the process must not continue.
        sys.exit(0)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - whatever a reader stumbles over, its parent says so
        channel.send({"fault": place_of(error)})


def _bind_hands() -> None:
    """Give up what a reader does not need, and silence its output, because libraries may quote the file."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.close(silence)
    sys.dont_write_bytecode = True
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (0, 0))


def _allow_memory(more: int | None) -> None:
    """Limit the process to this many bytes more than it has; None lifts the limit.

    On systems without such a limit (macOS), only time is limited.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = hard if more is None else more + _taken()
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _taken() -> int:
    """Return how many bytes of address space the process has; if the system does not say so, an upper bound."""
    try:
        pages = int(_STATM.read_text().split()[0])
    except OSError:
        return _OWN
    return pages * resource.getpagesize()


def _allow_time(seconds: int) -> None:
    """Limit the process to this many more seconds of processor time, beyond which the system kills it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _end_with_parent() -> None:
    """Exit, even in the middle of a file, when the parent ends for any reason."""
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
