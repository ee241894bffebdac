"""Polite fetching of feeds, which are requested repeatedly: only if the site allows it, and only what is new."""

import threading
import time
from collections.abc import Collection
from dataclasses import replace

from claims.errors import (
    AnswerTooLargeError,
    BadAnswerError,
    RobotsRefuseError,
    TooManyRedirectsError,
    gettext_noop,
)
from claims.fetching.addresses import Target
from claims.fetching.client import AGENT, LIMITS, Request, ask, fetch
from claims.fetching.robots import Rules, read_rules
from claims.fetching.types import Fetched, Limits, NotModified

_FILE = 512_000
"""Bytes of a robots.txt: what RFC 9309 says that a reader has to take."""

_SECONDS = 10.0


class Robots:
    """The robots.txt files of recently visited sites. One object serves many fetches, in many threads.

    Args:
        keep: for how many seconds a file is cached; RFC 9309 allows at most a day.
        room: how many files are cached; the oldest is dropped first.
    """

    def __init__(self, *, keep: float = 3_600.0, room: int = 1_000) -> None:
        self._keep = keep
        self._room = room
        self._known: dict[tuple[str, str, str], tuple[float, Rules]] = {}
        self._lock = threading.Lock()

    def rules(self, target: Target, *, seconds: float, allow: Collection[str], agent: str) -> Rules:
        """Return the rules of an address's site for a reader.

        Args:
            target: the address.
            seconds: the time that is left.
            allow: as in `fetch`.
            agent: the reader's User-Agent.

        Returns:
            The rules; empty if the site has no robots.txt.

        Raises:
            RobotsRefuseError: the site has a robots.txt but does not deliver it, which forbids
                everything.
            WorkbenchError: the site cannot be reached, as in `fetch`.
        """
        key = (target.scheme, target.netloc, agent)
        with self._lock:
            until, rules = self._known.get(key, (0.0, Rules()))
        if until > time.monotonic():
            return rules
        rules = _fetched(target, seconds=seconds, allow=allow, agent=agent)
        with self._lock:
            self._known.pop(key, None)
            if len(self._known) >= self._room:
                del self._known[next(iter(self._known))]
            self._known[key] = (time.monotonic() + self._keep, rules)
        return rules


def fetch_politely(
    address: str,
    *,
    robots: Robots,
    limits: Limits = LIMITS,
    allow: Collection[str] = (),
    agent: str = AGENT,
    types: Collection[str] = (),
    etag: str = "",
    modified: str = "",
) -> Fetched | NotModified:
    """Get a feed, if its site allows it and if the feed has changed.

    This function does not wait: callers leave the answer's `crawl_delay` between two requests to a
    host.

    Args:
        address: as in `fetch`.
        robots: the sites' known rules. Redirects are checked against them too.
        limits: as in `fetch`; fetching the robots.txt counts towards the time.
        allow: as in `fetch`.
        agent: the User-Agent; a robots.txt may name its first word.
        types: as in `fetch`.
        etag: the ETag of the last answer, or "".
        modified: the Last-Modified of the last answer, or "".

    Returns:
        The feed, or `NotModified`.

    Raises:
        RobotsRefuseError: the site does not allow the address to be read.
        WorkbenchError: as in `fetch`.
    """
    delay: float | None = None

    def check(target: Target, seconds: float) -> None:
        nonlocal delay
        rules = robots.rules(target, seconds=seconds, allow=allow, agent=agent)
        if not rules.allow(target.path):
            raise RobotsRefuseError(host=target.host, why=gettext_noop("its robots.txt forbids it"))
        delay = rules.delay

    asked_for = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {name: value for name, value in asked_for.items() if value}
    return replace(
        ask(address, Request(limits, allow, agent, types, headers, check)), crawl_delay=delay
    )


def _fetched(target: Target, *, seconds: float, allow: Collection[str], agent: str) -> Rules:
    """Fetch a robots.txt. Section 2.3.1 of RFC 9309 says whether a failure allows or forbids reading."""
    limits = Limits(seconds=min(seconds, _SECONDS), wire=_FILE, size=_FILE)
    address = f"{target.scheme}://{target.netloc}/robots.txt"
    try:
        text = fetch(address, limits=limits, allow=allow, agent=agent).body
    except TooManyRedirectsError:
        return Rules()
    except BadAnswerError as error:
        if 400 <= int(str(error.params["number"])) < 500 and error.params["number"] != 429:
            return Rules()
        raise _unread(target) from error
    except AnswerTooLargeError as error:
        raise _unread(target) from error
    return read_rules(text.decode("utf-8", "replace"), agent)


def _unread(target: Target) -> RobotsRefuseError:
    return RobotsRefuseError(host=target.host, why=gettext_noop("its robots.txt could not be read"))
