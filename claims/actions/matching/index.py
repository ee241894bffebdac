"""Keeps up to date by what the archive finds a claim again: vectors, outlines, and how common stems are."""

from collections import Counter
from collections.abc import Sequence

from django.db import connection, transaction

from claims.matching.candidates.words import content_words, stems
from claims.matching.vectors import Vectors, encode
from claims.models import (
    Claim,
    ClaimVector,
    ExternalCheck,
    ExternalOutlinePage,
    ExternalStemFrequency,
    OutlinePage,
    StemFrequency,
)
from claims.models.base.outlines import ALL

AT_ONCE = 200
"""How many claims are encoded, and then written together: a second of work."""


def index_some(number: int = AT_ONCE) -> list[int]:
    """Encode some of the claims that wait for it.

    The texts are encoded outside of the transaction, so that nobody waits for it.

    Returns:
        The ids of the claims that were looked at: none if no claim waits.
    """
    ids = list(ClaimVector.objects.waiting().values_list("pk", flat=True)[:number])
    statements = dict(Claim.objects.filter(pk__in=ids).values_list("pk", "statement"))
    vectors = encode(list(statements.values()))
    _store(list(statements.items()), vectors)
    return ids


@transaction.atomic
def _store(encoded: Sequence[tuple[int, str]], vectors: Vectors) -> None:
    """Store the vectors of claims that still have the statements which were encoded, and still wait."""
    ids = [pk for pk, _statement in encoded]
    waiting = set(
        ClaimVector.objects.waiting()
        .filter(pk__in=ids)
        .select_for_update()
        .values_list("pk", flat=True)
    )
    now = dict(Claim.objects.filter(pk__in=waiting).values_list("pk", "statement"))
    fresh = [at for at, (pk, statement) in enumerate(encoded) if now.get(pk) == statement]
    if not fresh:
        return
    chosen = [encoded[at] for at in fresh]
    table = connection.ops.quote_name(ClaimVector._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET vector = %s WHERE claim_id = %s",
            [(vectors[at].tobytes(), encoded[at][0]) for at in fresh],
        )
    OutlinePage.objects.put([pk for pk, _statement in chosen], vectors[fresh])
    counts = Counter(stem for _pk, text in chosen for stem in stems(content_words(text)))
    StemFrequency.objects.add([(ALL, len(chosen)), *counts.items()])


@transaction.atomic
def start_again() -> None:
    """Forget all vectors and counts, so that everything is encoded anew: with other weights, for example."""
    for vectors in (ClaimVector, ExternalCheck):
        vectors.objects.exclude(vector=None).update(vector=None)
    for counted in (OutlinePage, StemFrequency, ExternalOutlinePage, ExternalStemFrequency):
        counted.objects.all().delete()
