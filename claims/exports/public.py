"""What of a report everybody may read. Whatever is not named here stays on the desk."""

from dataclasses import replace

from claims.exports.digest import canonical, digest
from claims.exports.types import Correction, Edition, ReportLine


def for_public(edition: Edition) -> Edition:
    """Take from a published report what is the desk's own: the names of its people and what keeps somebody safe.

    Args:
        edition: the report as the desk has it.

    Returns:
        The report as its public page and its public files hold it, with a digest over that. Corrections that
        readers have not been told are left out; confidential evidence and everybody's name on the desk, too.
    """
    report = replace(
        edition.report,
        made_by="",
        lines=tuple(map(_line, edition.report.lines)),
    )
    data = canonical(report)
    return replace(
        edition,
        report=report,
        canonical=data,
        digest=digest(data),
        corrections=tuple(map(_correction, filter(_is_told, edition.corrections))),
    )


def of_claim(edition: Edition, claim: int) -> Edition:
    """Narrow a report to one of its claims, for that claim's own page. Raises `KeyError` if it holds none of that id.

    The digest stays that of the whole report.
    """
    lines = tuple(line for line in edition.report.lines if line.id == claim)
    if not lines:
        raise KeyError(claim)
    articles = tuple(one for one in edition.report.articles if one.id == lines[0].article)
    verdicts = tuple((term, int(term == lines[0].verdict)) for term, _ in edition.report.verdicts)
    return replace(
        edition,
        report=replace(
            edition.report,
            title=lines[0].statement,
            scope="",
            articles=articles,
            lines=lines,
            verdicts=verdicts,
        ),
        corrections=tuple(one for one in edition.corrections if one.claim == claim),
    )


def _line(line: ReportLine) -> ReportLine:
    return replace(
        line,
        checked_by="",
        second_checked_by="",
        evidence=tuple(each for each in line.evidence if not each.confidential),
    )


def _is_told(correction: Correction) -> bool:
    return correction.published_at is not None


def _correction(correction: Correction) -> Correction:
    # The notice is what readers are told; the reason was written for the desk.
    return replace(correction, reason="")
