"""Importing and exporting records: a dry run that names the rows with errors, corrected, imported, exported again."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from claims.actions import enter_record
from claims.models import Alias, Outlet, Source
from tests.browser.layout import violations
from tests.browser.screens import on_screens

BAD = """\
id,name,kind,aliases,organisation,country,wikidata,links,note,article,merged_into
,Ada Venn,minister,A. Venn | The Iron Engineer,Ministry of Transport,Ostrey,Q42,,'=1+1,,
,Bo Tarn,oracle,,,,,,,,
,Cy Oss,expert,,,,42,,,,
,ada venn,minister,,,,,,,,
"""
MENDED = BAD.replace("oracle", "witness").replace(",42,", ",Q43,").replace("ada venn", "Di Roe")


@pytest.fixture
def choose(page, desk):
    """Choose a file on the page to import sources, and look at its dry run."""

    def choose(text: str, name: str = "sources.csv") -> None:
        file = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
        page.get_by_label("File to import").set_input_files(file)
        with page.expect_navigation():
            page.get_by_role("button", name="Preview the changes").click()

    return choose


def test_bad_lines_are_named_mended_and_imported_and_go_out_as_they_came_in(
    page, desk, editor, log_in, problems, choose
):
    log_in(page, editor).goto(desk + reverse("admin:claims_source_changelist"))
    page.get_by_role("link", name="Import", exact=True).click()
    choose(BAD)
    expect(page.get_by_role("heading", name="3 rows of “sources.csv” have errors")).to_be_visible()
    rows = page.locator("table.list tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("row 3 kind“oracle” is not one of")
    expect(rows.nth(1)).to_contain_text("row 4 wikidata")
    expect(rows.nth(2)).to_contain_text("row 5 nameRow 2 already changes the same record")
    expect(page.get_by_role("button", name=re.compile("^Import"))).to_have_count(0)
    assert not Source.objects.exists()

    choose(MENDED)
    expect(page.get_by_text("New: 4")).to_be_visible()
    assert not Source.objects.exists()
    page.get_by_role("button", name="Import 4 rows").click()
    expect(page.locator(".messagelist")).to_contain_text("New: 4, changed: 0, unchanged: 0")
    assert Source.objects.called("the iron engineer").get().note == "=1+1"

    page.get_by_role("link", name="Export").click()
    expect(page.get_by_text("The file will contain the 4 records")).to_be_visible()
    with page.expect_download() as first:
        page.get_by_role("button", name="Export").click()
    taken_out = first.value.path().read_bytes()
    assert first.value.suggested_filename == "sources.csv"
    lines = taken_out.decode("utf-8-sig").split("\r\n")
    assert [line.partition(",")[2] for line in lines[1:]] == [
        line.partition(",")[2] for line in MENDED.split("\n")[1:]
    ]

    page.goto(desk + reverse("admin:claims_source_import"))
    choose(taken_out.decode())
    expect(page.get_by_text("There is nothing to import")).to_be_visible()
    page.goto(desk + reverse("admin:claims_source_export"))
    with page.expect_download() as second:
        page.get_by_role("button", name="Export").click()
    assert second.value.path().read_bytes() == taken_out
    assert problems == []


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    page, desk, chief, log_in, problems, choose
):
    ada = enter_record(actor=chief, record=Source(name="Ada Ven", note="n" * 400))
    enter_record(actor=chief, record=Alias(source=ada, name="A. Ven"))
    enter_record(actor=chief, record=Outlet(name="The Courier (fiction)"))
    log_in(page, chief)
    found = {}

    def look(name: str) -> None:
        for screen in on_screens(page):
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} is {wide} px wider than the screen: {screen}"
            found[f"{name}, {screen}"] = violations(page)

    page.goto(desk + reverse("admin:claims_source_export"))
    look("export")
    page.goto(desk + reverse("admin:claims_source_import"))
    look("import")
    choose(BAD)
    look("bad lines")
    choose(f"id,name,aliases,note\n{ada.pk},Ada Venn,A. Venn,{'m' * 400}\n,Bo Tarn,,\n")
    look("dry run")
    choose("name\n")
    look("nothing")
    choose("shoe_size\n1\n")
    look("no table")
    assert "".join(found.values()) == "", found
    assert problems == []
