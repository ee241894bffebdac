"""What a reader is handed: the descriptor of a file."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, cast


@contextmanager
def opened(stream: BinaryIO) -> Iterator[int]:
    """Provide the descriptor of a file with the stream's bytes."""
    try:
        file = stream.fileno()
    except (AttributeError, OSError):
        file = -1
    if file >= 0:
        yield file
        return
    with _nameless_file() as copy:
        if stream.seekable():
            stream.seek(0)
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield copy.fileno()


def _nameless_file() -> BinaryIO:
    """Create a file that vanishes when it is closed, in memory if the system supports that."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("article"), "w+b")
    return cast("BinaryIO", TemporaryFile())
