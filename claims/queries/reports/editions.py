"""The editions of a report: its current draft, or the frozen version."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext_noop

from claims.access import require
from claims.models import Article, Evidence, Report, SignedPdf, Snapshot
from claims.models.base.expressions import Among
from claims.models.claims.querysets import ClaimQuerySet
from claims.models.reports.reports import claims_address
from claims.queries.accounts import display_name
from claims.queries.reports.contents import MAX_CLAIMS, draft_of, logo_of
from claims.queries.reports.matches import public_checks
from claims.queries.reports.notices import corrections_of, text_corrections_of
from claims.queries.reports.terms import in_language, known_term, public_language
from claims.renderers.digest import digest_of_contents, thaw
from claims.renderers.documents import pdf
from claims.renderers.public import for_public
from claims.renderers.types import Correction, Edition, Format, Stamp
from claims.renderers.types import Report as ReportData

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
    the language of the public site, whichever one the actor uses.

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
        language=public_language(),
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
    with in_language(report.language):
        frozen = thaw(data, known_term)
        corrections = corrections_of(report, frozen)
    return Edition(
        report=frozen,
        canonical=data,
        digest=snapshot.digest,
        number=report.pk,
        corrections=corrections,
        url=report.public_address,
        claims_url=claims_address() if report.public else "",
        site=settings.PUBLIC_URL,
        logo=logo_of(frozen.newsroom.logo),
        checks=public_checks(frozen, since=frozen.issued_at),
        confidential_since=_confidential_since(frozen, corrections),
        text_corrections=tuple(text_corrections_of(report, frozen)),
        stamps=tuple(
            Stamp(one.digest, one.authority, one.stamped_at, bytes(one.response))
            for one in report.timestamps.given()
            if one.stamped_at
        ),
    )


def both_editions(report: Report) -> tuple[Edition, Edition]:
    """Return the internal and the public edition of a published report."""
    internal = frozen_edition(report)
    return internal, for_public(_as_if_public(internal, report))


def _confidential_since(frozen: ReportData, corrections: Iterable[Correction]) -> frozenset[int]:
    """Return the ids of the documents of a published report, and of its notices, that are confidential today only."""
    lines = (*frozen.lines, *(each.line for each in corrections if each.line))
    told = {
        document.id
        for line in lines
        for document in (*line.evidence, *line.referred)
        if not document.confidential
    }
    if not told:
        return frozenset()
    documents = Evidence.objects.filter(Among("pk", sorted(told))).with_secrecy()
    marked = documents.filter(Q(confidential=True) | Q(is_withheld=True))
    return frozenset(marked.values_list("pk", flat=True))


def public_edition_of(*, actor: User, report: Report) -> Edition:
    """Return the public edition of a report, also before it is public: with the addresses that it will have then.

    Raises:
        NotAllowedError: if the actor is not allowed to export reports.
        Report.DoesNotExist: if it is a draft that the actor may not see.
    """
    edition = edition_of(actor=actor, report=report)
    return for_public(edition if report.is_draft else _as_if_public(edition, report))


def _as_if_public(edition: Edition, report: Report) -> Edition:
    """Return a published report with the addresses that it has while it is public."""
    return replace(edition, url=report.future_address, claims_url=claims_address())


def file_of(edition: Edition, export: Format) -> Iterator[bytes]:
    """Yield a report's file in a format: as a PDF the signed one, where there is one that says what the report says now."""
    signed = signed_pdf_of(edition) if export is pdf.FORMAT else None
    if signed is None:
        return export.write(edition)
    return signed.file.chunks()


def signed_pdf_of(edition: Edition) -> SignedPdf | None:
    """Return the signed PDF of an edition as it is today; None if it has changed since, or was not signed."""
    if edition.number is None:
        return None
    return (
        SignedPdf.objects.signed()
        .filter(
            report=edition.number,
            edition=edition.kind,
            contents=digest_of_contents(edition),
        )
        .first()
    )
