"""One GET, from the address to the body, with every redirect checked as the first address was."""

import http.client
import ssl
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
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
from claims.fetching.types import Fetched, Limits, NotModified

AGENT = "ClaimWorkbench/0.1"
"""Who asks. A desk that fetches feeds puts an address for complaints behind it."""

LIMITS = Limits()
"""What is enough for articles and feeds."""

_HEADERS = 65_536
"""Bytes of an answer's head, those before a redirect or a "continue" included."""

_HEADER = 500
"""Characters of a header that is handed on."""

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
    """What is asked, but for the address.

    Attributes:
        limits: how much it may take.
        allow: as `fetch` has it.
        agent: as `fetch` has it.
        types: as `fetch` has it.
        headers: further ones. With If-None-Match or If-Modified-Since, the answer may be "not modified".
        check: called with each address before it is asked for, and with the seconds that are left;
            raises what speaks against it.
    """

    limits: Limits
    allow: Collection[str]
    agent: str
    types: Collection[str] = ()
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    check: Callable[[Target, float], None] = lambda _target, _seconds: None


def fetch(
    address: str,
    *,
    limits: Limits = LIMITS,
    allow: Collection[str] = (),
    agent: str = AGENT,
    types: Collection[str] = (),
) -> Fetched:
    """Get what is at an address.

    Proxies that the environment names are not used, cookies not kept, certificates verified against the
    system's (or those in the file that SSL_CERT_FILE names).

    Args:
        address: of http or https, without a password.
        limits: how much it may take.
        allow: hosts that may be on a private network: "desk.example" on ports 80 and 443, and
            "desk.example:8080" on that port, as no other host may be.
        agent: who asks, as a site's logs show it.
        types: content types to refuse all others than, before their body is read. None: any will do.
            An answer that does not say its type is taken.

    Returns:
        The body and what the answer says of it.

    Raises:
        BadAddressError: that is no such address, or its port is not allowed; or `allow` holds no host.
        UnsafeAddressError: it, or what it redirects to, is not public.
        UnreachableError: no usable answer came.
        TooSlowError: the time is up.
        AnswerTooLargeError: there is more than `limits` say.
        BadAnswerError: the answer's status is not one of success.
        WrongTypeError: it is none of `types`.
        TooManyRedirectsError: it is sent on too often, or in a circle.
    """
    return cast("Fetched", ask(address, Request(limits, allow, agent, types)))


def ask(address: str, request: Request) -> Fetched | NotModified:
    """Get what is at an address, or hear that it did not change.

    Args:
        address: as `fetch` takes it.
        request: what is asked.

    Returns:
        As `fetch`; `NotModified` only where `request.headers` ask for it.

    Raises:
        WorkbenchError: as `fetch` says, and whatever `request.check` raises.
    """
    allowance = Allowance(request.limits.seconds)
    allowed = frozenset(place for entry in request.allow for place in _allowed(entry))
    target = parse(address)
    if not _is_open(target, allowed):
        raise BadAddressError(
            why=Phrase(
                "nothing is fetched from port %(port)s; ask your administrator to allow %(place)s",
                port=target.port,
                place=target.netloc,
            )
        )
    typed = target.host
    asked: list[str] = []
    while True:
        private = (target.host, target.port) in allowed
        with _told(target.host, request.limits):
            found = places(target, allowance, private=private, typed=typed)
            request.check(target, allowance.seconds())
            connection = Connection(target, found, allowance)
            try:
                answer = _answer(connection, target, request, allowance)
            finally:
                connection.close()
        if not isinstance(answer, Target):
            return replace(answer, redirects=tuple(asked))
        asked.append(str(target))
        if len(asked) > request.limits.redirects or str(answer) in asked:
            raise TooManyRedirectsError(host=typed, limit=request.limits.redirects)
        if not _is_open(answer, allowed):
            raise _sent_astray(target)
        target = answer


def _allowed(entry: str) -> Iterator[tuple[str, int]]:
    host, port = authority(f"[{entry}]" if entry.count(":") > 1 and entry[0] != "[" else entry)
    for number in (port,) if port else PORTS.values():
        yield host, number


def _is_open(target: Target, allowed: Collection[tuple[str, int]]) -> bool:
    """Say whether the port may be asked: other services than the web's listen on the others."""
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
def _told(host: str, limits: Limits) -> Iterator[None]:
    """Make errors of the network ones that an editor understands."""
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
    """Ask once. A redirect gives the address that comes next."""
    allowance.grant(_HEADERS)
    headers = {
        "Host": target.netloc,
        "User-Agent": request.agent,
        "Accept": ", ".join([*request.types, "*/*;q=0.1"]),
        "Accept-Encoding": ", ".join(CODINGS),
        "Connection": "close",
    }
    connection.request("GET", target.path, headers=headers | dict(request.headers))
    try:
        response = connection.getresponse()
    except SizeExceededError as error:
        raise http.client.HTTPException from error
    with response:
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
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


def _next(target: Target, location: str) -> Target:
    try:
        # Headers come as Latin-1, but what stands in an unescaped address is UTF-8.
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
    """Leave out what no honest header says, so that a database can keep the others."""
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
