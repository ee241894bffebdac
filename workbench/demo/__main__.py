"""`make demo`: the whole application on this machine, with articles and accounts to try it.

Everything that it creates is in the folder .demo, which git ignores: delete the folder to start
over.
"""

import argparse
import os
import secrets
import socket
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NoReturn

import django
from django.core.management import call_command

BASE_DIR = Path(__file__).resolve().parents[1]
ROLES = ("reader", "editor", "chief")


def main() -> NoReturn:
    """Set up what is missing, then serve until stopped. Exits with status 1 if it cannot serve."""
    parser = argparse.ArgumentParser(prog="make demo")
    parser.add_argument("port", type=int)
    parser.add_argument("--data", type=Path, default=BASE_DIR / ".demo")
    options = parser.parse_args()
    if not _is_free(options.port):
        sys.exit(
            f"Port {options.port} is in use. Choose another: make demo PORT={options.port + 1}"
        )
    options.data.mkdir(mode=0o700, exist_ok=True)
    _set_environment(options.data, options.port)
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    accounts = options.data / "accounts.txt"
    if not accounts.exists():
        _say("Splitting the articles in seeds/ into claims:")
        call_command("import_articles", BASE_DIR / "seeds")
        _write_private(accounts, _make_accounts())
    _say(f"\nAccounts (name, role, password), saved in {accounts}:\n{accounts.read_text()}")
    sys.stdout.flush()
    # From here on this process is the server, which prints its address once it is listening.
    server = [sys.executable, "-m", "gunicorn", "--config", "python:workbench.server"]
    os.execv(sys.executable, [*server, "workbench.wsgi"])  # noqa: S606 - our own program, without a shell


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _set_environment(data: Path, port: int) -> None:
    """Set the environment of a demo: production settings, but local, without HTTPS, and with its own secret."""
    secret = data / "secret-key"
    if not secret.exists():
        _write_private(secret, secrets.token_urlsafe(60))
    os.environ.update(
        DJANGO_SETTINGS_MODULE="workbench.settings.base",
        SECRET_KEY=secret.read_text(),
        DATA_DIR=str(data),
        DATABASE_URL=f"sqlite:///{data / 'workbench.sqlite3'}",
        ALLOWED_HOSTS="127.0.0.1,localhost",
        HTTPS="off",
        DEBUG="off",
        BIND=f"127.0.0.1:{port}",
        WORKER="on",
    )


def _make_accounts() -> str:
    made = StringIO()
    with redirect_stdout(made):
        for role in ROLES:
            call_command("make_account", role, role=role, stdout=made)
    return made.getvalue()


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, completely or not at all."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text)
    unfinished.replace(path)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
