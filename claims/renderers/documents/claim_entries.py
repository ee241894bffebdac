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
from claims.renderers.labels import Words
from claims.renderers.public import is_confidential
from claims.renderers.types import STANCES, Edition, EvidenceLine, ReportArticle, ReportLine

CONTEXT = 48
"""How many characters around a quote a report holds at most: where it holds that many, the text goes on."""

_BLANKS = re.compile(r"\s+")


def claim_entry(
    words: Words,
    number: int,
    line: ReportLine,
    article: ReportArticle,
    edition: Edition,
    against: Sequence[Told],
) -> ClaimEntry:
    """Arrange a claim for readers.

    Args:
        words: the fixed texts.
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
        changes=changes_of(words, edition, line.id),
        before=_before(line.prefix),
        quote=line.quote,
        after=_after(line.suffix),
        language=language_of(article.language),
        statement=line.statement,
        source=line.source or line.quotation.label,
        reason=line.reason,
        facts=present(
            fact(words, "source", line.source),
            fact(words, "source_kind", line.source_kind.label if line.source_kind else ""),
            fact(words, "role", line.role),
            fact(words, "told_to", line.told_to),
            fact(words, "quotation", line.quotation.label),
            fact(words, "said_in", joined(*where)),
            *(fact(words, "source_link", link, link=link) for link in line.source_links),
            fact(words, "checkworthiness", _worth(words, line)),
            *_decision(words, line),
            fact(words, "claim_id", str(line.id)),
            fact(words, "claim_page", address, link=address),
        ),
        evidence=tuple(_groups(words, line, edition)),
        evidence_note=_evidence_note(words, line),
        checks=checks(words, edition, line),
        opponents=tuple(against),
    )


def _evidence_note(words: Words, line: ReportLine) -> str:
    if line.waiting:
        return words["waiting_evidence"]
    if line.withheld or line.evidence or line.referred:
        return words.withheld_in_words(line.withheld)
    return words["no_evidence"]


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


def _worth(words: Words, line: ReportLine) -> str:
    worth = words["worth"] % {"worth": f"{line.checkworthiness:.2f}"}
    return ": ".join(filter(None, (worth, ", ".join(each.label for each in line.reasons))))


def _decision(words: Words, line: ReportLine) -> Iterator[Fact]:
    checked = is_checked(line)
    if not checked:
        yield fact(words, "checked", words["waiting" if line.waiting else "unchecked"])
    yield by(words, "checked" if checked else "set_back", line.checked_at, line.checked_by)
    yield by(words, "second_check", line.second_checked_at, line.second_checked_by)


def is_checked(line: ReportLine) -> bool:
    """Return whether a claim has a verdict."""
    return line.verdict.code != "pending"


def _groups(words: Words, line: ReportLine, edition: Edition) -> Iterator[DocumentGroup]:
    for stance in STANCES:
        of_stance = [
            (each, where)
            for found, where in ((line.evidence, ""), (line.referred, words["other_claim"]))
            for each in found
            if each.stance.code == stance
        ]
        if of_stance:
            label = of_stance[0][0].stance.label
            yield DocumentGroup(
                label, tuple(_document(words, *each, edition) for each in of_stance)
            )


def _document(words: Words, evidence: EvidenceLine, found_for: str, edition: Edition) -> Document:
    return Document(
        title=evidence.title,
        href=href(evidence.url),
        warning=words["confidential"] if is_confidential(evidence, edition) else "",
        facts=present(
            fact(words, "found_for", found_for),
            fact(words, "url", evidence.url, link=evidence.url),
            fact(words, "sha256", evidence.sha256),
            fact(words, "archive", evidence.archive_url, link=evidence.archive_url),
            fact(words, "directness", words["primary" if evidence.primary else "not_primary"]),
            fact(words, "excerpt", evidence.excerpt),
            fact(words, "interest", evidence.interest),
            fact(words, "looked_up", evidence.looked_up.isoformat()),
        ),
    )
