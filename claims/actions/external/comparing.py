"""Compares other newsrooms' fact-checks with the desk's claims, in the background.

What comes first does not matter: a claim that came in or changed is compared with the fact-checks that there are, and a
fact-check that was read with the claims that there are.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import DatabaseError, transaction

from claims.choices import MatchState
from claims.matching.candidates.words import content_words, stems
from claims.matching.vectors import Vectors, encode
from claims.models import (
    Claim,
    ExternalCheck,
    ExternalMatch,
    ExternalOutlinePage,
    ExternalStemFrequency,
)
from claims.models.base.outlines import ALL
from claims.models.external.checks import main_language
from claims.queries.matching.external import FactCheckMatch, checks_like, claims_like

logger = logging.getLogger(__name__)

SLICE = 100
"""How many fact-checks are compared with all claims at once."""

_AT_ONCE = 500
"""How many rows one query writes."""


def compare_fact_checks() -> int:
    """Index some of the fact-checks that wait, and compare them with the desk's claims. Returns how many they were.

    Everything slow happens before the transaction. One that the matcher fails on is logged, and has no matches.
    """
    checks = list(ExternalCheck.objects.waiting()[:SLICE])
    if not checks:
        return 0
    vectors = encode([one.statement for one in checks])
    found: list[FactCheckMatch] = []
    for language, places in _by_language(one.language for one in checks).items():
        found += _matches([checks[at] for at in places], language, vectors[places])
    with transaction.atomic():
        _index(checks, vectors)
        _save(found)
    return len(checks)


def compare_claims(claim_ids: Collection[int]) -> None:
    """Compare claims that came in or changed with the fact-checks that there are. What people have dismissed stays so."""
    claims = list(
        Claim.objects.active()
        .filter(pk__in=claim_ids)
        .select_related("source", "revision__article")
        .only("statement", "listed_at", "source__name", "revision__article__language")
        .order_by("pk")
    )
    found: list[FactCheckMatch] = []
    languages = (main_language(one.revision.article.language) for one in claims)
    for language, places in _by_language(languages).items():
        found += checks_like([claims[at] for at in places], language)
    kept = {(one.claim.pk, one.check.pk) for one in found}
    with transaction.atomic():
        before = ExternalMatch.objects.filter(claim__in=claim_ids, state=MatchState.PROPOSED)
        rows = before.values_list("pk", "claim", "external")
        gone = [pk for pk, claim, external in rows if (claim, external) not in kept]
        ExternalMatch.objects.filter(pk__in=gone).delete()
        _save(found)


def _matches(
    checks: Sequence[ExternalCheck], language: str, vectors: Vectors
) -> list[FactCheckMatch]:
    try:
        return claims_like(checks, language, vectors)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("fact-checks could not be compared: %s", [one.pk for one in checks])
        if len(checks) == 1:
            return []
        each = range(len(checks))
        return [
            one
            for at in each
            for one in _matches(checks[at : at + 1], language, vectors[at : at + 1])
        ]


def _by_language(languages: Iterable[str]) -> Mapping[str, list[int]]:
    """Return the places of each language."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, language in enumerate(languages):
        places[language].append(at)
    return places


def _index(checks: Sequence[ExternalCheck], vectors: Vectors) -> None:
    """Keep by what the fact-checks are found again."""
    ids = [one.pk for one in checks]
    there = set(
        ExternalCheck.objects.select_for_update().filter(pk__in=ids).values_list("pk", flat=True)
    )
    places = [at for at, pk in enumerate(ids) if pk in there]
    for at in places:
        checks[at].vector = vectors[at].tobytes()
    ExternalCheck.objects.bulk_update([checks[at] for at in places], ["vector"])
    ExternalOutlinePage.objects.put([ids[at] for at in places], vectors[places])
    texts = (checks[at].statement for at in places)
    counts = Counter(stem for text in texts for stem in stems(content_words(text)))
    ExternalStemFrequency.objects.add([(ALL, len(places)), *counts.items()])


def _save(found: Iterable[FactCheckMatch]) -> None:
    ExternalMatch.objects.bulk_create(
        [
            ExternalMatch(
                claim=one.claim,
                external=one.check,
                score=one.judgement.score,
                why=[[reason.code, dict(reason.values)] for reason in one.judgement.why],
            )
            for one in found
        ],
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["claim", "external"],
        update_fields=["score", "why"],
    )
