"""What became of a report's claims after it was published."""

from collections.abc import Iterator

from claims.renderers.documents.blocks import Change, Fact, Notice, Told
from claims.renderers.documents.facts import anchor_of, by, fact, mark, moment, present
from claims.renderers.documents.prose import prose, words_of
from claims.renderers.labels import Words
from claims.renderers.times import for_people
from claims.renderers.types import (
    CORRECTION,
    LATER_REPORT,
    UPDATE,
    Correction,
    Edition,
    ReportLine,
)

_UNTOLD = "anew"
"""The kind of a decision that readers have not been told."""


def notices(words: Words, edition: Edition) -> Iterator[Notice]:
    """Return the notices on the cover: which claims were corrected, checked since, or decided again without a notice."""
    for kind in (CORRECTION, UPDATE, LATER_REPORT, _UNTOLD):
        concerned = [each for each in edition.corrections if _kind(each) == kind]
        ids = {each.claim for each in concerned}
        claims = tuple(
            (number, anchor_of(line.id))
            for number, line in enumerate(edition.report.lines, start=1)
            if line.id in ids
        )
        if claims:
            yield Notice(
                f"{words[f'{kind}_notice']}: {words.claims_in_words(len(claims))}",
                claims,
                tuple(_told(edition, concerned)),
            )


def text_changes(words: Words, edition: Edition) -> Iterator[Fact]:
    """Return the notices on lede and conclusion, each with what stood there before."""
    for each in edition.text_corrections:
        told = f"{for_people(each.published_at)}: {each.notice}"
        yield fact(words, f"{each.part}_corrected", told)
        yield fact(words, f"{each.part}_before", words_of(prose(each.before)))


def _kind(correction: Correction) -> str:
    return correction.kind if correction.published_at else _UNTOLD


def _told(edition: Edition, concerned: list[Correction]) -> Iterator[Told]:
    for number, line in enumerate(edition.report.lines, start=1):
        for each in concerned:
            if each.claim == line.id and each.published_at and each.notice:
                yield Told(number, anchor_of(line.id), each.notice)


def changes_of(words: Words, edition: Edition, claim: int) -> tuple[Change, ...]:
    """Return what became of a claim, oldest first. The first change says what was published."""
    published = next((line for line in edition.report.lines if line.id == claim), None)
    made = []
    for each in edition.corrections:
        if each.claim == claim:
            made.append(_change(words, each, published))
            published = None
    return tuple(made)


def _change(words: Words, correction: Correction, published: ReportLine | None) -> Change:
    kind = _kind(correction)
    before, after = mark(correction.before), mark(correction.after)
    told = kind != _UNTOLD
    return Change(
        label=words[f"{kind}_since"],
        before=before,
        after=after,
        facts=present(
            fact(words, "changed_at", for_people(correction.at)),
            fact(words, "reason", correction.reason),
            fact(
                words,
                "later_report",
                words["report_number"] % {"number": correction.report} if correction.report else "",
            ),
            fact(words, "notice", correction.notice),
            fact(words, "notice_published_at", moment(correction.published_at)),
            *(
                fact(words, "notice_first_said", f"{for_people(each.published_at)}: {each.notice}")
                for each in correction.earlier_notices
            ),
            *(_before(words, published) if told and published else ()),
        ),
        aside=words[f"{kind}_before" if told else f"{kind}_since"],
        aside_mark=before if told else after,
    )


def _before(words: Words, published: ReportLine) -> Iterator[Fact]:
    yield fact(words, "reason_before", published.reason)
    yield by(words, "checked_before", published.checked_at, published.checked_by)
    yield by(words, "second_check_before", published.second_checked_at, published.second_checked_by)
    documents = (" ".join(filter(None, (each.title, each.url))) for each in published.evidence)
    yield fact(words, "evidence_before", "\n".join(documents))
