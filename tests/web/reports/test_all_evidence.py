"""All evidence of a report as one file."""

import io
import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    capture_evidence,
    decide_claim,
    draft_report,
    publish_report,
)
from claims.actions.captures.taking import enqueue_captures
from claims.capturing import manifest
from claims.choices import Verdict
from claims.models import Claim, Evidence, Report
from claims.models.claims.evidence import BYTES
from claims.queries.reports.contents import draft_of
from tests.capturing import pages
from tests.conftest import version_of
from tests.management.commands import manage, on_file

FILE = b"The notice, as it was nailed to the door."


@pytest.fixture
def report(chief, editor, claim, site) -> Report:
    """A published report of a claim with a page, a file, and a confidential page as evidence."""
    site.pages["/"] = site.pages["/secret"] = pages.READ["plain"]
    for fields in (
        {"url": site.at("/")},
        {"file": SimpleUploadedFile("from-noa.txt", FILE)},
        {"url": site.at("/secret"), "confidential": True},
    ):
        draft = EvidenceDraft(title="Notice", **fields)
        piece = add_evidence(actor=editor, evidence=draft, **version_of(claim))
        capture_evidence(actor=editor, evidence_id=piece.pk)
    enqueue_captures()
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(claim))
    chosen = Claim.objects.filter(pk=claim.pk)
    made = draft_report(actor=chief, title="Ferries", claims=chosen)
    return publish_report(actor=chief, report_id=made.pk, seen=draft_of(made).digest)


@pytest.fixture
def fetched(desk, report, tmp_path):
    def fetched(edition: str) -> Path:
        name = {"internal": "report-evidence", "public": "report-public-evidence"}[edition]
        path = tmp_path / f"{edition}.wacz"
        path.write_bytes(b"".join(desk.get(reverse(name, args=[report.pk]))))
        return path

    return fetched


def index_of(path: Path) -> list[str]:
    with ZipFile(path) as archive:
        return archive.read("indexes/index.cdx").decode().splitlines()


@pytest.mark.parametrize(("edition", "number"), [("internal", 2), ("public", 1)])
def test_each_edition_has_its_pages_and_files_and_the_manifest_holds(
    fetched, site, edition, number
):
    path = fetched(edition)
    assert list(manifest.faults_of(path)) == []
    lines = [json.loads(line.split(" ", 2)[2]) for line in index_of(path)]
    assert len(lines) == number
    assert (site.at("/secret") in {line["url"] for line in lines}) == (edition == "internal")
    with ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert FILE in [archive.read(name) for name in archive.namelist()]
        assert not any("from-noa" in name for name in archive.namelist())
        shown = archive.read("pages/pages.jsonl").decode()
        assert pages.WORDS in shown
        for line in lines:
            file = archive.read(f"archive/{line['filename']}")
            record = file[line["offset"] : line["offset"] + line["length"]]
            assert record.startswith(b"\x1f\x8b")


def test_the_same_evidence_gives_the_same_bytes(fetched):
    assert fetched("public").read_bytes() == fetched("public").read_bytes()


@pytest.mark.parametrize("edition", ["internal", "public"])
def test_the_command_says_that_it_holds(fetched, report, edition):
    out = io.StringIO()
    call_command("verify_report", fetched(edition), stdout=out)
    assert "files in it is as its manifest says" in out.getvalue()
    assert "the digest is that of the data" in out.getvalue()
    assert f"it is report {report.pk} as this installation published it" in out.getvalue()


def test_the_command_needs_no_database(fetched, tmp_path):
    said = manage("verify_report", fetched("public"), env=on_file(tmp_path / "new.sqlite3"))
    assert (said.returncode, said.stderr) == (0, "")
    assert "the digest is that of the data" in said.stdout
    assert "not checked  this installation has no database" in said.stdout


def _changed(path: Path, *, without: str = "", beside: str = "", forged: str = "") -> Path:
    """A copy of the file in which something is different."""
    copy = path.with_name("changed.wacz")
    with ZipFile(path) as archive, ZipFile(copy, "w") as to:
        for name in archive.namelist():
            if name != without:
                to.writestr(name, b"forged" if name == forged else archive.read(name))
        if beside:
            to.writestr(beside, "more")
    return copy


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"forged": "pages/pages.jsonl"}, "pages/pages.jsonl has been changed"),
        ({"without": "indexes/index.cdx"}, "indexes/index.cdx is missing"),
        ({"beside": "archive/more.warc.gz"}, "archive/more.warc.gz is not in the manifest"),
    ],
)
def test_what_was_changed_is_told(fetched, change, fault, capsys):
    path = _changed(fetched("public"), **change)
    assert list(manifest.faults_of(path)) == [fault]
    with pytest.raises(CommandError, match="not what it claims to be"):
        call_command("verify_report", path)
    assert f"WRONG        {fault}" in capsys.readouterr().out


def test_folders_that_another_program_has_written_down_are_no_fault(fetched):
    path = fetched("public")
    with ZipFile(path, "a") as archive:
        archive.mkdir("archive")
    assert list(manifest.faults_of(path)) == []
    with ZipFile(path, "a") as archive:
        archive.writestr("more/", "hidden")
    assert list(manifest.faults_of(path)) == ["more/ is not in the manifest"]


@pytest.mark.parametrize("lost", ["datapackage.json", "datapackage-digest.json"])
def test_a_file_without_a_manifest_is_refused(fetched, lost):
    path = _changed(fetched("public"), without=lost)
    with pytest.raises(CommandError, match="is missing"):
        call_command("verify_report", path)


def test_what_follows_the_last_dot_of_a_name_is_not_told(fetched, editor, claim, report):
    with ZipFile(fetched("public")) as archive:
        assert [name for name in archive.namelist() if name.endswith(".txt")]
    Evidence.objects.exclude(file="").update(
        file_name="Talk with Dr. Noa Brill", content_type=BYTES
    )
    with ZipFile(fetched("public")) as archive:
        assert not any("noa brill" in name.lower() for name in archive.namelist())


@pytest.mark.parametrize("name", ["datapackage.json", "files/report.json"])
def test_a_file_that_unpacks_to_more_than_any_has_is_refused(tmp_path, monkeypatch, name):
    monkeypatch.setattr(manifest, "_LARGEST", 1_000)
    path = tmp_path / "bomb.wacz"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for each in {"files/report.json", name}:
            archive.writestr(each, '{"report": {}}' + (each == name) * 2_000 * " ")
    with pytest.raises(CommandError, match=f"{name} is too large"):
        call_command("verify_report", path)


def test_lists_in_lists_without_end_are_refused(tmp_path):
    nested = "[" * 200_000
    written, packed = tmp_path / "report.json", tmp_path / "evidence.wacz"
    written.write_text(nested)
    with ZipFile(packed, "w") as archive:
        archive.writestr("files/report.json", '{"report": {}}')
        archive.writestr("datapackage.json", nested)
    for path in (written, packed):
        with pytest.raises(CommandError, match=r"is neither JSON nor PDF|is not JSON"):
            call_command("verify_report", path)


def test_a_locked_file_is_refused(fetched):
    path = fetched("public")
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(mark, place + 1)
    path.write_bytes(data)
    with pytest.raises(CommandError, match="damaged"):
        call_command("verify_report", path)


def test_a_name_cannot_pretend_to_be_what_was_found(fetched, capsys):
    path = _changed(fetched("public"), beside="x\nholds        all of it\x1b[2J")
    with pytest.raises(CommandError):
        call_command("verify_report", path)
    manifest.main([str(path)])
    told = capsys.readouterr().out
    assert "\nholds        all of it" not in told
    assert "\x1b" not in told


def test_it_is_checked_on_a_machine_that_has_nothing_but_python(fetched, tmp_path):
    alone = tmp_path / "manifest.py"
    alone.write_text(Path(manifest.__file__).read_text())
    for path, status in ((fetched("public"), 0), (tmp_path / "nothing", 1), (alone, 1)):
        command = [sys.executable, "-I", "-S", alone, path]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (found.returncode, found.stderr) == (status, "")
        assert ("holds" in found.stdout) == (status == 0)


def test_a_draft_has_its_evidence_too(client, chief, claim):
    client.force_login(chief)
    chosen = Claim.objects.filter(pk=claim.pk)
    made = draft_report(actor=chief, title="Piers", claims=chosen)
    answer = client.get(reverse("report-public-evidence", args=[made.pk]))
    assert answer["Content-Type"] == "application/wacz"
    name = f"report-{made.pk}-evidence-public.wacz"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    with ZipFile(io.BytesIO(b"".join(answer))) as archive:
        assert archive.namelist()[-2:] == ["datapackage.json", "datapackage-digest.json"]
