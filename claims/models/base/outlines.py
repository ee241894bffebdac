"""What is kept of many texts to find them again: outlines of their vectors, and how common their stems are.

The desk's own claims and other newsrooms' checks each have tables of this kind.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np
from django.db import connection, models

from claims.matching.vectors import SIZE, Vectors, outline

PAGE = 1024
"""How many texts' outlines a page has: of as many ids in a row, whether there are such texts or not."""

WORDS = SIZE // 64
"""How many numbers of 64 bits an outline has."""


P = TypeVar("P", bound="BaseOutlinePage")
F = TypeVar("F", bound="BaseStemFrequency")


class OutlinePageQuerySet(models.QuerySet[P]):
    """Queries for outlines."""

    def put(self, texts: Iterable[int], vectors: Vectors) -> None:
        """Store the outlines of texts' vectors, by the texts' ids, in a transaction of the caller's."""
        ids = np.fromiter(texts, np.int64)
        outlines = outline(vectors)
        for number in np.unique(ids // PAGE):
            page, _new = self.select_for_update().get_or_create(
                number=int(number), defaults={"outlines": bytes(PAGE * WORDS * 8)}
            )
            here = ids // PAGE == number
            lines = np.frombuffer(page.outlines, np.uint64).reshape(PAGE, WORDS).copy()
            lines[ids[here] % PAGE] = outlines[here]
            page.outlines = lines.tobytes()
            page.save(update_fields=["outlines"])

    def in_chunks(self, pages: int = 32) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield all outlines, some pages at a time, so that memory is bounded.

        Yields:
            The ids of encoded texts, some of which may be gone, and their outlines: [`WORDS`, texts].
        """
        after = -1
        while some := list(
            self.filter(number__gt=after)
            .order_by("number")
            .values_list("number", "outlines")[:pages]
        ):
            after = some[-1][0]
            numbers = np.array([number for number, _lines in some], np.int64)
            ids = (numbers[:, None] * PAGE + np.arange(PAGE)).ravel()
            lines = np.frombuffer(b"".join(bytes(lines) for _number, lines in some), np.uint64)
            lines = lines.reshape(-1, WORDS)
            # Word by word, whose rows are what is compared with an outline; nearly always all are there.
            words = np.ascontiguousarray(lines.T)
            there = np.bitwise_or.reduce(words) > 0
            yield (ids, words) if there.all() else (ids[there], words[:, there])


class BaseOutlinePage(models.Model):
    """The outlines of `PAGE` texts with ids in a row: zeros where none is."""

    number = models.PositiveBigIntegerField(primary_key=True)
    outlines = models.BinaryField()

    objects = OutlinePageQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Its number."""
        return str(self.number)


class StemFrequencyQuerySet(models.QuerySet[F]):
    """Queries for how common stems are."""

    def add(self, counts: Iterable[tuple[str, int]]) -> None:
        """Count texts that hold stems, in a transaction of the caller's. Several may do so at the same time."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        # In one order, so that two who count the same stems never wait for each other.
        rows = sorted((stem[:STEM], number) for stem, number in counts)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (stem, claims) VALUES (%s, %s)"
                f" ON CONFLICT (stem) DO UPDATE SET claims = {table}.claims + excluded.claims",
                rows,
            )


STEM = 64
"""How many characters of a stem are kept."""

ALL = ""
"""What stands in the place of a stem where all texts are counted."""


class BaseStemFrequency(models.Model):
    """How many encoded texts hold a stem. A text that changed counts twice, which does no harm."""

    stem = models.CharField(max_length=STEM, primary_key=True)
    claims = models.PositiveBigIntegerField()

    objects = StemFrequencyQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """The stem."""
        return self.stem
