"""`make soak-load`: fifty editors for a quarter of an hour, while one thing after another goes wrong.

What their browsers send is in `plays.py`, what goes wrong in `faults.py`. Afterwards, every decision that an editor was told is
saved must be in the log, once, each verdict must be that of the newest decision, and the log's chain must be whole.
"""

import argparse
import json
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from tests.bench.database import environment
from tests.bench.figures import Figure, tell
from tests.clusters import cluster
from tests.printing import say
from tests.soak.load.disk import disk
from tests.soak.load.faults import FAULTS, ROOT, Desk, possible
from tests.soak.load.log import compare, read_journal, read_log
from tests.soak.network import Host
from tests.workbench.demo import free_port

SIZES = {"--rows": 20_000, "--articles": 150, "--editors": 50}
MEGABYTES = 700
LOCUST = ROOT / ".venv-soak" / "bin" / "locust"
PLAYS = Path(__file__).with_name("plays.py")
COMMAND = "make soak-load"


def main() -> int:
    """Try it. Returns the exit status: 1 if an answer was an error, or the log is not what editors were told."""
    options = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    options.add_argument("--seconds", type=int, default=900)
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument(
        "--faults", default=",".join(FAULTS), help="what goes wrong, in this order; none: nothing"
    )
    chosen = options.parse_args()
    # Whoever stops it, or a limit of time, leaves no server and no disk behind.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(143))
    with ExitStack() as stack:
        desk, told = _filled(stack, on_postgresql=chosen.database == "postgresql")
        asked = [one for one in possible(desk) if one in chosen.faults.split(",")]
        figures = list(_loaded(desk, told, chosen.seconds, asked))
    tell("soak-load", figures, where=chosen.database)
    return int(any(figure.is_missed for figure in figures))


def _filled(stack: ExitStack, *, on_postgresql: bool) -> tuple[Desk, dict[str, str]]:
    """Make a desk that answers. Returns it, and the environment of the plays."""
    room = stack.enter_context(disk(MEGABYTES))
    server = None
    if on_postgresql:
        settings = {"fsync": "on", "autovacuum": "on", "max_wal_size": "128MB"}
        server = stack.enter_context(cluster(room.folder, **settings))
        server.initialise()
        server.start()
    host = Host("desk", "127.0.0.1", free_port())
    stack.callback(host.cut_off)
    password = secrets.token_urlsafe(16)
    env = dict(environment(str(room.folder), server.url if server else None))
    env |= {"ALLOWED_HOSTS": "*", "WEB_CONCURRENCY": "2", "WORKER": "on", "LOG_LEVEL": "error"}
    env |= {"BIND": f"{host.address}:{host.port}"}
    desk = Desk(host, env, room, server)
    into = room.folder.parent
    sizes = [word for name, size in SIZES.items() for word in (name, str(size))]
    with (into / "desk.json").open("w") as printed:
        command = [sys.executable, "-m", "tests.soak.load.desk", *sizes]
        secret = {**env, "SOAK_PASSWORD": password}
        subprocess.run(command, cwd=ROOT, env=secret, check=True, stdout=printed)
    say("the database is filled")
    desk.start()
    told = {"PLAYS_INTO": into, "PLAYS_DESK": into / "desk.json", "PLAYS_PASSWORD": password}
    return desk, {name: str(value) for name, value in told.items()}


def _loaded(desk: Desk, told: dict[str, str], seconds: int, asked: list[str]) -> Iterator[Figure]:
    """Let editors work while the faults happen, evenly spread. Yields what was found."""
    address = f"http://{desk.host.address}:{desk.host.port}"
    command = [LOCUST, "--locustfile", PLAYS, "--headless", "--host", address, "--only-summary"]
    command += ["--users", str(SIZES["--editors"]), "--spawn-rate", "5", "--loglevel", "ERROR"]
    # Who has begun something ends it: a decision that waits for the server is still sent.
    command += ["--run-time", f"{seconds}s", "--stop-timeout", "60"]
    into = Path(told["PLAYS_INTO"])
    begun = monotonic()
    with (
        (into / "locust.log").open("w") as log,
        subprocess.Popen(
            command, env={**desk.env, **told}, stdout=log, stderr=subprocess.STDOUT
        ) as plays,
    ):
        try:
            for place, fault in enumerate(asked, 1):
                _sleep_until(begun + seconds * place / (len(asked) + 1), plays)
                say(f"{monotonic() - begun:5.0f} s: {fault}")
                FAULTS[fault](desk)
                say(f"{monotonic() - begun:5.0f} s: {fault} is over")
            plays.wait(timeout=seconds + 180)
        finally:
            plays.kill()
    if not (into / "load.json").exists():
        raise RuntimeError((into / "locust.log").read_text()[-3000:])
    found = json.loads((into / "load.json").read_text())
    desk.wait()
    yield from _told(found)
    yield from _checked(desk, into / "decisions.jsonl")


def _sleep_until(moment: float, plays: subprocess.Popen[bytes]) -> None:
    while monotonic() < moment and plays.poll() is None:
        sleep(0.2)


def _told(found: dict[str, Any]) -> Iterator[Figure]:
    """What Locust measured."""
    whole = found["whole"]
    for name, kind in sorted(found["kinds"].items()):
        times = ", ".join(f"{part} {kind[part]:.0f} ms" for part in ("p50", "p95", "p99"))
        say(f"{name:22}{kind['requests']:7,}  {times}")
    for failure in found["failures"]:
        say(f"failed: {failure}")
    yield _figure("requests answered", whole["requests"])
    yield _figure("requests a second", round(whole["requests"] / whole["seconds"], 1))
    for part in ("p50", "p95", "p99"):
        yield _figure(f"latency, {part}", round(whole[part]), "ms")
    failed = sum(kind["failed"] for kind in found["kinds"].values())
    yield _figure("answers with an error", failed, most=0)
    yield _figure("requests refused for a while, and sent again", found["refused"])
    yield _figure("requests given up", found["given_up"], most=0)
    yield _figure("longest wait of an editor", round(found["longest"], 1), "s")


def _checked(desk: Desk, journal: Path) -> Iterator[Figure]:
    """What the log says of the decisions."""
    sent = read_journal(journal)
    logged, verdicts = read_log(desk.database)
    wrong = compare(sent, logged, verdicts)
    answered = sum(one.is_answered for one in sent)
    yield _figure("decisions acknowledged", answered, least=1)
    yield _figure("of them lost", len(wrong.lost), most=0)
    yield _figure("decisions that are there twice", len(wrong.doubled), most=0)
    yield _figure("verdicts that are not the newest decision's", len(wrong.contradicted), most=0)
    verify = [sys.executable, "manage.py", "verify_log"]
    verified = subprocess.run(verify, cwd=ROOT, env=desk.env, check=False, capture_output=True)
    say(verified.stdout.decode().strip())
    yield _figure("verify_log, exit status", verified.returncode, most=0)


def _figure(name: str, value: float, unit: str = "", **aims: float) -> Figure:
    return Figure(name, value, unit, COMMAND, **aims)


if __name__ == "__main__":
    sys.exit(main())
