"""`make demo` for a newcomer: one process that sets itself up, prints its address, and serves."""

import fcntl
import http.cookiejar
import os
import re
import socket
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path

from tests.workbench.demo import command, free_port, password_of, running


def test_a_newcomer_sees_the_articles_and_a_second_run_keeps_them(tmp_path):
    port = free_port()
    # An earlier start that was killed leaves its folder half set up.
    (tmp_path / "demo.unfinished").mkdir()
    (tmp_path / "demo.unfinished" / "workbench.sqlite3").write_text("SQLite format")
    with running(port, tmp_path / "demo") as said:
        assert said.count("imported") == len(list(Path("seeds").glob("*.md")))
        password = password_of("editor", said)
        assert "Gunmen with rockets" in _articles_page(port, "editor", password)
    assert {path.name for path in tmp_path.iterdir()} == {"demo"}
    accounts = tmp_path / "demo" / "accounts.txt"
    assert accounts.stat().st_mode & 0o077 == 0
    with running(port, tmp_path / "demo") as said:
        assert "imported" not in said
        assert password in said
        assert "Gunmen with rockets" in _articles_page(port, "editor", password)


def _articles_page(port: int, name: str, password: str) -> str:
    """The dashboard after logging in, as a browser would get it. Static files are there too."""
    address = f"http://127.0.0.1:{port}"
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    login = browser.open(f"{address}/login/?next=/articles/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', login)[1]
    style = re.search(r'href="(/static/claims/base\.\w+\.css)"', login)[1]
    assert browser.open(address + style).status == 200
    form = {
        "username": name,
        "password": password,
        "csrfmiddlewaretoken": token,
        "next": "/articles/",
    }
    return browser.open(f"{address}/login/", urllib.parse.urlencode(form).encode()).read().decode()


def test_a_port_in_use_is_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            command(port, tmp_path / "demo"),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert ended.returncode == 1
    assert ended.stderr == f"Port {port} is in use. Choose another: make demo PORT={port + 1}\n"
    assert not (tmp_path / "demo").exists()


def test_a_port_that_does_not_exist_is_one_clear_line(tmp_path):
    ended = subprocess.run(
        command(99999, tmp_path / "demo"), capture_output=True, text=True, check=False, timeout=300
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("99999 is not a valid port.")


def test_two_starts_at_once_do_not_take_each_others_folder(tmp_path):
    half = tmp_path / "demo.unfinished"
    half.mkdir()
    (half / "workbench.sqlite3").write_text("half a database")
    folder = os.open(half, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        ended = subprocess.run(
            command(free_port(), tmp_path / "demo"),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    finally:
        os.close(folder)
    assert ended.returncode == 1
    assert ended.stderr.endswith(
        "demo is already being set up. Wait until that is done, or name another folder.\n"
    )
    assert (half / "workbench.sqlite3").read_text() == "half a database"


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    ended = subprocess.run(
        command(free_port(), tmp_path), capture_output=True, text=True, check=False, timeout=300
    )
    assert ended.returncode == 1
    assert "is not a complete demo" in ended.stderr
    assert (tmp_path / "notes.txt").read_text() == "mine"
