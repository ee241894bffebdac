"""Importing an exported file changes nothing."""

import codecs
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.admin.import_export.formats import FORMATS, read
from claims.admin.import_export.sheets import Line, Sheet
from claims.models import Claim
from tests.actions.database import everything
from tests.admin.import_export.files import (
    CSV,
    MODELS,
    XLSX,
    as_csv,
    changes,
    export,
    look,
    problems,
    table,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0")
    | st.sampled_from("=+-@\t\r\n\v '\"|\\;,_x0041_\ufffe\N{FULLWIDTH EQUALS SIGN}"),
    max_size=20,
)


@pytest.mark.parametrize("kind", [CSV, XLSX], ids=["csv", "xlsx"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
class TestEveryModel:
    def test_every_line_is_unchanged_and_nothing_is_written(self, admin, registry, model, kind):
        before = everything()
        file = export(admin, model, kind)
        page = look(admin, model, file)
        assert problems(page) == changes(page) == []
        totals = page.context["dry_run"].totals
        assert totals["unchanged"] == model._default_manager.count() > 0
        assert not page.context["confirm"]
        assert "nothing to import" in page.content.decode()
        assert everything() == before
        assert not Claim.objects.with_stale_copies().exists()

    def test_it_is_in_the_order_of_the_numbers(self, admin, registry, model, kind):
        sheet = read(export(admin, model, kind))
        numbers = [int(cell) for cell in sheet.column("id")]
        assert numbers == sorted(model._default_manager.values_list("pk", flat=True))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_same_records_are_the_same_bytes(admin, registry, model):
    assert export(admin, model) == export(admin, model)
    assert export(admin, model).startswith(codecs.BOM_UTF8 + b"id,")


@pytest.mark.parametrize(
    "mangle",
    [
        lambda text: text.removeprefix("\ufeff"),
        lambda text: text.replace("\r\n", "\n"),
        lambda text: text.replace("\r\n", "\n\n"),
        lambda text: text + "\r\n,,\r\n",
    ],
    ids=["no mark", "LF", "blank lines", "blank cells"],
)
def test_what_editors_do_to_a_file_changes_nothing(admin, registry, mangle):
    model = MODELS[1]
    file = mangle(export(admin, model).decode()).encode()
    page = look(admin, model, file)
    assert problems(page) == changes(page) == []


def test_semicolons_of_a_german_excel(admin, registry):
    model = MODELS[0]
    lines = table(export(admin, model))
    page = look(admin, model, codecs.BOM_UTF8 + as_csv(lines, delimiter=";"))
    assert problems(page) == changes(page) == []
    assert page.context["dry_run"].totals["unchanged"] == len(lines)


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.key)
@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2).filter(any), max_size=4))
def test_any_cells_come_back(form, rows):
    sheet = Sheet(["id", "name"])
    for number, row in enumerate(rows, 2):
        sheet.add(Line(number), row)
    back = read(form.write([sheet.headers, *sheet.rows]))
    assert back.rows == rows
    assert [line.wrong for line in back.lines] == [[] for _row in rows]


@settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(CELLS.filter(any), min_size=1, max_size=4))
def test_no_cell_of_a_workbook_is_a_formula(cells):
    sheet = Sheet(["name"])
    for number, cell in enumerate(cells, 2):
        sheet.add(Line(number), [cell])
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write([sheet.headers, *sheet.rows])))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s"}
