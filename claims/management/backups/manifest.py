"""What a backup says of itself: its manifest, and the list of the digests of its files."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.management.backups.databases import ENGINES
from claims.renderers.canonical_json import canonical_json

MANIFEST, SUMS, FILES = "manifest.json", "SHA256SUMS", "files"
"""The names of the manifest, of the list of digests, and of the folder of stored files."""
NAMED = "%Y-%m-%dT%H%M%S.%fZ"
"""How a backup is named: by its time in UTC."""
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z")

_TABLE = re.compile(r"\w+", re.ASCII)
_LISTED = re.compile(r"(\\?)([0-9a-f]{64})  (.+)", re.DOTALL)
_ESCAPED = re.compile(r"\\[n\\]")
_BACKSLASH = "\\"
_AS_WRITTEN: Any = {"encoding": "utf-8", "errors": "surrogateescape", "newline": "\n"}
"""Names of files are any bytes."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        format: the version of this description.
        software: the program that took it, with its version.
        taken_at: when it began, in ISO 8601 in UTC.
        engine: "sqlite" or "postgresql".
        database: the name of the file with the database.
        migrations: the applied migrations, as "app.name", sorted.
        rows: the number of rows of each table.
        files: the number of stored files.
        sums: the SHA-256 of the list of digests, in hex.
    """

    software: str
    taken_at: str
    engine: str
    database: str
    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    files: int
    sums: str
    format: int = _FORMAT

    def write(self, folder: Path) -> str:
        """Write it into the backup's folder, with its digest. Returns the digest."""
        digest = digest_of_data(asdict(self))
        text = json.dumps({**asdict(self), "digest": digest}, indent=2, sort_keys=True)
        (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
        return digest

    @property
    def moment(self) -> datetime:
        """When it began."""
        return datetime.fromisoformat(self.taken_at)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a backup.

    Raises:
        CommandError: there is none, it was changed, this program did not write it, or a newer version of it did.
        OSError: the system did not let it be read.
    """
    path = folder / MANIFEST
    if not is_plain(path):
        raise CommandError(f"{folder} is not a complete backup: {_what_else(folder)}")
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
        digest = found.pop("digest")
        if digest != digest_of_data(found):
            raise CommandError(f"{path} is damaged: its contents do not match its digest.")
        if found["format"] != _FORMAT:
            raise CommandError(
                f"{path} was written by a newer version, {found['software']}: use that version."
            )
        return _manifest_of(found)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise CommandError(f"{path} is damaged: it cannot be read.") from None


def _manifest_of(data: dict[str, Any]) -> Manifest:
    """Return the manifest that JSON data are.

    Raises:
        ValueError, KeyError, AttributeError, TypeError: they are not a manifest: a key is missing or unknown, or a
            value is of another type.
    """
    found = Manifest(**data | {"migrations": tuple(data["migrations"])})
    texts: tuple[Any, ...] = (
        *(found.software, found.taken_at, found.engine, found.database, found.sums),
        *found.migrations,
    )
    is_right = (
        isinstance(data["migrations"], list)
        and all(isinstance(text, str) and text.isprintable() for text in texts)
        # In this folder and no other one.
        and found.database == ENGINES[found.engine].FILE
        and found.moment.tzinfo is not None
        and all(_TABLE.fullmatch(name) for name in found.rows)
        and all(type(number) is int for number in (found.files, *found.rows.values()))
    )
    if not is_right:
        raise ValueError
    return found


def is_plain(path: Path) -> bool:
    """Return whether there is a file, and not a link to one elsewhere, a folder or a device."""
    return path.is_file() and not path.is_symlink()


def _what_else(folder: Path) -> str:
    inside = _complete_in(folder)
    if inside:
        return f"it holds {len(inside)} backups. Name one of them; the newest is {inside[-1]}."
    return f"it has no {MANIFEST}."


def backups_in(target: Path) -> list[Path]:
    """The folders of the complete backups in a folder, the oldest first.

    Only those with the name that a backup is given, its time in UTC: whatever has another name, or is a link to
    elsewhere, is left alone.
    """
    return [
        folder
        for folder in _complete_in(target)
        if _NAME.fullmatch(folder.name) and not folder.is_symlink()
    ]


def _complete_in(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob(f"[!.]*/{MANIFEST}"))


def digest_of_data(data: Mapping[str, Any]) -> str:
    """The SHA-256 of JSON data in hex: of its canonical form in UTF-8."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file in hex, read a little at a time."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path, digests: Mapping[str, str]) -> str:
    """Write the list of digests by path, in the format of the program sha256sum. Returns the list's own digest."""
    path = folder / SUMS
    with path.open("w", **_AS_WRITTEN) as file:
        file.writelines(_line(digests[name], name) for name in sorted(digests))
    return digest_of_file(path)


def fault_of_sums(folder: Path, manifest: Manifest) -> str:
    """Return what is wrong with the list of digests, in words; empty if it is the one that the manifest names.

    Raises:
        OSError: the system did not let it be read.
    """
    path = folder / SUMS
    if not is_plain(path):
        return f"{SUMS} is missing."
    if digest_of_file(path) != manifest.sums:
        return f"{SUMS} is damaged: its digest is not the one in {MANIFEST}."
    return ""


def _line(digest: str, name: str) -> str:
    """A line of the list. That of a name that would break it begins with a backslash, and has others before the characters."""
    escaped = name.replace("\\", r"\\").replace("\n", r"\n")
    return f"{'' if escaped == name else _BACKSLASH}{digest}  {escaped}\n"


def read_sums(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the path and the digest of each file of a backup, sorted by path. Lines of any other form are left out."""
    with (folder / SUMS).open(**_AS_WRITTEN) as file:
        for line in file:
            found = _LISTED.fullmatch(line.removesuffix("\n"))
            if found:
                escaped, digest, name = found.groups()
                yield _ESCAPED.sub(_meant, name) if escaped else name, digest


def _meant(escaped: re.Match[str]) -> str:
    return "\n" if escaped[0] == r"\n" else "\\"
