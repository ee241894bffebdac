"""The public site around the reports: all checks with search, and how the newsroom works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.choices import Verdict
from claims.queries.personal_data.bylines import people as shown_people
from claims.queries.reports.contents import newsroom_line
from claims.queries.reports.public_site import (
    SHOWN_VERDICTS,
    public_claims,
    public_desks,
    public_topics,
)
from claims.queries.reports.terms import term_of
from claims.renderers.documents.facts import mark
from claims.web.public.checks import checks_page
from claims.web.public.claim_page import meanings
from claims.web.public.heads import head_of
from claims.web.public.serving import context, everybody

_LONGEST_SEARCH = 200
"""Characters of a search that are read."""


def _typed(text: str) -> str:
    return text.strip()[:_LONGEST_SEARCH]


@everybody(kept=False, q=_typed, verdict=Verdict, page=str)
def checks(request: HttpRequest) -> HttpResponse:
    """List all claims that were checked, or those that a search finds: in what was published of them, and nowhere else."""
    typed = request.GET.get("q", "")
    verdict = request.GET.get("verdict", "")
    found = public_claims()
    if typed:
        found = found.search(typed)
    if verdict:
        found = found.filter(verdict=verdict)
    head = head_of(
        "public-checks",
        _("All checks"),
        _("Claims from the news that we have checked, with the evidence for each verdict."),
    )
    return render(
        request,
        "public/checks.html",
        context(
            head=None if request.GET else head,
            checks=checks_page(request, found),
            typed=typed,
            verdict=verdict,
            verdicts=[mark(term_of(one)) for one in SHOWN_VERDICTS],
            topics=public_topics(),
            desks=public_desks(),
        ),
    )


@everybody()
def people(request: HttpRequest) -> HttpResponse:
    """List the people of the newsroom who agree to be named."""
    named = list(shown_people())
    head = head_of("public-people", _("People"), _("Who checks claims here."))
    return render(
        request, "public/people_list.html", context(head=head if named else None, people=named)
    )


@everybody()
def about(request: HttpRequest) -> HttpResponse:
    """Say how the newsroom checks, what its verdicts mean, who pays for it, and how to reach and correct it."""
    head = head_of(
        "public-about",
        _("How we check"),
        _(
            "How we check claims, what our verdicts mean, who pays for our work, and how to reach us."
        ),
    )
    named = shown_people().exists()
    shown = context(head=head, said=newsroom_line(), meanings=meanings(), are_named=named)
    return render(request, "public/about.html", shown)
