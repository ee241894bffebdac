"""Checks the manifest of a WACZ file: `python manifest.py FILE`.

It needs nothing but Python's own library, so that this one file is enough on any machine.
"""

import hashlib
import json
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

VERSION = "1.1.1"
DATA_PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
"""The manifest, and the file that names its digest (WACZ 1.1.1, 5.1 and 5.2)."""

_CHUNK = 1024 * 1024
_LARGEST = 200_000_000
"""Bytes of a file in it that is read whole. Python unpacks no more than a file is said to have."""
_DAMAGED = (BadZipFile, EOFError, RuntimeError, zlib.error)
"""What Python raises for archives that are damaged, locked, or packed in an unknown way."""


class NotAWaczError(Exception):
    """A file that has no manifest that can be read. The message says why."""


def faults_of(path: Path) -> Iterator[str]:
    """Yield what is wrong with a WACZ file, in words; nothing if each file in it is as its manifest says.

    Args:
        path: the file.

    Raises:
        NotAWaczError: it is not a ZIP file, or its manifest cannot be read.
        OSError: the file cannot be read.
    """
    with _opened(path) as archive:
        yield from _faults(archive)


def number_of_files(path: Path) -> int:
    """Return how many files the manifest of a WACZ file lists. Errors as in `faults_of`."""
    with _opened(path) as archive:
        return len(_resources(archive))


def file_in(path: Path, name: str) -> bytes:
    """Return a file in a WACZ file by its path there. Errors as in `faults_of`."""
    with _opened(path) as archive:
        return _read(archive, name)


def one_line(text: str) -> str:
    """Return a text of a stranger's that can neither pretend to be another line nor steer a terminal."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(path) as archive:
            yield archive
    except _DAMAGED as error:
        raise NotAWaczError(f"it is not a ZIP file, or it is damaged: {error}") from error


def _faults(archive: ZipFile) -> Iterator[str]:
    resources = _resources(archive)
    told = _json(archive, DIGEST).get("hash")
    if told != _digest(archive, DATA_PACKAGE):
        yield f"{DATA_PACKAGE} is not the one whose digest {DIGEST} names"
    # Programs that pack a file anew write down its folders as well. They hold nothing.
    entries = [one for one in archive.infolist() if one.file_size or not one.is_dir()]
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        yield "two files in it have the same name"
    for path, told in resources.items():
        if path not in names:
            yield f"{path} is missing"
        elif _digest(archive, path) != told:
            yield f"{path} has been changed"
    for name in sorted(set(names) - resources.keys() - {DATA_PACKAGE, DIGEST}):
        yield f"{name} is not in the manifest"


def _resources(archive: ZipFile) -> dict[str, str]:
    """Return the digest of each file by its path, as the manifest has them."""
    listed = _json(archive, DATA_PACKAGE).get("resources")
    try:
        return {str(each["path"]): str(each["hash"]) for each in listed or ()}
    except (TypeError, KeyError) as error:
        raise NotAWaczError(f"{DATA_PACKAGE} does not list its files") from error


def _json(archive: ZipFile, path: str) -> dict[str, Any]:
    try:
        found = json.loads(_read(archive, path))
    except (RecursionError, ValueError) as error:
        raise NotAWaczError(f"{path} is not JSON") from error
    if not isinstance(found, dict):
        raise NotAWaczError(f"{path} is not an object")
    return found


def _read(archive: ZipFile, path: str) -> bytes:
    try:
        size = archive.getinfo(path).file_size
    except KeyError as error:
        raise NotAWaczError(f"{path} is missing") from error
    if size > _LARGEST:
        raise NotAWaczError(f"{path} is too large")
    return archive.read(path)


def _digest(archive: ZipFile, path: str) -> str:
    digest = hashlib.sha256()
    with archive.open(path) as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return f"sha256:{digest.hexdigest()}"


def main(arguments: list[str]) -> int:
    """Check the files that are named, and print what is wrong. Returns 0 if nothing is, else 1."""
    status = 0
    for name in arguments:
        try:
            faults = list(faults_of(Path(name)))
        except (NotAWaczError, OSError) as error:
            faults = [str(error)]
        status = 1 if faults else status
        for line in faults or ["holds: every file in it is as its manifest says"]:
            sys.stdout.write(f"{name}: {one_line(line)}\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
