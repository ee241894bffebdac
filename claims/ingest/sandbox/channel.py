"""A channel between two processes: length-prefixed JSON messages; a request also carries an open file."""

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
    """What was received is not a message, or its content is not possible."""


class Channel:
    """One end of the channel.

    Args:
        end: a connected socket, which the channel owns from now on.

    Attributes:
        received: bytes of the messages received so far.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self.received = 0

    def send(self, message: Mapping[str, object], *, file: int | None = None) -> None:
        """Send a message; this blocks while the other end does not read.

        Args:
            message: any JSON data.
            file: the descriptor of an open file to send along.

        Raises:
            OSError: the other end is closed.
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
            seconds: how long to wait; by default, forever.

        Returns:
            The message, or None at the end; and the descriptor of a file sent along, if any.

        Raises:
            TimeoutError: no complete message arrived in time.
            BadMessageError: what arrived is not a message.
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
        """Close this end."""
        with suppress(OSError):
            self._end.close()

    def _read(self, size: int, until: float | None) -> bytes:
        """Read this many bytes, or fewer at the end."""
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
