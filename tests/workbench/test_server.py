"""The server's processes: what is left when it is killed."""

import os
import select
import signal
from contextlib import closing
from pathlib import Path

import pytest

from tests.workbench.demo import free_port, started


def _children(process: int) -> list[int]:
    return [
        int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def _is_worker(process: int) -> bool:
    return b"work" in Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux")
def test_a_server_that_is_killed_leaves_no_worker_behind(tmp_path):
    with started(free_port(), tmp_path / "demo", "--empty") as (server, _said):
        (worker,) = filter(_is_worker, _children(server.pid))
        with closing(os.fdopen(os.pidfd_open(worker), "rb")) as end:
            os.kill(server.pid, signal.SIGKILL)
            # Readable when the process has ended; without an end the wait is over after minutes, and empty.
            assert select.select([end], [], [], 300)[0] == [end]
