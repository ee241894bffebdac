"""An S3 server on this machine, in a process of its own, and new buckets on it."""

import re
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import boto3

from tests.management.commands import environment
from workbench.environment import read_environment
from workbench.files import Bucket

KEYS = {"FILES_KEY_ID": "a-key-for-tests", "FILES_SECRET_KEY": "its-secret"}


@contextmanager
def s3_server(host: str = "127.0.0.1") -> Iterator[str]:
    """Serve S3 on a free port of one of this machine's addresses. Yields the server's address."""
    with subprocess.Popen(
        [sys.executable, "-m", "moto.server", "--host", host, "--port", "0"],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            found = next(filter(None, (re.search(r"http://\S+", line) for line in process.stderr)))
            # It tells of every request, and would wait for somebody to read that.
            threading.Thread(target=deque, args=(process.stderr, 0), daemon=True).start()
            yield found[0]
        finally:
            process.kill()


def new_bucket(server: str) -> dict[str, str]:
    """Make a bucket. Returns the variables that name it."""
    name = f"desk-{uuid4().hex}"
    client = boto3.client(
        "s3",
        endpoint_url=server,
        region_name="us-east-1",
        aws_access_key_id=KEYS["FILES_KEY_ID"],
        aws_secret_access_key=KEYS["FILES_SECRET_KEY"],
    )
    client.create_bucket(Bucket=name)
    return {"FILES_URL": f"s3://{name}/news/desk?endpoint={server}&region=us-east-1", **KEYS}


def storages_in(variables: dict[str, str]) -> dict[str, dict]:
    """The storages of a workbench with these variables, for Django's STORAGES."""
    read = read_environment({"SECRET_KEY": "x", **variables})
    bucket: Bucket = replace(
        read["FILES_URL"], key_id=read["FILES_KEY_ID"], secret_key=read["FILES_SECRET_KEY"]
    )
    return {"default": bucket.storage("evidence"), "exports": bucket.storage("exports")}
