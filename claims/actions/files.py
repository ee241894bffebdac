"""Uploaded files: stored once under the SHA-256 of their bytes, and never deleted.

Their names are stored separately.
"""

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

from django.core.files import File
from django.core.files.storage import Storage

from claims.models.claims.evidence import BYTES

KINDS = {
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".wav": "audio/wav",
    ".webp": "image/webp",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""What is said of a file, by the ending of its name: kinds in which a browser runs nothing. All others are `BYTES`."""

SANDBOXED = "sandbox; default-src 'none'"
"""The content security policy of every file that somebody uploaded: a browser may show it, and nothing else."""

_LONGEST_NAME = 150
_LONGEST_ENDING = 20


def served_kind(kind: str) -> str:
    """Return the content type with which a file of some kind is sent: one in which a browser runs nothing."""
    return kind if kind in KINDS.values() else BYTES


def digest_of(file: File[bytes]) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def name_of_file(file: File[bytes]) -> str:
    """Return a file name that is safe to store: no folders, nothing invisible, at most 150 characters.

    The extension is kept. Invisible characters are control characters and those that change the direction of writing:
    "fdp.exe" could look like "exe.pdf".
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", file.name or ""))[-1]
    seen = "".join(
        character if unicodedata.category(character)[0] != "C" else " " for character in last
    )
    name = " ".join(seen.split()).strip(". ") or "file"
    ending = PurePosixPath(name).suffix
    kept = ending if len(ending) <= _LONGEST_ENDING else ""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - len(kept)] + kept


def kind_of(name: str) -> str:
    """Return a file's MIME type by its name; the type that a browser sends is based on the name as well."""
    return KINDS.get(PurePosixPath(name).suffix.lower(), BYTES)


def keep_file(file: File[bytes], storage: Storage, digest: str) -> str:
    """Save a file in a storage under its digest, unless it is already there completely. Returns its name there."""
    if storage.exists(digest):
        if storage.size(digest) == file.size:
            return digest
        storage.delete(digest)
    return storage.save(digest, file)
