"""One file with all evidence: WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/), a ZIP file with a manifest.

The same evidence gives the same bytes.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, Protocol
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from claims.capturing.manifest import DATA_PACKAGE, DIGEST, VERSION
from claims.capturing.warc import Place, places_in

_CHUNK = 1024 * 1024
_IN_MEMORY = 20_000_000
"""Bytes of a WARC file that are kept in memory for its index; more are kept in a temporary file."""


class Opens(Protocol):
    """Opens a stored file. It is called once, when the file is written into the archive."""

    def __call__(self) -> AbstractContextManager[IO[bytes]]:
        """Return the file at its beginning."""


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """A capture of a page.

    Attributes:
        address: the address whose answer is shown: the final one, after all redirects.
        at: when it was captured.
        title: the page's title, or "".
        text: its words, by which programs search.
        sha256: that of its WARC file.
        warc: the WARC file.
    """

    address: str
    at: datetime
    title: str
    text: str
    sha256: str
    warc: Opens


@dataclass(frozen=True, slots=True)
class Attachment:
    """Another file that belongs to the evidence.

    Attributes:
        path: its path in the archive, such as "files/report.json".
        file: the file.
    """

    path: str
    file: Opens


def write_wacz(
    out: BinaryIO,
    pages: Sequence[CapturedPage],
    attachments: Iterable[Attachment],
    *,
    title: str,
    created: datetime,
    software: str,
) -> None:
    """Write a WACZ file.

    Args:
        out: where it is written.
        pages: the captures, in order. Two with the same WARC file are one.
        attachments: the other files, with different paths.
        title: what it is the evidence of.
        created: the time that its manifest names.
        software: what wrote it.
    """
    with ZipFile(out, "w") as archive:
        package = _Package(archive)
        index: list[str] = []
        for sha256, page in {page.sha256: page for page in pages}.items():
            name = f"{sha256}.warc.gz"
            with page.warc() as file, SpooledTemporaryFile(_IN_MEMORY) as copy:
                package.add(f"archive/{name}", file, copy)
                copy.seek(0)
                index += [_index_line(place, name) for place in places_in(copy)]
        package.add_text("indexes/index.cdx", "".join(f"{line}\n" for line in sorted(index)))
        package.add_text("pages/pages.jsonl", _pages(pages))
        for attachment in attachments:
            with attachment.file() as file:
                package.add(attachment.path, file)
        manifest = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": title,
            "created": _moment(created),
            "software": software,
            "resources": package.resources,
        }
        written = json.dumps(manifest, ensure_ascii=False, indent=2)
        package.add_text(DATA_PACKAGE, written)
        digest = {"path": DATA_PACKAGE, "hash": package.resources[-1]["hash"]}
        package.add_text(DIGEST, json.dumps(digest, indent=2))


class _Package:
    """What is in the archive so far, as the manifest lists it."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.resources: list[dict[str, object]] = []

    def add(self, path: str, file: IO[bytes], copy: IO[bytes] | None = None) -> None:
        """Add a file, and write it into a copy as well. What is packed already is stored as it is."""
        # ZIP knows no earlier date; a fixed one makes the same evidence the same file.
        entry = ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = ZIP_STORED if path.startswith("archive/") else ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self._archive.open(entry, "w", force_zip64=True) as into:
            while piece := file.read(_CHUNK):
                digest.update(piece)
                size += len(piece)
                into.write(piece)
                if copy is not None:
                    copy.write(piece)
        self.resources.append(
            {
                "name": path.rpartition("/")[2],
                "path": path,
                "hash": f"sha256:{digest.hexdigest()}",
                "bytes": size,
            }
        )

    def add_text(self, path: str, text: str) -> None:
        """Add a text, in UTF-8."""
        with SpooledTemporaryFile(_IN_MEMORY) as file:
            file.write(text.encode(errors="replace"))
            file.seek(0)
            self.add(path, file)


def _pages(pages: Iterable[CapturedPage]) -> str:
    lines: list[dict[str, object]] = [
        {"format": "json-pages-1.0", "id": "pages", "title": "Evidence", "hasText": True}
    ]
    lines += [
        {
            "id": page.sha256[:32],
            "url": page.address,
            "ts": _moment(page.at),
            "title": page.title or page.address,
            "text": page.text,
        }
        for page in pages
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _index_line(place: Place, file: str) -> str:
    """Return a line of a CDXJ index (https://specs.webrecorder.net/cdxj/0.1.0/)."""
    about = {
        "url": place.address,
        "digest": place.digest,
        "mime": place.content_type,
        "offset": place.offset,
        "length": place.length,
        "status": int(place.status),
        "filename": file,
    }
    return f"{sort_key(place.address)} {re.sub(r'[^0-9]', '', place.date)[:14]} {json.dumps(about)}"


def sort_key(address: str) -> str:
    """Return an address in the form by which indexes of archives are sorted (SURT): "example,desk)/page?a=b".

    Args:
        address: an http or https address.
    """
    parts = urlsplit(address)
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    port = f":{parts.port}" if parts.port else ""
    query = "&".join(sorted(parts.query.lower().split("&")))
    path = re.sub(r"/{2,}", "/", parts.path.lower()).rstrip("/") or "/"
    return f"{','.join(reversed(host.split('.')))}{port}){path}" + (f"?{query}" if query else "")
