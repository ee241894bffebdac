"""A backup that somebody tampered with: told in words, and never read or written outside of its folders."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.management.backups.manifest import backups_in, digest_of_data, read_sums, write_sums
from claims.management.backups.storing import forget_old
from tests.management.backups.conftest import (
    DATABASE,
    DIGESTS,
    done,
    outcome_of,
    refused,
    verified,
)

pytestmark = pytest.mark.django_db

FILE = f"files/{DIGESTS[0]}"


def sign(folder: Path, **changed: object) -> None:
    """Make the manifest fit what was done to the folder, as an attacker would. None takes a key away."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest |= {"sums": hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()} | changed
    data = {
        name: value for name, value in manifest.items() if value is not None and name != "digest"
    }
    (folder / "manifest.json").write_text(json.dumps(data | {"digest": digest_of_data(data)}))


def list_as(folder: Path, path: Path, name: str) -> None:
    """List a file under a name."""
    digests = dict(read_sums(folder)) | {name: hashlib.sha256(path.read_bytes()).hexdigest()}
    write_sums(folder, digests)
    sign(folder, files=len(digests) - 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"rows": None},
        {"migrations": None},
        {"files": None},
        {"added": 1},
        {"rows": ["claims_claim"]},
        {"rows": {"claims_claim": "6"}},
        {"rows": {'claims_claim" WHERE 1=0 --': 0}},
        {"files": "2"},
        {"files": True},
        {"migrations": "claims.0001_initial"},
        {"migrations": [1]},
        {"engine": "mysql"},
        {"engine": ["sqlite"]},
        {"taken_at": "yesterday"},
        {"taken_at": "2026-03-04T05:06:07"},
        {"software": "Claim Workbench\n/mnt/backups is whole"},
        {"database": "../database.sqlite3"},
        {"database": "files/database.sqlite3"},
        {"sums": 1},
        {"format": "1\ud800"},
    ],
)
@pytest.mark.parametrize("command", ["verify_backup", "restore"])
def test_a_manifest_of_another_shape_is_damaged(backup, command, changed):
    manifest = json.loads((backup / "manifest.json").read_text()) | changed
    del manifest["digest"]
    data = {name: value for name, value in manifest.items() if value is not None}
    try:
        digest = digest_of_data(data)
    except UnicodeEncodeError:
        digest = ""
    (backup / "manifest.json").write_text(json.dumps(data | {"digest": digest}))
    assert "manifest.json is damaged" in outcome_of(command, backup)


@pytest.mark.parametrize("text", ["", "[]", "1", '"text"', "null", "[" * 100_000, "\x00", "{}"])
def test_a_manifest_that_is_none_is_damaged(backup, text):
    (backup / "manifest.json").write_text(text)
    assert "manifest.json is damaged: it cannot be read" in verified(backup)


def _to_elsewhere(path: Path, elsewhere: Path) -> None:
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)


def _to_folder(path: Path, _elsewhere: Path) -> None:
    path.unlink()
    path.mkdir()


def _to_pipe(path: Path, _elsewhere: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("name", [FILE, DATABASE, "SHA256SUMS", "manifest.json", "files"])
@pytest.mark.parametrize("made", [_to_elsewhere, _to_folder, _to_pipe])
def test_what_is_no_file_in_the_folder_itself_is_named(
    backup, tmp_path, name: str, made: Callable[[Path, Path], None]
):
    if name == "files" and made is not _to_elsewhere:
        shutil.rmtree(backup / name)
        (backup / name).touch()
    made(backup / name, tmp_path / "elsewhere")
    said = verified(backup)
    assert "is whole" not in said
    assert name in said


def test_a_link_to_a_secret_is_not_restored(backup, empty, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("Not of this backup.")
    (backup / "files" / "link").symlink_to(secret)
    list_as(backup, secret, "files/link")
    other = empty()
    assert "files/link is a link or a device" in refused("restore", backup, env=other)
    assert list(Path(other["DATA_DIR"]).glob("*/*")) == []


@pytest.mark.parametrize(
    "name",
    ["files/../../outside", "files/..", "/etc/hostname", "../outside", "notes.txt", "files/"],
)
def test_a_listed_path_that_leaves_the_folder_is_damage(backup, tmp_path, name):
    (tmp_path / "outside").write_text("Outside.")
    list_as(backup, tmp_path / "outside", name)
    assert "is damaged" in verified(backup)


def test_a_listed_path_that_leaves_the_folder_is_not_restored(backup, empty, tmp_path):
    (tmp_path / "outside").write_text("Outside.")
    list_as(backup, tmp_path / "outside", "files/../../outside")
    other = empty()
    assert "is damaged; nothing was restored" in refused("restore", backup, env=other)
    assert list(Path(other["DATA_DIR"]).glob("*/*")) == []


def test_a_name_that_the_storage_refuses_is_told(backup, empty):
    """To the system it is the name of a file, to programs on other systems a path."""
    path = backup / "files" / "..\\outside"
    path.write_text("Outside.")
    list_as(backup, path, "files/..\\outside")
    other = empty()
    assert "cannot be stored" in refused("restore", backup, env=other)
    assert not Path(other["DATA_DIR"], "outside").exists()


def test_a_database_that_is_not_listed_is_not_taken_for_checked(backup):
    write_sums(backup, {name: one for name, one in read_sums(backup) if name != DATABASE})
    sign(backup)
    assert f"{DATABASE} is not in SHA256SUMS" in verified(backup)


@pytest.mark.parametrize("content", [b"", b"no database", bytes(10_000)])
def test_a_file_that_is_no_database_is_told(backup, content):
    (backup / DATABASE).write_bytes(content)
    list_as(backup, backup / DATABASE, DATABASE)
    assert DATABASE in verified(backup)
    assert "is whole" not in verified(backup)


def test_a_name_tells_the_terminal_nothing(backup):
    (backup / "files" / "a\nThe backup is whole\x1b[2J").touch()
    lines = verified(backup).splitlines()
    assert lines[1:] == [r"'files/a\nThe backup is whole\x1b[2J' is not part of the backup."]


def test_folders_in_folders_without_end_are_gone_through(backup):
    place = os.open(backup / "files", os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("a", dir_fd=place)
        inside = os.open("a", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inside
    os.close(os.open("deep", os.O_CREAT, dir_fd=place))
    os.close(place)
    try:
        assert "a/deep is not part of the backup" in verified(backup)
    finally:
        # Python's own removal stumbles over so many.
        subprocess.run(["/bin/rm", "-r", backup / "files"], check=True)


@pytest.mark.parametrize("line", ["x", "0" * 64, f"{'0' * 64}  files/x", "\\", "\xff\x00"])
def test_a_line_that_is_none_of_the_list_is_told(backup, line):
    with (backup / "SHA256SUMS").open("a", encoding="latin-1") as file:
        file.write(f"{line}\n")
    sign(backup, files=len(DIGESTS) + 1)
    assert "is whole" not in verified(backup)
    assert "SHA256SUMS does not list the 3 files" in verified(backup) or "files/x is missing" in (
        verified(backup)
    )


def test_stored_files_with_odd_names_are_in_the_backup(desk, tmp_path):
    names = ["two\nlines", "back\\slash", "back\\nslash", b"\xff".decode(errors="surrogateescape")]
    for name in names:
        Path(desk["DATA_DIR"], "evidence", name).write_text("A note.")
    done("backup", tmp_path / "backups", env=desk)
    (folder,) = backups_in(tmp_path / "backups")
    assert "is whole" in verified(folder)
    assert dict(read_sums(folder)).keys() >= {f"files/{name}" for name in names}
    # Another program reads the names as well.
    subprocess.run(["/usr/bin/sha256sum", "--check", "SHA256SUMS"], cwd=folder, check=True)


def test_a_link_with_the_name_of_a_backup_is_left_alone(backup, tmp_path):
    target = tmp_path / "backups"
    target.mkdir()
    (target / "2026-01-01T000000.000000Z").symlink_to(backup)
    shutil.copytree(backup, target / "2026-02-01T000000.000000Z")
    assert forget_old(target, keep=1) == 0
    assert "is whole" in verified(backup)


def test_a_disk_that_cannot_be_written_is_told(backup, empty):
    other = empty()
    Path(other["DATA_DIR"], "evidence").write_text("In the way.")
    assert "could not be restored" in refused("restore", backup, env=other)
