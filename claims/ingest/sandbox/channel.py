"""A line between two processes: messages of JSON, each after its length, and with a request an open file."""

import json
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import Any

LONGEST = 32 * 1024 * 1024
"""Bytes of one message: the longest article, with every character escaped, takes a tenth of it."""

_LENGTH = struct.Struct("!I")
_BLOCK = 1024 * 1024

Message = dict[str, Any]


class BadMessageError(Exception):
    """What came is no message, or says what cannot be."""


class Channel:
    """One end of the line.

    Args:
        end: a connected socket, which is the channel's from now on.

    Attributes:
        received: bytes of the messages that came so far.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self.received = 0

    def send(self, message: Mapping[str, object], *, file: int | None = None) -> None:
        """Send a message; it waits where the other end does not read.

        Args:
            message: what JSON can hold.
            file: the descriptor of an open file that goes with it.

        Raises:
            OSError: nobody is at the other end.
        """
        data = json.dumps(message).encode()
        head = _LENGTH.pack(len(data))
        self._end.settimeout(None)
        if file is None:
            self._end.sendall(head + data)
        else:
            socket.send_fds(self._end, [head], [file])
            self._end.sendall(data)

    def receive(self, *, seconds: float | None = None) -> tuple[Message | None, int | None]:
        """Wait for a message.

        Args:
            seconds: how long at most; for ever without it.

        Returns:
            The message, or None at the end; and the descriptor of the file that came with it, if one did.

        Raises:
            TimeoutError: no message came in time, or not all of it.
            BadMessageError: what came is none.
        """
        until = None if seconds is None else monotonic() + seconds
        self._wait(until)
        head, files, _flags, _address = socket.recv_fds(self._end, _LENGTH.size, 1)
        file = files[0] if files else None
        head += self._read(_LENGTH.size - len(head), until) if head else b""
        if len(head) < _LENGTH.size:
            return None, file
        (length,) = _LENGTH.unpack(head)
        if length > LONGEST:
            raise BadMessageError("too long")
        data = self._read(length, until)
        self.received += length
        return (_message(data) if len(data) == length else None), file

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self._end.close()

    def _read(self, size: int, until: float | None) -> bytes:
        """So many bytes, or fewer at the end."""
        pieces: list[bytes] = []
        while size:
            self._wait(until)
            piece = self._end.recv(min(size, _BLOCK))
            if not piece:
                break
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _wait(self, until: float | None) -> None:
        left = None if until is None else until - monotonic()
        if left is not None and left <= 0:
            raise TimeoutError
        self._end.settimeout(left)


def _message(data: bytes) -> Message:
    try:
        message = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadMessageError("no JSON") from error
    if not isinstance(message, dict):
        raise BadMessageError("no object")
    return message
