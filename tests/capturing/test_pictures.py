"""Pictures of captured pages, drawn by a browser that can ask nobody."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from claims.capturing import picture_of
from tests.browser.screens import CHROMIUM
from tests.capturing.pages import ARTICLE

with_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

DRAWN = r"printf '\211PNG\r\n\032\n'"
"""What a picture begins with."""

PATIENCE = 300.0
"""Seconds that a browser may take to start and draw: on a slow machine many."""


def drawing(page: str) -> bytes:
    """The picture that a real browser draws."""
    return picture_of(page.encode(), browser=str(CHROMIUM), seconds=PATIENCE)


@pytest.fixture
def program(tmp_path):
    """A program that stands in for a browser that fails."""

    def program(*lines: str) -> str:
        path = tmp_path / "browser"
        path.write_text("\n".join(("#!/bin/sh", *lines)))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return program


@with_browser
def test_a_page_is_drawn_and_nobody_is_asked(site):
    style = f"body {{ background: url({site.at('/a.png')}) }} @import url({site.at('/b.css')});"
    page = f"<style>{style}</style><img src={site.at('/c.png')}>{ARTICLE}"
    drawn = drawing(page)
    # A PNG begins with its width and height.
    assert (int.from_bytes(drawn[16:20]), int.from_bytes(drawn[20:24])) == (1280, 2000)
    assert site.asked == []


@with_browser
def test_the_page_is_in_the_picture():
    plain, red = (
        drawing(f"<style>body {{ background: {colour} }}</style>") for colour in ("white", "red")
    )
    assert plain
    assert plain != red


@pytest.mark.parametrize(
    "lines",
    [
        ("exit 1",),
        ("exit 0",),
        ("kill -9 $$",),
        ("echo no picture > page.png",),
        ("truncate -s 20M page.png",),
        ("while :; do :; done",),
        ("sleep 600 & sleep 600",),
    ],
)
def test_a_browser_that_fails_leaves_no_picture(program, lines):
    assert picture_of(b"<p>x", browser=program(*lines), seconds=0.5) == b""


@pytest.mark.parametrize(
    ("line", "seconds", "said"),
    [
        (f"{DRAWN} > page.png", 30, []),
        ("exit 3", 30, ["the browser ended with status 3"]),
        ("exit 0", 30, ["the browser drew no picture, or one that is too large"]),
        ("sleep 600", 0.5, ["the browser took longer than 0.5 seconds"]),
    ],
)
def test_the_log_says_once_why_there_is_no_picture(program, line, seconds, said, caplog):
    picture_of(b"<p>x", browser=program(line), seconds=seconds)
    assert caplog.messages == said


def test_a_browser_that_is_not_there_leaves_no_picture(tmp_path):
    assert picture_of(b"<p>x", browser=str(tmp_path / "nothing")) == b""


def test_the_browser_does_not_get_what_the_server_knows(program, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "known to the server")
    told = tmp_path / "told"
    picture_of(b"<p>x", browser=program(f"env > {told}; cat page.html >> {told}"))
    words = Path(told).read_text()
    assert "known to the server" not in words
    assert "default-src 'none'" in words


@pytest.mark.parametrize(("size", "kept"), [(10_000_000, 10_000_000), (10_000_001, 0)])
def test_a_picture_is_kept_up_to_a_limit(program, size, kept):
    browser = program(f"{DRAWN} > page.png; truncate -s {size} page.png")
    assert len(picture_of(b"<p>x", browser=browser)) == kept


def test_a_browser_goes_without_its_sandbox_only_for_root(program, tmp_path):
    told = tmp_path / "told"
    picture_of(b"<p>x", browser=program(f'echo "$@" > {told}'))
    assert ("--no-sandbox" in told.read_text().split()) == (os.geteuid() == 0)


def test_a_browser_has_no_network_where_the_system_can_take_it_away(program, tmp_path):
    unshare = ["unshare", "--user", "--map-current-user", "--net", "true"]
    if shutil.which("unshare") is None or subprocess.run(unshare, check=False).returncode:
        pytest.skip("this account cannot take a network away")
    told = tmp_path / "told"
    picture_of(b"<p>x", browser=program(f"readlink /proc/self/ns/net > {told}"))
    assert Path(told.read_text().strip()) != Path("/proc/self/ns/net").readlink()


def test_the_log_says_once_that_a_browser_cannot_be_started(caplog):
    """The system starts no program with so long a name."""
    assert picture_of(b"<p>x", browser="x" * 200_000) == b""
    assert caplog.messages == ["the browser cannot be started: Argument list too long"]
