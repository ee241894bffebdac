"""The order that somebody gives the claims of a report: claims, and the headings that stand above them.

An outline is a list of claims' ids and, as texts, of headings. A heading begins a section, which has all claims up to the
next one.
"""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from claims.models import Claim, Report
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.reports.lines import untold_among
from claims.renderers.types import Section

Outline = list[int | str]

MAX_ARRANGED = 500
"""How many claims a report has at most that can be put in order by hand."""
LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class ArrangedClaim:
    """A claim in the list by which a report is put in order.

    Attributes:
        pk: its id.
        statement: what it says; `language` is that of its article, and `headline` the article's.
        source: who says so, or "".
        verdict: its verdict as a report may tell it.
        decided: whether the report tells a verdict.
    """

    pk: int
    statement: str
    language: str
    headline: str
    source: str
    verdict: str
    decided: bool


def outline_of(report: Report, claims: Collection[tuple[int, str]]) -> Outline:
    """Return a draft's outline as it stands.

    Args:
        report: the draft.
        claims: its claims in the order of the text, those that are left out by hand among them: ids and headlines of
            their articles.

    Returns:
        The order that somebody has given them; claims that have come since are last. Without such an order, that of
        the text, with the headlines for headings where there are several.
    """
    omitted = set(report.omitted)
    there = {pk: headline for pk, headline in claims if pk not in omitted}
    if report.outline:
        kept: Outline = [one for one in report.outline if isinstance(one, str) or one in there]
        known = {one for one in kept if isinstance(one, int)}
        return [*kept, *(pk for pk in there if pk not in known)]
    several = len(set(there.values())) > 1
    found: Outline = []
    last = ""
    for pk, headline in there.items():
        if several and headline != last:
            found.append(headline[:LONGEST_HEADING])
            last = headline
        found.append(pk)
    return found


def sections_of(outline: Iterable[int | str], present: Collection[int]) -> tuple[Section, ...]:
    """Return the sections of an outline, without those that have no claim.

    Args:
        outline: claims and headings.
        present: the ids of all claims that the report has. Those that are not in the outline make up a last section.
    """
    left = dict.fromkeys(present)
    parts: list[tuple[str, list[int]]] = [("", [])]
    for one in outline:
        if isinstance(one, str):
            parts.append((one, []))
        elif one in left:
            del left[one]
            parts[-1][1].append(one)
    if left and len(parts) > 1:
        parts.append(("", []))
    parts[-1][1].extend(left)
    return tuple(Section(heading, tuple(ids)) for heading, ids in parts if ids)


def key_of(outline: Outline, omitted: Collection[int]) -> str:
    """Return the digest by which somebody says which order they saw."""
    seen = json.dumps([outline, sorted(omitted)], ensure_ascii=False)
    return hashlib.sha256(seen.encode()).hexdigest()


def moved(outline: Outline, at: int, to: int) -> Outline:
    """Return an outline with the entry at one place moved to another one. Places beyond its ends are its ends."""
    if not 0 <= at < len(outline):
        return outline
    rest = outline[:at] + outline[at + 1 :]
    to = min(max(to, 0), len(rest))
    return [*rest[:to], outline[at], *rest[to:]]


def with_heading(outline: Outline, heading: str, *, before: int | None) -> Outline:
    """Return an outline with a new heading before a claim, or at the end. Raises `ValueError` for a claim that is not in it."""
    place = len(outline) if before is None else outline.index(before)
    return [*outline[:place], heading, *outline[place:]]


def arranged(claims: ClaimQuerySet) -> list[ArrangedClaim]:
    """Return claims for the list by which a report is put in order, in one query; a verdict only if a report may tell it.

    One more than `MAX_ARRANGED` at the most: that shows that there are too many.
    """
    whole = claims.select_related("source", "revision__article")
    rows = list(whole.defer("revision__body", "source_spans", "cue_spans")[: MAX_ARRANGED + 1])
    untold = untold_among(rows)
    return [_arranged(row, is_untold=row.pk in untold) for row in rows]


def _arranged(row: Claim, *, is_untold: bool) -> ArrangedClaim:
    verdict = "pending" if is_untold else row.verdict
    return ArrangedClaim(
        pk=row.pk,
        statement=row.statement,
        language=row.revision.article.language,
        headline=row.revision.article.headline,
        source=row.source.name if row.source else "",
        verdict=verdict,
        decided=verdict != "pending",
    )
