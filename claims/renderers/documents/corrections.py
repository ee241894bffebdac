"""What became of a report's claims after it was published."""

from collections.abc import Iterator

from claims.renderers.documents.blocks import Change, Notice, Told
from claims.renderers.documents.facts import anchor_of, fact, mark, moment, present
from claims.renderers.labels import WORDS, claims_in_words
from claims.renderers.times import for_people
from claims.renderers.types import Correction, Edition


def notices(edition: Edition) -> Iterator[Notice]:
    """Return the notices on the cover: which claims were corrected, and which decided again without a notice yet."""
    told = {each.claim for each in edition.corrections if each.published_at}
    untold = {each.claim for each in edition.corrections} - told
    for word, concerned in (("corrected_notice", told), ("anew_notice", untold)):
        claims = tuple(
            (number, anchor_of(line.id))
            for number, line in enumerate(edition.report.lines, start=1)
            if line.id in concerned
        )
        if claims:
            words = tuple(_told(edition)) if concerned is told else ()
            yield Notice(f"{WORDS[word]}: {claims_in_words(len(claims))}", claims, words)


def _told(edition: Edition) -> Iterator[Told]:
    for number, line in enumerate(edition.report.lines, start=1):
        for each in edition.corrections:
            if each.claim == line.id and each.published_at:
                yield Told(number, anchor_of(line.id), each.notice)


def changes_of(edition: Edition, claim: int) -> tuple[Change, ...]:
    """Return what became of a claim, oldest first."""
    return tuple(_change(each) for each in edition.corrections if each.claim == claim)


def _change(correction: Correction) -> Change:
    return Change(
        label=WORDS["corrected_since" if correction.published_at else "anew_since"],
        before=mark(correction.before),
        after=mark(correction.after),
        facts=present(
            fact("changed_at", for_people(correction.at)),
            fact("reason", correction.reason),
            fact("notice", correction.notice),
            fact("notice_published_at", moment(correction.published_at)),
        ),
    )
