"""What is true of every format."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

import claims.renderers
from claims.errors import UnknownFormatError
from claims.renderers import FORMATS, TABLES, get, writer_of_tables
from claims.renderers.types import Format, Table
from tests.renderers import reports
from tests.renderers.matches import matching

# Each has a public page, which some formats need.
EDITIONS = {
    name: replace(
        made,
        url="https://proofdesk.example/published/3/",
        claims_url="https://proofdesk.example/published/claims/",
        site="https://proofdesk.example",
    )
    for name, made in {
        "sample": reports.sample(),
        "several": reports.several(),
        "hostile": reports.hostile(),
        "matching": matching(),
        "no claims": reports.report(),
        "no articles": reports.report(articles=()),
    }.items()
}
FOR_TABLES = {key: each for key, each in FORMATS.items() if each.table}

every_format = pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS)
every_format_for_tables = pytest.mark.parametrize("fmt", FOR_TABLES.values(), ids=FOR_TABLES)


def test_every_format_of_a_module_is_in_the_list():
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(claims.renderers.__path__, "claims.renderers.")
    ]
    # A module may import another one's format.
    defined = {
        id(value): value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Format)
    }.values()
    assert sorted(each.key for each in defined) == sorted(FORMATS)


def test_get_gives_the_format_of_a_key():
    assert get("csv").label == "CSV"


def test_an_unknown_format_is_named_with_the_known_ones():
    with pytest.raises(UnknownFormatError, match=r"“odt”.*html, pdf,.* csv, csv-excel,"):
        get("odt")


@every_format
def test_a_format_is_listed_under_its_key_with_a_label_and_a_content_type(fmt: Format):
    assert FORMATS[fmt.key] is fmt
    assert fmt.label
    assert fmt.suffix.isalnum()
    assert fmt.content_type.count("/") == 1


def test_no_two_formats_have_one_label():
    assert len({each.label for each in FORMATS.values()}) == len(FORMATS)


@every_format
@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_format_streams_bytes_and_the_same_report_gives_the_same(fmt: Format, edition):
    stream = fmt.write(edition)
    assert isinstance(stream, Iterator)
    pieces = list(stream)
    assert all(type(piece) is bytes for piece in pieces)
    assert b"".join(pieces) == b"".join(fmt.write(edition))


@pytest.mark.parametrize(
    "fmt", [one for key, one in FORMATS.items() if key not in {"json", "jsonl"}]
)
def test_a_moment_without_a_zone_is_refused_rather_than_guessed(fmt: Format):
    naive = datetime(2031, 5, 6, 9, 30)  # noqa: DTZ001
    made = EDITIONS["several"]
    line = replace(made.report.lines[0], checked_at=naive)
    report = replace(made.report, created_at=naive, lines=(line, *made.report.lines[1:]))
    unclear = replace(made, report=report, corrections=())
    # JSON writes the canonical data, which no such moment gets into.
    with pytest.raises(ValueError, match="no zone"):
        list(fmt.write(unclear))


@pytest.mark.parametrize("key", ["html", "json", "jsonl", "csv"])
def test_a_text_format_carries_the_digest(key: str):
    assert reports.sample().digest.encode() in b"".join(get(key).write(reports.sample()))


@every_format_for_tables
def test_a_table_without_rows_is_a_file_too(fmt: Format):
    assert isinstance(b"".join(fmt.table(Table(("id", "quote"), ()))), bytes)


@every_format_for_tables
def test_a_table_is_written_from_rows_that_come_once(fmt: Format):
    moment = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
    rows = [(1, "berth 1", None, 0.5, moment), (2, "berth 2", "", 0.25, None)]
    names = ("id", "quote", "role", "worth", "at")
    once = b"".join(fmt.table(Table(names, iter(rows))))
    assert once
    assert len(once) == len(b"".join(fmt.table(Table(names, rows))))


@pytest.mark.parametrize("key", FORMATS)
def test_tables_are_written_in_formats_for_tables_alone(key):
    if key in TABLES:
        assert writer_of_tables(key) == FORMATS[key].table
    else:
        with pytest.raises(UnknownFormatError):
            writer_of_tables(key)


def test_no_other_format_writes_tables():
    with pytest.raises(UnknownFormatError):
        writer_of_tables("exe")
