"""Damaged, mistaken or malicious files end in an error message, never in a crash."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from claims.admin.import_export import uploads
from claims.admin.import_export.formats import MAX_BYTES
from claims.admin.import_export.sheets import LIMIT
from claims.models import Source, Tag
from tests.admin.import_export.files import (
    add_to_inbox,
    address,
    as_csv,
    as_xlsx,
    changes,
    confirm,
    look,
    problems,
)
from tests.bounds import at_most

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """An XLSX file with some of its parts replaced, or others added. `__` stands for `/`, `_` for a point."""
    file = io.BytesIO()
    names = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, part in names.items():
            new.writestr(name, part)
    return file.getvalue()


PLAIN = as_xlsx(["name"], ["Ada"])
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s<sheetData>%s</sheetData></worksheet>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
    + b"ha" * 50
    + b'">'
    + b"".join(b'<!ENTITY %c "' % name + b"&%c;" % (name - 1) * 20 + b'">' for name in b"bcdefgh")
    + b"]>"
    + SHEET % (b"", b'<row r="1"><c r="A1" t="inlineStr"><is><t>&h;</t></is></c></row>')
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SHEET % (
    b"",
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>name&a;</t></is></c></row>',
)


def sheet(rows: bytes, before: bytes = b"") -> bytes:
    return with_parts(PLAIN, xl__worksheets__sheet1_xml=SHEET % (before, rows))


STEPS = 20_000_000
"""A thousand for each line that is read at the most."""

NAME = b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'


class TestWholeFiles:
    @pytest.mark.parametrize(
        ("data", "why"),
        [
            pytest.param(
                b"name\nM\xfcller\n",
                "line 2 is not valid UTF-8. In Excel, save it as “CSV UTF-8”",
                id="latin-1",
            ),
            pytest.param(
                "name\nMüller\n".encode("utf-16"), "the file is encoded in UTF-16", id="utf-16"
            ),
            pytest.param(b"name\nA\0da\n", "line 2 contains a NUL byte", id="nul"),
            pytest.param(
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
                "an old Excel format",
                id="old excel",
            ),
            pytest.param(
                b"PK\x03\x04 and no more",
                "the file is damaged, or not an XLSX file",
                id="not a zip",
            ),
            pytest.param(PLAIN[:-40], "the file is damaged, or not an XLSX file", id="cut off"),
            pytest.param(
                with_parts(PLAIN, xl__workbook_xml=b"<"),
                "the file is damaged, or not an XLSX file",
                id="broken xml",
            ),
            pytest.param(
                with_parts(PLAIN, xl__worksheets__sheet1_xml=LAUGHS),
                "the file is damaged, or not an XLSX file",
                id="laughs",
            ),
            pytest.param(
                with_parts(PLAIN, xl__worksheets__sheet1_xml=OUTSIDE),
                "the file is damaged, or not an XLSX file",
                id="outside entity",
            ),
            pytest.param(b"%PDF-1.7 x", "there is no column “%pdf-1.7 x”", id="pdf"),
            pytest.param(b"\n\n", "the first row is empty", id="blank lines"),
            pytest.param(b",,\nx,y,z\n", "the first row is empty", id="commas"),
            pytest.param(b"name,,kind\nx,y,z\n", "column 2 has no name", id="nameless"),
            pytest.param(b"name,Name\nx,y\n", "two columns named “name”", id="twice"),
            pytest.param(
                b"name,shoe_size\nx,y\n",
                "no column “shoe_size”. The columns are: id, name, kind",
                id="unknown",
            ),
            pytest.param(
                b'name\nAda\n"Bo\n',
                "line 3 cannot be read: it has a missing or extra quotation mark",
                id="open quote",
            ),
            pytest.param(
                b'name\n"Bo"x\n',
                "line 2 cannot be read: it has a missing or extra quotation mark",
                id="stray quote",
            ),
            pytest.param(
                b"name\n" + b"x" * (MAX_BYTES - 10),
                "longer than 131,072 characters",
                id="long cell",
            ),
            pytest.param(b"name\n" + b"x" * MAX_BYTES, "larger than 10.0\xa0MB", id="large"),
            pytest.param(b"", "empty", id="nothing at all"),
        ],
    )
    def test_the_page_says_what_to_do(self, admin, data, why):
        ((line, _column, said),) = problems(look(admin, Source, data))
        assert line == 0
        assert why in said

    def test_no_file_at_all(self, admin):
        page = admin.post(address(Source, "import"), {})
        assert problems(page) == [(0, "", "This field is required.")]

    def test_a_file_of_names_alone_has_nothing_to_import(self, admin):
        page = look(admin, Source, b"name,kind\r\n")
        assert "nothing to import" in page.content.decode()

    def test_a_bomb_is_not_unpacked(self, admin):
        bomb = with_parts(PLAIN, xl__sharedStrings_xml=b" " * 200_000_000)
        assert len(bomb) < 400_000
        with at_most(STEPS) as called:
            page = look(admin, Source, bomb, "bomb.xlsx")
        ((_line, _column, why),) = problems(page)
        assert "larger than 30.0\xa0MB when unpacked" in why
        # The session is unpacked, too.
        assert called["decompress"] < 10

    def test_a_bomb_that_lies_about_its_size_ends_where_it_said(self, admin):
        bomb = bytearray(with_parts(PLAIN, xl__worksheets__sheet1_xml=b" " * 100_000_000))
        size = (100_000_000).to_bytes(4, "little")
        while (place := bomb.find(size)) >= 0:
            bomb[place : place + 4] = (100).to_bytes(4, "little")
        ((_line, _column, why),) = problems(look(admin, Source, bytes(bomb), "bomb.xlsx"))
        assert "the file is damaged" in why

    @pytest.mark.parametrize(
        "rows",
        [
            NAME + b'<row r="999999999"><c r="A999999999"><v>1</v></c></row>',
            NAME + b"".join(b'<row r="%d"/>' % number for number in range(2, 4 * LIMIT + 9)),
        ],
        ids=["far away", "many"],
    )
    def test_empty_lines_without_end(self, admin, rows):
        file = sheet(rows)
        with at_most(STEPS):
            page = look(admin, Source, file, "far.xlsx")
        ((_line, _column, why),) = problems(page)
        assert "rows beyond row 20,000" in why

    def test_cells_without_end(self, admin):
        row = b'<row r="2">' + b"<c/>" * 5_000_000 + b"</row>"
        file = sheet(NAME + row)
        with at_most(STEPS):
            page = look(admin, Source, file, "wide.xlsx")
        ((_line, _column, why),) = problems(page)
        assert "far more cells or formats" in why

    def test_a_size_that_is_a_lie_costs_nothing(self, admin):
        row = b'<row r="2"><c r="A2" t="inlineStr"><is><t>Ada</t></is></c></row>'
        file = sheet(NAME + row, before=b'<dimension ref="A1:XFD1048576"/>')
        page = look(admin, Tag, file, "wide.xlsx")
        assert changes(page) == [(2, ("name", "", "Ada"))]

    def test_too_many_lines_are_too_many(self, admin):
        lines = [{"name": f"tag {number}"} for number in range(LIMIT + 1)]
        ((_line, _column, why),) = problems(look(admin, Tag, as_csv(lines)))
        assert "the file has more than 5,000 rows. Split it into several files." in why


class TestCells:
    def test_lines_are_numbered_as_a_spreadsheet_and_as_a_text_editor_do(self, admin):
        file = b'name,links\r\nAda,"https://a.example\r\nhttps://b.example"\r\n\r\n,x\r\n'
        page = look(admin, Source, file)
        assert [line for line, *_rest in problems(page)] == [4]
        assert "(line 5 in a text editor)" in page.content.decode()
        page = look(admin, Source, b"name,links\r\n,x\r\n")
        assert [line for line, *_rest in problems(page)] == [2]
        assert "in a text editor" not in page.content.decode()

    def test_a_comma_too_many_and_a_cell_too_few(self, admin):
        file = b"name,kind\nVenn, Ada,minister\nBo\nCy,expert\n"
        wrong = problems(look(admin, Source, file))
        assert [(line, column, why[:26]) for line, column, why in wrong] == [
            (2, "", "This row has more cells th"),
            (3, "", "This row has 1 cells, but "),
        ]

    def test_formulas_and_errors_of_a_spreadsheet(self, admin):
        file = as_xlsx(["name", "kind"], ["=1+1", "expert"], ["Ada", "#N/A"], ["'=1+1", "expert"])
        wrong = problems(look(admin, Source, file, "f.xlsx"))
        assert [(line, column, why[:22]) for line, column, why in wrong] == [
            (2, "name", "This cell contains a f"),
            (3, "kind", "This cell contains a s"),
        ]

    def test_a_nul_byte_in_a_workbook(self, admin):
        file = as_xlsx(["name"], ["A_x0000_da"])
        ((line, column, why),) = problems(look(admin, Tag, file, "n.xlsx"))
        assert (line, column, "NUL" in why) == (2, "name", True)

    def test_half_a_character_in_a_workbook(self, admin):
        page = look(admin, Tag, as_xlsx(["name"], ["A_xD800_da"]), "n.xlsx")
        assert changes(page) == [(2, ("name", "", "A_xD800_da"))]
        confirm(admin, Tag, page)
        assert Tag.objects.get().name == "A_xD800_da"

    def test_numbers_and_empty_cells_of_a_spreadsheet(self, admin):
        tag = Tag.objects.create(name="one")
        file = as_xlsx(
            ["id", "name", None], [tag.pk, 1931, None], [float(tag.pk) + 0.5, "x"], [None, 2.5]
        )
        wrong = problems(look(admin, Tag, file, "n.xlsx"))
        assert [(line, column) for line, column, _why in wrong] == [(3, "id")]
        page = look(admin, Tag, as_xlsx(["id", "name"], [tag.pk, 1931], [None, 2.5]), "n.xlsx")
        assert changes(page) == [(2, ("name", "one", "1931")), (3, ("name", "", "2.5"))]

    def test_a_cell_of_ten_megabytes(self, admin):
        text = b"x" * 10_000_000
        row = b'<row r="2"><c r="A2" t="inlineStr"><is><t>%s</t></is></c></row>' % text
        ((line, column, why),) = problems(look(admin, Tag, sheet(NAME + row), "long.xlsx"))
        assert (line, column, "longer than 32,767" in why) == (2, "name", True)

    def test_links_to_other_workbooks_are_not_followed(self, admin):
        book = openpyxl.load_workbook(io.BytesIO(as_xlsx(["name"], ["Ada"])))
        book.active["A3"] = "='[file:///etc/other.xlsx]Sheet1'!A1"
        file = io.BytesIO()
        book.save(file)
        ((line, column, why),) = problems(look(admin, Tag, file.getvalue(), "l.xlsx"))
        assert (line, column, "formula" in why) == (3, "name", True)

    def test_what_looks_like_a_page_is_shown_as_text(self, admin):
        page = look(admin, Tag, as_csv([{"name": "<script>alert(1)</script>"}]), "<b>.csv")
        assert "<script>alert(1)" not in page.content.decode()
        add_to_inbox(admin, Tag, as_csv([{"name": "<script>alert(1)</script>"}]))


class TestBetweenDryRunAndImport:
    def test_the_table_is_under_a_long_key_that_expires(self, admin):
        page = look(admin, Tag, as_csv([{"name": "one"}]))
        key = page.context["confirm"].initial["key"]
        kept = Session.objects.get(session_key=key)
        assert len(key) == 32
        assert kept.expire_date - timezone.now() <= uploads.KEPT_FOR
        Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
        assert "more than an hour old" in confirm(admin, Tag, page).content.decode()
        assert not Tag.objects.exists()
        look(admin, Tag, as_csv([{"name": "two"}]))
        assert not Session.objects.filter(pk=key).exists()

    def test_it_is_gone_once_it_was_imported(self, admin):
        page = look(admin, Tag, as_csv([{"name": "one"}]))
        confirm(admin, Tag, page)
        assert not Session.objects.filter(pk=page.context["confirm"].initial["key"]).exists()

    def test_it_is_no_login(self, admin, client):
        page = look(admin, Tag, as_csv([{"name": "one"}]))
        client.cookies["sessionid"] = page.context["confirm"].initial["key"]
        assert client.get(address(Tag, "import")).status_code == 302

    @pytest.mark.parametrize("key", ["", "x", "\0" * 32, "../../etc/passwd", "A" * 32, "a" * 32])
    def test_no_other_key_finds_anything(self, admin, key):
        answer = admin.post(address(Tag, "process_import"), {"key": key})
        assert answer.status_code == 200
        assert "Nothing was imported" in answer.content.decode()

    def test_the_key_of_a_login_finds_nothing(self, admin):
        key = admin.session.session_key
        answer = admin.post(address(Tag, "process_import"), {"key": key})
        assert "Nothing was imported" in answer.content.decode()
        assert admin.get(address(Tag, "import")).status_code == 200

    def test_it_takes_a_post(self, admin):
        key = look(admin, Tag, as_csv([{"name": "one"}])).context["confirm"].initial["key"]
        admin.get(address(Tag, "process_import"), {"key": key})
        assert not Tag.objects.exists()
