"""`make soak-capture`: pages of every sort captured by a worker, replayed by another program, and 300 captures in a row.

As root, it runs in a network of its own, whose only way out counts what is sent through it.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from tests.bench.figures import Figure, tell
from tests.fetching.sites import Site, serving
from tests.management.commands import ROOT, on_file
from tests.printing import say
from tests.soak.captured_pages import BECOMES, READABLE, REFUSED_AS, SITE, UNREADABLE
from tests.workbench.demo import free_port

MANY = 300
"""How many captures are made in a row."""
GROWTH = 20
"""Megabytes by which the worker may be larger at their end than after a third of them."""
PATIENCE = 900
"""Seconds that all captures may take."""

INSIDE = "--inside"
_IP, _OUT = shutil.which("ip") or "ip", "out0"
_PYWB = ROOT / ".venv-soak" / "bin"


def main() -> None:
    """Go into a network of its own, if that is allowed, and run there."""
    unshare = shutil.which("unshare")
    if INSIDE not in sys.argv and unshare and os.geteuid() == 0:
        command = [unshare, "--net", sys.executable, "-m", "tests.soak.capture", INSIDE]
        sys.exit(subprocess.run(command, check=False).returncode)
    alone = INSIDE in sys.argv
    if alone:
        _set_up_network()
    with tempfile.TemporaryDirectory() as folder, serving(Site()) as site:
        _run(Path(folder), site, alone=alone)


def _set_up_network() -> None:
    """Have a loopback, and a way out that leads nowhere."""
    for words in (
        "link set lo up",
        f"link add {_OUT} type veth peer name nowhere0",
        f"address add 10.9.9.1/24 dev {_OUT}",
        # Without an address of IPv6, the system itself sends nothing.
        f"link set {_OUT} addrgenmode none",
        f"link set {_OUT} up",
        "link set nowhere0 up",
        f"neighbour add 10.9.9.2 lladdr 02:00:00:00:00:01 dev {_OUT}",
        "route add default via 10.9.9.2",
    ):
        subprocess.run([_IP, *words.split()], check=True)
    with socket.socket(type=socket.SOCK_DGRAM) as out:
        out.sendto(b"counted", ("192.0.2.1", 9))
    if _sent() != 1:
        raise RuntimeError("what leaves the loopback is not counted")


def _sent() -> int:
    """Return how many packets left the loopback."""
    told = subprocess.run([_IP, "-s", "-j", "link", "show", _OUT], check=True, capture_output=True)
    return int(json.loads(told.stdout)[0]["stats64"]["tx"]["packets"])


def _run(folder: Path, site: Site, *, alone: bool) -> None:
    env = on_file(folder / "desk.sqlite3") | {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "workbench.settings.base",
        "FETCH_ALLOW": site.allow()[0],
    }
    os.environ.update(env)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=dict(os.environ), check=True
    )
    import django

    django.setup()
    site.pages = {f"/{name}": found for name, found in SITE.items()}
    before = _sent() if alone else 0
    with _worker() as worker:
        _ask([site.at(f"/{name}") for name in BECOMES])
        _wait(len(BECOMES))
        wrong = list(_judged(site))
        many = {f"/many-{number}": SITE["plain"] for number in range(MANY)}
        site.pages |= many
        _ask([site.at(path) for path in many])
        sizes = []
        for done in range(10, MANY + 1, 10):
            _wait(len(BECOMES) + done)
            sizes.append((_size(worker.pid), sum(map(_size, _children(worker.pid)))))
    replayed, different = _replayed(folder, site)
    left = _sent() - before if alone else -1
    for line in (*wrong, *different):
        say(line)
    own = [own for own, _readers in sizes]
    growth = own[-1] - own[len(own) // 3]
    figures = (
        (
            "pages that became what they should",
            len(BECOMES) - len(wrong),
            "pages",
            len(BECOMES),
            None,
        ),
        ("pages replayed by pywb with other words", len(different), f"of {replayed}", None, 0),
        ("packets that left the loopback (-1: not counted)", left, "packets", None, 0),
        (f"growth of the worker by the last 200 of {MANY} captures", growth, "MB", None, GROWTH),
        ("most memory of the worker and its readers", max(map(sum, sizes)), "MB", None, None),
    )
    tell(
        "capture",
        [
            Figure(name, value, unit, "make soak-capture", least=least, most=most)
            for name, value, unit, least, most in figures
        ],
    )


@contextmanager
def _worker() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "manage.py", "work"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as worker:
        try:
            yield worker
        finally:
            worker.terminate()


def _ask(addresses: list[str]) -> None:
    """Have a piece of evidence with each address captured."""
    from django.contrib.auth.models import User

    from claims.actions import capture_evidence
    from tests.models import rows

    editor, _made = User.objects.get_or_create(username="edda", is_superuser=True)
    claim = rows.claim(rows.revision(editor))
    for address in addresses:
        piece = rows.evidence(claim, editor, url=address)
        capture_evidence(actor=editor, evidence_id=piece.pk)


def _wait(number: int) -> None:
    from claims.models import Capture

    for _time in range(PATIENCE * 5):
        if Capture.objects.count() >= number:
            return
        sleep(0.2)
    raise RuntimeError(f"{Capture.objects.count()} of {number} captures after {PATIENCE} s")


def _judged(site: Site) -> Iterator[str]:
    """Yield the pages of which something else became than should."""
    from claims.models import Capture

    for name, becomes in BECOMES.items():
        made = Capture.objects.filter(url=site.at(f"/{name}")).latest("pk")
        found = (bool(made.sha256), bool(made.text), bool(made.error_code))
        wanted = {
            READABLE: (True, True, False),
            UNREADABLE: (True, False, True),
            REFUSED_AS: (False, False, True),
        }
        if found != wanted[becomes]:
            yield f"{name} should be {becomes}: kept, read and explained are {found} {made.error}"


def _size(process: int) -> int:
    """Return the memory of a process in megabytes."""
    status = Path(f"/proc/{process}/status").read_text()
    own = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(own.split()[1]) // 1024


def _children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(child) for child in found]


def _replayed(folder: Path, site: Site) -> tuple[int, list[str]]:
    """Replay what was read, out of one WACZ file. Returns how many pages these are, and what is wrong with those that say something else."""
    from claims.capturing import CapturedPage, write_wacz
    from claims.models import Capture

    collection, port = folder / "replay", free_port()
    collection.mkdir()
    chosen = [site.at(f"/{name}") for name, becomes in BECOMES.items() if becomes == READABLE]
    captures = list(Capture.objects.filter(url__in=chosen))
    evidence = folder / "evidence.wacz"
    shown = [
        CapturedPage(one.final_url, one.fetched_at, one.title, one.text, one.sha256, one.file.open)
        for one in captures
    ]
    with evidence.open("wb") as out:
        write_wacz(out, shown, [], title="All", created=captures[0].fetched_at, software="soak")
    for words in (["init", "desk"], ["add", "--unpack-wacz", "desk", evidence]):
        subprocess.run(
            [_PYWB / "wb-manager", *words], cwd=collection, check=True, capture_output=True
        )
    command = [_PYWB / "wayback", "-b", "127.0.0.1", "-p", str(port), "-t", "2"]
    different = []
    with subprocess.Popen(command, cwd=collection, stdout=-3, stderr=-3) as pywb:
        try:
            _wait_for(port)
            for one in captures:
                # "id_" is the answer as it was; only with "mp_" do redirects lead within the archive.
                mode = "id_" if one.final_url == one.url else "mp_"
                address = (
                    f"http://127.0.0.1:{port}/desk/{one.fetched_at:%Y%m%d%H%M%S}{mode}/{one.url}"
                )
                if _words_at(address, port) != one.text:
                    different.append(f"{one.url} is replayed otherwise")
        finally:
            pywb.terminate()
    return len(captures), different


def _words_at(address: str, port: int) -> str:
    from claims.capturing import capture
    from claims.errors import WorkbenchError

    try:
        found = capture(address, software="soak", allow=[f"127.0.0.1:{port}"])
    except WorkbenchError as error:
        return str(error)
    return found.words.text if found.words else str(found.problem)


def _wait_for(port: int) -> None:
    """Wait until somebody answers."""
    from claims.errors import WorkbenchError
    from claims.fetching import fetch

    for _time in range(300):
        try:
            fetch(f"http://127.0.0.1:{port}/", allow=[f"127.0.0.1:{port}"])
        except WorkbenchError:
            sleep(0.2)
        else:
            return
    raise RuntimeError("pywb does not answer")


if __name__ == "__main__":
    main()
