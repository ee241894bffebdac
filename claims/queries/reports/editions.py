"""The editions of a report: its current draft, or the frozen version."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_noop

from claims.access import require
from claims.choices import MatchRelation, Quotation, Reason, SourceKind, Stance, Verdict
from claims.models import Article, Correction, Report, Snapshot
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.accounts import display_name
from claims.queries.reports.contents import MAX_CLAIMS, draft_of, logo_of
from claims.queries.reports.lines import term_of
from claims.queries.reports.matches import public_checks
from claims.renderers.digest import thaw
from claims.renderers.labels import LANGUAGE
from claims.renderers.types import Correction as CorrectionLine
from claims.renderers.types import Edition, Term

_LISTS: dict[str, type[TextChoices]] = {
    "verdict": Verdict,
    "quotation": Quotation,
    "source_kind": SourceKind,
    "reason": Reason,
    "stance": Stance,
    "relation": MatchRelation,
}


_EXPORT = "claims.export_report"


def report_of(
    *,
    actor: User,
    article: Article | None = None,
    claims: ClaimQuerySet | None = None,
    title: str = "",
    scope: str = "",
) -> Edition:
    """Return a report on an article, or on any claims, in their current state, without saving it.

    It takes a fixed number of queries. Claims that were dismissed or cannot be checked are left out. Its text is in
    the language of the formats, whichever one the actor uses.

    Args:
        actor: who wants it.
        article: for a report on all claims of the article's newest text.
        claims: for any other report, its claims.
        title: the title; by default, the article's headline.
        scope: a description of which claims these are.

    Raises:
        NotAllowedError: if the actor is not allowed to export reports.
        NotPossibleError: if there are more claims than a report can have.
    """
    require(actor, _EXPORT, what=gettext_noop("export reports"))
    report = Report(
        title=title or (article.headline if article else ""),
        scope=scope,
        article=article,
        made_by_name=display_name(actor),
        claim_ids=[]
        if claims is None
        else list(claims.values_list("pk", flat=True)[: MAX_CLAIMS + 1]),
    )
    return draft_of(report)


def edition_of(*, actor: User, report: Report) -> Edition:
    """Return a report as it is sent out today: a draft with its claims' current state, a published one as frozen.

    Raises:
        NotAllowedError: if the actor is not allowed to export reports.
        NotPossibleError: if a draft has more claims than a report can have.
        Report.DoesNotExist: if it is a draft that the actor may not see.
    """
    require(actor, _EXPORT, what=gettext_noop("export reports"))
    if not report.is_draft:
        return frozen_edition(report)
    return draft_of(Report.objects.open_to(actor).get(pk=report.pk))


def frozen_edition(report: Report) -> Edition:
    """Return a published report as it was frozen, with its corrections since.

    For internal use: the public sees less.
    """
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
        url=report.public_address,
        site=settings.PUBLIC_URL,
        logo=logo_of(frozen.newsroom.logo),
        checks=public_checks(frozen, since=frozen.created_at),
    )


def _corrections(report: Report) -> Iterable[Correction]:
    rows = Correction.objects.of_report(report).known_to(AnonymousUser())
    return rows.select_related("reported", "decision").defer("decision__evidence")


def _correction(row: Correction) -> CorrectionLine:
    return CorrectionLine(
        claim=row.reported.claim_id,
        before=term_of(Verdict(row.previous_verdict)),
        after=term_of(Verdict(row.decision.verdict)),
        reason=row.decision.reason,
        at=row.decision.decided_at,
        notice=row.notice,
        published_at=row.published_at,
    )


def _known_term(kind: str, code: str) -> Term:
    """Return a term of a frozen report. A code that no longer exists is its own label."""
    members = _LISTS[kind]
    return term_of(members(code)) if code in members.values else Term(code, code)
