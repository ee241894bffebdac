"""A report's data in one canonical form, and the digest over it.

The digest is what ties a printed page to its data: each format shows it, and the JSON export carries
the data too, so that anyone can compute it again without this software::

    python3 -c "import hashlib,json,sys; d=json.load(open(sys.argv[1],encoding='utf-8')); print(d['digest']==hashlib.sha256(json.dumps(d['report'],sort_keys=True,ensure_ascii=False,separators=(',',':')).encode()).hexdigest())" report.json

It prints True. The data holds codes ("verified") and no labels: a translated label is not a changed
report, and the digest stays the same in every language.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from claims.exports.times import iso
from claims.exports.types import Report, Term


def canonical(report: Report) -> bytes:
    """Write a report's data in the one form that the digest is taken over.

    Args:
        report: the report.

    Returns:
        JSON in UTF-8: keys are the names of the dataclasses' fields, sorted; no spaces between tokens;
        nothing escaped that JSON lets stand. Terms are their codes, moments ISO 8601 in UTC with the
        offset, days ISO dates, tuples arrays.

    Raises:
        ValueError: a moment names no zone, or a number is not finite.
    """
    text = json.dumps(
        _plain(report), sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return text.encode()


def digest(report: Report) -> str:
    """Compute the SHA-256 of a report's canonical data, in lower-case hex (64 digits)."""
    return hashlib.sha256(canonical(report)).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Term):
        return value.code
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
