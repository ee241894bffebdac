"""JSON: the report's data for other programs, with the digest over it.

Schema version 1 is one object:

- `schema_version`: 1. It goes up when a key changes its meaning or goes away.
- `digest`: SHA-256 of the canonical form of `report`, in hex; `claims.exports.digest` says how to
  compute it again.
- `labels`: for each closed list (`verdict`, `quotation`, `source_kind`, `stance`) the label of each
  code that the report uses, in the reader's language. No part of the digest.
- `report`: the fields of `claims.exports.types.Report` under their own names, in canonical form;
  `verdicts` is an array of `[code, number of claims]`.
"""

import json
from collections.abc import Iterator

from claims.exports.digest import canonical, digest
from claims.exports.types import Format, Report, Term

SCHEMA_VERSION = 1


def write(report: Report) -> Iterator[bytes]:
    """Write a report as one line of JSON in UTF-8.

    Args:
        report: the report.

    Yields:
        The file's bytes. The value of `report` is the canonical form, byte for byte.
    """
    head = {"schema_version": SCHEMA_VERSION, "digest": digest(report), "labels": _labels(report)}
    yield json.dumps(head, ensure_ascii=False).removesuffix("}").encode()
    yield b', "report": '
    yield canonical(report)
    yield b"}\n"


def _labels(report: Report) -> dict[str, dict[str, str]]:
    terms: dict[str, list[Term]] = {
        "verdict": [verdict for verdict, _ in report.verdicts],
        "quotation": [line.quotation for line in report.lines],
        "source_kind": [line.source_kind for line in report.lines if line.source_kind],
        "stance": [each.stance for line in report.lines for each in line.evidence],
    }
    return {name: {term.code: term.label for term in used} for name, used in terms.items()}


FORMAT = Format(key="json", label="JSON", content_type="application/json", write=write)
