"""Checking the manifest of a file with all evidence."""

import json
import subprocess
import sys
import warnings
from hashlib import sha256
from zipfile import ZipFile

import pytest

from claims.capturing import manifest
from claims.capturing.manifest import NotAWaczError

LISTED = {"pages/pages.jsonl": b"{}", "files/letter.txt": b"Dear desk"}


def digest(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"


@pytest.fixture
def packed(tmp_path):
    def packed(**other: object):
        """Write a file that holds; `other` are its entries that do not: `manifest`, `digest`, `files`."""
        resources = [{"path": path, "hash": digest(data)} for path, data in LISTED.items()]
        written = other.get("manifest", json.dumps({"resources": resources}).encode())
        told = json.dumps({"hash": other.get("digest") or digest(written or b"")}).encode()
        entries = [
            (manifest.DATA_PACKAGE, written),
            (manifest.DIGEST, told),
            *other.get("files", LISTED.items()),
        ]
        path = tmp_path / "evidence.wacz"
        with ZipFile(path, "w") as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of names that are there twice
            for name, data in entries:
                if data is not None:
                    archive.writestr(name, data)
        return path

    return packed


@pytest.mark.parametrize(
    ("files", "faults"),
    [
        ([], []),
        ([("files/", b"")], []),
        ([("files/", b"hidden")], ["files/ is not in the manifest"]),
        ([("empty.txt", b"")], ["empty.txt is not in the manifest"]),
        ([("b", b"x"), ("a", b"x")], ["a is not in the manifest", "b is not in the manifest"]),
        ([("files/letter.txt", b"Dear desk")], ["two files in it have the same name"]),
    ],
)
def test_what_is_there_besides(packed, files, faults):
    assert list(manifest.faults_of(packed(files=[*LISTED.items(), *files]))) == faults


@pytest.mark.parametrize(
    ("files", "faults"),
    [
        ({}, [f"{path} is missing" for path in LISTED]),
        (LISTED | {"files/letter.txt": b"Dear dusk"}, ["files/letter.txt has been changed"]),
        ({"pages/pages.jsonl": b"{}"}, ["files/letter.txt is missing"]),
    ],
)
def test_what_is_not_as_it_was(packed, files, faults):
    assert list(manifest.faults_of(packed(files=files.items()))) == faults


def test_a_manifest_that_was_changed(packed):
    path = packed(digest=digest(b"another"))
    assert list(manifest.faults_of(path)) == [
        "datapackage.json is not the one whose digest datapackage-digest.json names"
    ]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (None, "datapackage.json is missing"),
        (b"{", "datapackage.json is not JSON"),
        (b"[" * 100_000, "datapackage.json is not JSON"),
        (b"[]", "datapackage.json is not an object"),
        (b'{"resources": [{"path": "a"}]}', "datapackage.json does not list its files"),
        (b'{"resources": 5}', "datapackage.json does not list its files"),
    ],
)
def test_a_manifest_that_cannot_be_read(packed, written, why):
    path = packed(manifest=written)
    with pytest.raises(NotAWaczError, match=why):
        manifest.number_of_files(path)
    with pytest.raises(NotAWaczError, match=why):
        list(manifest.faults_of(path))


@pytest.mark.parametrize(("written", "number"), [(b"{}", 0), (b'{"resources": null}', 0)])
def test_a_manifest_that_lists_nothing(packed, written, number):
    assert manifest.number_of_files(packed(manifest=written)) == number


def test_the_files_are_counted_and_read(packed):
    path = packed()
    assert manifest.number_of_files(path) == len(LISTED)
    assert manifest.file_in(path, "files/letter.txt") == b"Dear desk"
    with pytest.raises(NotAWaczError, match="is missing"):
        manifest.file_in(path, "files/none")


def test_a_file_is_read_whole_up_to_a_limit(packed, monkeypatch):
    path = packed()
    monkeypatch.setattr(manifest, "_LARGEST", len(b"Dear desk"))
    assert manifest.file_in(path, "files/letter.txt") == b"Dear desk"
    monkeypatch.setattr(manifest, "_LARGEST", len(b"Dear desk") - 1)
    with pytest.raises(NotAWaczError, match="is too large"):
        manifest.file_in(path, "files/letter.txt")


def test_a_file_that_is_not_a_zip_file(tmp_path):
    (tmp_path / "a.wacz").write_bytes(b"nothing")
    with pytest.raises(NotAWaczError, match="not a ZIP file"):
        list(manifest.faults_of(tmp_path / "a.wacz"))


def test_a_name_can_steer_no_terminal():
    assert manifest.one_line("a é\n\x1b[2J") == "a é\\n\\x1b[2J"


@pytest.mark.parametrize(
    ("kinds", "status", "said"),
    [
        (["good"], 0, ["holds: every file in it is as its manifest says"]),
        (["none"], 1, ["[Errno 2] No such file or directory"]),
        (["none", "good"], 1, ["[Errno 2]", "holds"]),
        ([], 0, []),
    ],
)
def test_the_program_says_of_each_file_whether_it_holds(packed, tmp_path, kinds, status, said):
    paths = {"good": packed(), "none": tmp_path / "none.wacz"}
    ran = subprocess.run(
        [sys.executable, manifest.__file__, *(paths[kind] for kind in kinds)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == status
    lines = ran.stdout.splitlines()
    for kind, line, words in zip(kinds, lines, said, strict=True):
        assert line.startswith(f"{paths[kind]}: {words}")


@pytest.mark.parametrize("kinds", [["good", "bad"], ["bad", "good"], ["bad", "bad"]])
def test_one_file_that_does_not_hold_is_enough(packed, capsys, tmp_path, kinds):
    good = tmp_path / "good.wacz"
    good.write_bytes(packed().read_bytes())
    paths = {"good": good, "bad": packed(files=[])}
    assert manifest.main([str(paths[kind]) for kind in kinds]) == 1
    assert manifest.main([str(good)]) == 0
    assert "pages/pages.jsonl is missing\n" in capsys.readouterr().out
