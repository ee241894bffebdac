"""All evidence of a report as one file (WACZ): its captured pages, its uploaded files, and its data."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from django.conf import settings
from django.core.files.storage import Storage

from claims.capturing import Attachment, CapturedPage, write_wacz
from claims.models import Capture, Evidence
from claims.models.base.addresses import address_key
from claims.models.claims.evidence import BYTES
from claims.renderers.claim_types import EvidenceLine
from claims.renderers.data import json_file
from claims.renderers.types import Edition

REPORT = "files/report.json"
"""Where the report's data is in the file."""


def write_evidence(edition: Edition, out: BinaryIO) -> None:
    """Write all evidence of an edition of a report: what the edition withholds is not in it.

    Every capture of its pages that was kept is in it, so that changes show. Two queries.

    Args:
        edition: the report.
        out: where it is written.
    """
    documents = list(_documents(edition))
    storage = Evidence._meta.get_field("file").storage
    report = edition.report
    write_wacz(
        out,
        list(_pages(documents, storage)),
        [Attachment(REPORT, partial(_data, edition)), *_files(documents, storage)],
        title=report.title,
        created=report.issued_at,
        software=settings.SOFTWARE,
    )


def _documents(edition: Edition) -> Iterator[EvidenceLine]:
    for line in edition.report.lines:
        yield from (*line.evidence, *line.referred)


def _pages(documents: list[EvidenceLine], storage: Storage) -> Iterator[CapturedPage]:
    keys = {address_key(one.url) for one in documents if one.url}
    captures = Capture.objects.filter(key__in=keys).exclude(file="")
    for one in captures.order_by("fetched_at", "pk"):
        yield CapturedPage(
            address=one.final_url,
            at=one.fetched_at,
            title=one.title,
            text=one.whole_text(),
            sha256=one.sha256,
            warc=_opening(storage, one.sha256),
        )


def _files(documents: list[EvidenceLine], storage: Storage) -> Iterator[Attachment]:
    """Yield the uploaded files under their digests: their own names may say more than everybody may know.

    So may what follows the last dot in a name, unless it is the ending of a known kind of file.
    """
    digests = {one.sha256 for one in documents if one.sha256}
    named = Evidence.objects.filter(sha256__in=digests).exclude(content_type=BYTES)
    names = dict(named.order_by("sha256", "pk").values_list("sha256", "file_name"))
    for digest in sorted(digests):
        ending = PurePosixPath(names.get(digest, "")).suffix.lower()
        yield Attachment(f"files/{digest}{ending}", _opening(storage, digest))


def _opening(storage: Storage, name: str) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    return lambda: cast("AbstractContextManager[IO[bytes]]", storage.open(name))


def _data(edition: Edition) -> BytesIO:
    return BytesIO(b"".join(json_file.FORMAT.write(edition)))
