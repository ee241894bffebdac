"""Sandboxes that are closed after the test, and files that take long."""

import io
import os
import select
import sys

import pytest

from claims.ingest.sandbox import Limits, Sandbox

PLAIN = b"Bridge closed\n\nThe bridge is closed."
RECORD = b'{"text": "The bridge is closed."}\n'
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def make():
    """Sandboxes that are closed after the test."""
    made = []

    def make(limits=None, **options):
        made.append(Sandbox(limits or Limits(), **options))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def endless(tmp_path):
    """A file that nobody writes and nobody ends."""
    path = tmp_path / "a.jsonl"
    os.mkfifo(path)
    writing = os.open(path, os.O_RDWR)
    with path.open("rb", buffering=0) as stream:
        yield stream
    os.close(writing)


@pytest.fixture
def archive(tmp_path):
    """A file of so many records that whoever reads it ahead has to wait."""
    path = tmp_path / "b.jsonl"
    path.write_bytes(RECORD * 50_000)
    with path.open("rb") as stream:
        yield stream


def plain(box):
    """Read a plain text."""
    return box.read(io.BytesIO(PLAIN), name="a.txt")


def process_of(box):
    """The number of the process that is kept warm."""
    plain(box)
    (warm,) = box._warm
    return warm.number


def has_ended(process):
    """Wait until a process has ended; for a minute, which no machine needs."""
    waiting = select.poll()
    waiting.register(process, select.POLLIN)
    return bool(waiting.poll(60_000))
