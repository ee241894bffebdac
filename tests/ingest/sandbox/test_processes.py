"""The processes that read files: what they have and may do, and when they end."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from claims.errors import ReadingFailedError, TooComplexError
from claims.ingest import sandbox
from tests.ingest.sandbox.conftest import PLAIN, has_ended, on_linux, plain, process_of

ROOT = Path(__file__).resolve().parents[3]


def test_an_archive_that_is_left_in_its_midst_leaves_no_process_behind(archive, make):
    box = make()
    process = os.pidfd_open(process_of(box))
    found = box.articles(archive, "b.jsonl")
    next(found)
    found.close()
    assert has_ended(process)
    os.close(process)
    assert plain(box).headline == "Bridge closed"


@pytest.mark.parametrize(
    ("number", "error", "why"),
    [
        (signal.SIGSEGV, ReadingFailedError, "exit status -11"),
        (signal.SIGKILL, TooComplexError, "MB of memory"),
    ],
)
def test_a_process_that_ends_in_the_midst_of_a_file_is_told_and_followed_by_another(
    number, error, why, archive, make
):
    box = make()
    process = process_of(box)
    found = box.articles(archive, "b.jsonl")
    next(found)
    os.kill(process, number)
    with pytest.raises(error, match=why):
        list(found)
    assert process_of(box) != process


def test_a_process_that_ends_between_two_files_is_followed_by_another(make):
    box = make()
    number = process_of(box)
    process = os.pidfd_open(number)
    os.kill(number, signal.SIGKILL)
    assert has_ended(process)
    os.close(process)
    assert process_of(box) != number


def test_a_process_reads_so_many_files_and_no_more(make):
    box = make(jobs=3)
    first = [process_of(box), process_of(box)]
    plain(box)
    assert first[0] == first[1] != process_of(box)


@on_linux
def test_a_process_has_nothing_of_its_parent(make, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "postgres://hush@127.0.0.1/desk")
    with (tmp_path / "open").open("wb") as file:
        os.set_inheritable(file.fileno(), True)
        process = Path("/proc") / str(process_of(make()))
        assert b"hush" not in (process / "environ").read_bytes()
        opened = {str(each.readlink()) for each in (process / "fd").iterdir()}
    assert {each.partition(":")[0] for each in opened} == {"pipe", "/dev/null", "socket"}


@on_linux
def test_a_process_can_write_no_file(make):
    limits = (Path("/proc") / str(process_of(make())) / "limits").read_text()
    (size,) = (line.split()[3] for line in limits.splitlines() if line.startswith("Max file size"))
    assert size == "0"


ASKS = """
import io, os, sys, threading
from claims.ingest.sandbox import Sandbox
box = Sandbox()
box.read(io.BytesIO(b"Bridge closed"), name="a.txt")
print(box._warm[0].number, flush=True)
if len(sys.argv) > 1:
    next(box.articles(open(sys.argv[1], "rb", buffering=0), "a.jsonl"))
sys.stdin.read()
"""


@on_linux
@pytest.mark.parametrize("is_reading", [False, True])
def test_a_process_ends_with_its_parent_however_that_ends(is_reading, endless):
    command = [sys.executable, "-c", ASKS, *([endless.name] if is_reading else [])]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as parent:
        assert parent.stdout is not None
        process = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    assert has_ended(process)
    os.close(process)


def test_a_forked_process_begins_its_own():
    sandbox.read(io.BytesIO(PLAIN), name="a.txt")
    before = process_of(sandbox._SANDBOX)
    child = os.fork()
    if not child:
        try:
            os._exit(0 if process_of(sandbox._SANDBOX) != before else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert process_of(sandbox._SANDBOX) == before
