"""Backups: taken at work, whole or refused, checked to the byte, and put back without overwriting anything."""

import json
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from django.db import connection

from claims.management.backups.manifest import backups_in, digest_of_data
from claims.management.backups.storing import forget_old
from tests.management.backups.conftest import (
    DATABASE,
    DIGESTS,
    Env,
    backed_up,
    backups,
    done,
    execute,
    in_world,
    outcome_of,
    refused,
    verified,
)
from tests.management.backups.world import FILES
from tests.management.commands import manage, reading

pytestmark = pytest.mark.django_db


def everything(env: Env) -> dict[str, list]:
    """Every row of every table, as another program reads it."""
    names = [*connection.introspection.django_table_names(only_existing=True), "django_migrations"]
    return {name: sorted(map(repr, reading(env, f'SELECT * FROM "{name}"'))) for name in names}


def files_of(env: Env) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(env["DATA_DIR"], "evidence").iterdir()}


def test_everything_comes_back_and_work_goes_on(desk, empty, tmp_path):
    folder = backed_up(desk, tmp_path / "backups")
    assert f"{folder} is whole" in done("verify_backup", folder, env=desk)
    other = empty()
    done("restore", folder, env=other)
    assert everything(other) == everything(desk)
    assert files_of(other) == files_of(desk)
    assert set(files_of(other)) == set(DIGESTS)
    # What the models do not know: the migrations, the logs' triggers, the index of words, the numbers of new rows.
    done("migrate", "--check", env=other)
    with pytest.raises(Exception, match="append-only"):
        execute(other, "UPDATE claims_decision SET verdict = 'verified'")
    assert in_world("decide", other) == "1"


def test_another_program_can_check_it(backup):
    listed = subprocess.run(
        ["/usr/bin/sha256sum", "--check", "SHA256SUMS"],
        cwd=backup,
        capture_output=True,
        text=True,
        check=True,
    )
    assert listed.stdout.splitlines() == [f"{name}: OK" for name in sorted(_listed(backup))]
    assert _listed(backup) == {DATABASE, *(f"files/{digest}" for digest in DIGESTS)}


def _listed(backup: Path) -> set[str]:
    return {line.split("  ")[1] for line in (backup / "SHA256SUMS").read_text().splitlines()}


def test_only_its_owner_can_read_it(backup):
    assert backup.stat().st_mode & 0o777 == 0o700


def test_it_holds_one_moment_while_rows_are_written(desk, empty, tmp_path):
    """Somebody writes pairs of rows all the time: a backup has both of a pair, or neither."""
    stopped, written = threading.Event(), 0

    def write() -> None:
        nonlocal written
        while not stopped.is_set():
            names = (f"{written} a", f"{written} b")
            execute(
                desk,
                *(
                    f"INSERT INTO claims_tag (name, name_key, public) VALUES ('{n}', '{n}', false)"
                    for n in names
                ),
            )
            written += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        folder = backed_up(desk, tmp_path / "backups")
    finally:
        stopped.set()
        writer.join()
    assert written > 1
    other = empty()
    done("restore", folder, env=other)
    pairs = "SELECT name FROM claims_tag WHERE name LIKE '% a' OR name LIKE '% b'"
    found = {name for (name,) in reading(other, pairs)}
    assert {name[:-2] for name in found if name[-1] == "a"} == {
        name[:-2] for name in found if name[-1] == "b"
    }
    assert len(found) < 2 * written


@pytest.mark.parametrize("name", [f"files/{DIGESTS[0]}", DATABASE, "SHA256SUMS", "manifest.json"])
def test_a_flipped_byte_is_found_and_named(backup, name):
    path = backup / name
    words = bytearray(path.read_bytes())
    for place in (0, len(words) // 2, len(words) - 1):
        path.write_bytes(words[:place] + bytes([words[place] ^ 1]) + words[place + 1 :])
        if name != "manifest.json" or place != len(words) - 1:
            said = verified(backup)
            assert "is damaged" in said
            assert name in said
    path.write_bytes(words)
    assert "is whole" in verified(backup)


@pytest.mark.parametrize("name", [f"files/{DIGESTS[1]}", DATABASE, "SHA256SUMS"])
def test_a_missing_file_is_named(backup, name):
    (backup / name).unlink()
    assert f"{name} is missing." in verified(backup)


def test_a_file_too_many_is_named(backup):
    (backup / "files" / "notes.txt").write_text("From elsewhere.")
    assert "files/notes.txt is not part of the backup." in verified(backup)


def test_a_database_with_other_rows_than_were_counted_is_found(backup):
    if connection.vendor != "sqlite":
        pytest.skip("only a server could count the rows of a dump")
    manifest = json.loads((backup / "manifest.json").read_text())
    del manifest["digest"]
    manifest["rows"]["claims_claim"] += 1
    _write_manifest(backup, manifest)
    assert "has 5 rows of claims_claim instead of 6" in verified(backup)


def _write_manifest(backup: Path, manifest: dict) -> None:
    text = json.dumps(manifest | {"digest": digest_of_data(manifest)})
    (backup / "manifest.json").write_text(text)


def test_a_damaged_backup_is_not_restored(backup, empty):
    (backup / "files" / DIGESTS[0]).write_bytes(b"The bridge is open.  ")
    other = empty()
    said = refused("restore", backup, env=other)
    assert f"files/{DIGESTS[0]} is damaged" in said
    assert list(Path(other["DATA_DIR"]).glob("*/*")) == []
    if connection.vendor == "postgresql":
        assert reading(other, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [
            (0,)
        ]


def test_nothing_is_overwritten(backup, desk, empty):
    other = empty()
    folder = Path(other["DATA_DIR"], "evidence")
    folder.mkdir()
    (folder / DIGESTS[0]).write_bytes(b"Something else.")
    assert f"{DIGESTS[0]} is already stored with different contents" in refused(
        "restore", backup, env=other
    )
    # A file that an interrupted restore brought back is no obstacle.
    (folder / DIGESTS[0]).write_bytes(FILES[0])
    done("restore", backup, env=other)
    assert files_of(other) == files_of(desk)


def test_files_are_copied_once_and_old_backups_deleted(desk, tmp_path):
    target, stored = tmp_path / "backups", Path(desk["DATA_DIR"], "evidence")
    done("backup", target, env=desk)
    (target / ".killed.unfinished").mkdir()
    (stored / "a note").write_text("Added since.")
    said = done("backup", target, env=desk)
    assert "3 files, of which 1 were copied" in said
    first, second = backups(target)
    for digest in DIGESTS:
        assert (first / "files" / digest).samefile(second / "files" / digest)
    # As long, and changed since the backup.
    (stored / "a note").write_text("Added again.")
    assert "of which 1 were copied" in done("backup", target, "--keep", "2", env=desk)
    assert backups(target)[0] == second
    assert len(backups(target)) == 2
    assert (second / "files" / "a note").read_text() == "Added since."
    assert "of which 3 were copied" in done("backup", target, "--full", "--keep", "1", env=desk)
    (last,) = backups(target)
    assert "is whole" in verified(last)
    assert (last / "files" / "a note").read_text() == "Added again."


@pytest.mark.parametrize("name", ["SHA256SUMS", "manifest.json"])
def test_the_next_after_a_damaged_one_is_taken_and_linked_to_the_one_before(desk, tmp_path, name):
    target = tmp_path / "backups"
    done("backup", target, env=desk)
    done("backup", target, env=desk)
    first, second = backups(target)
    (second / name).write_text("Something else.")
    said = refused("backup", target, "--keep", "1", env=desk)
    assert "The backup was taken, but" in said
    assert f"{name} is damaged" in said
    # None was deleted.
    _first, _second, third = backups(target)
    assert (third / "files" / DIGESTS[0]).samefile(first / "files" / DIGESTS[0])
    assert "is whole" in verified(third)
    assert "of which 0 were copied" in done("backup", target, env=desk)


def test_a_stored_file_that_is_missing_or_damaged_is_told_and_the_rest_is_kept(desk, tmp_path):
    stored = Path(desk["DATA_DIR"], "evidence")
    (stored / DIGESTS[0]).unlink()
    (stored / DIGESTS[1]).write_bytes(b"Something else.")
    said = refused("backup", tmp_path / "backups", env=desk)
    assert f"{DIGESTS[0]}, which the database names, is missing" in said
    assert f"{DIGESTS[1]} is damaged" in said
    (folder,) = backups(tmp_path / "backups")
    assert "is whole" in verified(folder)
    assert list((folder / "files").iterdir()) == []


def test_a_backup_that_fails_leaves_nothing(desk, tmp_path, settings):
    (tmp_path / "file").touch()
    assert "part of its path is not a folder" in outcome_of("backup", tmp_path / "file" / "x")
    settings.DATA_DIR = tmp_path
    assert "choose a folder on another disk" in outcome_of("backup", tmp_path / "backups")
    assert not (tmp_path / "backups").exists()
    broken = Path(desk["DATA_DIR"], "broken")
    broken.write_text("no database")
    url = {"sqlite": f"sqlite:///{broken}", "postgresql": "postgres://127.0.0.1:1/none"}
    manage("backup", tmp_path / "backups", env=desk | {"DATABASE_URL": url[connection.vendor]})
    assert backups(tmp_path / "backups") == []


def test_what_is_no_backup_is_told(backup, tmp_path):
    assert "it has no manifest.json" in verified(tmp_path / "nowhere")
    assert f"it holds 1 backups. Name one of them; the newest is {backup}" in verified(tmp_path)


def test_a_backup_of_another_kind_or_version_is_refused(backup):
    manifest = json.loads((backup / "manifest.json").read_text())
    del manifest["digest"]
    other = {
        "sqlite": {"engine": "postgresql", "database": "database.dump"},
        "postgresql": {"engine": "sqlite", "database": "database.sqlite3"},
    }
    migrations = [*manifest["migrations"], "claims.9999_of_tomorrow"]
    for change, words in (
        (other[connection.vendor], "but DATABASE_URL names"),
        ({"migrations": migrations}, "this one does not know claims.9999_of_tomorrow"),
        ({"format": 2}, "was written by a newer version"),
        ({}, "already has tables, and nothing is overwritten"),
    ):
        _write_manifest(backup, manifest | change)
        assert words in outcome_of("restore", backup)


def test_it_is_said_whether_a_restored_backup_waits_for_migrations(backup, empty):
    """Not if it only lacks the name of a squashed migration, all of whose parts it has."""
    manifest = json.loads((backup / "manifest.json").read_text())
    del manifest["digest"]
    (squashed,) = (name for name in manifest["migrations"] if "claims.0001_squashed" in name)
    for missing, waits in (([squashed], False), ([squashed, "claims.0007_reasons"], True)):
        migrations = [name for name in manifest["migrations"] if name not in missing]
        _write_manifest(backup, manifest | {"migrations": migrations})
        said = done("restore", backup, env=empty())
        assert ("newer migrations" in said) == waits


def test_what_sqlite_kept_beside_a_database_is_not_played_into_the_restored_one(backup, empty):
    """The database was moved away after its server had been killed, and its log was left behind."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no files there")
    other = empty()
    left = Path(other["DATA_DIR"]) / "workbench.sqlite3-wal"
    left.write_bytes(b"x" * 100)
    assert "with the files beside it" in refused("restore", backup, env=other)
    left.unlink()
    done("restore", backup, env=other)


def folders(target: Path, *names: str) -> list[Path]:
    """Folders of these names, each with a manifest."""
    for name in names:
        (target / name).mkdir()
        (target / name / "manifest.json").write_text("{}")
    return [target / name for name in names]


def test_what_is_left_of_a_deletion_that_was_interrupted_is_not_a_backup(tmp_path, monkeypatch):
    old, new = folders(tmp_path, "2026-01-01T000000.000000Z", "2026-02-01T000000.000000Z")

    def interrupted(_folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        forget_old(tmp_path, keep=1)
    assert old.exists()
    assert backups_in(tmp_path) == [new]


def test_what_has_another_name_is_not_deleted(tmp_path):
    """A backup that somebody renamed to keep it, and a folder of something else."""
    kept = folders(tmp_path, "2026-02-01T000000.000000Z", "before-the-update", "website", "2026")
    folders(tmp_path, "2026-01-01T000000.000000Z")
    assert forget_old(tmp_path, keep=1) == 1
    assert all(folder.exists() for folder in kept)
    assert backups_in(tmp_path) == kept[:1]
