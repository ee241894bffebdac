"""Copies of public pages in an outside archive that speaks the Internet Archive's Save Page Now 2.

The protocol is in “Save Page Now 2 Public API Docs” (Internet Archive, version of April 2022): `POST /save` with the page's
address begins a capture and answers with the id of a job; `GET /save/status/ID` says whether it is pending, has
succeeded or has failed, with a code in `status_ext`; HTTP status 429 asks to come back later.
"""

import ipaddress
import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urldefrag, urlencode

from claims.errors import (
    ArchiveBusyError,
    ArchiveError,
    ArchiveFailedError,
    BadAddressError,
    Phrase,
    gettext_noop,
)
from claims.fetching.addresses import parse
from claims.fetching.client import hosts_of
from claims.fetching.ip_ranges import is_public
from claims.fetching.sending.posting import Answer, get, post
from claims.fetching.types import Limits

LIMITS = Limits(seconds=30.0, size=1_000_000)
"""How long an archive may take for one answer, and how large that may be: it lists all that the page has loaded."""

PAUSE = 60.0
"""Seconds for which an archive is left alone that asks for it and does not say how long."""

_LONGEST = 2_000
"""Characters of the address of a copy."""

_JOB = re.compile(r"[A-Za-z0-9_-]{1,200}")
_OF_NO_NETWORK = {"localhost", "local", "internal", "intranet", "lan", "test", "invalid", "onion"}
"""The last part of names that mean nothing outside one network: RFC 6761, 6762 and 7686, and what is usual beside them."""

_BUSY: Mapping[str, str] = {
    "error:user-session-limit": gettext_noop("it is still busy with earlier pages of this desk"),
    "error:too-many-requests": gettext_noop("the site has been asked too often"),
    "error:service-unavailable": gettext_noop("the site was not available"),
    "error:gateway-timeout": gettext_noop("the site took too long to answer"),
    "error:bad-gateway": gettext_noop("the site was not available"),
    "error:internal-server-error": gettext_noop("the site reported a server error"),
    "error:read-timeout": gettext_noop("the site took too long to answer"),
    "error:browsing-timeout": gettext_noop("the page took too long to load"),
    "error:soft-time-limit-exceeded": gettext_noop("the page took too long to load"),
    "error:no-browsers-available": gettext_noop("it is overloaded"),
    "error:cannot-fetch": gettext_noop("it is overloaded"),
    "error:capture-location-error": gettext_noop("it had a failure of its own"),
    "error:celery": gettext_noop("it had a failure of its own"),
    "error:job-failed": gettext_noop("it had a failure of its own"),
    "error:proxy-error": gettext_noop("it had a failure of its own"),
}
"""What may go well later, by the code in `status_ext`."""

_FINAL: Mapping[str, str] = {
    "error:blocked": gettext_noop("the site does not let it in"),
    "error:blocked-url": gettext_noop("it does not keep this address"),
    "error:blocked-client-ip": gettext_noop("it does not serve this server's network"),
    "error:no-access": gettext_noop("the site does not let it in"),
    "error:unauthorized": gettext_noop("the page asks for a password"),
    "error:network-authentication-required": gettext_noop("the page asks for a password"),
    "error:not-found": gettext_noop("there is nothing at this address"),
    "error:invalid-url-syntax": gettext_noop("it takes this for no valid address"),
    "error:invalid-host-resolution": gettext_noop("there is no such host"),
    "error:invalid-server-response": gettext_noop("the server's reply is not valid HTTP"),
    "error:protocol-error": gettext_noop("the connection was lost"),
    "error:filesize-limit": gettext_noop("the file is too large for it"),
    "error:too-many-redirects": gettext_noop("the site keeps redirecting"),
    "error:too-many-daily-captures": gettext_noop(
        "it has kept this page as often today as it allows"
    ),
}
"""What another attempt does not change, by the same code."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An outside archive.

    Attributes:
        address: its scheme and host, such as "https://web.archive.org".
        key: the account's key and secret, with a colon between them.
    """

    address: str
    key: str

    @property
    def host(self) -> str:
        """Its host, for messages."""
        return parse(self.address).host


def require_public(address: str, archive: Archive, *, private: Collection[str] = ()) -> None:
    """Refuse an address that means nothing outside this network, or that nobody else should learn.

    Nothing is looked up: the archive does that itself.

    Args:
        address: the page's address.
        archive: who would be asked.
        private: hosts that are on a private network, as in the argument `allow` of `claims.fetching.fetch`.

    Raises:
        BadAddressError: it is not an http or https address, or has a password in it.
        ArchiveError: it is on a private network.
    """
    target = parse(address)
    if (target.host, target.port) in hosts_of(private) or not _is_of_the_web(target.host):
        raise ArchiveError(
            host=archive.host,
            why=gettext_noop("the address is on a private network, and is kept from it"),
        )


def _is_of_the_web(host: str) -> bool:
    with suppress(ValueError):
        return is_public(str(ipaddress.ip_address(host)))
    name, dot, last = host.rpartition(".")
    return bool(name and dot) and last not in _OF_NO_NETWORK and not host.endswith(".home.arpa")


def request_copy(address: str, archive: Archive) -> str:
    """Ask an archive for a copy of a page.

    Args:
        address: the page's address; what follows "#" is left out.
        archive: who is asked.

    Returns:
        The id of the job, for `copy_of`.

    Raises:
        ArchiveBusyError: it may keep the page later.
        ArchiveError: it will not, or its answer makes no sense.
        UnreachableError, TooSlowError: it gave no answer.
    """
    body = urlencode({"url": urldefrag(address).url, "skip_first_archive": "1"}).encode()
    headers = {**_headers(archive), "Content-Type": "application/x-www-form-urlencoded"}
    allow = [parse(archive.address).netloc]
    answer = post(f"{archive.address}/save", body, headers=headers, limits=LIMITS, allow=allow)
    told = _told(answer, archive)
    job = told.get("job_id")
    if isinstance(job, str) and _JOB.fullmatch(job):
        return job
    raise _senseless(archive)


def copy_of(job: str, archive: Archive) -> str | None:
    """Ask what became of a job.

    Args:
        job: the id from `request_copy`.
        archive: who was asked for it.

    Returns:
        The address of the copy, which is at the archive; None while the archive is at work.

    Raises:
        WorkbenchError: as in `request_copy`.
    """
    # Whoever installs the workbench chooses the archive.
    allow = [parse(archive.address).netloc]
    answer = get(
        f"{archive.address}/save/status/{job}",
        headers=_headers(archive),
        limits=LIMITS,
        allow=allow,
    )
    told = _told(answer, archive)
    if told.get("status") == "pending":
        return None
    if told.get("status") != "success":
        raise _senseless(archive)
    return _address(told, archive)


def _headers(archive: Archive) -> dict[str, str]:
    return {"Accept": "application/json", "Authorization": f"LOW {archive.key}"}


def _told(answer: Answer, archive: Archive) -> dict[str, Any]:
    """Return what an answer says. Raises its error if it tells of one."""
    host = archive.host
    if answer.status == 429:
        seconds = PAUSE if answer.retry_after is None else answer.retry_after
        why = gettext_noop("it has been asked too often")
        raise ArchiveBusyError(host=host, why=why, seconds=seconds)
    if answer.status in {401, 403}:
        why = gettext_noop("it does not accept the key; ask your administrator to check it")
        raise ArchiveError(host=host, why=why)
    told: Any = None
    with suppress(ValueError, RecursionError):
        told = json.loads(answer.body) if answer.whole else None
    if isinstance(told, dict) and told.get("status") == "error":
        raise _failure(told, archive, answer.retry_after)
    if answer.status >= 500:
        status = Phrase("it answered with HTTP status %(number)s", number=answer.status)
        raise ArchiveBusyError(host=host, why=status, seconds=answer.retry_after or PAUSE)
    if answer.status != 200 or not isinstance(told, dict):
        raise _senseless(archive)
    return told


def _failure(told: Mapping[str, Any], archive: Archive, wait: float | None) -> ArchiveError:
    code = told.get("status_ext")
    code = code if isinstance(code, str) else ""
    if code in _BUSY:
        return ArchiveFailedError(host=archive.host, why=_BUSY[code], seconds=wait or PAUSE)
    message = _words(told.get("message")) or _words(code) or "?"
    why = _FINAL.get(code) or Phrase("it reported: “%(message)s”", message=message)
    return ArchiveError(host=archive.host, why=why)


def _words(value: object) -> str:
    """Return a text of the archive's on one line, short enough to be shown, and such that a database can keep it."""
    if not isinstance(value, str):
        return ""
    line = " ".join(value[:1_000].split())
    return "".join(each for each in line if each.isprintable())[:200].rstrip(".")


def _senseless(archive: Archive) -> ArchiveError:
    return ArchiveError(host=archive.host, why=gettext_noop("its answer makes no sense"))


def _address(told: Mapping[str, Any], archive: Archive) -> str:
    """Return the address of a copy, from the time and the page's address that the archive tells.

    That address may differ from the one that was asked for, where the page redirects.
    """
    at, page = told.get("timestamp"), told.get("original_url")
    if not (isinstance(at, str) and isinstance(page, str) and re.fullmatch(r"[0-9]{14}", at)):
        raise _senseless(archive)
    try:
        datetime.strptime(at, "%Y%m%d%H%M%S")  # noqa: DTZ007 - only whether there is such a time
        address = f"{archive.address}/web/{at}/{parse(page)}"
    except (ValueError, BadAddressError) as error:
        raise _senseless(archive) from error
    if len(address) > _LONGEST:
        raise ArchiveError(
            host=archive.host, why=gettext_noop("the address of its copy is too long")
        )
    return address
