"""A real Chromium, logged in. It is Debian's, because the test tool would download its own."""

import os
import sys
import threading
import traceback
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.db import connections
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.screens import CHROMIUM
from tests.browser.static_files import KeptStaticFiles

# Playwright's loop runs in this thread beside the test's own, plain database calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

_UNTOLD = """
const ask = window.fetch;
window.fetch = (to, ...rest) => String(to.url ?? to).includes("/presence/") ? Promise.resolve(new Response()) : ask(to, ...rest);
"""
"""Nobody answers the page's question what others do."""

PATIENCE = 60_000
"""Milliseconds that a page may take for whatever is expected of it: a slow machine takes many."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session", autouse=True)
def _chromium():
    if CHROMIUM is None:
        reason = (
            "no Chromium on this machine: install the package chromium-headless-shell"
            " to run the browser tests"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(autouse=True)
def _requests_are_not_traced(_untraced):
    """Measure no coverage, and none in the server's threads: Python 3.11 lets one thread at a time begin to be traced.

    A browser's requests come at once; those that came second died now and then, and their pages never loaded.
    """
    hook = threading.gettrace()
    threading.settrace(None)
    yield
    threading.settrace(hook)


@pytest.fixture(scope="session")
def playwright(playwright):
    """Playwright, and no connection left behind when its loop ends.

    While the loop runs in this thread, Django keeps connections of their own for it, those of later tests without a
    browser, too. Left open, PostgreSQL would not drop the tests' database.
    """
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    # Debian's Chromium has no sandbox for root, which is who runs in CI; all pages come from this machine.
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
    ]
    return {"executable_path": CHROMIUM, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    # What is on its way from one colour to another is neither, and how far it is depends on the machine.
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture
def context(context, request) -> BrowserContext:
    """What others do is told to a page only where a test is about that.

    Elsewhere it would depend on the machine's pace whether a key is pressed before or after the page has learned of it.
    """
    context.set_default_timeout(PATIENCE)
    if request.node.get_closest_marker("presence") is None:
        # Not by a route: with one, the browser keeps no files between two pages.
        context.add_init_script(_UNTOLD)
    return context


@pytest.fixture(scope="session")
def live_server(django_db_setup) -> Iterator[LiveServer]:
    """A server beside the tests, once their database is there.

    Started before, it would take the one in memory that the settings name, and share a connection between threads.
    """
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = KeptStaticFiles
    server.start()
    yield server
    server.stop()


class _Requests:
    """The requests that the server is answering beside the test, each by its thread.

    A browser that leaves in the middle ends a thread without a word: one that has ended answers nothing any more, and one
    that begins anew has left what it answered before.
    """

    def __init__(self) -> None:
        self.answered: dict[threading.Thread, str] = {}
        self.changed = threading.Condition()

    def start(self, environ: dict[str, str], **_of_signal: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            with self.changed:
                self.answered[threading.current_thread()] = (
                    f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
                )

    def finish(self, **_of_signal: object) -> None:
        with self.changed:
            self.answered.pop(threading.current_thread(), None)
            self.changed.notify_all()

    def wait(self) -> None:
        """Wait for all of them. Fails with where each stands that takes too long, and waits for it only once."""
        for _second in range(PATIENCE // 1000):
            with self.changed:
                if self.changed.wait_for(
                    lambda: not any(map(threading.Thread.is_alive, self.answered)), timeout=1
                ):
                    return
        frames = sys._current_frames()
        stuck = [
            f"{request}\n{''.join(traceback.format_stack(frames[thread.ident]))}"
            for thread, request in self.answered.items()
            if thread.ident in frames
        ]
        self.answered.clear()
        pytest.fail("Still being answered: " + "\n".join(stuck))


@pytest.fixture(scope="session")
def _requests():
    requests = _Requests()
    request_started.connect(requests.start)
    request_finished.connect(requests.finish)
    return requests


@pytest.fixture
def desk(live_server, browser, _requests) -> Iterator[str]:
    """The address of a running desk with real transactions.

    At the end its pages are closed, and what they asked for last is waited for: a request that is still being answered
    while the tables are emptied waits for them, and they for it.
    """
    yield live_server.url
    for context in browser.contexts:
        for page in context.pages:
            page.close()
    _requests.wait()


@pytest.fixture
def log_in(desk):
    """Give a page the login of an account, as its cookie. One test goes through the form itself."""

    def log_in(page: Page, user: User) -> Page:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": desk}]
        )
        return page

    return log_in


@pytest.fixture
def problems(page: Page) -> list[str]:
    """What the browser complained of: script errors and what the Content-Security-Policy refused."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    return found
