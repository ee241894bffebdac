"""One GET request, from the address to the body; every redirect is checked like the first address."""

import http.client
import re
import ssl
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import cast
from urllib.parse import urljoin

from claims.errors import (
    AnswerTooLargeError,
    BadAddressError,
    BadAnswerError,
    Phrase,
    TooManyRedirectsError,
    TooSlowError,
    UnreachableError,
    WrongTypeError,
    gettext_noop,
)
from claims.fetching.addresses import PORTS, Target, authority, parse
from claims.fetching.compression import CODINGS, PIECE, UnknownCodingError, unpacked
from claims.fetching.connections import Allowance, Connection, SizeExceededError, places
from claims.fetching.types import Exchange, Fetched, Limits, NotModified

AGENT = "ClaimWorkbench/0.1"
"""Who asks. A desk that fetches feeds puts an address for complaints behind it."""

LIMITS = Limits()
"""What is enough for articles and feeds."""

_HEADERS = 65_536
"""Bytes of an answer's head, those before a redirect or a "continue" included."""

_HEADER = 500
"""Characters of a header that is handed on."""

_INTERIM = re.compile(rb"HTTP/1\.[01] 100\b")
"""What `http.client` reads and passes over."""

_REDIRECTS = {301, 302, 303, 307, 308}

_MEANINGS = {
    401: gettext_noop("the page asks for a password"),
    402: gettext_noop("the page is for subscribers"),
    403: gettext_noop("the site does not allow programs to read it"),
    404: gettext_noop("there is nothing at this address"),
    410: gettext_noop("the page has been taken down"),
    429: gettext_noop("the site has been asked too often; try again later"),
    451: gettext_noop("the page is withheld for legal reasons"),
}


@dataclass(frozen=True, slots=True)
class Request:
    """The parameters of a request, except for the address.

    Attributes:
        limits: the limits on time, size and redirects.
        allow: as in `fetch`.
        agent: as in `fetch`.
        types: as in `fetch`.
        headers: additional ones. With If-None-Match or If-Modified-Since, the answer may be "not
            modified".
        check: called with each address before it is requested, and with the seconds that are left;
            raises an error to forbid it.
        keep: called with each exchange, those that redirect included, once it is complete. Without it, the bodies of
            answers that redirect are not read.
    """

    limits: Limits
    allow: Collection[str]
    agent: str
    types: Collection[str] = ()
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    check: Callable[[Target, float], None] = lambda _target, _seconds: None
    keep: Callable[[Exchange], None] | None = None


def fetch(
    address: str,
    *,
    limits: Limits = LIMITS,
    allow: Collection[str] = (),
    agent: str = AGENT,
    types: Collection[str] = (),
    keep: Callable[[Exchange], None] | None = None,
) -> Fetched:
    """Get the page at an address.

    Proxies named in the environment are not used, cookies are not kept, and certificates are verified
    against the system's (or those in the file that SSL_CERT_FILE names).

    Args:
        address: an http or https address without a password.
        limits: the limits on time, size and redirects.
        allow: hosts that may be on a private network: "desk.example" on ports 80 and 443,
            "desk.example:8080" on that port, which is otherwise forbidden.
        agent: the User-Agent, which the site's logs show.
        types: the accepted content types; any other is refused before the body is read. Without any,
            every type is accepted. An answer without a type is always accepted.
        keep: as in `Request`.

    Returns:
        The body and the relevant headers.

    Raises:
        BadAddressError: the address is not valid or its port is not allowed, or `allow` contains
            something that is not a host.
        UnsafeAddressError: the address, or one that it redirects to, is not public.
        UnreachableError: there was no usable answer.
        TooSlowError: the time limit was reached.
        AnswerTooLargeError: the body is larger than `limits` allow.
        BadAnswerError: the HTTP status is not a success.
        WrongTypeError: the content type is not one of `types`.
        TooManyRedirectsError: it redirects too often, or in a circle.
    """
    return cast("Fetched", ask(address, Request(limits, allow, agent, types, keep=keep)))


def ask(address: str, request: Request) -> Fetched | NotModified:
    """Get the page at an address, or learn that it has not changed.

    Args:
        address: as in `fetch`.
        request: the parameters of the request.

    Returns:
        As `fetch`; `NotModified` only if `request.headers` ask for it.

    Raises:
        WorkbenchError: as in `fetch`, and whatever `request.check` raises.
    """
    allowance = Allowance(request.limits.seconds)
    allowed = hosts_of(request.allow)
    target = open_target(address, allowed)
    typed = target.host
    asked: list[str] = []
    while True:
        private = (target.host, target.port) in allowed
        with told(target.host, request.limits):
            found = places(target, allowance, private=private, typed=typed)
            request.check(target, allowance.seconds())
            at = datetime.now(UTC)
            keeps = request.keep is not None
            with closing(Connection(target, found, allowance, keeps=keeps)) as connection:
                answer = _answer(connection, target, request, allowance)
            if request.keep:
                request.keep(_exchange(connection, target, at))
        if not isinstance(answer, Target):
            return replace(answer, redirects=tuple(asked))
        asked.append(str(target))
        if len(asked) > request.limits.redirects or str(answer) in asked:
            raise TooManyRedirectsError(host=typed, limit=request.limits.redirects)
        if not _is_open(answer, allowed):
            raise _sent_astray(target)
        target = answer


def hosts_of(allow: Collection[str]) -> frozenset[tuple[str, int]]:
    """Return the hosts and ports that `allow` names, as in `fetch`."""
    return frozenset(place for entry in allow for place in _allowed(entry))


def open_target(address: str, allowed: Collection[tuple[str, int]]) -> Target:
    """Parse an address.

    Raises:
        BadAddressError: it is not valid, or its port is neither the web's nor among those that are allowed.
    """
    target = parse(address)
    if not _is_open(target, allowed):
        raise BadAddressError(
            why=Phrase(
                "nothing is fetched from port %(port)s; ask your administrator to allow %(place)s",
                port=target.port,
                place=target.netloc,
            )
        )
    return target


def _allowed(entry: str) -> Iterator[tuple[str, int]]:
    host, port = authority(f"[{entry}]" if entry.count(":") > 1 and entry[0] != "[" else entry)
    for number in (port,) if port else PORTS.values():
        yield host, number


def _is_open(target: Target, allowed: Collection[tuple[str, int]]) -> bool:
    """Return whether the port is allowed: other ports belong to services other than the web."""
    return target.port in PORTS.values() or (target.host, target.port) in allowed


def _sent_astray(target: Target) -> UnreachableError:
    return UnreachableError(
        host=target.host, why=gettext_noop("it redirects to an address that cannot be fetched")
    )


_WHYS: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, gettext_noop("its certificate is not valid for this host")),
    (ssl.SSLError, gettext_noop("it offers no working secure connection")),
    (ConnectionRefusedError, gettext_noop("it does not accept connections")),
    (http.client.IncompleteRead, gettext_noop("the connection was lost")),
    (OSError, gettext_noop("the connection was lost")),
    (http.client.HTTPException, gettext_noop("the server's reply is not valid HTTP")),
    (Exception, gettext_noop("the reply could not be decompressed")),
)


@contextmanager
def told(host: str, limits: Limits) -> Iterator[None]:
    """Turn network errors into errors that editors understand."""
    try:
        yield
    except TimeoutError as error:
        raise TooSlowError(host=host, seconds=f"{limits.seconds:g}") from error
    except SizeExceededError as error:
        raise AnswerTooLargeError(host=host, limit=limits.wire) from error
    except (OSError, http.client.HTTPException, zlib.error, UnknownCodingError) as error:
        why = next(why for kind, why in _WHYS if isinstance(error, kind))
        raise UnreachableError(host=host, why=why) from error


def _answer(
    connection: Connection, target: Target, request: Request, allowance: Allowance
) -> Fetched | NotModified | Target:
    """Send one request. For a redirect, return the next address."""
    headers = {
        "Host": target.netloc,
        "User-Agent": request.agent,
        "Accept": ", ".join([*request.types, "*/*;q=0.1"]),
        "Accept-Encoding": ", ".join(CODINGS),
        "Connection": "close",
    }
    connection.request("GET", target.path, headers=headers | dict(request.headers))
    with begun_answer(connection, allowance) as response:
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            if request.keep:
                _body(response, target, request.limits, allowance)
            return _next(target, location)
        if response.status == 304 and request.headers:
            return NotModified(str(target))
        if not 200 <= response.status < 300:
            raise _bad(target, response.status)
        kind = _type(response)
        if request.types and kind and kind not in request.types:
            raise WrongTypeError(host=target.host, type=kind)
        return Fetched(
            address=str(target),
            content_type=kind,
            charset=_kept(response.headers.get_content_charset("")),
            body=_body(response, target, request.limits, allowance),
            etag=_kept(response.headers.get("ETag", "")),
            modified=_kept(response.headers.get("Last-Modified", "")),
        )


def begun_answer(connection: Connection, allowance: Allowance) -> http.client.HTTPResponse:
    """Read the head of the answer to what was requested.

    Raises:
        http.client.HTTPException: it is not valid, or too large.
    """
    allowance.grant(_HEADERS)
    try:
        return connection.getresponse()
    except SizeExceededError as error:
        raise http.client.HTTPException from error


def _exchange(connection: Connection, target: Target, at: datetime) -> Exchange:
    """Return what was kept of a request and its answer, without any “100 Continue” before it."""
    answer = bytes(connection.received)
    while _INTERIM.match(answer):
        answer = answer.partition(b"\r\n\r\n")[2]
    return Exchange(str(target), connection.ip, at, bytes(connection.sent), answer)


def _next(target: Target, location: str) -> Target:
    try:
        # Headers are decoded as Latin-1, but an unescaped address in one is UTF-8.
        location = location.encode("latin-1").decode("utf-8", "replace")
        return parse(urljoin(str(target), location.strip()))
    except (BadAddressError, ValueError) as error:
        raise _sent_astray(target) from error


def _bad(target: Target, status: int) -> BadAnswerError:
    if status >= 500:
        meaning = gettext_noop("the site reported a server error; try again later")
    else:
        meaning = _MEANINGS.get(status, gettext_noop("the site did not send a page"))
    return BadAnswerError(host=target.host, number=status, meaning=meaning)


def _type(response: http.client.HTTPResponse) -> str:
    return _kept(response.headers.get("Content-Type", "").partition(";")[0].strip().lower())


def _kept(value: str) -> str:
    """Leave out header values that no honest server sends, so that a database can store the rest."""
    return value if len(value) <= _HEADER and value.isprintable() else ""


def _body(
    response: http.client.HTTPResponse, target: Target, limits: Limits, allowance: Allowance
) -> bytes:
    allowance.grant(limits.wire)
    if (response.length or 0) > limits.wire:
        raise SizeExceededError
    body = bytearray()
    for piece in unpacked(_pieces(response), response.headers.get("Content-Encoding", "")):
        body += piece
        if len(body) > limits.size:
            raise AnswerTooLargeError(host=target.host, limit=limits.size)
    return bytes(body)


def _pieces(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while piece := response.read(PIECE):
        yield piece
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
