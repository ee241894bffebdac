"""JSON Lines: one JSON object per line, for programs that read a file as it arrives.

A line of a report is a claim: the fields of `claims.renderers.types.ReportLine` under their own names, in canonical
form (terms are their codes, moments ISO 8601 in UTC), and with them, so that each line can be read alone:

- `schema_version`: the one of the JSON export, which says more of the fields.
- `verdict_in_force`: its verdict as the newest published notice says; `verdict` is the one that was published.
- `article`: in place of its id, the fields of `claims.renderers.types.ReportArticle`.
- `corrections`: what became of the claim since the report was published, as the JSON export has it.
- `contradictions`: the claims of the report that do not agree with it, as the JSON export has them.
- `section`: the heading that a chief put it under, or "".
- `report`: its `number` (null for a draft), `language`, `edition`, `digest`, `title`, `lede` and `conclusion` (Markdown), `scope`, `newsroom` (its name), `made_by`,
  `created_at`, `approved_by`, `published_by`, `published_at` and `software`.

A line of a table is a row: an object with the columns' names as its keys.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from claims.renderers.data.chunks import pieces
from claims.renderers.data.json_file import SCHEMA_VERSION, correction
from claims.renderers.in_force import newest
from claims.renderers.times import iso
from claims.renderers.types import Edition, Format, Table


def write(edition: Edition) -> Iterator[bytes]:
    """Write a report as JSON Lines in UTF-8: one line per claim; empty for a report without claims.

    Args:
        edition: the report.

    Yields:
        The file's bytes.
    """
    return pieces(map(_line, _claims(edition)))


def table(rows: Table) -> Iterator[bytes]:
    """Write a table as JSON Lines in UTF-8: one line per row.

    Yields:
        The file's bytes.
    """
    return pieces(_line(dict(zip(rows.columns, row, strict=True))) for row in rows.rows)


def _claims(edition: Edition) -> Iterator[dict[str, Any]]:
    data: dict[str, Any] = json.loads(edition.canonical)
    articles = {article["id"]: article for article in data["articles"]}
    told = newest(edition)
    report = {
        "number": edition.number,
        "language": edition.report.language,
        "edition": edition.kind,
        "digest": edition.digest,
    } | {
        name: data.get(name, "")
        for name in (
            "title",
            "lede",
            "conclusion",
            "scope",
            "made_by",
            "created_at",
            "approved_by",
            "published_by",
            "published_at",
            "software",
        )
    }
    sections = {id_: one["heading"] for one in data.get("sections", ()) for id_ in one["claims"]}
    report["newsroom"] = data["newsroom"]["name"]
    for line in data["lines"]:
        yield {
            "schema_version": SCHEMA_VERSION,
            **line,
            "verdict_in_force": told[line["id"]].after.code
            if line["id"] in told
            else line["verdict"],
            "article": articles[line["article"]],
            "corrections": [
                correction(each) for each in edition.corrections if each.claim == line["id"]
            ],
            "contradictions": [
                pair
                for pair in data.get("contradictions", ())
                if line["id"] in {pair["earlier"]["claim"], pair["later"]["claim"]}
            ],
            "section": sections.get(line["id"], ""),
            "report": report,
        }


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"A cell cannot hold {value!r}.")


_json_of = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False, default=_plain
).encode


def _line(value: dict[str, Any]) -> str:
    return f"{_json_of(value)}\n"


FORMAT = Format(
    key="jsonl",
    label="JSON Lines",
    content_type="application/x-ndjson",
    write=write,
    table=table,
)
