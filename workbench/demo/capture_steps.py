"""The kind of step by which a page is captured. The pages are invented and are in the folder `evidence`: nothing is fetched."""

from collections.abc import Callable, Mapping
from typing import Any
from unittest import mock

from django.contrib.auth.models import User
from django.utils import timezone

from claims import actions
from claims.actions.captures.taking import take_capture
from claims.capturing import pages
from claims.fetching import Exchange, Fetched
from claims.models import DueCapture
from workbench.demo.desk import Desk, edited
from workbench.demo.documents import EVIDENCE

_SERVER = "192.0.2.17"
"""An address that is reserved for examples (RFC 5737)."""


def capture(
    desk: Desk,
    actor: User,
    *,
    article: str,
    claim: str,
    title: str,
    page: str,
    changes: Mapping[str, str] | None = None,
) -> None:
    """Capture the page of a document, which reads like a file of the folder, with some words replaced."""
    piece = desk.evidence(desk.claim(article, claim), title)
    actions.capture_evidence(actor=actor, evidence_id=piece.pk)
    body = edited((EVIDENCE / page).read_text(), changes or {}).encode()
    with mock.patch.object(pages, "fetch", _site_of(body)):
        take_capture(DueCapture.objects.get(key=piece.address_key))


def _site_of(body: bytes) -> Callable[..., Fetched]:
    """Return what fetches this page from every address."""

    def fetch(address: str, *, keep: Callable[[Exchange], None], **_limits: Any) -> Fetched:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        request = b"GET / HTTP/1.1\r\n\r\n"
        keep(Exchange(address, _SERVER, timezone.now(), request, head.encode() + body))
        return Fetched(address, "text/html", "utf-8", body)

    return fetch
