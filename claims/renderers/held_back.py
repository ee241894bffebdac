"""What the internal edition of a report holds that the public one does not: what whoever hands it on hands on."""

from collections.abc import Iterator
from dataclasses import dataclass

from claims.renderers.public import is_confidential
from claims.renderers.types import Edition, EvidenceLine, Report, ReportLine


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What only the internal edition holds.

    Attributes:
        names: the people of the newsroom that it names, sorted.
        documents: the titles of its confidential documents.
        scope: how its claims were selected, or "".
        reasons: how many reasons were written for internal use, after publication.
        untold: how many decisions readers have not been told of.
    """

    names: tuple[str, ...]
    documents: tuple[str, ...]
    scope: str
    reasons: int
    untold: int


def held_back(edition: Edition) -> HeldBack:
    """Return what the internal edition of a report holds that the public one does not."""
    report = edition.report
    lines = [*report.lines, *(each.line for each in edition.corrections if each.line)]
    documents = {
        document.id: document.title for line in lines for document in _confidential(line, edition)
    }
    return HeldBack(
        names=tuple(sorted({name for name in _names(report, lines) if name})),
        documents=tuple(documents.values()),
        scope=report.scope,
        reasons=sum(bool(each.reason) for each in edition.corrections),
        untold=sum(each.published_at is None for each in edition.corrections),
    )


def _confidential(line: ReportLine, edition: Edition) -> Iterator[EvidenceLine]:
    documents = (*line.evidence, *line.referred)
    return (each for each in documents if is_confidential(each, edition))


def _names(report: Report, lines: list[ReportLine]) -> Iterator[str]:
    yield from (report.made_by, report.approved_by, report.published_by)
    for line in lines:
        yield line.checked_by
        yield line.second_checked_by
        yield from (check.checked_by for check in line.earlier)
