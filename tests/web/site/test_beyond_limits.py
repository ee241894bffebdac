"""A file beyond the limits is refused with a message, wherever it is added; other files are accepted."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from claims.ingest import sandbox
from claims.ingest.sandbox import Limits, Sandbox
from claims.ingest.sandbox.limits import MEGABYTE
from claims.management.watched_folder import WatchedFolder
from claims.models import Article, IntakeItem

pytestmark = pytest.mark.django_db

TEXT = b"Bridge closed\n\nThe bridge over the Olm is closed."
REFUSED = "This is too complex to read: it took more than 32 MB of memory."


@pytest.fixture(autouse=True)
def _little_memory(monkeypatch):
    """What a file may take is little, so that a small file takes more."""
    small = Sandbox(Limits(memory=32 * MEGABYTE))
    for name in ("read", "articles"):
        monkeypatch.setattr(sandbox, name, getattr(small, name))
    yield
    small.close()


def large() -> bytes:
    """What looks like a file of an old Office, and is read as a whole to see whether it is locked."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(80 * MEGABYTE)


def test_the_tray_says_so_and_takes_the_other_file(client, editor):
    client.force_login(editor)
    files = [SimpleUploadedFile("large.docx", large()), SimpleUploadedFile("bridge.txt", TEXT)]
    page = client.post(reverse("bring-files"), {"files": files})
    assert page.status_code == 200
    assert REFUSED in page.content.decode()
    assert [intake.name for intake in IntakeItem.objects.all()] == ["bridge.txt"]


def test_the_command_says_so_and_takes_the_other_file(tmp_path):
    (tmp_path / "a-large.docx").write_bytes(large())
    (tmp_path / "bridge.txt").write_bytes(TEXT)
    problems = io.StringIO()
    with pytest.raises(CommandError, match="1 of 2 articles could not be imported"):
        call_command("import_articles", tmp_path, stderr=problems, stdout=io.StringIO())
    assert REFUSED in problems.getvalue()
    assert Article.objects.get().headline == "Bridge closed"


def test_the_watched_folder_puts_it_away_and_takes_the_other_file(tmp_path):
    (tmp_path / "large.docx").write_bytes(large())
    (tmp_path / "bridge.txt").write_bytes(TEXT)
    watched = WatchedFolder(tmp_path)
    watched.prepare()
    told = {each.name: each for _ in range(2) for each in watched.look()}
    assert told["bridge.txt"].is_in
    assert not told["large.docx"].is_in
    assert REFUSED in (tmp_path / "refused" / "large.docx.why.txt").read_text()
    assert Article.objects.get().headline == "Bridge closed"


def test_an_archive_keeps_what_was_read_before_it_was_given_up(tmp_path):
    record = {"headline": "Bridge closed", "text": "The bridge over the Olm is closed."}
    wide = json.dumps({"headline": "x", "text": "y", "more": [[]] * 600_000})
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(record)}\n{wide}\n")
    with pytest.raises(CommandError, match="1 of 2 articles could not be imported"):
        call_command("import_articles", path, stderr=io.StringIO(), stdout=io.StringIO())
    assert Article.objects.get().headline == "Bridge closed"
