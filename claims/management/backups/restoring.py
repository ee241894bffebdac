"""Putting a backup in the place of an empty workbench."""

from collections.abc import Callable
from pathlib import Path

from django.core.cache import caches
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from claims.actions.files import digest_of
from claims.management.backups.checking import faults_of, shown
from claims.management.backups.databases import count_rows, engine
from claims.management.backups.manifest import FILES, Manifest, read_manifest, read_sums
from claims.management.progress import Tell

_ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def restore_backup(folder: Path, tell: Callable[[str], Tell]) -> tuple[Manifest, bool]:
    """Restore a backup. If it is interrupted, it can be run again.

    Args:
        folder: the backup's.
        tell: makes, of what is being done, a function that reports progress.

    Returns:
        What was restored, and whether migrations are waiting.

    Raises:
        CommandError: the backup is damaged or of another kind; or the database has tables already, or a stored file has
            other bytes than the backup's. Nothing was changed then.
    """
    manifest = read_manifest(folder)
    waiting = _require_fitting(folder, manifest)
    faults = list(faults_of(folder, manifest, tell("checking")))
    if faults:
        raise CommandError("\n".join([f"{folder} is damaged; nothing was restored:", *faults]))
    _store_files(folder, tell("files"))
    kind = engine()
    # Last: as long as there is no database, all of it can be done again.
    kind.restore(folder / manifest.database)
    _require_whole(manifest)
    caches["public"].clear()
    return manifest, waiting


def _store_files(folder: Path, tell: Tell) -> None:
    """Store the files of a backup that are not there yet.

    Raises:
        CommandError: one is there with other bytes, or has a name that cannot be stored.
    """
    files = {
        name.removeprefix(f"{FILES}/"): digest
        for name, digest in read_sums(folder)
        if name.startswith(f"{FILES}/")
    }
    missing = [name for name, digest in files.items() if not _is_there(name, digest)]
    for number, name in enumerate(missing, 1):
        with (folder / FILES / name).open("rb") as file:
            try:
                default_storage.save(name, File(file))
            except SuspiciousFileOperation:
                raise CommandError(
                    f"A file named {shown(name)} cannot be stored: it might leave its folder."
                ) from None
        tell(number, len(missing))


def _require_fitting(folder: Path, manifest: Manifest) -> bool:
    """Refuse a backup of another database or of a newer program. Returns whether this program has more migrations."""
    if manifest.engine != connection.vendor:
        raise CommandError(
            f"{folder} is a backup of {_ENGINES[manifest.engine]}, but DATABASE_URL names {_ENGINES[connection.vendor]}."
            " Restore it on its own kind of database; move_database then moves it from SQLite to PostgreSQL."
        )
    # Those that a squashed one replaces, too: a database may have been made before it was squashed.
    ours = MigrationLoader(None).disk_migrations
    applied = set(manifest.migrations)
    if unknown := sorted(applied.difference(map(".".join, ours))):
        raise CommandError(
            f"{folder} was taken by another version, {manifest.software}: this one does not know {unknown[-1]}. Restore it"
            " with that version or a newer one."
        )
    if engine().is_used():
        raise CommandError(
            "The database already has tables, and nothing is overwritten. Name an empty one in DATABASE_URL, or move the"
            " old one away, with the files beside it whose names begin like its own."
        )
    # A squashed one is applied where all that it replaces are.
    return not all(
        ".".join(key) in applied or {".".join(old) for old in one.replaces or [key]} <= applied
        for key, one in ours.items()
    )


def _is_there(name: str, digest: str) -> bool:
    """Return whether a stored file is there already.

    Raises:
        CommandError: it is, with other bytes.
    """
    if not default_storage.exists(name):
        return False
    with default_storage.open(name) as file:
        if digest_of(file) == digest:
            return True
    raise CommandError(
        f"The file {shown(name)} is already stored with different contents, and nothing is overwritten. Restore into an empty folder or bucket."
    )


def _require_whole(manifest: Manifest) -> None:
    try:
        with engine().snapshot() as snapshot:
            found = count_rows(snapshot, manifest.rows)
    except DatabaseError as error:
        raise CommandError(f"The restored database cannot be read: {error}") from error
    wrong = [table for table, number in manifest.rows.items() if found[table] != number]
    if wrong:
        raise CommandError(f"The restored database lacks rows of {', '.join(wrong)}.")
