"""`make demo`: set up what is missing, then serve until stopped.

Everything that it creates is in one folder, which git ignores: delete the folder to start over. The folder is set up under
another name and renamed when it is complete. A setup that was stopped before that starts again from scratch.
"""

import argparse
import fcntl
import os
import secrets
import shutil
import socket
import sys
from pathlib import Path
from typing import NoReturn

import django
from django.core.management import call_command
from django.db import connections

BASE_DIR = Path(__file__).resolve().parents[2]


def main() -> NoReturn:
    """Set up what is missing, then serve until stopped. Exits with status 1 if it cannot serve."""
    parser = argparse.ArgumentParser(prog="make demo")
    parser.add_argument("port", type=int)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--empty", action="store_true")
    options = parser.parse_args()
    if not 0 < options.port < 2**16:
        sys.exit(
            f"{options.port} is not a valid port. Choose one from 1 to 65535: make demo PORT=8000"
        )
    data = options.data or BASE_DIR / (".demo-empty" if options.empty else ".demo")
    if not _is_free(options.port):
        sys.exit(
            f"Port {options.port} is in use. Choose another: make demo PORT={options.port + 1}"
        )
    accounts = data / "accounts.txt"
    if accounts.exists():
        _start(data, options.port)
    else:
        try:
            _set_up(data, options.port, empty=options.empty)
        except KeyboardInterrupt:
            _say("\nStopped. Nothing is set up yet: the next run starts from scratch.")
            sys.exit(130)
    _say(f"\nAccounts (name, role, password), saved in {accounts}:\n{accounts.read_text()}")
    sys.stdout.flush()
    os.environ.update(_environment(data, options.port))
    # From here on this process is the server, which prints its address once it is listening.
    server = [sys.executable, "-m", "gunicorn", "--config", "python:workbench.server"]
    os.execv(sys.executable, [*server, "workbench.wsgi"])  # noqa: S606 - our own program, without a shell


def _set_up(data: Path, port: int, *, empty: bool) -> None:
    """Create the whole folder, or nothing."""
    if data.exists() and any(data.iterdir()):
        sys.exit(f"{data} is not a complete demo. Delete it, or name another folder.")
    unfinished = data.with_name(f"{data.name}.unfinished")
    unfinished.mkdir(mode=0o700, parents=True, exist_ok=True)
    _lock(unfinished, data)
    for left in unfinished.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    _start(unfinished, port)
    # Only once Django is set up.
    from workbench.demo.newsroom import make_newsroom

    _write_private(unfinished / "accounts.txt", make_newsroom(say=_say, empty=empty))
    connections.close_all()
    unfinished.replace(data)


def _lock(unfinished: Path, data: Path) -> None:
    """Lock a folder until this process ends or becomes the server. Exits if another process is filling it."""
    folder = os.open(unfinished, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(
            f"{data} is already being set up. Wait until that is done, or name another folder."
        )


def _start(data: Path, port: int) -> None:
    """Set up Django, the database and the static files in a folder."""
    secret = data / "secret-key"
    if not secret.exists():
        _write_private(secret, secrets.token_urlsafe(60))
    os.environ.update(_environment(data, port))
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _environment(data: Path, port: int) -> dict[str, str]:
    """Return the environment of a demo: production settings, but local, without HTTPS, and with its own secret."""
    return {
        "DJANGO_SETTINGS_MODULE": "workbench.settings.base",
        "SECRET_KEY": (data / "secret-key").read_text(),
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data / 'workbench.sqlite3'}",
        "REPLICA_DATABASE_URL": "",
        "FILES_URL": "",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HTTPS": "off",
        "DEBUG": "off",
        "BIND": f"127.0.0.1:{port}",
        "WORKER": "on",
    }


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, completely or not at all."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text)
    unfinished.replace(path)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
