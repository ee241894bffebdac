"""A claim of a report as a reader sees it, with its evidence."""

import re
from collections.abc import Iterator, Sequence

from claims.renderers.documents.blocks import ClaimEntry, Document, DocumentGroup, Fact, Told
from claims.renderers.documents.corrections import changes_of
from claims.renderers.documents.facts import (
    anchor_of,
    by,
    fact,
    href,
    joined,
    language_of,
    mark,
    moment,
    present,
)
from claims.renderers.documents.matches import checks
from claims.renderers.labels import WORDS, withheld_in_words
from claims.renderers.public import is_confidential
from claims.renderers.types import STANCES, Edition, EvidenceLine, ReportArticle, ReportLine

CONTEXT = 48
"""How many characters around a quote a report holds at most: where it holds that many, the text goes on."""

_BLANKS = re.compile(r"\s+")


def claim_entry(
    number: int,
    line: ReportLine,
    article: ReportArticle,
    edition: Edition,
    against: Sequence[Told],
) -> ClaimEntry:
    """Arrange a claim for readers.

    Args:
        number: its number in the report.
        line: the claim, as readers were last told of it.
        article: the article that it is from.
        edition: the report.
        against: the claims of the report that do not agree with it.
    """
    several = len(edition.report.articles) > 1
    address = edition.claim_page(line.id)
    where = (moment(article.published), article.outlet, article.headline if several else "")
    return ClaimEntry(
        number=number,
        anchor=anchor_of(line.id),
        mark=mark(line.verdict),
        checked=is_checked(line),
        changes=changes_of(edition, line.id),
        before=_before(line.prefix),
        quote=line.quote,
        after=_after(line.suffix),
        language=language_of(article.language),
        statement=line.statement,
        source=line.source or line.quotation.label,
        reason=line.reason,
        facts=present(
            fact("source", line.source),
            fact("source_kind", line.source_kind.label if line.source_kind else ""),
            fact("role", line.role),
            fact("told_to", line.told_to),
            fact("quotation", line.quotation.label),
            fact("said_in", joined(*where)),
            *(fact("source_link", link, link=link) for link in line.source_links),
            fact("checkworthiness", _worth(line)),
            *_decision(line),
            fact("claim_id", str(line.id)),
            fact("claim_page", address, link=address),
        ),
        evidence=tuple(_groups(line, edition)),
        evidence_note=_evidence_note(line),
        checks=checks(edition, line),
        opponents=tuple(against),
    )


def _evidence_note(line: ReportLine) -> str:
    if line.waiting:
        return WORDS["waiting_evidence"]
    if line.withheld or line.evidence or line.referred:
        return withheld_in_words(line.withheld)
    return WORDS["no_evidence"]


def _before(prefix: str) -> str:
    """Return the words before a quote, without a word that was cut in two."""
    shown = _BLANKS.sub(" ", prefix)
    if len(prefix) < CONTEXT:
        return shown
    _, blank, whole = shown.partition(" ")
    return f"… {whole}" if blank else f"…{shown}"


def _after(suffix: str) -> str:
    """Return the words after a quote, without a word that was cut in two."""
    shown = _BLANKS.sub(" ", suffix)
    if len(suffix) < CONTEXT:
        return shown
    whole, blank, _ = shown.rpartition(" ")
    return f"{whole} …" if blank else f"{shown}…"


def _worth(line: ReportLine) -> str:
    worth = f"{line.checkworthiness:.2f} {WORDS['of_one']}"
    return ": ".join(filter(None, (worth, ", ".join(each.label for each in line.reasons))))


def _decision(line: ReportLine) -> Iterator[Fact]:
    checked = is_checked(line)
    if not checked:
        yield fact("checked", WORDS["waiting" if line.waiting else "unchecked"])
    yield by("checked" if checked else "set_back", line.checked_at, line.checked_by)
    yield by("second_check", line.second_checked_at, line.second_checked_by)


def is_checked(line: ReportLine) -> bool:
    """Return whether a claim has a verdict."""
    return line.verdict.code != "pending"


def _groups(line: ReportLine, edition: Edition) -> Iterator[DocumentGroup]:
    for stance in STANCES:
        of_stance = [
            (each, where)
            for found, where in ((line.evidence, ""), (line.referred, WORDS["other_claim"]))
            for each in found
            if each.stance.code == stance
        ]
        if of_stance:
            label = of_stance[0][0].stance.label
            yield DocumentGroup(label, tuple(_document(*each, edition) for each in of_stance))


def _document(evidence: EvidenceLine, found_for: str, edition: Edition) -> Document:
    return Document(
        title=evidence.title,
        href=href(evidence.url),
        warning=WORDS["confidential"] if is_confidential(evidence, edition) else "",
        facts=present(
            fact("found_for", found_for),
            fact("url", evidence.url, link=evidence.url),
            fact("sha256", evidence.sha256),
            fact("archive", evidence.archive_url, link=evidence.archive_url),
            fact("directness", WORDS["primary" if evidence.primary else "not_primary"]),
            fact("excerpt", evidence.excerpt),
            fact("interest", evidence.interest),
            fact("looked_up", evidence.looked_up.isoformat()),
        ),
    )
