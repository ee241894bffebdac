"""Other newsrooms' fact-checks of what the desk's claims say: found and judged as the desk's own claims are.

Only what says the same in the same language counts. Nothing here is a verdict of the desk, and no figure counts it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.models import User

from claims.matching.screening import CLOSE
from claims.matching.types import Judgement, Relation, Statement
from claims.matching.vectors import Vectors
from claims.models import Claim, ExternalCheck, ExternalMatch
from claims.models.base.addresses import address_key
from claims.models.base.prepared import Prepared
from claims.models.claims.blind import hidden_from
from claims.models.external.checks import main_language
from claims.queries.claims.records import ClaimRecord
from claims.queries.matching.candidates import (
    Archive,
    Candidate,
    candidates_in,
    external_archive,
    own_archive,
    vectors_of,
)
from claims.queries.matching.judging import judge_pairs, statement_of
from claims.queries.matching.reasons import in_words

SHOWN = 6
"""How many fact-checks a claim's panel shows at most, the surest."""


_OFFERED = Prepared(
    lambda claim: (
        ExternalMatch.objects.offered()
        .filter(claim=claim)
        .select_related("external")
        .defer("external__vector")[:SHOWN]
    )
)


class FactCheckMatch(NamedTuple):
    """A claim and a fact-check that say the same, and why."""

    claim: Claim
    check: ExternalCheck
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class OtherCheck:
    """A fact-check of what a claim says, as one person may see it.

    Attributes:
        check: what the publisher says of it.
        reasons: why both say the same, as sentences in the reader's language.
        match_id: the match with the claim; None for one that is not saved.
        is_rating_hidden: whether the person must not know the rating yet, because they may be asked to check the claim
            blind.
        is_cited: whether the claim has the review among its evidence.
    """

    check: ExternalCheck
    reasons: Sequence[str]
    match_id: int | None = None
    is_rating_hidden: bool = False
    is_cited: bool = False

    @property
    def rating(self) -> str:
        """The rating in the publisher's words; "" where the person must not know it yet."""
        return "" if self.is_rating_hidden else self.check.rating


def other_newsrooms(record: ClaimRecord) -> list[OtherCheck]:
    """Return other newsrooms' fact-checks of what a claim says, the surest first, in one query.

    Who may be asked to check the claim blind is shown which reviews there are, as they are shown its evidence, but not
    the ratings, as they are not shown what the evidence supports.
    """
    cited = {one.address_key for one in record.claim.evidence.all()}
    return [
        OtherCheck(
            match_id=match.pk,
            check=match.external,
            is_rating_hidden=record.is_hidden,
            is_cited=address_key(match.external.url) in cited,
            reasons=in_words(match.reasons),
        )
        for match in _OFFERED.all(record.pk)
    ]


def checks_of_sentence(
    text: str, said_at: dt.datetime, language: str, viewer: User, *, is_hidden: bool
) -> list[OtherCheck]:
    """Return other newsrooms' fact-checks of what a sentence says, the surest first. Nothing is saved.

    Who may be asked to check a claim blind is not shown the ratings of reviews of it, whatever the sentence is.

    Args:
        text: the sentence.
        said_at: when it was said.
        language: its language, such as "en" or "pt-BR".
        viewer: who asks.
        is_hidden: whether a claim that says the same has a verdict that the viewer must not know yet.
    """
    claim = Claim(pk=-1, statement=text, listed_at=said_at)
    found = checks_like([claim], main_language(language))
    surest = sorted(found, key=lambda one: -one.judgement.score)[:SHOWN]
    secret = _secret_from(viewer, [one.check for one in surest])
    return [
        OtherCheck(
            one.check,
            in_words(one.judgement.why),
            is_rating_hidden=is_hidden or one.check.pk in secret,
        )
        for one in surest
    ]


def _secret_from(viewer: User, checks: Sequence[ExternalCheck]) -> set[int]:
    """Return the ids of those fact-checks that review a claim whose verdict a person must not know yet."""
    hidden = hidden_from(viewer, Claim.objects.all()) if checks else set()
    if not hidden:
        return set()
    matches = ExternalMatch.objects.offered().filter(external__in=checks, claim__in=hidden)
    return set(matches.order_by().values_list("external", flat=True))


def checks_like(claims: Sequence[Claim], language: str) -> list[FactCheckMatch]:
    """Return the fact-checks in a language that say the same as some claims. Nothing is saved.

    Args:
        claims: each with its source, saved or not.
        language: of their articles.
    """
    archive = external_archive(language)
    if not claims or not archive.rows.exists():
        return []
    near = list(_near(archive, [one.statement for one in claims], vectors_of(claims)))
    checks = archive.rows.defer("vector").in_bulk({one.pk for _at, one in near})
    return _judged([(claims[at], checks[one.pk], one.closeness) for at, one in near])


def claims_like(
    checks: Sequence[ExternalCheck], language: str, vectors: Vectors
) -> list[FactCheckMatch]:
    """Return the desk's claims in a language that say the same as some fact-checks.

    Args:
        checks: the fact-checks.
        language: of all of them.
        vectors: theirs, in their order.
    """
    near = list(_near(own_archive(language), [one.statement for one in checks], vectors))
    active = Claim.objects.active().filter(pk__in={one.pk for _at, one in near}).order_by()
    read = active.select_related("source").only("statement", "listed_at", "source__name")
    claims = {one.pk: one for one in read}
    return _judged(
        [(claims[one.pk], checks[at], one.closeness) for at, one in near if one.pk in claims]
    )


def _near(
    archive: Archive, texts: Sequence[str], vectors: Vectors
) -> Iterator[tuple[int, Candidate]]:
    """Yield each candidate that may say the same, with the place of its text.

    The matcher believes of none that is further away: what is not asked costs nothing.
    """
    numbered = {-place: text for place, text in enumerate(texts, start=1)}
    for number, some in candidates_in(archive, numbered, vectors).items():
        close = (one for one in some if one.closeness and one.closeness >= CLOSE[Relation.SAME])
        yield from ((-number - 1, one) for one in close)


def _judged(pairs: Sequence[tuple[Claim, ExternalCheck, float | None]]) -> list[FactCheckMatch]:
    """Return those pairs that say the same."""
    asked = []
    for claim, check, close in pairs:
        earlier, later = sorted((statement_of(claim), _statement(check)), key=_day)
        asked.append((earlier, later, close))
    return [
        FactCheckMatch(claim, check, judgement)
        for (claim, check, _close), judgement in zip(pairs, judge_pairs(asked), strict=True)
        if judgement.relation is Relation.SAME
    ]


def _statement(check: ExternalCheck) -> Statement:
    """Return the claim that a fact-check reviews, as the matcher sees it."""
    return Statement(check.statement, check.claimed_on or check.reviewed_on, check.claimant)


def _day(statement: Statement) -> dt.date:
    return statement.day or dt.date.min
