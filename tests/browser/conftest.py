"""A real Chromium, logged in. It is Debian's, because the test tool would download its own."""

import os
import shutil
import threading
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.db import connections
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

# Playwright's loop runs in this thread beside the test's own, plain database calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE = 60_000
"""Milliseconds that a page may take for whatever is expected of it: a slow machine takes many."""

expect.set_options(timeout=PATIENCE)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session", autouse=True)
def _chromium():
    if CHROMIUM is None:
        reason = (
            "no Chromium on this machine: install the package chromium to run the browser tests"
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
def context(context) -> BrowserContext:
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """The server that pytest-django starts, once the tests' database is there.

    Started before, it would take the one in memory that the settings name, and share a connection between threads.
    """
    return live_server


class _Requests:
    """How many requests the server is answering, beside the test."""

    def __init__(self) -> None:
        self.number = 0
        self.changed = threading.Condition()

    def count(self, signal: object, **_of_signal: object) -> None:
        if threading.current_thread() is threading.main_thread():
            return
        with self.changed:
            self.number += 1 if signal is request_started else -1
            self.changed.notify_all()


@pytest.fixture(scope="session")
def _requests():
    requests = _Requests()
    for signal in (request_started, request_finished):
        signal.connect(requests.count)
    return requests


@pytest.fixture
def desk(live_server, _log_can_be_flushed, browser, _requests) -> Iterator[str]:
    """The address of a running desk with real transactions.

    At the end its pages are closed, and what they asked for last is waited for: a request that is still being answered
    while the tables are emptied waits for them, and they for it.
    """
    yield live_server.url
    for context in browser.contexts:
        for page in context.pages:
            page.close()
    with _requests.changed:
        assert _requests.changed.wait_for(lambda: not _requests.number, timeout=PATIENCE / 1000)


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
