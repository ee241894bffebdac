"""From an article, its claims and their decisions to the report that the exporters write."""

from collections import Counter

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import name_of, require
from claims.choices import Quotation, SourceKind, Stance, Verdict
from claims.exports.labels import LANGUAGE
from claims.exports.types import EvidenceLine, Report, ReportLine, Term
from claims.models import Article, Claim, Decision, Evidence


@translation.override(LANGUAGE)
def report_of(*, actor: User, article: Article) -> Report:
    """The verification report of an article as it stands now, in a fixed number of queries.

    Claims that were dismissed or cannot be checked are left out. Its words are in the language of the formats'
    own, whichever one the actor reads the desk in.

    Raises:
        NotAllowedError: if the actor may not export reports.
    """
    require(actor, "claims.export_report", what=gettext_noop("export reports"))
    revision = article.current_revision()
    in_force = Decision.objects.newest_of_each_claim()
    claims = (
        Claim.objects.in_work()
        .filter(revision=revision)
        .in_reading_order()
        .select_related("source")
        .prefetch_related(
            Prefetch("evidence", queryset=Evidence.objects.order_by("pk")),
            Prefetch("decisions", queryset=in_force, to_attr="in_force"),
        )
    )
    lines = tuple(_line(claim) for claim in claims)
    counts = Counter(line.verdict.code for line in lines)
    return Report(
        headline=article.headline,
        outlet=article.outlet.name if article.outlet else "",
        byline=article.byline,
        url=article.url,
        published=article.published_at,
        language=article.language,
        revision=revision.number,
        body_digest=revision.digest,
        lines=lines,
        verdicts=tuple((_term(verdict), counts[verdict.value]) for verdict in Verdict),
        made_by=name_of(actor),
        made_at=timezone.now(),
        newsroom=settings.NEWSROOM_NAME,
        method=method(),
        corrections=settings.NEWSROOM_CORRECTIONS,
        software=settings.SOFTWARE,
    )


def method() -> str:
    """How the desk works, in the current language."""
    return _(
        "The article was split into individual claims by software, each with its exact words and its source "
        "as the article gives it. Editors then checked claims one by one against evidence and marked each of "
        "them verified or disputed; a disputed claim always carries a reason. A pending claim has not been "
        "decided: nothing is said about whether it is true. Every decision is kept in a log that cannot be "
        "changed afterwards."
    )


def _line(claim: Claim) -> ReportLine:
    decision: Decision | None = next(iter(claim.in_force), None)  # type: ignore[attr-defined]
    return ReportLine(
        id=claim.pk,
        quote=claim.quote,
        statement=claim.statement,
        quotation=_term(Quotation(claim.quotation)),
        source=claim.source.name if claim.source else "",
        source_kind=_term(SourceKind(claim.source.kind)) if claim.source else None,
        role=claim.role,
        told_to=claim.told_to,
        checkworthiness=claim.checkworthiness,
        verdict=_term(Verdict(claim.verdict)),
        reason=decision.reason if decision else "",
        checked_by=decision.actor_name if decision else "",
        checked_at=decision.decided_at if decision else None,
        evidence=tuple(_evidence(item) for item in claim.evidence.all()),
    )


def _evidence(item: Evidence) -> EvidenceLine:
    return EvidenceLine(
        id=item.pk,
        stance=_term(Stance(item.stance)),
        title=item.title,
        url=item.url,
        sha256=item.sha256,
        archive_url=item.archive_url,
        excerpt=item.excerpt,
        primary=item.primary,
        interest=item.interest,
        looked_up=item.looked_up,
    )


def _term(member: Verdict | Quotation | SourceKind | Stance) -> Term:
    return Term(code=member.value, label=str(member.label))
