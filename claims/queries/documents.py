"""The newsroom's documents: what has been evidence for any claim."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from claims.models import Claim, Evidence, Thumbnail

_SHOWN = 8
"""How many documents a search shows."""
_READ = 40
"""How many of the best matches are read for them: one document may be evidence for many claims."""


@dataclass(frozen=True)
class FoundDocument:
    """A document that a search found, once, for however many claims it is evidence.

    Attributes:
        piece: the document, as the claim has it that got it last.
        thumbnail: the thumbnail of its file, if there is one.
        claims: how many claims have it.
        is_here: whether the claim has it for which documents are sought.
    """

    piece: Evidence
    thumbnail: Thumbnail | None
    claims: int
    is_here: bool


def documents_found(words: str, claim: Claim) -> Sequence[FoundDocument]:
    """Return the documents that fit best what was typed, the best first. The last word may be only a beginning.

    Args:
        words: words of a title, a file name, a link or an excerpt.
        claim: the claim for which documents are sought.
    """
    typed = words if words.endswith(("*", '"', "”", " ")) else f"{words}*"
    best = Evidence.objects.not_removed().best(typed, _READ)
    pieces = {(piece.url, piece.sha256): piece for piece in reversed(best)}
    shown = list(reversed(pieces.values()))[:_SHOWN]
    if not shown:
        return []
    counts = _claims_of(shown)
    here = set(claim.evidence.not_removed().values_list("url", "sha256"))
    thumbnails = thumbnails_of(shown)
    return [
        FoundDocument(
            piece,
            thumbnails.get(piece.sha256),
            counts[piece.url, piece.sha256],
            (piece.url, piece.sha256) in here,
        )
        for piece in shown
    ]


def _claims_of(pieces: Iterable[Evidence]) -> dict[tuple[str, str], int]:
    """Return how many claims have each document, in one query."""
    same = Evidence.objects.not_removed().filter(
        url__in={piece.url for piece in pieces}, sha256__in={piece.sha256 for piece in pieces}
    )
    rows = same.order_by().values_list("url", "sha256").annotate(Count("claim", distinct=True))
    return {(url, sha256): number for url, sha256, number in rows}


def thumbnails_of(pieces: Iterable[Evidence]) -> dict[str, Thumbnail]:
    """Return the thumbnails of the files of some evidence, by digest; no query if none has a file."""
    digests = {piece.sha256 for piece in pieces if piece.sha256}
    if not digests:
        return {}
    return Thumbnail.objects.filter(width__gt=0).in_bulk(list(digests))
