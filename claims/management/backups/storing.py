"""Taking a backup, into a folder that holds one folder for each."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.core.management.base import CommandError
from django.db import connection

from claims.management.backups.databases import (
    count_rows,
    engine,
    files_named,
    migrations_of,
    tables,
)
from claims.management.backups.manifest import (
    FILES,
    MANIFEST,
    NAMED,
    Manifest,
    backups_in,
    digest_of_file,
    fault_of_sums,
    is_plain,
    read_manifest,
    read_sums,
    write_sums,
)
from claims.management.progress import Tell

_UNFINISHED = ".unfinished"


@dataclass(slots=True)
class Taken:
    """A backup that was taken.

    Attributes:
        folder: where it is.
        manifest: what it holds.
        digest: that of its manifest, in hex.
        copied: how many stored files were copied; the others were in the backup before.
        size: the bytes of the database's copy.
        faults: what is wrong with the workbench's own files and the backups before, in words.
    """

    folder: Path
    manifest: Manifest
    digest: str
    copied: int
    size: int
    faults: list[str]


@dataclass(slots=True)
class _Files:
    """The stored files on their way into a backup.

    Attributes:
        folder: the backup's.
        named: the files that the database names.
        before: the backup before this one, if its files may be used again.
        since: when that began.
        digests: those of the files that are in this backup, by path.
        copied: how many were read and copied.
    """

    folder: Path
    named: set[str]
    before: Path | None
    since: datetime
    digests: dict[str, str] = field(default_factory=dict)
    copied: int = 0

    def take(self, storage: Storage, tell: Tell) -> list[str]:
        """Copy or link every file. Returns what is wrong with those that are needed."""
        known = dict(read_sums(self.before)) if self.before else {}
        names = list(files_in(storage))
        faults = [
            f"The file {name}, which the database names, is missing."
            for name in sorted(self.named.difference(names))
        ]
        for number, name in enumerate(names, 1):
            path = f"{FILES}/{name}"
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = known.get(path, "")
            if not (digest and self._linked(storage, name)):
                digest = _copied(storage, name, target)
                self.copied += 1
            if is_digest(name) and digest != name:
                # Whatever nothing refers to may just be on its way in.
                target.unlink()
                if name in self.named:
                    faults.append(f"The file {name} is damaged: its bytes have changed.")
                continue
            self.digests[path] = digest
            tell(number, len(names))
        return faults

    def _linked(self, storage: Storage, name: str) -> bool:
        """Link a file to the one in the backup before, if that has this size and the file was not written since."""
        if self.before is None:
            return False
        path = f"{FILES}/{name}"
        earlier = self.before / path
        try:
            is_same = earlier.stat().st_size == storage.size(name) and is_plain(earlier)
            # Some storages keep whole seconds.
            if not is_same or storage.get_modified_time(name) >= self.since.replace(microsecond=0):
                return False
            os.link(earlier, self.folder / path)
        except OSError:
            # It was not there yet, or the disk has no links: the file is copied.
            return False
        return True


def is_digest(name: str) -> bool:
    """Return whether a stored file's name is the SHA-256 of its bytes."""
    return len(name) == 64 and all(letter in "0123456789abcdef" for letter in name)


def files_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the names of all files of a storage, sorted within each folder."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    before = f"{folder}/" if folder else ""
    for name in sorted(names):
        yield f"{before}{name}"
    for name in sorted(folders):
        yield from files_in(storage, f"{before}{name}")


def _copied(storage: Storage, name: str, target: Path) -> str:
    """Copy a stored file. Returns its SHA-256."""
    digest = hashlib.sha256()
    with storage.open(name) as source, target.open("xb") as copy:
        for chunk in source.chunks():
            digest.update(chunk)
            copy.write(chunk)
    return digest.hexdigest()


def take_backup(target: Path, *, full: bool, tell: Any) -> Taken:
    """Take a backup while people keep working.

    Args:
        target: the folder of all backups; it is created if it is not there.
        full: whether all files are read again, and not linked to those of the backup before.
        tell: makes, of what is being copied, a function that reports progress.

    Raises:
        CommandError: the folder is not fit for it, or another backup is being taken into it.
        OSError: the system refused something, such as a full disk. Nothing is left behind.
    """
    target = target.resolve()
    if target.is_relative_to(settings.DATA_DIR.resolve()):
        raise CommandError(f"{target} is in DATA_DIR: choose a folder on another disk.")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(target):
        now = datetime.now(UTC)
        folder = target / f"{now:{NAMED}}"
        unfinished = target / f".{folder.name}{_UNFINISHED}"
        unfinished.mkdir(mode=0o700)
        try:
            before, faults = (None, []) if full else _newest_intact(target)
            taken = _fill(unfinished, now, before, tell)
            # All of it is on the disk before it has the name of a backup.
            os.sync()
            unfinished.rename(folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        taken.folder = folder
        taken.faults += faults
        return taken


def _newest_intact(target: Path) -> tuple[Path | None, list[str]]:
    """Return the newest backup whose manifest and list of files are intact, and what is wrong with those newer than it."""
    faults: list[str] = []
    for folder in reversed(backups_in(target)):
        try:
            fault = fault_of_sums(folder, read_manifest(folder))
        except CommandError as error:
            faults.append(str(error))
            continue
        if not fault:
            return folder, faults
        faults.append(f"{folder}: {fault}")
    return None, faults


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Refuse a second backup at the same time, and clear away what a killed one left."""
    with (target / ".lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise CommandError(f"Another backup is being written to {target}.") from None
        for left in target.glob(f".*{_UNFINISHED}"):
            shutil.rmtree(left)
        yield


def _fill(folder: Path, now: datetime, before: Path | None, tell: Any) -> Taken:
    """Copy the database, then the files: whatever it names was stored before."""
    kind = engine()
    with kind.snapshot() as snapshot:
        rows, migrations, named = (
            count_rows(snapshot, [model._meta.db_table for model in tables()]),
            migrations_of(snapshot),
            files_named(snapshot),
        )
        snapshot.write(folder / kind.FILE, tell("database"))
    since = read_manifest(before).moment if before else now
    files = _Files(folder, named, before, since)
    (folder / FILES).mkdir()
    faults = files.take(default_storage, tell("files"))
    digests = files.digests | {kind.FILE: digest_of_file(folder / kind.FILE)}
    manifest = Manifest(
        software=settings.SOFTWARE,
        taken_at=now.isoformat(),
        engine=connection.vendor,
        database=kind.FILE,
        migrations=migrations,
        rows=rows,
        files=len(files.digests),
        sums=write_sums(folder, digests),
    )
    digest = manifest.write(folder)
    size = (folder / kind.FILE).stat().st_size
    return Taken(folder, manifest, digest, files.copied, size, faults)


def forget_old(target: Path, keep: int) -> int:
    """Delete all but the newest backups. Returns how many were deleted."""
    old = backups_in(target.absolute())[:-keep]
    for folder in old:
        # First, so that what is left after an interruption is not taken for a backup.
        (folder / MANIFEST).unlink()
        shutil.rmtree(folder)
    return len(old)
