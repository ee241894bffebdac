"""The kinds of steps by which a report is written and comes to its publication."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.models import User

from claims import actions
from claims.models import Correction
from claims.queries.claims.filters import ClaimFilter
from claims.queries.reports.contents import arranged_claims
from claims.queries.reports.drafts.outlines import Outline, key_of, outline_of
from claims.queries.reports.editions import edition_of
from workbench.demo.desk import Desk


def draft_report(
    desk: Desk, actor: User, *, title: str, article: str = "", query: str = ""
) -> None:
    """Draft a report on an article, or on the claims that a filter finds."""
    if not query:
        actions.draft_report(actor=actor, title=title, article=desk.article(article))
        return
    chosen = ClaimFilter.of_query(query, actor).understood()
    actions.draft_report(
        actor=actor, title=title, claims=chosen.qs, scope=chosen.in_words, query=chosen.query
    )


def write_report(
    desk: Desk, actor: User, *, title: str, lede: str, conclusion: str = "", new_title: str = ""
) -> None:
    """Write a draft's lede and conclusion, and perhaps another title."""
    actions.write_report(
        actor=actor,
        report_id=desk.report(title).pk,
        title=new_title or title,
        lede=lede,
        conclusion=conclusion,
    )


def arrange_report(
    desk: Desk,
    actor: User,
    *,
    title: str,
    article: str,
    sections: Mapping[str, Sequence[str]],
    rest: str,
) -> None:
    """Put the claims of a draft into sections: by heading, the words of the claims. The others are under a last heading."""
    report = desk.report(title)
    there = arranged_claims(report)
    outline: Outline = []
    for heading, claims in sections.items():
        outline += [heading, *(desk.claim(article, words).pk for words in claims)]
    others = [pk for pk, _headline in there if pk not in outline]
    if others:
        outline += [rest, *others]
    actions.arrange_report(
        actor=actor,
        report_id=report.pk,
        seen=key_of(outline_of(report, there), report.omitted),
        outline=outline,
    )


def submit_report(desk: Desk, actor: User, *, title: str, note: str = "") -> None:
    """Submit a draft for approval."""
    actions.submit_report(actor=actor, report_id=desk.report(title).pk, note=note)


def send_report_back(desk: Desk, actor: User, *, title: str, note: str) -> None:
    """Send a draft back."""
    actions.send_report_back(actor=actor, report_id=desk.report(title).pk, note=note)


def approve_report(desk: Desk, actor: User, *, title: str) -> None:
    """Approve a draft as it is now."""
    report = desk.report(title)
    seen = edition_of(actor=actor, report=report).digest
    actions.approve_report(actor=actor, report_id=report.pk, seen=seen)


def publish_report(desk: Desk, actor: User, *, title: str, public: bool = False) -> None:
    """Publish a report as it is now, and make it public if asked to."""
    report = desk.report(title)
    seen = edition_of(actor=actor, report=report).digest
    actions.publish_report(actor=actor, report_id=report.pk, seen=seen, public=public)


def publish_correction(desk: Desk, actor: User, *, title: str, notice: str) -> None:
    """Publish the notice on the one claim of a report that was decided again."""
    found = Correction.objects.get(reported__report=desk.report(title), published_at=None)
    actions.publish_correction(
        actor=actor, correction_id=found.pk, decision_id=found.decision_id, notice=notice
    )
