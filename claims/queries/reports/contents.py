"""The contents of a report."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch, TextChoices
from django.utils import translation
from django.utils.translation import gettext as _

from claims.choices import (
    ChangeAction,
    Quotation,
    Reason,
    ReviewStatus,
    SourceKind,
    Stance,
    Verdict,
)
from claims.errors import NotPossibleError
from claims.models import Article, ChangedClaim, Claim, Decision, Evidence, Newsroom, Report
from claims.models.claims.blind import hidden_among
from claims.models.claims.querysets import ClaimQuerySet
from claims.renderers.digest import edition
from claims.renderers.labels import LANGUAGE
from claims.renderers.types import Edition, EvidenceLine, ReportArticle, ReportLine, Term
from claims.renderers.types import Newsroom as NewsroomLine
from claims.renderers.types import Report as ReportData

MAX_CLAIMS = 5_000
"""How many claims a report holds at most: it is read. Lists of any length are exported from the table of claims."""


WIKIDATA = "https://www.wikidata.org/wiki/"


def method() -> str:
    """Return the description of how the newsroom works, in the current language."""
    return _(
        "Software split the article into individual claims, each with its exact words and the source that the article gives. Editors then checked the claims one by one against evidence and marked each of them verified or disputed; a disputed claim always carries a reason. No decision has been made about a pending claim: the report does not say whether it is true. Every decision is recorded in a log that cannot be changed afterwards."
    )


def claims_of_article(article: Article) -> ClaimQuerySet:
    """Return the active claims of the article's current text."""
    return Claim.objects.active().filter(revision=article.current_revision())


def in_order(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Return claims by article, newest first, and within it in the order of the text."""
    return claims.order_by("-listed_at", "revision_id", "start", "pk")


def claims_of(report: Report) -> ClaimQuerySet:
    """Return the claims of a report, in its order."""
    if report.article is not None:
        return claims_of_article(report.article).in_reading_order()
    return in_order(Claim.objects.active().filter(pk__in=report.claim_ids))


def draft_of(report: Report) -> Edition:
    """Return a report as it would be published now."""
    made = data_of(
        claims_of(report),
        title=report.title,
        scope=report.scope,
        article=report.article,
        made_by=report.made_by_name,
        created_at=report.created_at,
    )
    return replace(edition(made), logo=logo_of(made.newsroom.logo), site=settings.PUBLIC_URL)


@translation.override(LANGUAGE)
def data_of(
    claims: ClaimQuerySet,
    *,
    title: str,
    scope: str,
    article: Article | None,
    made_by: str,
    created_at: datetime,
) -> ReportData:
    """Return the contents of a report on these claims, in their current state."""
    rows = list(
        claims.select_related("source", "revision__article__outlet")
        .defer("revision__body", "source_spans", "cue_spans")
        .prefetch_related(
            Prefetch("evidence", queryset=Evidence.objects.not_removed().order_by("pk"))
        )[: MAX_CLAIMS + 1]
    )
    require_few(len(rows))
    decisions = newest_of([row.pk for row in rows])
    checks = _second_checks(rows)
    lines = tuple(line_of(row, decisions.get(row.pk), checks.get(row.pk)) for row in rows)
    revisions = {row.revision_id: row.revision for row in rows}
    if article is not None and not revisions:
        current = article.current_revision()
        revisions = {current.pk: current}
    active = dict(
        Claim.objects.active()
        .filter(revision__in=revisions)
        .order_by()
        .values_list("revision")
        .annotate(Count("pk"))
    )
    counts = Counter(line.verdict.code for line in lines)
    return ReportData(
        title=title,
        scope=scope,
        articles=tuple(_article(revision, active.get(pk, 0)) for pk, revision in revisions.items()),
        lines=lines,
        verdicts=tuple((term_of(verdict), counts[verdict.value]) for verdict in Verdict),
        made_by=made_by,
        created_at=created_at,
        newsroom=_newsroom(),
        software=settings.SOFTWARE,
    )


def newest_of(claim_ids: Collection[int]) -> dict[int, Decision]:
    """Return the newest decision of each claim, by claim id."""
    newest = Decision.objects.filter(claim__in=claim_ids).newest_of_each_claim()
    return {decision.claim_id: decision for decision in newest.defer("evidence")}


def newest_decisions(claim_ids: Collection[int]) -> dict[int, int]:
    """Return the id of the newest decision of each claim, by claim id."""
    return {claim: decision.pk for claim, decision in newest_of(claim_ids).items()}


def _second_checks(claims: Iterable[Claim]) -> dict[int, ChangedClaim]:
    """Return the newest second check of each claim that has had one."""
    checked = [claim.pk for claim in claims if claim.review_status == ReviewStatus.CHECKED]
    rows = ChangedClaim.objects.filter(
        claim__in=checked, change__action=ChangeAction.SECOND_CHECK, change__undoes=None
    )
    return {row.claim_id: row for row in rows.select_related("change").order_by("pk")}


def _article(revision: Any, claims: int) -> ReportArticle:
    article: Article = revision.article
    return ReportArticle(
        id=article.pk,
        headline=article.headline,
        outlet=article.outlet.name if article.outlet else "",
        byline=article.byline,
        url=article.url,
        published=article.published_at,
        language=article.language,
        revision=revision.number,
        body_digest=revision.digest,
        claims=claims,
    )


def _newsroom() -> NewsroomLine:
    newsroom = Newsroom.current()
    return NewsroomLine(
        name=newsroom.name,
        method=newsroom.method or method(),
        corrections=newsroom.corrections,
        contact=newsroom.contact,
        funding=newsroom.funding,
        logo=newsroom.logo_sha256,
    )


def logo_of(sha256: str) -> bytes:
    """Return the image with a digest; nothing if it is gone."""
    storage = Newsroom._meta.get_field("logo").storage
    if not sha256 or not storage.exists(sha256):
        return b""
    with storage.open(sha256) as file:
        picture: bytes = file.read()
    return picture


def line_of(claim: Claim, decision: Decision | None, check: ChangedClaim | None) -> ReportLine:
    """Return a claim as a report contains it."""
    documents = claim.evidence.all()
    # A report, whoever reads it, says nothing about a verdict under blind check, or the evidence for it.
    if hidden_among(AnonymousUser(), [claim]):
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
        evidence=tuple(_evidence(item) for item in documents),
    )


def _links(wikidata: str, links: str) -> list[str]:
    return [f"{WIKIDATA}{wikidata}"] * bool(wikidata) + links.split()


def _evidence(item: Evidence) -> EvidenceLine:
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
        confidential=item.confidential,
    )


def term_of(member: TextChoices) -> Term:
    """Return a member of a closed list as a report contains it: its code, and its label in the current language."""
    return Term(code=str(member.value), label=str(member.label))


def require_few(number: int) -> None:
    """Raise `NotPossibleError` for more claims than a report can have."""
    if number > MAX_CLAIMS:
        raise NotPossibleError(
            why=_(
                "a report can have at most 5,000 claims. Narrow the filter, or export the list as a table."
            )
        )
