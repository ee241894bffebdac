"""Files of records, as people import and export them in the admin."""

import csv
import io
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from claims.models import Article, Claim, Desk, Outlet, Source, Tag

MODELS: list[type[Model]] = [Source, Outlet, Desk, Tag, Article, Claim]
"""All whose records come in and go out as files."""

CSV, XLSX = "csv", "xlsx"
"""The formats as the page to export from names them."""


def address(model: type[Model], name: str) -> str:
    return reverse(f"admin:claims_{model._meta.model_name}_{name}")


def export(client: Client, model: type[Model], kind: str = CSV, query: str = "") -> bytes:
    """The file, or else a failure."""
    answer = client.post(address(model, "export") + query, {"format": kind})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"], answer.content.decode()
    return answer.content


def look(client: Client, model: type[Model], data: bytes, name: str = "records.csv") -> Any:
    """The page with the dry run."""
    answer = client.post(address(model, "import"), {"import_file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    return answer


def confirm(client: Client, model: type[Model], page: Any) -> Any:
    """The answer to the step that carries a dry run out."""
    key = page.context["confirm"].initial["key"]
    return client.post(address(model, "process_import"), {"key": key}, follow=True)


def add_to_inbox(client: Client, model: type[Model], data: bytes) -> None:
    """Import a file, or else a failure."""
    page = look(client, model, data)
    assert problems(page) == []
    assert "imported" in confirm(client, model, page).content.decode()


def problems(page: Any) -> list[tuple[int, str, str]]:
    """What a page says is wrong: lines, columns and reasons; line 0 for the file as a whole."""
    found = [(0, "", why) for why in page.context["form"].errors.get("import_file", [])]
    run = page.context["dry_run"]
    told = run.mistakes if run else []
    return found + [(mistake.line.number, mistake.column, mistake.why) for mistake in told]


def changes(page: Any) -> list[tuple[int, tuple[str, str, str]]]:
    """What a dry run says would change: lines, each with a column and its cell before and after."""
    run = page.context["dry_run"]
    return [(row.line.number, change) for row in run.changed for change in row.changes]


def table(data: bytes) -> list[dict[str, str]]:
    """The lines of a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def as_csv(lines: list[dict[str, str]], **options: Any) -> bytes:
    """A CSV file of lines that name the same columns."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(lines[0]), **options)
    writer.writeheader()
    writer.writerows(lines)
    return file.getvalue().encode()


def as_xlsx(*rows: list[Any]) -> bytes:
    """An XLSX file as a spreadsheet writes it, with numbers, dates and formulas where they are given."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def source(**fields: str) -> dict[str, str]:
    """The line of a new source."""
    return {"id": "", "name": "Ada Venn", "kind": "minister", "aliases": ""} | fields
