"""A report that a chief has written, with a word of its own for each field."""

from collections.abc import Callable

from django.contrib.auth.models import User

from claims.actions import arrange_report, write_report
from claims.choices import DraftStepKind
from claims.models import DraftStep, Report
from claims.queries.reports.contents import arranged_claims
from claims.queries.reports.drafts.outlines import key_of, outline_of


def write(chief: User, made: Report, word: Callable[[str], str]) -> None:
    """Give a report words of its own, a heading, and something that was said about the draft: each by the name of its field."""
    write_report(
        actor=chief,
        report_id=made.pk,
        title=made.title,
        lede=word("Report.lede"),
        conclusion=word("Report.conclusion"),
    )
    claims = arranged_claims(made)
    arrange_report(
        actor=chief,
        report_id=made.pk,
        seen=key_of(outline_of(made, claims), []),
        outline=[word("Report.outline"), *(pk for pk, _headline in claims)],
    )
    DraftStep.objects.create(
        report=made,
        kind=DraftStepKind.SENT_BACK,
        note=word("DraftStep.note"),
        actor_name=word("DraftStep.actor_name"),
    )
    made.refresh_from_db()
