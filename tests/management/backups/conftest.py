"""A workbench on which people have worked, and empty ones, each with a database and a folder of its own."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.management.backups.world import FILES
from tests.management.commands import (
    ROOT,
    SECRET_KEY,
    copy_of_tests,
    database_on_server,
    environment,
    manage,
)

Env = dict[str, str]
DIGESTS = [hashlib.sha256(words).hexdigest() for words in FILES]
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}[connection.vendor]


def on_sqlite(data: Path) -> Env:
    """The environment of a workbench that keeps everything in one folder."""
    return environment(SECRET_KEY=SECRET_KEY, DATA_DIR=str(data), PYTHONPATH=str(ROOT)) | {
        "DATABASE_URL": f"sqlite:///{data}/workbench.sqlite3"
    }


def on_server(url: str, data: Path) -> Env:
    """The environment of a workbench with its database on a server."""
    return on_sqlite(data) | {"DATABASE_URL": url}


def done(*arguments: str | Path, env: Env) -> str:
    """Run `manage.py`, which must succeed. Returns what it printed."""
    result = manage(*arguments, env=env)
    assert result.returncode == 0, result.stderr
    return result.stdout


def refused(*arguments: str | Path, env: Env) -> str:
    """Run `manage.py`, which must fail in words. Returns them."""
    result = manage(*arguments, env=env)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    return result.stderr


def in_world(word: str, env: Env) -> str:
    """Run `tests.management.backups.world`. Returns what it printed."""
    command = [sys.executable, "-m", "tests.management.backups.world", word]
    program = env | {"DJANGO_SETTINGS_MODULE": "workbench.settings.base"}
    return subprocess.run(
        command, cwd=ROOT, env=program, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture(scope="session")
def _filled_on_sqlite(django_db_setup, tmp_path_factory) -> Path:
    """The folder of a filled workbench on SQLite."""
    data = tmp_path_factory.mktemp("filled")
    copy_of_tests(data / "workbench.sqlite3")
    if connection.vendor != "sqlite":
        done("migrate", "--verbosity=0", env=on_sqlite(data))
    in_world("fill", on_sqlite(data))
    return data


@pytest.fixture(scope="session")
def _filled_on_server(django_db_setup, tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The name of a filled database on the server, and the folder of its files."""
    name, data = f"filled_{uuid4().hex}", tmp_path_factory.mktemp("filled")
    with database_on_server(name, template=django_db_setup) as url:
        in_world("fill", on_server(url, data))
        yield name, data


@pytest.fixture
def desk_on_sqlite(_filled_on_sqlite, tmp_path) -> Env:
    """The environment of a workbench on SQLite on which people have worked."""
    shutil.copytree(_filled_on_sqlite, tmp_path / "desk")
    return on_sqlite(tmp_path / "desk")


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """What drops the databases that a test made on the server."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def desk(request, tmp_path) -> Env:
    """The environment of a workbench on which people have worked: on the kind of database that is being tested."""
    if connection.vendor == "sqlite":
        return request.getfixturevalue("desk_on_sqlite")
    template, data = request.getfixturevalue("_filled_on_server")
    servers = request.getfixturevalue("servers")
    url = servers.enter_context(database_on_server(f"desk_{uuid4().hex}", template=template))
    shutil.copytree(data, tmp_path / "desk")
    return on_server(url, tmp_path / "desk")


@pytest.fixture
def empty(tmp_path, servers) -> Callable[[], Env]:
    """Returns the environment of another workbench, with an empty database and an empty folder."""

    def make() -> Env:
        data = tmp_path / uuid4().hex
        data.mkdir()
        if connection.vendor == "sqlite":
            return on_sqlite(data)
        name = f"empty_{uuid4().hex}"
        return on_server(servers.enter_context(database_on_server(name)), data)

    return make


def execute(env: Env, *statements: str) -> None:
    """Have another program than the workbench change its database."""
    url = env["DATABASE_URL"]
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as there, there:
            for statement in statements:
                there.execute(statement)
        return
    import psycopg  # noqa: PLC0415  # not needed on SQLite

    with psycopg.connect(url) as there:
        for statement in statements:
            there.execute(statement)


def backups(target: Path) -> list[Path]:
    """The folders of the backups, the oldest first."""
    return sorted(path for path in target.iterdir() if path.is_dir())


def backed_up(env: Env, target: Path) -> Path:
    """Take a backup. Returns its folder."""
    done("backup", target, "--verbosity=0", env=env)
    return backups(target)[-1]


def outcome_of(name: str, *arguments: object) -> str:
    """What a command says in this process, where the database has tables already."""
    said = StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=said, stderr=said)
    except CommandError as error:
        return str(error)
    return said.getvalue()


def verified(folder: Path) -> str:
    """What verify_backup says."""
    return outcome_of("verify_backup", folder)


@pytest.fixture(scope="session")
def _one_backup() -> dict[str, Path]:
    return {}


@pytest.fixture
def backup(_one_backup, request, tmp_path, tmp_path_factory) -> Path:
    """A copy of a backup; it is taken once for all tests of a process."""
    if not _one_backup:
        # Asked for only here: each desk is a database of its own.
        desk = request.getfixturevalue("desk")
        _one_backup["of the desk"] = backed_up(desk, tmp_path_factory.mktemp("backups"))
    return shutil.copytree(_one_backup["of the desk"], tmp_path / "backup")
