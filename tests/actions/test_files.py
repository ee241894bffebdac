"""The names of uploaded files, made safe to store."""

import pytest
from django.core.files.base import ContentFile

from claims.actions.files import kind_of, name_of_file


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("notice.pdf", "notice.pdf"),
        ("tool.exe", "tool.exe"),
        ("Verkündung.docx", "Verkündung.docx"),
        ("Verku\u0308ndung.docx", "Verkündung.docx"),
        ("notice", "notice"),
        ("archive.tar.gz", "archive.tar.gz"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\edda\\notice.pdf", "notice.pdf"),
        ("two\r\nlines\x00.pdf", "two lines .pdf"),
        ("exe\u202efdp.exe", "exe fdp.exe"),
        (".htaccess", "htaccess"),
        ("  . ", "file"),
        ("", "file"),
        (None, "file"),
        ("n" * 400 + ".pdf", "n" * 146 + ".pdf"),
        ("n." + "e" * 400, "n." + "e" * 148),
    ],
)
def test_it_is_its_own_without_folders_or_what_nobody_sees(given, kept):
    assert name_of_file(ContentFile(b"x", name=given)) == kept


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.PDF", "application/pdf"),
        ("a.jpeg", "image/jpeg"),
        ("a.html", "application/octet-stream"),
        ("a.svg", "application/octet-stream"),
        ("a.exe", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ],
)
def test_its_kind_is_one_in_which_a_browser_runs_nothing(name, kind):
    assert kind_of(name) == kind
