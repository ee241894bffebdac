"""A report as readers were last told of its claims: what was published, with all notices since."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from claims.renderers.types import (
    Contradiction,
    Correction,
    Edition,
    Report,
    ReportLine,
    Side,
    Term,
)


def in_force(edition: Edition) -> Report:
    """Return a report with the verdicts and texts in force: each claim as its newest published notice puts it.

    The digest covers the report as it was published, and not this. What nobody has told readers yet changes nothing.
    """
    texts = {one.part: one.after for one in edition.text_corrections}
    report: Report = replace(edition.report, **texts) if texts else edition.report  # type: ignore[arg-type]  # its texts
    told = newest(edition)
    if not told:
        return report
    lines = tuple(
        line_in_force(line, told[line.id]) if line.id in told else line for line in report.lines
    )
    counts = Counter(line.verdict.code for line in lines)
    return replace(
        report,
        lines=lines,
        verdicts=tuple((term, counts[term.code]) for term, _number in report.verdicts),
        contradictions=tuple(_pair(each, told) for each in report.contradictions),
    )


def newest(edition: Edition) -> dict[int, Correction]:
    """Return the newest published notice on each claim that has one, by the claim's id."""
    return {each.claim: each for each in edition.corrections if each.published_at}


def line_in_force(line: ReportLine, told: Correction) -> ReportLine:
    """Return a claim as a notice puts it, in the words of its article as they were published."""
    if told.line is None:
        return replace(
            line,
            verdict=told.after,
            reason=told.notice,
            checked_by="",
            checked_at=told.at,
            second_checked_by="",
            second_checked_at=None,
        )
    return replace(
        told.line,
        article=line.article,
        prefix=line.prefix,
        quote=line.quote,
        suffix=line.suffix,
        earlier=line.earlier,
        earlier_public=line.earlier_public,
    )


def _pair(pair: Contradiction, told: Mapping[int, Correction]) -> Contradiction:
    return replace(pair, earlier=_side(pair.earlier, told), later=_side(pair.later, told))


def _side(side: Side, told: Mapping[int, Correction]) -> Side:
    verdict: Term = told[side.claim].after if side.claim in told else side.verdict
    return replace(side, verdict=verdict)
