"""Finds for some claims those of the whole archive that may be about the same thing, and other newsrooms' checks.

Two ways together: claims that share a rare word, from the database's index of stems, and claims whose vectors are
close. For the second one, outlines of all vectors are compared, an eighth of their size, and only the vectors of the
best are fetched. Both take as long as the archive is large, but so little of it that nothing needs to be kept in
memory: neither an index of neighbours, which is built for minutes and holds every vector, nor clusters, which must be
made anew as the archive grows. docs/architecture.md has the figures.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Q, QuerySet

from claims.matching.candidates.ranking import Frequencies, features, likely
from claims.matching.candidates.words import content_words, stems
from claims.matching.vectors import SIZE, Vectors, closeness, distances, encode, outline
from claims.models import (
    Claim,
    ClaimVector,
    ExternalCheck,
    ExternalOutlinePage,
    ExternalStemFrequency,
    OutlinePage,
    StemFrequency,
)
from claims.models.base.expressions import Among
from claims.models.base.outlines import ALL, STEM, OutlinePageQuerySet
from claims.models.search import holding
from claims.models.search.indexes import stem_index
from claims.models.search.words import fold

BY_WORDS, BY_VECTORS = 60, 50
"""How many candidates are taken for their words, and how many for their vectors."""

SHORTLIST = 400
"""Of how many claims, those with the nearest outlines, the vectors are compared."""

FEW, COMMON, SHARE = 50, 1000, 50
"""A word that more than `COMMON` claims hold, or more than one in `SHARE`, finds no candidates unless they are `FEW`:
there would be too many, and PostgreSQL would read the whole table for it."""

UNKNOWN = 0.4
"""What stands for the closeness of a candidate that has not been encoded yet: as of others that share its rare words."""

_AT_ONCE = 5000
"""How many rows of a query are in memory together."""

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text of an archive that may be about the same thing as another.

    Attributes:
        pk: the id of its row.
        closeness: the cosine of the two vectors; None if the candidate has not been encoded yet.
        score: how likely both are about the very same thing, 0 to 1.
    """

    pk: int
    closeness: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Archive:
    """Texts among which candidates are found, and what is kept to find them.

    Attributes:
        rows: those that may be candidates; each has a `statement`, which its model's index of stems holds.
        vectors: what has their vectors, by their ids.
        outlines: the outlines of these vectors.
        frequencies: how many of the texts hold each stem.
    """

    rows: QuerySet[Any]
    vectors: QuerySet[Any]
    outlines: OutlinePageQuerySet[Any]
    frequencies: QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vectors of texts.

    Attributes:
        ids: of the texts, ascending.
        vectors: in the order of the ids, [ids, `SIZE`].
    """

    ids: Ids
    vectors: Vectors

    def places(self, ids: Ids) -> Ids:
        """Return where each text's vector is; -1 for one without."""
        if not len(self.ids):
            return np.full(len(ids), -1)
        places = np.searchsorted(self.ids, ids).clip(max=len(self.ids) - 1)
        return np.where(self.ids[places] == ids, places, -1)


def own_archive(language: str = "") -> Archive:
    """Return the archive of the desk's claims, without the dismissed ones; if a language is given, of its articles."""
    rows = Claim.objects.not_dismissed()
    if language:
        tag = "revision__article__language"
        rows = rows.filter(
            Q(**{f"{tag}__iexact": language}) | Q(**{f"{tag}__istartswith": f"{language}-"})
        )
    return Archive(
        rows=rows,
        vectors=ClaimVector.objects.all(),
        outlines=OutlinePage.objects.all(),
        frequencies=StemFrequency.objects.all(),
    )


def external_archive(language: str) -> Archive:
    """Return the archive of other newsrooms' checks in a language, without the withdrawn ones."""
    return Archive(
        rows=ExternalCheck.objects.offered().filter(language=language),
        vectors=ExternalCheck.objects.all(),
        outlines=ExternalOutlinePage.objects.all(),
        frequencies=ExternalStemFrequency.objects.all(),
    )


def candidates_of(claims: Sequence[Claim], number: int = 50) -> dict[int, list[Candidate]]:
    """Return for each claim the other ones of the archive that may be about the same thing, best first.

    Dismissed claims are left out; those of the same article are not.

    Args:
        claims: any, best those of an article together: the archive is read once for all of them.
        number: how many candidates at most for each.
    """
    texts = {claim.pk: claim.statement for claim in claims}
    return candidates_in(own_archive(), texts, vectors_of(claims), number)


def candidates_in(
    archive: Archive, texts: Mapping[int, str], vectors: Vectors, number: int = 50
) -> dict[int, list[Candidate]]:
    """Return for each text those of an archive that may be about the same thing, best first.

    Args:
        archive: where they are looked for. It is read once for all texts.
        texts: by the ids of their rows in that archive, which are no candidates for themselves; texts from elsewhere by
            numbers below zero.
        vectors: of the texts, in their order.
        number: how many candidates at most for each.
    """
    if not texts:
        return {}
    words = {pk: content_words(text) for pk, text in texts.items()}
    frequencies = _frequencies(archive, {stem for some in words.values() for stem in stems(some)})
    near = _near(archive, outline(vectors))
    shared = _sharing_words(archive, words, frequencies)
    known = _vectors(archive, np.concatenate([*near, *shared.values()]))
    found = {}
    for pk, vector, outlined in zip(texts, vectors, near, strict=True):
        close = _closest(vector, outlined[outlined != pk], known)
        found[pk] = dict.fromkeys([*shared[pk].tolist(), *close])
    held = _stems_of(archive, {pk for some in found.values() for pk in some})
    return {
        pk: _ranked(
            stems(words[pk]),
            vector,
            [one for one in found[pk] if one in held],
            held,
            known,
            frequencies,
        )[:number]
        for pk, vector in zip(texts, vectors, strict=True)
    }


def _frequencies(archive: Archive, wanted: Collection[str]) -> Frequencies:
    by_key = {stem[:STEM]: stem for stem in wanted}
    found = archive.frequencies.filter(pk__in=[ALL, *by_key])
    rows = dict(found.values_list("stem", "claims"))
    texts = rows.pop(ALL, 0)
    return Frequencies(texts, {by_key[key]: number for key, number in rows.items()})


def vectors_of(claims: Sequence[Claim]) -> Vectors:
    """Return the claims' vectors, encoding those that have none yet."""
    ids = np.array([claim.pk for claim in claims], np.int64)
    known = _vectors(own_archive(), ids)
    places = known.places(ids)
    vectors = np.zeros((len(claims), SIZE), np.int8)
    vectors[places >= 0] = known.vectors[places[places >= 0]]
    new = np.flatnonzero(places < 0).tolist()
    vectors[new] = encode([claims[at].statement for at in new])
    return vectors


def _vectors(archive: Archive, ids: Ids) -> Encoded:
    encoded = archive.vectors.exclude(vector=None).order_by()
    rows = encoded.filter(Among("pk", np.unique(ids).tolist())).values_list("pk", "vector")
    found = dict(rows.iterator(_AT_ONCE))
    sorted_ids = np.array(sorted(found), np.int64)
    lines = b"".join(bytes(found[pk]) for pk in sorted_ids.tolist())
    return Encoded(sorted_ids, np.frombuffer(lines, np.int8).reshape(-1, SIZE))


def _near(archive: Archive, outlines: npt.NDArray[np.uint64]) -> list[Ids]:
    """Return for each outline the ids of the texts with the nearest ones, about `SHORTLIST` of them."""
    best = [_Nearest() for _one in outlines]
    for ids, chunk in archive.outlines.in_chunks():
        for one, nearest in zip(outlines, best, strict=True):
            nearest.look(ids, distances(one, chunk))
    return [nearest.ids for nearest in best]


class _Nearest:
    """The nearest ones of those looked at so far. They are sorted out only once there are some times too many."""

    def __init__(self) -> None:
        self._ids: list[Ids] = [np.empty(0, np.int64)]
        self._away: list[npt.NDArray[np.uint16]] = [np.empty(0, np.uint16)]
        self._number, self._most = 0, SIZE

    @property
    def ids(self) -> Ids:
        """Of the nearest ones, `SHORTLIST` at most."""
        self._sort_out()
        return self._ids[0]

    def look(self, ids: Ids, away: npt.NDArray[np.uint16]) -> None:
        """Take those that are nearer than the farthest of the nearest so far."""
        near = np.flatnonzero(away < self._most)
        self._ids.append(ids[near])
        self._away.append(away[near])
        self._number += len(near)
        if self._number > 4 * SHORTLIST:
            self._sort_out()

    def _sort_out(self) -> None:
        ids, away = np.concatenate(self._ids), np.concatenate(self._away)
        if len(ids) > SHORTLIST:
            kept = np.argpartition(away, SHORTLIST - 1)[:SHORTLIST]
            ids, away = ids[kept], away[kept]
            self._most = int(away.max())
        self._ids, self._away, self._number = [ids], [away], len(ids)


def _sharing_words(
    archive: Archive, words: Mapping[int, Sequence[str]], frequencies: Frequencies
) -> dict[int, Ids]:
    """Return for each text the ids of those that share the most weight in rare words with it."""
    most = max(FEW, min(COMMON, frequencies.texts // SHARE))
    rare = {pk: frequencies.rarest(stems(some), most) for pk, some in words.items()}
    spelled = {stem: word for some in words.values() for word in some for stem in stems([word])}
    index = stem_index(archive.rows.model)
    looked_up = {fold(spelled[stem]): stem for some in rare.values() for stem in some}
    lists = {looked_up[word]: np.array(ids, np.int64) for word, ids in holding(index, [*looked_up])}
    return {
        pk: _heaviest(
            [(lists[stem], frequencies.weight(stem)) for stem in some if stem in lists], pk
        )
        for pk, some in rare.items()
    }


def _heaviest(lists: Sequence[tuple[Ids, float]], own: int) -> Ids:
    """Return the ids that are in the heaviest lists together."""
    if not lists:
        return np.empty(0, np.int64)
    ids, places = np.unique(np.concatenate([ids for ids, _weight in lists]), return_inverse=True)
    weights = np.bincount(places, np.concatenate([np.full(len(i), w) for i, w in lists]), len(ids))
    best = np.argsort(-weights, kind="stable")[: BY_WORDS + 1]
    others: Ids = ids[best][ids[best] != own][:BY_WORDS]
    return others


def _closest(vector: Vectors, ids: Ids, known: Encoded) -> list[int]:
    places = known.places(ids)
    places = places[places >= 0]
    close = closeness(vector[None], known.vectors[places])[0]
    best = places[np.argsort(-close, kind="stable")[:BY_VECTORS]]
    ids_of_best: list[int] = known.ids[best].tolist()
    return ids_of_best


def _stems_of(archive: Archive, ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the stems of those texts that may be candidates."""
    rows = archive.rows.filter(Among("pk", list(ids))).order_by()
    return {
        pk: stems(content_words(statement))
        for pk, statement in rows.values_list("pk", "statement").iterator(_AT_ONCE)
    }


def _ranked(
    text: Sequence[str],
    vector: Vectors,
    ids: Sequence[int],
    texts: Mapping[int, Sequence[str]],
    known: Encoded,
    frequencies: Frequencies,
) -> list[Candidate]:
    if not ids:
        return []
    places = known.places(np.array(ids, np.int64))
    is_new = places < 0
    vectors = np.zeros((len(ids), SIZE), np.int8)
    vectors[~is_new] = known.vectors[places[~is_new]]
    close = closeness(vector[None], vectors)[0]
    close[is_new] = UNKNOWN
    described = features(text, [texts[pk] for pk in ids], close, frequencies)
    rated = likely(described, vector, vectors)
    return [
        Candidate(ids[at], None if is_new[at] else float(close[at]), float(rated[at]))
        for at in np.argsort(-rated, kind="stable")
    ]
