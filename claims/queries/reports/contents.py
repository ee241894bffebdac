"""The contents of a report."""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _

from claims.choices import ChangeAction, ReviewStatus, UndecidedClaims, Verdict
from claims.errors import NotPossibleError
from claims.models import Article, ChangedClaim, Claim, Decision, Evidence, Newsroom, Report
from claims.models.claims.blind import waiting_blind
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.reports.drafts.outlines import MAX_ARRANGED, Outline, sections_of
from claims.queries.reports.lines import line_of
from claims.queries.reports.matches import contradictions_among, matched, public_checks
from claims.queries.reports.terms import in_language, own_words, term_of
from claims.renderers.digest import edition, plain
from claims.renderers.types import (
    DATA_FORMAT,
    INTERNAL_EDITION,
    Edition,
    ReportArticle,
    ReportLine,
)
from claims.renderers.types import Newsroom as NewsroomLine
from claims.renderers.types import Report as ReportData

MAX_CLAIMS = 5_000
"""How many claims a report holds at most: it is read. Lists of any length are exported from the table of claims."""


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
    """Return the claims of a report, in the order of the text."""
    claims = all_claims_of(report).exclude(pk__in=[*report.left_out, *report.omitted])
    if report.undecided == UndecidedClaims.LEFT_OUT:
        claims = claims.exclude(verdict=Verdict.PENDING)
    return claims


def _omitted(report: Report) -> ClaimQuerySet:
    """Return the claims of a draft that somebody left out by hand, as far as they still could be in it."""
    return arrangeable(report).filter(pk__in=report.omitted)


def _undecided_omitted(report: Report) -> ClaimQuerySet:
    """Return those that are left out because nobody has decided them."""
    return arrangeable(report).exclude(pk__in=report.omitted).filter(verdict=Verdict.PENDING)


def all_claims_of(report: Report) -> ClaimQuerySet:
    """Return the claims of a draft, in the order of the text, with those that are left out."""
    if report.article is not None:
        return claims_of_article(report.article).in_reading_order()
    return in_order(Claim.objects.active().filter(pk__in=report.claim_ids))


def arranged_claims(report: Report) -> list[tuple[int, str]]:
    """Return the ids of the claims of a draft that can be put in order, and the headlines of their articles.

    They come in the order of the text. Those that were left out by hand are among them. Only as many are read as show
    that there are too many.
    """
    claims = arrangeable(report).values_list("pk", "revision__article__headline")
    return list(claims[: MAX_ARRANGED + 1])


def arrangeable(report: Report) -> ClaimQuerySet:
    """Return the claims of a draft that can be put in order, in the order of the text: see `arranged_claims`."""
    return all_claims_of(report).exclude(pk__in=report.left_out)


def waiting_claims(report: Report) -> ClaimQuerySet:
    """Return the claims of a draft whose verdicts no report may tell, because a second check is under way."""
    return waiting_blind(all_claims_of(report))


def waiting_openly(report: Report) -> int:
    """Return how many claims of a draft wait for a second check that is not blind: the report tells their verdicts."""
    return claims_of(report).filter(review_status=ReviewStatus.WAITING, blind=False).count()


def draft_of(report: Report) -> Edition:
    """Return a report as it would be published now."""
    with in_language(report.language):
        made = data_of(
            claims_of(report),
            title=report.title,
            scope=report.scope,
            article=report.article,
            made_by=report.made_by_name,
            created_at=report.created_at,
            left_out=len(report.left_out),
            outline=report.outline,
        )
    made = replace(
        made,
        lede=report.lede,
        conclusion=report.conclusion,
        language=report.language,
        omitted=_omitted(report).count() if report.omitted else 0,
        undecided_omitted=_undecided_omitted(report).count()
        if report.undecided == UndecidedClaims.LEFT_OUT
        else 0,
    )
    return replace(
        edition(made),
        logo=logo_of(made.newsroom.logo),
        site=settings.PUBLIC_URL,
        checks=public_checks(made),
    )


def data_of(
    claims: ClaimQuerySet,
    *,
    title: str,
    scope: str,
    article: Article | None,
    made_by: str,
    created_at: datetime,
    left_out: int = 0,
    outline: Outline | None = None,
) -> ReportData:
    """Return the contents of a report on these claims, in their current state, in the language that is spoken.

    With an outline, they come in its order, and those without a verdict last.
    """
    rows = list(_read(claims)[: MAX_CLAIMS + 1])
    require_few(len(rows))
    contradictions = contradictions_among(rows)
    sections = sections_of(outline, [row.pk for row in rows]) if outline else ()
    if sections:
        ordered = (pk for section in sections for pk in section.claims)
        places = {pk: place for place, pk in enumerate(ordered)}
        rows.sort(key=lambda row: places[row.pk])
    lines = _lines_of(rows)
    if sections:
        lines = tuple(sorted(lines, key=lambda line: line.verdict.code == Verdict.PENDING))
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
        newsroom=newsroom_line(),
        software=settings.SOFTWARE,
        contradictions=contradictions,
        format=DATA_FORMAT,
        edition=INTERNAL_EDITION,
        left_out=left_out,
        sections=sections,
    )


def documents_of(report: ReportData) -> list[int]:
    """Return the ids of the documents that a report cites, each once, in its order."""
    cited = (one.id for line in report.lines for one in (*line.evidence, *line.referred))
    return list(dict.fromkeys(cited))


def line_now(claim_id: int) -> ReportLine:
    """Return a claim in its current state as a report contains it, without what is known of other claims."""
    (line,) = _lines_of(list(_read(Claim.objects.filter(pk=claim_id))))
    return replace(line, earlier=(), earlier_public=())


def digest_of_line(line: ReportLine) -> str:
    """Return the SHA-256 of a claim's contents, by which a chief says what they saw."""
    return sha256(json.dumps(plain(line), sort_keys=True).encode()).hexdigest()


def _read(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Return claims with all that a report's lines need."""
    documents = Evidence.objects.not_removed().with_secrecy().in_order()
    return (
        claims.select_related("source", "revision__article__outlet")
        .defer("revision__body", "source_spans", "cue_spans")
        .prefetch_related(Prefetch("evidence", queryset=documents))
    )


def _lines_of(rows: list[Claim]) -> tuple[ReportLine, ...]:
    decisions = newest_of([row.pk for row in rows])
    checks = _second_checks(rows)
    matches = matched(rows, decisions)
    return tuple(
        line_of(row, decisions.get(row.pk), checks.get(row.pk), matches[row.pk]) for row in rows
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


def newsroom_line() -> NewsroomLine:
    """Return what the newsroom says of itself in the language that is spoken or, what it has not said in it, at all."""
    newsroom, own = Newsroom.current(), own_words()
    return NewsroomLine(
        name=newsroom.name,
        method=own.method or newsroom.method or method(),
        corrections=own.corrections or newsroom.corrections,
        contact=own.contact or newsroom.contact,
        funding=own.funding or newsroom.funding,
        logo=newsroom.logo_sha256,
    )


def logo_of(sha256: str) -> bytes:
    """Return the image with a digest; nothing if it is gone."""
    if not sha256:
        return b""
    try:
        with Newsroom._meta.get_field("logo").storage.open(sha256) as file:
            picture: bytes = file.read()
    except FileNotFoundError:
        return b""
    return picture


def require_few(number: int) -> None:
    """Raise `NotPossibleError` for more claims than a report can have."""
    if number > MAX_CLAIMS:
        raise NotPossibleError(
            why=_(
                "a report can have at most 5,000 claims. Narrow the filter, or export the list as a table."
            )
        )
