"""Verification reports: made as drafts, looked at, frozen when they are published, and never altered afterwards."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, TextChoices
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.access import require
from claims.actions.base import action, save_as
from claims.choices import Deed, Process, Quotation, Reason, SourceKind, Stance, Verdict
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.models import (
    Article,
    ChangedClaim,
    Claim,
    Correction,
    Decision,
    Evidence,
    Newsroom,
    Report,
    ReportedClaim,
    Snapshot,
)
from claims.models.blind import hidden_among
from claims.models.claims import ClaimQuerySet
from claims.queries.accounts import name_of
from claims.renderers.digest import canonical, digest, edition, thaw
from claims.renderers.labels import LANGUAGE
from claims.renderers.types import Correction as CorrectionLine
from claims.renderers.types import (
    Edition,
    EvidenceLine,
    ReportArticle,
    ReportLine,
    Term,
)
from claims.renderers.types import Newsroom as NewsroomLine
from claims.renderers.types import Report as ReportData

MOST_CLAIMS = 5_000
"""How many claims a report holds at most: it is read. Lists of any length are exported from the table of claims."""

WIKIDATA = "https://www.wikidata.org/wiki/"
_LISTS: dict[str, type[TextChoices]] = {
    "verdict": Verdict,
    "quotation": Quotation,
    "source_kind": SourceKind,
    "reason": Reason,
    "stance": Stance,
}
_EXPORT = "claims.export_report"
_MAKE = "claims.add_report"
_PUBLISH = "claims.publish_report"


def report_of(
    *,
    actor: User,
    article: Article | None = None,
    claims: ClaimQuerySet | None = None,
    title: str = "",
    scope: str = "",
) -> Edition:
    """The report of an article, or of any claims, as they stand now, in a fixed number of queries. Nobody keeps it.

    Claims that were dismissed or cannot be checked are left out. Its words are in the language of the formats'
    own, whichever one the actor reads the desk in.

    Args:
        actor: who wants it.
        article: for a report of all that the article's newest text holds.
        claims: for any other one, its claims.
        title: what it is about; the article's headline without it.
        scope: which claims these are, in words.

    Raises:
        NotAllowedError: if the actor may not export reports.
        NotPossibleError: if there are more claims than a report holds.
    """
    require(actor, _EXPORT, what=gettext_noop("export reports"))
    report = Report(
        title=title or (article.headline if article else ""),
        scope=scope,
        article=article,
        made_by_name=name_of(actor),
        chosen=[]
        if claims is None
        else list(claims.values_list("pk", flat=True)[: MOST_CLAIMS + 1]),
    )
    return _draft(report)


def edition_of(*, actor: User, report: Report) -> Edition:
    """A report as it goes out today: a draft with its claims as they stand, a published one as it was frozen.

    Raises:
        NotAllowedError: if the actor may not export reports.
        NotPossibleError: if a draft holds more claims than a report can.
        Report.DoesNotExist: if it is a draft that is not open to the actor.
    """
    require(actor, _EXPORT, what=gettext_noop("export reports"))
    if not report.draft:
        return frozen_edition(report)
    return _draft(Report.objects.open_to(actor).get(pk=report.pk))


def frozen_edition(report: Report) -> Edition:
    """A published report as it was frozen, with what was corrected since. For the desk: the public sees less."""
    snapshot = Snapshot.objects.get(report=report)
    data = snapshot.data.encode()
    with translation.override(LANGUAGE):
        frozen = thaw(data, _known_term)
        corrections = tuple(map(_correction, _corrections(report)))
    return Edition(
        report=frozen,
        canonical=data,
        digest=snapshot.digest,
        number=report.pk,
        corrections=corrections,
        url=public_address(report),
        site=settings.PUBLIC_URL,
        logo=_logo(frozen.newsroom.logo),
    )


def public_address(report: Report) -> str:
    """The address of a report's public page, ending in "/"; "" while it has none."""
    if not (report.public and settings.PUBLIC_URL):
        return ""
    return f"{settings.PUBLIC_URL}{reverse('public-report', args=[report.pk])}"


@action(_MAKE, what=gettext_noop("make reports"))
def draft_report(
    *,
    actor: User,
    title: str,
    article: Article | None = None,
    claims: ClaimQuerySet | None = None,
    scope: str = "",
    query: str = "",
) -> Report:
    """Make a report to look at. Nothing is frozen yet: `publish_report` does that.

    Args:
        actor: who makes it.
        title: what it is about.
        article: for a report of all that the article's newest text holds.
        claims: for any other one, its claims.
        scope: which these are, in words.
        query: the same as the table of claims has it.

    Raises:
        InvalidValueError: if it has no title, or one that is too long.
        NotPossibleError: if there are no claims in work, or more than a report holds.
    """
    chosen: list[int] = []
    if claims is not None:
        chosen = list(_in_order(claims.in_work()).values_list("pk", flat=True)[: MOST_CLAIMS + 1])
        if not chosen:
            raise NotPossibleError(why=_("there is no claim in work among them."))
    elif article is not None:
        _require_few(_of_article(article).count())
    _require_few(len(chosen))
    report = Report(
        title=" ".join(title.split()),
        article=article,
        chosen=chosen,
        scope=scope,
        query=query,
        made_by=actor,
        made_by_name=name_of(actor),
    )
    _save(actor, report)
    return report


@action(_MAKE, what=gettext_noop("make reports"))
def rename_report(*, actor: User, report_id: int, title: str) -> Report:
    """Give a draft another title.

    Raises:
        InvalidValueError: if there is none, or it is too long.
        NotPossibleError: if the report is published.
        Report.DoesNotExist: if it is a draft that is not open to the actor.
    """
    report = _locked_draft(actor, report_id)
    report.title = " ".join(title.split())
    _save(actor, report)
    return report


@action(_MAKE, what=gettext_noop("discard drafts"))
def discard_report(*, actor: User, report_id: int) -> None:
    """Throw a draft away. A second click does nothing.

    Raises:
        NotPossibleError: if the report is published: nothing published ever goes.
        Report.DoesNotExist: if it is a draft that is not open to the actor.
    """
    if not Report.objects.filter(pk=report_id).exists():
        return
    report = _locked_draft(actor, report_id)
    LogEntry.objects.log_actions(actor.pk, [report], DELETION, single_object=True)
    report._history_user = actor  # type: ignore[attr-defined]
    report.delete()


@action(_PUBLISH, what=gettext_noop("publish reports"))
def publish_report(*, actor: User, report_id: int, seen: str) -> Report:
    """Freeze a report as the actor saw it. A second click does nothing.

    Args:
        actor: who publishes it.
        report_id: the draft.
        seen: the digest of the draft that the actor looked at.

    Raises:
        LookAgainError: if anything in it changed since.
        NotPossibleError: if it holds no claim.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if not report.draft:
        return report
    # Of the claims, too, nothing may change between the look and the freezing.
    claims = list(_claims(report).select_for_update(of=("self",)).values_list("pk", flat=True))
    draft = _draft(report)
    if draft.digest != seen:
        raise LookAgainError
    if not claims:
        raise NotPossibleError(why=_("it holds no claim."))
    now = timezone.now()
    made = replace(draft.report, made_by=name_of(actor), made_at=now)
    data = canonical(made)
    report.published_by, report.published_by_name, report.published_at = actor, name_of(actor), now
    report.number_of_claims = len(made.lines)
    _save(actor, report)
    Snapshot.objects.create(report=report, data=data.decode(), digest=digest(data))
    newest = _newest_decisions(claims)
    ReportedClaim.objects.bulk_create(
        ReportedClaim(
            report=report,
            claim_id=line.id,
            verdict=line.verdict.code,
            # A verdict that is not to be known yet rests on no decision here.
            decision_id=newest.get(line.id) if line.checked_at else None,
        )
        for line in made.lines
    )
    return report


@action(_PUBLISH, what=gettext_noop("make reports public"))
def set_public(*, actor: User, report_id: int, public: bool) -> Report:
    """Let everybody read a published report without an account, or no longer.

    Raises:
        NotPossibleError: if it is a draft, or the workbench has no public address.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report_id)
    if report.draft:
        raise NotPossibleError(why=_("publish the report first."))
    if public and not settings.PUBLIC_URL:
        raise NotPossibleError(
            why=_("the workbench has no public address. Set PUBLIC_URL in its environment.")
        )
    if report.public != public:
        report.public = public
        _save(actor, report)
    return report


def method() -> str:
    """How the desk works, in the current language."""
    return _(
        "The article was split into individual claims by software, each with its exact words and its source "
        "as the article gives it. Editors then checked claims one by one against evidence and marked each of "
        "them verified or disputed; a disputed claim always carries a reason. A pending claim has not been "
        "decided: nothing is said about whether it is true. Every decision is kept in a log that cannot be "
        "changed afterwards."
    )


def _save(actor: User, report: Report) -> None:
    try:
        report.full_clean(exclude={"scope"})
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    save_as(actor, report)


def _locked_draft(actor: User, report_id: int) -> Report:
    report = Report.objects.open_to(actor).select_for_update(of=("self",)).get(pk=report_id)
    if not report.draft:
        raise NotPossibleError(why=_("it is published, and stays as it is."))
    return report


def _require_few(number: int) -> None:
    if number > MOST_CLAIMS:
        raise NotPossibleError(
            why=_(
                "a report holds at most 5,000 claims. Narrow the filter, or export the list as a table."
            )
        )


def _of_article(article: Article) -> ClaimQuerySet:
    return Claim.objects.in_work().filter(revision=article.current_revision())


def _in_order(claims: ClaimQuerySet) -> ClaimQuerySet:
    """The newest article first, and each one's claims as they stand in its text."""
    return claims.order_by("-listed_at", "revision_id", "start", "pk")


def _claims(report: Report) -> ClaimQuerySet:
    if report.article is not None:
        return _of_article(report.article).in_reading_order()
    return _in_order(Claim.objects.in_work().filter(pk__in=report.chosen))


def _draft(report: Report) -> Edition:
    made = _data(
        _claims(report),
        title=report.title,
        scope=report.scope,
        article=report.article,
        made_by=report.made_by_name,
        made_at=report.made_at,
    )
    return replace(edition(made), logo=_logo(made.newsroom.logo), site=settings.PUBLIC_URL)


@translation.override(LANGUAGE)
def _data(
    claims: ClaimQuerySet,
    *,
    title: str,
    scope: str,
    article: Article | None,
    made_by: str,
    made_at: datetime,
) -> ReportData:
    rows = list(
        claims.select_related("source", "revision__article__outlet")
        .defer("revision__body", "source_spans", "cue_spans")
        .prefetch_related(
            Prefetch("evidence", queryset=Evidence.objects.standing().order_by("pk"))
        )[: MOST_CLAIMS + 1]
    )
    _require_few(len(rows))
    decisions = _newest_of([row.pk for row in rows])
    checks = _second_checks(rows)
    lines = tuple(_line(row, decisions.get(row.pk), checks.get(row.pk)) for row in rows)
    revisions = {row.revision_id: row.revision for row in rows}
    if article is not None and not revisions:
        current = article.current_revision()
        revisions = {current.pk: current}
    in_work = dict(
        Claim.objects.in_work()
        .filter(revision__in=revisions)
        .order_by()
        .values_list("revision")
        .annotate(Count("pk"))
    )
    counts = Counter(line.verdict.code for line in lines)
    return ReportData(
        title=title,
        scope=scope,
        articles=tuple(
            _article(revision, in_work.get(pk, 0)) for pk, revision in revisions.items()
        ),
        lines=lines,
        verdicts=tuple((_term(verdict), counts[verdict.value]) for verdict in Verdict),
        made_by=made_by,
        made_at=made_at,
        newsroom=_newsroom(),
        software=settings.SOFTWARE,
    )


def _newest_of(claim_ids: Collection[int]) -> dict[int, Decision]:
    newest = Decision.objects.filter(claim__in=claim_ids).newest_of_each_claim()
    return {decision.claim_id: decision for decision in newest.defer("evidence")}


def _newest_decisions(claim_ids: Collection[int]) -> dict[int, int]:
    return {claim: decision.pk for claim, decision in _newest_of(claim_ids).items()}


def _second_checks(claims: Iterable[Claim]) -> dict[int, ChangedClaim]:
    """For each claim whose verdict was checked a second time, the newest such check."""
    checked = [claim.pk for claim in claims if claim.process == Process.CHECKED]
    rows = ChangedClaim.objects.filter(
        claim__in=checked, change__deed=Deed.CHECK, change__undoes=None
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


def _logo(sha256: str) -> bytes:
    """The picture under a digest; nothing if it is gone."""
    storage = Newsroom._meta.get_field("logo").storage
    if not sha256 or not storage.exists(sha256):
        return b""
    with storage.open(sha256) as file:
        picture: bytes = file.read()
    return picture


def _line(claim: Claim, decision: Decision | None, check: ChangedClaim | None) -> ReportLine:
    documents = claim.evidence.all()
    # What is for nobody in particular says nothing of a verdict that is to be checked blind, nor what speaks for it.
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
        quotation=_term(Quotation(claim.quotation)),
        source=source.name if source else "",
        source_kind=_term(SourceKind(source.kind)) if source else None,
        source_links=tuple(_links(source.wikidata, source.links)) if source else (),
        role=claim.role,
        told_to=claim.told_to,
        checkworthiness=claim.checkworthiness,
        reasons=tuple(_term(Reason(code)) for code in claim.reasons if code in Reason.values),
        verdict=_term(Verdict(claim.verdict)),
        reason=decision.reason if decision else "",
        checked_by=decision.actor_name if decision else "",
        checked_at=decision.decided_at if decision else None,
        second_checked_by=check.change.actor_name if check else "",
        second_checked_at=check.change.made_at if check else None,
        evidence=tuple(_evidence(item) for item in documents),
    )


def _links(wikidata: str, links: str) -> list[str]:
    return [f"{WIKIDATA}{wikidata}"] * bool(wikidata) + links.split()


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
        confidential=item.confidential,
    )


def _corrections(report: Report) -> Iterable[Correction]:
    rows = Correction.objects.of_report(report).known_to(AnonymousUser())
    return rows.select_related("reported", "decision").defer("decision__evidence")


def _correction(row: Correction) -> CorrectionLine:
    return CorrectionLine(
        claim=row.reported.claim_id,
        before=_term(Verdict(row.before)),
        after=_term(Verdict(row.decision.verdict)),
        reason=row.decision.reason,
        at=row.decision.decided_at,
        notice=row.notice,
        published_at=row.published_at,
    )


def _known_term(kind: str, code: str) -> Term:
    """A term of a frozen report. A code that the workbench no longer knows stands for itself."""
    members = _LISTS[kind]
    return _term(members(code)) if code in members.values else Term(code, code)


def _term(member: TextChoices) -> Term:
    return Term(code=str(member.value), label=str(member.label))
