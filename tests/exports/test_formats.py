"""What holds for every format of the list."""

import importlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

import claims.exports
from claims.errors import UnknownFormatError
from claims.exports import FORMATS, get
from claims.exports.digest import digest
from claims.exports.types import Format
from tests.exports import reports

every_format = pytest.mark.parametrize("fmt", FORMATS.values(), ids=FORMATS)


def test_every_format_module_is_in_the_list():
    modules = Path(claims.exports.__file__).parent.glob("as_*.py")
    defined = [importlib.import_module(f"claims.exports.{path.stem}").FORMAT for path in modules]
    assert sorted(each.key for each in defined) == sorted(FORMATS)


def test_get_gives_the_format_of_a_key():
    assert get("csv").label == "CSV"


def test_an_unknown_format_is_named_with_the_known_ones():
    with pytest.raises(UnknownFormatError, match=r"“docx”.*html, pdf, csv, json"):
        get("docx")


@every_format
def test_a_format_is_listed_under_its_key_with_a_label_and_a_content_type(fmt: Format):
    assert FORMATS[fmt.key] is fmt
    assert fmt.label
    assert fmt.content_type.count("/") == 1


@every_format
@pytest.mark.parametrize(
    "report",
    [reports.sample(), reports.report(), reports.hostile()],
    ids=["sample", "no claims", "hostile"],
)
def test_a_format_streams_bytes_and_the_same_report_gives_the_same(fmt: Format, report):
    stream = fmt.write(report)
    assert isinstance(stream, Iterator)
    pieces = list(stream)
    assert all(type(piece) is bytes for piece in pieces)
    assert b"".join(pieces) == b"".join(fmt.write(report)) != b""


@every_format
def test_a_moment_without_a_zone_is_refused_rather_than_guessed(fmt: Format):
    naive = replace(reports.sample(), published=datetime(2031, 5, 6, 9, 30))  # noqa: DTZ001
    with pytest.raises(ValueError, match="no zone"):
        list(fmt.write(naive))


@pytest.mark.parametrize("key", ["html", "json", "csv"])
def test_a_text_format_carries_the_digest(key: str):
    assert digest(reports.sample()).encode() in b"".join(get(key).write(reports.sample()))
