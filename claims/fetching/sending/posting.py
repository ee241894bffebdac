"""One request to a checked address. Redirects are not followed: like every other status, they are the answer."""

import http.client
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from claims.errors import (
    NotDeliveredError,
    Phrase,
    TooSlowError,
    UnsafeAddressError,
    WorkbenchError,
    gettext_noop,
)
from claims.fetching.addresses import host_of
from claims.fetching.client import AGENT, begun_answer, hosts_of, open_target, told
from claims.fetching.connections import Allowance, Connection, SizeExceededError, places
from claims.fetching.types import Limits


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered.

    Attributes:
        status: the HTTP status.
        body: the first bytes of the body, as many as the limits allow.
        whole: whether that is all of it: not if it is longer, or was cut off.
        retry_after: how many seconds it asks to be left alone, or None.
    """

    status: int
    body: bytes
    whole: bool
    retry_after: float | None = None


def post(
    address: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    limits: Limits,
    allow: Collection[str] = (),
    agent: str = AGENT,
) -> Answer:
    """Send data to an address, under the rules by which `fetch` gets a page.

    Args:
        address: an http or https address without a password.
        body: the data.
        headers: the headers that say what it is.
        limits: how long it may take, and how many bytes of the answer's body are kept (`size`).
        allow: as in `fetch`.
        agent: as in `fetch`.

    Raises:
        BadAddressError: the address is not valid, or its port is not allowed.
        UnsafeAddressError: the address is not public.
        UnreachableError: there was no usable answer.
        TooSlowError: the time limit was reached before the answer's headers were there.
    """
    return _sent("POST", address, body, headers=headers, limits=limits, allow=allow, agent=agent)


def get(
    address: str,
    *,
    headers: Mapping[str, str],
    limits: Limits,
    allow: Collection[str] = (),
    agent: str = AGENT,
) -> Answer:
    """Ask for what is at an address, whatever its status. All else is as in `post`."""
    return _sent("GET", address, None, headers=headers, limits=limits, allow=allow, agent=agent)


def _sent(
    method: str,
    address: str,
    body: bytes | None,
    *,
    headers: Mapping[str, str],
    limits: Limits,
    allow: Collection[str],
    agent: str,
) -> Answer:
    allowance = Allowance(limits.seconds)
    allowed = hosts_of(allow)
    target = open_target(address, allowed)
    private = (target.host, target.port) in allowed
    sent = {
        "Host": target.netloc,
        "User-Agent": agent,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **headers,
    }
    with told(target.host, limits):
        found = places(target, allowance, private=private, typed=target.host)
        with closing(Connection(target, found, allowance)) as connection:
            connection.request(method, target.path, body, sent)
            with begun_answer(connection, allowance) as response:
                wait = _seconds(response.headers.get("Retry-After", ""))
                beginning, whole = _beginning(response, limits.size, allowance)
                return Answer(response.status, beginning, whole, wait)


def _seconds(value: str) -> float | None:
    """Return the seconds that a Retry-After header asks for, as a number or as a date (RFC 9110, 10.2.3)."""
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        at = datetime.strptime(value, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return None
    return max((at - datetime.now(UTC)).total_seconds(), 0.0)


def not_delivered(address: str, why: WorkbenchError | int) -> NotDeliveredError:
    """Return the error of a message that was not accepted.

    Args:
        address: where it was sent.
        why: what `post` raised, or the status of the answer.
    """
    return NotDeliveredError(host=host_of(address), why=reason_of(why))


def reason_of(why: WorkbenchError | int) -> str | Phrase:
    """Return why a message was not accepted, as a part of a sentence. The argument is as in `not_delivered`."""
    match why:
        case int():
            return Phrase("it answered with HTTP status %(number)s", number=why)
        case TooSlowError():
            return Phrase("it took longer than %(seconds)s seconds", seconds=why.params["seconds"])
        case UnsafeAddressError():
            return gettext_noop("it is on a private network; ask your administrator to allow it")
        case _:
            return cast("str | Phrase", why.params["why"])


def _beginning(
    response: http.client.HTTPResponse, most: int, allowance: Allowance
) -> tuple[bytes, bool]:
    """Return the beginning of a body, and whether it is all of it. What comes after the status undoes nothing."""
    # Room for what is not the body itself: the sizes of chunks, and what a buffer reads ahead.
    allowance.grant(2 * most + 65_536)
    declared = response.length
    wanted = most + 1 if declared is None else min(most + 1, declared)
    body = bytearray()
    try:
        while len(body) < wanted and (piece := response.read1(wanted - len(body))):
            body += piece
    except (OSError, http.client.HTTPException, SizeExceededError):
        return bytes(body[:most]), False
    return bytes(body[:most]), len(body) <= most and len(body) >= (declared or 0)
