"""The fields of a report that the public may read. Everything not listed here stays internal."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from claims.renderers.digest import canonical, digest
from claims.renderers.types import (
    PUBLIC_EDITION,
    Byline,
    Contradiction,
    Correction,
    EarlierCheck,
    EarlierNotice,
    Edition,
    EvidenceLine,
    Newsroom,
    Report,
    ReportArticle,
    ReportLine,
    Section,
    Side,
    TextCorrection,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

CHOSEN = "Claims selected by the newsroom"
"""What the data of a public edition says instead of how its claims were selected. The digest covers it: it is the same in every language."""

PUBLIC: dict[type, frozenset[str]] = {
    # Not the scope: it describes how the claims were selected, perhaps by the newsroom's people, tags or
    # words.
    Report: frozenset(
        {
            "title",
            "articles",
            "lines",
            "verdicts",
            "created_at",
            "newsroom",
            "software",
            "contradictions",
            "format",
            "edition",
            "published_at",
            "left_out",
            "lede",
            "conclusion",
            "sections",
            "language",
            "omitted",
            "undecided_omitted",
            "bylines",
        }
    ),
    ReportArticle: frozenset(
        {
            "id",
            "headline",
            "outlet",
            "byline",
            "url",
            "published",
            "language",
            "revision",
            "body_digest",
            "claims",
        }
    ),
    ReportLine: frozenset(
        {
            "id",
            "article",
            "prefix",
            "quote",
            "suffix",
            "statement",
            "quotation",
            "source",
            "source_kind",
            "source_links",
            "role",
            "told_to",
            "checkworthiness",
            "reasons",
            "verdict",
            "reason",
            "checked_at",
            "second_checked_at",
            "evidence",
            "referred",
            "earlier",
            "withheld",
            "waiting",
        }
    ),
    # The words, source and article of another claim are those of the desk today: the public report has its own.
    EarlierCheck: frozenset(
        {"claim", "verdict", "reason", "checked_at", "taken_over", "report", "report_title"}
    ),
    Byline: frozenset({"part", "name"}),
    Section: frozenset({"heading", "claims"}),
    Contradiction: frozenset({"relation", "earlier", "later"}),
    Side: frozenset({"claim", "statement", "source", "role", "outlet", "published", "verdict"}),
    EvidenceLine: frozenset(
        {
            "id",
            "stance",
            "title",
            "url",
            "sha256",
            "archive_url",
            "excerpt",
            "primary",
            "interest",
            "looked_up",
            "confidential",
        }
    ),
    Newsroom: frozenset({"name", "method", "corrections", "contact", "funding", "logo"}),
    # The notice is for readers; the reason was written for internal use.
    Correction: frozenset(
        {
            "claim",
            "before",
            "after",
            "at",
            "notice",
            "published_at",
            "kind",
            "line",
            "earlier_notices",
            "report",
            "language",
        }
    ),
    EarlierNotice: frozenset({"notice", "published_at"}),
    TextCorrection: frozenset({"part", "before", "after", "notice", "published_at"}),
}
"""The fields that everyone may read, by what they are fields of. Any other field goes out empty."""

T = TypeVar("T", bound="DataclassInstance")


def for_public(edition: Edition) -> Edition:
    """Return the public part of a published report.

    Args:
        edition: the internal report.

    Returns:
        The report as on its public page and in its public files, with its own digest. Unpublished corrections and
        confidential evidence are left out, and so are earlier checks that are on no public page. It says how many
        documents each claim has that are withheld.

        A document that was marked confidential after publication is withheld like any other: that protects whoever it
        names. The digest is then another one, and `published_digest` the one that was published.
    """
    report = _report(edition)
    data = canonical(_covered(report))
    found = digest(data)
    before = ""
    if edition.confidential_since:
        as_published = _report(replace(edition, confidential_since=frozenset()))
        before = digest(canonical(_covered(as_published)))
    return Edition(
        report=report,
        canonical=data,
        digest=found,
        number=edition.number,
        corrections=tuple(
            _correction(each, edition) for each in edition.corrections if each.published_at
        ),
        text_corrections=tuple(map(_only, edition.text_corrections)),
        url=edition.url,
        site=edition.site,
        logo=edition.logo,
        checks=edition.checks,
        kind=PUBLIC_EDITION,
        claims_url=edition.claims_url,
        published_digest=before if before != found else "",
        stamps=tuple(stamp for stamp in edition.stamps if stamp.digest in {found, before}),
    )


def _report(edition: Edition) -> Report:
    whole = edition.report
    return replace(
        _only(whole),
        # The public may know that the claims were selected, but not how.
        scope=CHOSEN if whole.scope else "",
        articles=tuple(map(_only, whole.articles)),
        lines=tuple(_line(line, edition) for line in whole.lines),
        newsroom=_only(whole.newsroom),
        contradictions=tuple(map(_pair, whole.contradictions)),
        sections=tuple(map(_only, whole.sections)),
        bylines=tuple(map(_only, whole.bylines)),
        # Data of format 1 does not say which edition it is of.
        edition=PUBLIC_EDITION if whole.edition else "",
    )


def _covered(report: Report) -> Report:
    """Return what of the public edition its digest covers.

    Earlier checks come and go with other reports, and are not covered. Format 1 covered them, and did not say how many
    documents are withheld.
    """
    changes: dict[str, Any] = {"withheld": 0} if report.format == 1 else {"earlier": ()}
    return replace(report, lines=tuple(replace(line, **changes) for line in report.lines))


def of_claim(edition: Edition, claim: int) -> Edition:
    """Narrow a report to one of its claims, for that claim's own page. Raises `KeyError` if it has no such claim.

    What it contradicts stays beside it, and the digest that of the whole report.
    """
    lines = tuple(line for line in edition.report.lines if line.id == claim)
    if not lines:
        raise KeyError(claim)
    articles = tuple(one for one in edition.report.articles if one.id == lines[0].article)
    verdicts = tuple((term, int(term == lines[0].verdict)) for term, _ in edition.report.verdicts)
    pairs = tuple(
        pair
        for pair in edition.report.contradictions
        if claim in {pair.earlier.claim, pair.later.claim}
    )
    shown = {claim, *(side.claim for pair in pairs for side in (pair.earlier, pair.later))}
    return replace(
        edition,
        report=replace(
            edition.report,
            title=lines[0].statement,
            scope="",
            articles=articles,
            lines=lines,
            verdicts=verdicts,
            contradictions=pairs,
            lede="",
            conclusion="",
            sections=(),
            bylines=(),
        ),
        corrections=tuple(one for one in edition.corrections if one.claim in shown),
        text_corrections=(),
    )


def _line(line: ReportLine, edition: Edition) -> ReportLine:
    documents = (*line.evidence, *line.referred)
    return replace(
        _only(line),
        evidence=_public(line.evidence, edition),
        referred=_public(line.referred, edition),
        earlier=tuple(
            _only(each)
            for each in line.earlier_public
            if (each.report, each.claim) in edition.checks
        ),
        earlier_public=(),
        withheld=sum(is_confidential(each, edition) for each in documents),
    )


def is_confidential(document: EvidenceLine, edition: Edition) -> bool:
    """Whether a document is for the newsroom alone: since before its report was published, or since then."""
    return document.confidential or document.id in edition.confidential_since


def _correction(correction: Correction, edition: Edition) -> Correction:
    line = correction.line
    return replace(
        _only(correction),
        line=_line(line, edition) if line else None,
        earlier_notices=tuple(map(_only, correction.earlier_notices)),
    )


def _public(evidence: tuple[EvidenceLine, ...], edition: Edition) -> tuple[EvidenceLine, ...]:
    return tuple(_only(each) for each in evidence if not is_confidential(each, edition))


def _pair(pair: Contradiction) -> Contradiction:
    return replace(_only(pair), earlier=_only(pair.earlier), later=_only(pair.later))


def _only(thing: T) -> T:
    """Return the object with its public fields; the others are empty."""
    public = PUBLIC[type(thing)]
    held_back: dict[str, Any] = {
        field.name: "" if isinstance(getattr(thing, field.name), str) else None
        for field in fields(thing)
        if field.name not in public
    }
    return replace(thing, **held_back)
