"""JSON: the report's data for other programs, with its digest.

Schema version 2 is one object:

- `schema_version`: 2. It goes up when a key changes its meaning or goes away.
- `digest`: SHA-256 of the canonical form of `report`, in hex; `claims.renderers.digest` says how to
  compute it again.
- `number`: the published report's number, or null for a draft.
- `labels`: for each closed list (`verdict`, `quotation`, `source_kind`, `reason`, `stance`, `relation`) the label of each
  code that the report uses, in the reader's language. No part of the digest.
- `corrections`: what changed since the report was published: the fields of `claims.renderers.types.Correction`. No
  part of the digest, which is that of the report as it was published.
- `report`: the fields of `claims.renderers.types.Report` under their own names, in canonical form;
  `verdicts` is an array of `[code, number of claims]`. Keys of fields with a default, such as `contradictions`, are
  left out where they are empty.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict

from claims.renderers.times import iso
from claims.renderers.types import Correction, Edition, Format, Report, Term

SCHEMA_VERSION = 2


def write(edition: Edition) -> Iterator[bytes]:
    """Write a report as one line of JSON in UTF-8.

    Args:
        edition: the report.

    Yields:
        The file's bytes. The value of `report` is the canonical form, byte for byte.
    """
    head = {
        "schema_version": SCHEMA_VERSION,
        "digest": edition.digest,
        "number": edition.number,
        "labels": _labels(edition.report),
        "corrections": [correction(each) for each in edition.corrections],
    }
    yield json.dumps(head, ensure_ascii=False).removesuffix("}").encode()
    yield b', "report": '
    yield edition.canonical
    yield b"}\n"


def correction(one: Correction) -> dict[str, object]:
    """Return a correction as JSON data: terms as their codes, times as ISO 8601 in UTC."""
    return asdict(one) | {
        "before": one.before.code,
        "after": one.after.code,
        "at": iso(one.at),
        "published_at": one.published_at and iso(one.published_at),
    }


def _labels(report: Report) -> dict[str, dict[str, str]]:
    terms: dict[str, list[Term]] = {
        "verdict": [verdict for verdict, _ in report.verdicts],
        "quotation": [line.quotation for line in report.lines],
        "source_kind": [line.source_kind for line in report.lines if line.source_kind],
        "reason": [reason for line in report.lines for reason in line.reasons],
        "stance": [
            each.stance for line in report.lines for each in (*line.evidence, *line.referred)
        ],
        "relation": [each.relation for each in report.contradictions],
    }
    return {name: {term.code: term.label for term in used} for name, used in terms.items()}


FORMAT = Format(key="json", label="JSON", content_type="application/json", write=write)
