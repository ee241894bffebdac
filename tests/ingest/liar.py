"""A reader that was taken over: it sends what the file tells it to, this many times, whatever the request."""

import json
import os
import socket
import sys
from contextlib import suppress

from claims.ingest.sandbox.channel import Channel


def main(descriptor: int) -> None:
    """Answer one request. The file holds a list: the answer, and how often it is given."""
    channel = Channel(socket.socket(fileno=descriptor))
    channel.send({"ready": True})
    _, file = channel.receive()
    if file is None:
        return
    with os.fdopen(file, "rb") as told:
        told.seek(0)
        answer, times = json.load(told)
    with suppress(OSError):
        for _ in range(times):
            channel.send(answer)
        channel.send({"end": True})


if __name__ == "__main__":
    main(int(sys.argv[1]))
