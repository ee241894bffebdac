"""Two versions of a text side by side, paragraph by paragraph."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from claims.anchoring.reanchor import pieces
from claims.anchoring.types import Piece, Side


def side_by_side(old: str, new: str) -> list[Side]:
    """Align two versions of a text, side by side.

    Args:
        old: the text.
        new: its newer version.

    Returns:
        Their paragraphs in order; within a changed one, the words that were removed and added.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    rows = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            rows += [_equal(text) for text in before[a:b]]
        else:
            rows += list(_pairs(before[a:b], after[c:d]))
    return rows


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _equal(text: str) -> Side:
    piece = (Piece("equal", text),)
    return Side("equal", piece, piece)


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[Side]:
    for old, new in zip_longest(before, after):
        if old is None:
            yield Side("added", (), (Piece("added", new),))
        elif new is None:
            yield Side("removed", (Piece("removed", old),), ())
        elif old == new:
            yield _equal(old)
        else:
            found = tuple(pieces(old, new))
            yield Side(
                "changed",
                tuple(piece for piece in found if piece.kind != "added"),
                tuple(piece for piece in found if piece.kind != "removed"),
            )
