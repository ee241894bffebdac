"""The archive of `make bench-matching`, and what candidates cost in it."""

import os
import re
import resource
from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter, process_time

import numpy as np
from django.core.management import call_command
from django.db import connection, transaction

from claims.actions.matching.index import index_some
from claims.matching.candidates.words import content_words, stems
from claims.matching.vectors import SIZE, closeness, in_bytes, outline
from claims.models import Claim, ClaimVector, OutlinePage, StemFrequency
from claims.models.base.outlines import ALL
from claims.queries.matching import candidates
from tests.bench.archive import Sizes, build

NEW = 40
"""Claims of a new article."""
TOPICS, NEARNESS = 2000, 0.8
"""Among how many topics the invented vectors are spread, and how much of a vector is its topic's."""
_AT_ONCE = 20_480


def build_indexed(rows: int) -> None:
    """Make the archive, with vectors that are drawn by chance: encoding a million would take most of an hour."""
    call_command("migrate", verbosity=0)
    build(Sizes(rows))
    chance = np.random.default_rng(rows)
    topics = _unit(chance.normal(size=(TOPICS, SIZE)))
    claims = Claim.objects.order_by("pk").values_list("pk", "statement")
    after = 0
    while some := list(claims.filter(pk__gt=after)[:_AT_ONCE]):
        after = some[-1][0]
        drawn = topics[chance.integers(0, TOPICS, len(some))]
        own = _unit(chance.normal(size=(len(some), SIZE)))
        vectors = _unit(NEARNESS * drawn + (1 - NEARNESS**2) ** 0.5 * own)
        _store(some, in_bytes(vectors))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@transaction.atomic
def _store(claims: list[tuple[int, str]], vectors: np.ndarray) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE claims_claimvector SET vector = %s WHERE claim_id = %s",
            [
                (vector.tobytes(), pk)
                for (pk, _statement), vector in zip(claims, vectors, strict=True)
            ],
        )
    OutlinePage.objects.put([pk for pk, _statement in claims], vectors)
    counts = Counter(stem for _pk, text in claims for stem in stems(content_words(text)))
    StemFrequency.objects.add([(ALL, len(claims)), *counts.items()])


def measure() -> dict[str, float]:
    """Look for the candidates of some claims. Returns milliseconds, megabytes and a share in percent."""
    ids = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
    chosen = list(Claim.objects.filter(pk__in=Random(1).sample(ids, 2 * NEW)))
    claims, encoded = chosen[:NEW], chosen[NEW:]
    candidates.candidates_of(encoded)  # the network and the database's pages are there now
    server = _server_time()
    began, at = perf_counter(), process_time()
    candidates.candidates_of(claims)
    wall, processor = perf_counter() - began, process_time() - at
    server = _server_time() - server
    began = perf_counter()
    candidates.candidates_of(claims[:1])
    alone = perf_counter() - began
    # Before anything that a worker does not do.
    memory = _memory()
    at = process_time()
    for claim in encoded:
        Claim.objects.filter(pk=claim.pk).update(statement=f"{claim.statement} indeed")
    index_some()
    encoding = process_time() - at
    return {
        "wall": 1000 * wall,
        "used": 1000 * (processor + server),
        "each": 1000 * processor / NEW,
        "alone": 1000 * alone,
        "encoding": 1000 * encoding / NEW,
        "memory": memory,
        "outlines": len(ids) * SIZE / 8 / 1e6,
        "vectors": len(ids) * SIZE / 1e6,
        "kept": 100 * _kept(claims[:10]),
    }


def _server_time() -> float:
    """Return the seconds of processor time of the connection's own process on this machine; 0 where it has none.

    What PostgreSQL's parallel processes do for it is not in it, so they are switched off.
    """
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not told.exists():
        return 0.0
    ticks = told.read_text().rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _memory() -> float:
    """Return the megabytes of the process itself, where the system tells: SQLite's file is memory that all share."""
    told = Path("/proc/self/status")
    own = re.search(r"RssAnon:\s+(\d+) kB", told.read_text()) if told.exists() else None
    most = int(own[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024


def _kept(claims: list[Claim]) -> float:
    """Return which share of the ten nearest claims, by all vectors, is among those by outlines."""
    vectors = candidates.vectors_of(claims)
    near = candidates._near(candidates.own_archive(), outline(vectors))
    best: list[list[tuple[float, int]]] = [[] for _claim in claims]
    rows = ClaimVector.objects.exclude(vector=None).order_by("pk").values_list("pk", "vector")
    after = 0
    while some := list(rows.filter(pk__gt=after)[:_AT_ONCE]):
        after = some[-1][0]
        all_of = np.frombuffer(b"".join(bytes(one) for _pk, one in some), np.int8)
        for of, close in zip(best, closeness(vectors, all_of.reshape(-1, SIZE)), strict=True):
            of += [(float(close[at]), some[at][0]) for at in np.argpartition(-close, 10)[:10]]
    kept = [
        len({pk for _close, pk in sorted(of, reverse=True)[:10]} & set(ids))
        for of, ids in zip(best, near, strict=True)
    ]
    return sum(kept) / (10 * len(claims))
