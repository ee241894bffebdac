"""Pages of reports and sources at every stage."""

from django.contrib.auth.models import User
from django.urls import reverse

from claims.actions import (
    decide_claim,
    draft_report,
    enter_record,
    leave_out_waiting,
    mark_distinct,
    merge_sources,
    publish_report,
    set_public,
)
from claims.choices import JobStatus, LinkState, Verdict
from claims.errors import UnreachableError, as_data, gettext_noop
from claims.models import Article, BulkChange, Claim, Correction, Export, Source
from claims.queries.reports.editions import edition_of
from tests.models import rows

TITLE = "Bridge over the Olm closed"


def of_reports(article: Article, claim: Claim, chief: User) -> list[str]:
    """Pages of reports: a draft, one that everyone may read, what was decided anew since; of exports at every stage."""
    draft = draft_report(actor=chief, title=TITLE, article=article)
    public = draft_report(actor=chief, title=TITLE, article=article, scope="Olm")
    leave_out_waiting(actor=chief, report_id=public.pk, leave_out=True)
    public.refresh_from_db()
    seen = edition_of(actor=chief, report=public).digest
    publish_report(actor=chief, report_id=public.pk, seen=seen)
    set_public(actor=chief, report_id=public.pk, public=True)
    version = Claim.objects.get(pk=claim.pk).version
    decide_claim(
        actor=chief, claim_id=claim.pk, version=version, verdict=Verdict.VERIFIED, reason="R"
    )
    waiting = Correction.objects.get()
    exports = [
        Export.objects.create(
            actor=User.objects.get(username=name), format="csv", status=stage, error="E"
        )
        for name in ("edda", "carl")
        for stage in JobStatus.values
    ]
    return [
        reverse("reports"),
        draft.get_absolute_url(),
        public.get_absolute_url(),
        reverse("corrections"),
        reverse("corrections") + "?told=1",
        reverse("correction", args=[waiting.pk]),
        reverse("export-claims") + "?every=1&list=verdict%3Dpending",
        reverse("export-claims") + f"?chosen={claim.pk}",
        *(reverse("export", args=[one.pk]) for one in exports),
    ]


def of_links(claim: Claim, chief: User) -> list[str]:
    """Pages of links: of all that are broken, and of one in each state."""
    pages = []
    for state in LinkState.values:
        url = f"https://example.org/{state}"
        piece = rows.evidence(claim, chief, title=TITLE, url=url, excerpt=TITLE)
        error = as_data(UnreachableError(host="example.org", why=gettext_noop("it is overloaded")))
        link = rows.link(
            piece,
            state=state,
            text=TITLE if state == LinkState.CHANGED else "",
            moved_to="https://example.org/" if state == LinkState.MOVED else "",
            error={"code": "unreachable", **error} if state == LinkState.UNREACHABLE else None,
        )
        pages += [
            reverse("broken-link", args=[link.pk]),
            f"{reverse('broken-links')}?state={state}",
        ]
    return [reverse("broken-links"), *pages]


def of_sources(source: Source, editor: User) -> list[str]:
    """Pages of sources: with everything that is known of one, with duplicates, merged, and on its way."""
    told = {
        "organisation": "Bridges of Ostrey",
        "country": "Ostrey",
        "wikidata": "Q42",
        "links": "https://example.org/",
        "note": "Olm",
    }
    for name, value in told.items():
        setattr(source, name, value)
    enter_record(actor=editor, record=source, fields=list(told))
    names = ("A. Venn", "Adela Venn", "Bo Tarn", "Cy Tarn", "Di Tarn")
    alike, other, merged, middle, moving = (
        Source.objects.create(name=name, kind=source.kind, **(told if name == "A. Venn" else {}))
        for name in names
    )
    mark_distinct(actor=editor, source=other, other=source)
    merge_sources(actor=editor, source=merged, into=middle)
    merge_sources(actor=editor, source=middle, into=source)
    merge_sources(actor=editor, source=moving, into=source)
    BulkChange.objects.filter(pk=Source.objects.get(pk=moving.pk).merge_job_id).update(
        status="running"
    )
    merge = reverse("merge-source", args=[alike.pk])
    return [
        reverse("sources"),
        reverse("sources") + "?name=nobody",
        reverse("source-duplicates"),
        *(one.get_absolute_url() for one in (source, alike, merged, middle, moving)),
        *(merge + asked for asked in ("", "?name=ada", "?name=nobody", f"?into={source.pk}")),
        reverse("merge-source", args=[other.pk]) + f"?into={source.pk}",
        reverse("source-history", args=[merged.pk]),
        reverse("statistics"),
    ]
