"""Exports: the records in the list, up to a file's limit, in a number of queries that does not grow with them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import enter_record
from claims.admin.import_export import views
from claims.choices import SourceKind
from claims.models import Alias, Article, Claim, Desk, Outlet, Source, Tag
from tests.admin.import_export.files import CSV, MODELS, XLSX, address, as_csv, export, look, table
from tests.models import rows

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_the_file_holds_what_the_list_shows_and_the_page_says_how_many(admin):
    for number, kind in enumerate((SourceKind.EXPERT, SourceKind.MEDIA, SourceKind.EXPERT)):
        Source.objects.create(name=f"Source {number}", kind=kind)
    query = "?kind__exact=expert&q=source"
    page = admin.get(address(Source, "export") + query).content.decode()
    assert "The file will contain the 2 records" in page
    names = [line["name"] for line in table(export(admin, Source, query=query))]
    assert names == ["Source 0", "Source 2"]


def test_the_list_leads_to_it_with_its_filter(admin):
    page = admin.get(address(Source, "changelist") + "?kind__exact=expert").content.decode()
    assert f"{address(Source, 'export')}?kind__exact=expert" in page
    assert address(Source, "import") in page


def test_there_are_two_formats(admin):
    form = admin.get(address(Source, "export")).context["form"]
    assert form.fields["format"].choices == [(CSV, "CSV"), (XLSX, "XLSX")]


def test_more_than_a_file_holds_is_told_on_the_page(admin, monkeypatch):
    monkeypatch.setattr(views, "EXPORT_LIMIT", 1)
    for name in "ab":
        Tag.objects.create(name=name)
    answer = admin.post(address(Tag, "export"), {"format": CSV})
    assert "The list has more than 1 records. Filter it" in answer.content.decode()


def test_a_cell_that_excel_cannot_hold_is_told_on_the_page(admin):
    Outlet.objects.create(name="The Courier (fiction)", note="=" + "x" * 32_766)
    answer = admin.post(address(Outlet, "export"), {"format": XLSX})
    assert (
        "longer than 32,767 characters, the most that Excel allows. Use CSV"
        in answer.content.decode()
    )
    assert len(table(export(admin, Outlet))[0]["note"]) == 32_768


def test_of_a_dry_run_only_the_first_lines_are_listed(admin):
    lines = [{"name": f"tag {number}"} for number in range(views.SHOWN + 3)]
    page = look(admin, Tag, as_csv(lines))
    assert len(page.context["dry_run"].changed) == views.SHOWN
    assert "And 3 more rows." in page.content.decode()
    page = look(admin, Source, as_csv([line | {"kind": "oracle"} for line in lines]))
    assert f"{views.SHOWN + 3} rows of" in page.content.decode()
    assert "And 3 more rows." in page.content.decode()


CHANGED = {
    Source: "organisation",
    Outlet: "country",
    Desk: "name",
    Tag: "name",
    Article: "byline",
    Claim: "role",
}
"""For each model a column to change in all lines."""


def _queries(function) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        function()
    return len(captured)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_line_costs_a_query(admin, chief, registry, model):
    """Neither on the way out nor in a dry run, whether it changes nothing or something."""

    def costs() -> list[int]:
        file = export(admin, model)
        changed = as_csv([line | {CHANGED[model]: f"x {line['id']}"} for line in table(file)])
        assert look(admin, model, changed).context["confirm"]
        return [
            _queries(lambda: export(admin, model)),
            _queries(lambda: look(admin, model, file)),
            _queries(lambda: look(admin, model, changed)),
        ]

    few = costs()
    for number in range(20):
        for named in (Source, Outlet, Tag):
            record = enter_record(actor=chief, record=named(name=f"a {number}"))
            if named is Source:
                enter_record(actor=chief, record=Alias(source=record, name=f"aa {number}"))
        text = rows.revision(chief)
        text.article.outlet = Outlet.objects.get(name=f"a {number}")
        enter_record(actor=chief, record=text.article, fields=["outlet"])
        rows.claim(text, source=Source.objects.get(name=f"a {number}"))
    assert not Claim.objects.with_stale_copies().exists()
    assert costs() == few
