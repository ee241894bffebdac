"""The canonical form of a report's data, and its digest.

The digest ties a printed page to its data: every format shows it, and the JSON export also has the data, so that anyone
can recompute it without this software::

    python3 -c "import hashlib,json,sys; d=json.load(open(sys.argv[1],encoding='utf-8')); print(d['digest']==hashlib.sha256(json.dumps(d['report'],sort_keys=True,ensure_ascii=False,separators=(',',':')).encode()).hexdigest())" report.json

It prints True. The data has codes ("verified") and no labels: a translated label does not change a report, and the
digest is the same in every language.

A published report is stored in this form, byte for byte, and read back by `thaw`: later versions of the software may
add fields, but never rewrite an old report's data. Such a field has a default, and is left out where it has no other
value, so that older reports and their public editions keep their digests. `Report.format` is the version of the data.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from claims.renderers.canonical_json import canonical_json
from claims.renderers.times import iso
from claims.renderers.types import (
    Byline,
    Contradiction,
    EarlierCheck,
    Edition,
    EvidenceLine,
    Newsroom,
    Report,
    ReportArticle,
    ReportLine,
    Section,
    Side,
    Term,
)

Terms = Callable[[str, str], Term]
"""Returns the term of a closed list for a code."""


def canonical(report: Report) -> bytes:
    """Return a report's data in the one form that the digest is computed from.

    Args:
        report: the report.

    Returns:
        JSON in UTF-8: keys are the names of the dataclasses' fields, sorted; no spaces between tokens;
        nothing escaped that JSON lets stand. Terms are their codes, moments ISO 8601 in UTC with the
        offset, days ISO dates, tuples arrays. Fields that have only their default are left out.

    Raises:
        ValueError: a moment names no zone, or a number is not finite.
    """
    return canonical_json(plain(report), allow_nan=False).encode()


def edition(report: Report) -> Edition:
    """Return an unpublished report, ready to be sent out. Raises the same errors as `canonical`."""
    data = canonical(report)
    return Edition(report=report, canonical=data, digest=digest(data))


def digest(data: bytes) -> str:
    """Compute the SHA-256 of a report's canonical data, in lower-case hex (64 digits)."""
    return hashlib.sha256(data).hexdigest()


def digest_of_contents(edition: Edition) -> str:
    """Compute the SHA-256 of all that a file says of a report, in hex: its data, and what became of it since.

    What the file looks like does not count: the newsroom's logo, the fixed texts, the software.
    """
    parts = (
        (edition.kind, edition.digest, edition.published_digest, edition.number),
        (edition.url, edition.claims_url),
        plain(edition.corrections),
        plain(edition.text_corrections),
        sorted([*place, address] for place, address in edition.checks.items()),
        sorted(edition.confidential_since),
    )
    return digest(canonical_json(parts).encode(errors="surrogatepass"))


def thaw(data: bytes, term: Terms) -> Report:
    """Read a report back from its canonical form.

    Args:
        data: the output of `canonical`, perhaps years old.
        term: returns the term of a closed list ("verdict", "quotation", "source_kind", "reason", "stance",
            "relation") for a code.

    Returns:
        The report: `canonical(thaw(canonical(report), term)) == canonical(report)`.
    """
    found: dict[str, Any] = json.loads(data)
    return Report(
        **found
        | {
            "articles": tuple(map(_article, found["articles"])),
            "lines": tuple(line_of(line, term) for line in found["lines"]),
            "verdicts": tuple(
                (term("verdict", code), number) for code, number in found["verdicts"]
            ),
            "created_at": datetime.fromisoformat(found["created_at"]),
            "published_at": _moment(found.get("published_at")),
            "newsroom": Newsroom(**found["newsroom"]),
            "contradictions": tuple(
                Contradiction(
                    relation=term("relation", each["relation"]),
                    earlier=_side(each["earlier"], term),
                    later=_side(each["later"], term),
                )
                for each in found.get("contradictions", ())
            ),
            "bylines": tuple(Byline(**each) for each in found.get("bylines", ())),
            "sections": tuple(
                Section(each["heading"], tuple(each["claims"]))
                for each in found.get("sections", ())
            ),
        }
    )


def _article(found: dict[str, Any]) -> ReportArticle:
    return ReportArticle(**found | {"published": _moment(found["published"])})


def line_of(found: dict[str, Any], term: Terms) -> ReportLine:
    """Read a claim back from its data, as `plain` made it. Arguments are as in `thaw`."""
    kind = found["source_kind"]
    return ReportLine(
        **found
        | {
            "quotation": term("quotation", found["quotation"]),
            "source_kind": kind and term("source_kind", kind),
            "source_links": tuple(found["source_links"]),
            "reasons": tuple(term("reason", code) for code in found["reasons"]),
            "verdict": term("verdict", found["verdict"]),
            "checked_at": _moment(found["checked_at"]),
            "second_checked_at": _moment(found["second_checked_at"]),
        }
        | {
            name: tuple(_evidence(each, term) for each in found.get(name, ()))
            for name in ("evidence", "referred")
        }
        | {
            name: tuple(_check(each, term) for each in found.get(name, ()))
            for name in ("earlier", "earlier_public")
        }
    )


def _evidence(found: dict[str, Any], term: Terms) -> EvidenceLine:
    return EvidenceLine(
        **found
        | {
            "stance": term("stance", found["stance"]),
            "looked_up": date.fromisoformat(found["looked_up"]),
        }
    )


def _check(found: dict[str, Any], term: Terms) -> EarlierCheck:
    return EarlierCheck(
        **found
        | {
            "verdict": term("verdict", found["verdict"]),
            "published": _moment(found["published"]),
            "checked_at": _moment(found["checked_at"]),
        }
    )


def _side(found: dict[str, Any], term: Terms) -> Side:
    return Side(
        **found
        | {
            "verdict": term("verdict", found["verdict"]),
            "published": _moment(found["published"]),
        }
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def plain(value: object) -> Any:
    """Return a part of a report as JSON data: see `canonical`."""
    if isinstance(value, Term):
        return value.code
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {
            field.name: plain(shown)
            for field in fields(value)
            if (shown := getattr(value, field.name)) != field.default
        }
    return value
