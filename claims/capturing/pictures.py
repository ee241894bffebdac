"""A picture of a captured page, drawn by a browser that can ask nobody for anything.

The browser is a process of its own with limits on time and on what it writes, without the server's environment. It gets a page from which all
that runs or loads was removed (`claims.ingest.documents.inert_page`), is told by a policy to load nothing, has a proxy that refuses everything and no
names of hosts and, where the system allows that, no network at all.
"""

import logging
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

_log = logging.getLogger(__name__)

WIDTH, HEIGHT = 1280, 2000
"""Pixels of a picture: the top of the page on a desk."""

SECONDS = 30.0
_PROCESSOR = 20
"""Seconds of processor time that each of the browser's processes may take."""
_BLOCKS = 200_000
"""Blocks of 512 bytes that a file may have that it writes."""
_LARGEST = 10_000_000
"""Bytes of a picture."""

_PNG = b"\x89PNG\r\n\x1a\n"
_POLICY = (
    b'<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    b"style-src 'unsafe-inline'\">\n"
)
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:1",
    "--proxy-bypass-list=<-loopback>",
    f"--window-size={WIDTH},{HEIGHT}",
    # The page's clock runs ahead to the end of this. Without it, Chromium 156 waits for ever for a window of another size than its own
    # to be drawn if what the page refers to was refused sooner: one page in three on two busy cores, none of 620 with it.
    "--virtual-time-budget=5000",
)


def picture_of(page: bytes, *, browser: str, seconds: float = SECONDS) -> bytes:
    """Draw a page.

    Args:
        page: an inert page, in UTF-8.
        browser: the path of Chromium, or of a browser with the same options.
        seconds: how long it may take.

    Returns:
        A PNG; nothing if none could be drawn, which the log says.
    """
    with TemporaryDirectory() as folder:
        source, drawn = Path(folder, "page.html"), Path(folder, "page.png")
        source.write_bytes(_POLICY + page)
        command = [
            *_without_network(),
            *("/bin/sh", "-c", f'ulimit -c 0 -t {_PROCESSOR} -f {_BLOCKS}; exec "$@"', "sh"),
            browser,
            *_FLAGS,
            # Its own sandbox does not work for root.
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            f"--user-data-dir={folder}/profile",
            f"--screenshot={drawn}",
            source.as_uri(),
        ]
        if not _ran(command, folder, seconds):
            return b""
        if not drawn.exists() or drawn.stat().st_size > _LARGEST:
            _log.warning("the browser drew no picture, or one that is too large")
            return b""
        found = drawn.read_bytes()
    return found if found.startswith(_PNG) else b""


def _ran(command: Sequence[str], folder: str, seconds: float) -> bool:
    """Run a program to its end, and end whatever it started."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the browser that an administrator named
            command,
            cwd=folder,
            env={"PATH": os.defpath, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        _log.warning("the browser cannot be started: %s", error.strerror)
        return False
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        _log.warning("the browser took longer than %g seconds", seconds)
        return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if status:
        _log.warning("the browser ended with status %s", status)
    return status == 0


@cache
def _without_network() -> Sequence[str]:
    """Return what starts a program without a network, if the system lets this account do that."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    for options in (("--net",), ("--user", "--map-current-user", "--net")):
        tried = subprocess.run(  # noqa: S603 - a program of the system
            [unshare, *options, "/bin/sh", "-c", ":"], capture_output=True, check=False
        )
        if tried.returncode == 0:
            return (unshare, *options)
    return ()
