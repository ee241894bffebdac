"""Whether a backup is what it was when it was taken."""

import os
from collections.abc import Iterator
from pathlib import Path

from claims.management.backups.databases import ENGINES, count_rows
from claims.management.backups.manifest import (
    FILES,
    MANIFEST,
    SUMS,
    Manifest,
    digest_of_file,
    fault_of_sums,
    read_sums,
)
from claims.management.progress import Tell


def faults_of(folder: Path, manifest: Manifest, tell: Tell) -> Iterator[str]:
    """Read a backup to its last byte, and open its database.

    Args:
        folder: the backup's.
        manifest: as it was read from it.
        tell: is told how many files were read, and how many there are.

    Yields:
        Each fault in words. The path of a file begins those that are about one.

    Raises:
        OSError: the system did not let something be read.
    """
    if fault := fault_of_sums(folder, manifest):
        yield fault
        return
    there = dict(_contents(folder))
    listed = {
        name: digest
        for name, digest in read_sums(folder)
        if name == manifest.database or name.startswith(f"{FILES}/")
    }
    if len(listed.keys() - {manifest.database}) != manifest.files:
        yield f"{SUMS} does not list the {manifest.files:,} files of the backup."
    is_whole = manifest.database in listed
    if not is_whole:
        yield f"{manifest.database} is not in {SUMS}."
    for number, (name, digest) in enumerate(listed.items(), 1):
        fault = _fault_of_file(folder / name, digest, is_file=there.get(name))
        if fault:
            yield f"{shown(name)} {fault}"
            is_whole = is_whole and name != manifest.database
        tell(number, manifest.files + 1)
    for name in sorted(there.keys() - {*listed, MANIFEST, SUMS}):
        yield f"{shown(name)} is not part of the backup."
    if is_whole:
        yield from _faults_of_database(folder / manifest.database, manifest)


def _contents(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield the path of everything in a folder but its folders, and whether it is a plain file. No link is followed."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(folder / inside) as found:
            for one in found:
                if one.is_dir(follow_symlinks=False):
                    waiting.append(f"{inside}{one.name}/")
                else:
                    yield f"{inside}{one.name}", one.is_file(follow_symlinks=False)


def shown(name: str) -> str:
    """Return a path as it can be printed: on one line, and without a word to the terminal."""
    return name if name.isprintable() else ascii(name)


def _fault_of_file(path: Path, digest: str, *, is_file: bool | None) -> str:
    if not is_file:
        return "is missing." if is_file is None else "is a link or a device, not a file."
    return "" if digest_of_file(path) == digest else "is damaged: its bytes have changed."


def _faults_of_database(path: Path, manifest: Manifest) -> Iterator[str]:
    kind = ENGINES[manifest.engine]
    fault = kind.fault_of(path)
    if fault:
        yield f"{manifest.database} cannot be read: {fault}"
        return
    with kind.copy_of(path) as copy:
        found = count_rows(copy, manifest.rows) if copy else manifest.rows
    for table, number in manifest.rows.items():
        if found[table] != number:
            yield f"{manifest.database} has {found[table]:,} rows of {table} instead of {number:,}."
