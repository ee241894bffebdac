"""A claim and its evidence as a report contains them."""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from claims.choices import Quotation, Reason, SourceKind, Stance, Verdict
from claims.models import ChangedClaim, Claim, Decision, Evidence
from claims.models.claims.blind import hidden_among
from claims.queries.reports.terms import term_of
from claims.renderers.types import EarlierCheck, EvidenceLine, ReportLine

WIKIDATA = "https://www.wikidata.org/wiki/"


class Matched(NamedTuple):
    """What a line tells of claims that say the same: the fields of `ReportLine` with these names."""

    referred: tuple[EvidenceLine, ...] = ()
    earlier: tuple[EarlierCheck, ...] = ()
    earlier_public: tuple[EarlierCheck, ...] = ()


def line_of(
    claim: Claim, decision: Decision | None, check: ChangedClaim | None, matched: Matched
) -> ReportLine:
    """Return a claim as a report contains it."""
    documents = claim.evidence.all()
    # A report, whoever reads it, says nothing about a verdict under blind check, or the evidence for it.
    waiting = is_untold(claim)
    if waiting:
        claim.verdict, decision, documents = Verdict.PENDING, None, documents.none()
    source = claim.source
    return ReportLine(
        id=claim.pk,
        article=claim.revision.article_id,
        prefix=claim.prefix,
        quote=claim.quote,
        suffix=claim.suffix,
        statement=claim.statement,
        quotation=term_of(Quotation(claim.quotation)),
        source=source.name if source else "",
        source_kind=term_of(SourceKind(source.kind)) if source else None,
        source_links=tuple(_links(source.wikidata, source.links)) if source else (),
        role=claim.role,
        told_to=claim.told_to,
        checkworthiness=claim.checkworthiness,
        reasons=tuple(term_of(Reason(code)) for code in claim.reasons if code in Reason.values),
        verdict=term_of(Verdict(claim.verdict)),
        reason=decision.reason if decision else "",
        checked_by=decision.actor_name if decision else "",
        checked_at=decision.decided_at if decision else None,
        second_checked_by=check.change.actor_name if check else "",
        second_checked_at=check.change.created_at if check else None,
        evidence=tuple(evidence_line(item) for item in documents),
        referred=matched.referred,
        earlier=matched.earlier,
        earlier_public=matched.earlier_public,
        waiting=waiting,
    )


def untold_among(claims: Iterable[Claim]) -> set[int]:
    """Return the ids of those of some claims that are decided without any report saying how: see `is_untold`."""
    return hidden_among(AnonymousUser(), claims)


def is_untold(claim: Claim) -> bool:
    """Whether a claim has been decided and no report may say how, because a second check is under way."""
    return bool(untold_among([claim]))


def _links(wikidata: str, links: str) -> list[str]:
    return [f"{WIKIDATA}{wikidata}"] * bool(wikidata) + links.split()


def evidence_line(item: Evidence) -> EvidenceLine:
    """Return a document, read with its secrecy, as a report contains it."""
    return EvidenceLine(
        id=item.pk,
        stance=term_of(Stance(item.stance)),
        title=item.title,
        url=item.url,
        sha256=item.sha256,
        archive_url=item.archive_url,
        excerpt=item.excerpt,
        primary=item.primary,
        interest=item.interest,
        looked_up=item.looked_up,
        confidential=item.confidential or item.is_withheld,
    )
