"""Feeds are asked for again and again: only where the site agrees, and for what is new."""

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
    """The robots.txt of the sites that were asked of late. One for many fetches, in many threads.

    Args:
        keep: seconds that a file is believed for; RFC 9309 wants no more than a day.
        room: how many are kept; the oldest goes first.
    """

    def __init__(self, *, keep: float = 3_600.0, room: int = 1_000) -> None:
        self._keep = keep
        self._room = room
        self._known: dict[tuple[str, str, str], tuple[float, Rules]] = {}
        self._lock = threading.Lock()

    def rules(self, target: Target, *, seconds: float, allow: Collection[str], agent: str) -> Rules:
        """Give what the site of an address asks of a reader.

        Args:
            target: the address.
            seconds: the time that is left.
            allow: as `fetch` has it.
            agent: who reads.

        Returns:
            Its rules; none where it has no such file.

        Raises:
            RobotsRefuseError: the site has one but does not give it, which forbids all.
            WorkbenchError: the site cannot be reached, as `fetch` says.
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
    """Get a feed, if its site agrees and if it changed.

    Nothing waits in here: leave the `crawl_delay` of the answer between two requests to a host.

    Args:
        address: as `fetch` takes it.
        robots: what is known of the sites. Redirects are held against it as well.
        limits: as `fetch` takes them; the robots.txt counts towards the time.
        allow: as `fetch` takes it.
        agent: who asks; its first word is what a robots.txt may name.
        types: as `fetch` takes them.
        etag: that of the last answer, or "".
        modified: that of the last answer, or "".

    Returns:
        The feed, or that it did not change.

    Raises:
        RobotsRefuseError: the site does not want the address to be read.
        WorkbenchError: as `fetch` says.
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
    """Fetch a robots.txt. Whether a failure forbids or allows is section 2.3.1 of RFC 9309."""
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
