"""JSON: the report's data for other programs, with its digest.

Schema version 3 is one object:

- `schema_version`: 3. It goes up when a key changes its meaning or goes away.
- `edition`: "internal" or "public".
- `digest`: SHA-256 of the canonical form of `report`, in hex; `claims.renderers.digest` says how to
  compute it again.
- `published_digest`: in a public edition that withholds a document that has become confidential since, the digest of
  the data as first published; null in any other.
- `number`: the published report's number, or null for a draft.
- `language`: the language that the report is written in, as a BCP 47 tag. `report.language` is left out where it is
  "en": the digests of reports in English are those of older versions.
- `labels`: for each closed list (`verdict`, `quotation`, `source_kind`, `reason`, `stance`, `relation`) the label of each
  code that the report uses, in the report's language. No part of the digest.
- `corrections`: what changed since the report was published: the fields of `claims.renderers.types.Correction`. No
  part of the digest, which is that of the report as it was published. `line`, where there is one, is the claim as the
  notice puts it, with the evidence for its verdict.
- `text_corrections`: what was corrected of `report.lede` and `report.conclusion` since, oldest first. No part of the digest.
- `verdicts_in_force`: the verdict of each claim that a published notice has changed, by its id. No part of the digest.
- `earlier_checks`: in the public edition, the earlier checks of each claim by its id, as far as they still stand. No
  part of the digest, because they come and go with other reports.
- `timestamp`: what a timestamp authority confirmed (RFC 3161), or null: the digest, which is `digest` or
  `published_digest`, its address, the time, and its response in base64, which `openssl ts -verify` reads. No part of the digest.
- `report`: the fields of `claims.renderers.types.Report` under their own names, in canonical form;
  `verdicts` is an array of `[code, number of claims]`. Keys of fields with a default, such as `contradictions`, are
  left out where they are empty.
"""

import base64
import json
from collections.abc import Iterator
from typing import Any

from claims.renderers.digest import plain
from claims.renderers.in_force import newest
from claims.renderers.times import iso
from claims.renderers.types import (
    PUBLIC_EDITION,
    Correction,
    Edition,
    Format,
    Report,
    Stamp,
    Term,
)

SCHEMA_VERSION = 3


def write(edition: Edition) -> Iterator[bytes]:
    """Write a report as one line of JSON in UTF-8.

    Args:
        edition: the report.

    Yields:
        The file's bytes. The value of `report` is the canonical form, byte for byte.
    """
    head = {
        "schema_version": SCHEMA_VERSION,
        "edition": edition.kind,
        "digest": edition.digest,
        "published_digest": edition.published_digest or None,
        "number": edition.number,
        "language": edition.report.language,
        "labels": _labels(edition.report),
        "corrections": [correction(each) for each in edition.corrections],
        "text_corrections": [plain(each) for each in edition.text_corrections],
        "verdicts_in_force": {claim: told.after.code for claim, told in newest(edition).items()},
        "earlier_checks": _earlier_checks(edition),
        "timestamp": edition.stamp and _timestamp(edition.stamp),
    }
    yield json.dumps(head, ensure_ascii=False).removesuffix("}").encode()
    yield b', "report": '
    yield edition.canonical
    yield b"}\n"


def correction(one: Correction) -> dict[str, Any]:
    """Return what happened to a claim as JSON data, with its kind."""
    return {"kind": one.kind, **plain(one)}


def _timestamp(stamp: Stamp) -> dict[str, str]:
    return {
        "digest": stamp.digest,
        "authority": stamp.authority,
        "at": iso(stamp.at),
        "response": base64.b64encode(stamp.response).decode(),
    }


def _earlier_checks(edition: Edition) -> dict[int, object]:
    if edition.kind != PUBLIC_EDITION:
        return {}
    return {line.id: plain(line.earlier) for line in edition.report.lines if line.earlier}


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
