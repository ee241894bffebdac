"""Records, and archives made of them."""

import csv
import io
import json

import openpyxl
import pytest
from hypothesis import settings

from claims.ingest.archives import articles

bounded = settings(max_examples=150, deadline=None, derandomize=True)

HEADLINE = "Bridge closed"
BODY = "The café at the bridge is closed.\n\nNobody knows why, “not even the mayor”, they said."


def entries(data: str | bytes, name: str):
    """What is read from an archive, with the format that its name says."""
    return list(articles(io.BytesIO(data.encode() if isinstance(data, str) else data), name))


def jsonl(*records: object) -> str:
    """Records as JSON lines."""
    return "\n".join(json.dumps(record) for record in records)


def table(*rows: tuple[str, ...], delimiter: str = ",") -> str:
    """Rows as comma-separated values."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def sheet(*rows: tuple[object, ...]) -> bytes:
    """Rows as a workbook."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


RECORD = {
    "headline": HEADLINE,
    "body": BODY,
    "outlet": "The Ostrey Courier",
    "byline": "Marit Solvane",
    "url": "https://courier.example.org/bridge",
    "published": "2026-01-28T12:00:00+01:00",
    "embargoed_until": "2026-01-28T18:00:00+01:00",
    "language": "en-GB",
}
MADE = {
    "jsonl": lambda record: jsonl(record).encode(),
    "ndjson": lambda record: jsonl(record).encode(),
    "csv": lambda record: table(tuple(record), tuple(record.values())).encode(),
    "xlsx": lambda record: sheet(tuple(record), tuple(record.values())),
}
every_archive = pytest.mark.parametrize("key", MADE)
