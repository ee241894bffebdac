"""Writing a report: its words, and the order and the sections of its claims."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.reports.saving import locked_draft, save_changed_draft
from claims.choices import ReportText, UndecidedClaims
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.models import Report
from claims.queries.reports.contents import arranged_claims
from claims.queries.reports.drafts.outlines import (
    LONGEST_HEADING,
    MAX_ARRANGED,
    Outline,
    key_of,
    outline_of,
)
from claims.queries.reports.drafts.texts import LONGEST_CONCLUSION, LONGEST_LEDE, key_of_texts

_MAKE = "claims.add_report"


@action(_MAKE, what=gettext_noop("create reports"))
def write_report(
    *,
    actor: User,
    report_id: int,
    title: str,
    lede: str,
    conclusion: str,
    undecided: str = UndecidedClaims.AT_END,
    language: str = "",
    seen: str | None = None,
) -> Report:
    """Change what a draft says in its own words, and what becomes of its undecided claims.

    Args:
        actor: who writes.
        report_id: the draft.
        title: its title.
        lede: what stands above the claims, in Markdown: paragraphs, emphasis, links and lists.
        conclusion: what stands below them.
        undecided: what becomes of claims without a verdict.
        language: what it is written in; "" leaves that as it is.
        seen: `key_of_texts` of the words that the actor changes; None if nobody looked.

    Raises:
        LookAgainError: if somebody has changed these words since.
        InvalidValueError: if the title is empty, or a text is too long.
        NotPossibleError: if the report is published.
        Report.DoesNotExist: if it is a draft that the actor may not see.
    """
    report = locked_draft(actor, report_id)
    if seen is not None and key_of_texts(report) != seen:
        raise LookAgainError
    report.title = " ".join(title.split())
    report.lede = valid_text(ReportText.LEDE, lede)
    report.conclusion = valid_text(ReportText.CONCLUSION, conclusion)
    report.undecided, report.language = undecided, language or report.language
    save_changed_draft(actor, report)
    return report


@action(_MAKE, what=gettext_noop("create reports"))
def arrange_report(
    *, actor: User, report_id: int, seen: str, outline: Outline, omitted: Collection[int] = ()
) -> Report:
    """Put the claims of a draft in order, under headings, and leave some out.

    Args:
        actor: who does it.
        report_id: the draft.
        seen: `key_of` the order that the actor changes.
        outline: the ids of the claims and, as texts, the headings above them; [] for the order of the text.
        omitted: the ids of the claims that are left out.

    Raises:
        LookAgainError: if somebody has changed the order since, or claims have come or gone.
        InvalidValueError: if a heading is empty or too long.
        NotPossibleError: if the report is published, has too many claims, or would have none.
        Report.DoesNotExist: if it is a draft that the actor may not see.
    """
    report = locked_draft(actor, report_id)
    there = arranged_claims(report)
    if len(there) > MAX_ARRANGED:
        raise NotPossibleError(
            why=_("a report of more than 500 claims cannot be put in order by hand.")
        )
    if key_of(outline_of(report, there), report.omitted) != seen:
        raise LookAgainError
    ids = sorted([*(one for one in outline if isinstance(one, int)), *omitted])
    known = sorted(pk for pk, _headline in there)
    if ids != known and (outline or not set(omitted) <= set(known)):
        raise LookAgainError
    if known and len(set(omitted)) == len(known):
        raise NotPossibleError(why=_("the report would have no claims."))
    report.outline = [_valid_heading(one) if isinstance(one, str) else one for one in outline]
    report.omitted = sorted(omitted)
    save_changed_draft(actor, report)
    return report


def valid_text(part: ReportText, text: str) -> str:
    """Return the lede or the conclusion that somebody typed, tidied. Raises `InvalidValueError` for one that is too long."""
    text = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    if part == ReportText.LEDE and len(text) > LONGEST_LEDE:
        raise InvalidValueError(why=_("the lede is longer than 5,000 characters."))
    if part == ReportText.CONCLUSION and len(text) > LONGEST_CONCLUSION:
        raise InvalidValueError(why=_("the conclusion is longer than 20,000 characters."))
    return text


def _valid_heading(heading: str) -> str:
    heading = " ".join(heading.split())
    if not 0 < len(heading) <= LONGEST_HEADING:
        raise InvalidValueError(why=_("a heading has between 1 and 200 characters."))
    return heading
