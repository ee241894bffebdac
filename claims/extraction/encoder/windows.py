"""Divides a text into windows of word pieces, which the encoder reads at once.

A window consists of whole paragraphs if they fit. Neighbouring windows may share blocks; a cue is then
looked for in the window with the most context around it. Sharing takes more time and found no more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tokenizers import Tokenizer

from claims.extraction.text import segments
from claims.extraction.types import Span

LIMIT = 256
"""Word pieces in a window, its marks included."""

CLS, SEP = 101, 102
NOWHERE = -1
"""The place of a mark, which stands for no character of the text."""

_LONG = 120
"""A paragraph that fits no window is cut into blocks of at most so many pieces."""


class Piece(NamedTuple):
    """A word piece.

    Attributes:
        token: its number in the vocabulary.
        start: where it starts in the text.
        end: where it ends.
        opens: it is the first piece of a word.
        paragraph: the number of its paragraph.
    """

    token: int
    start: int
    end: int
    opens: bool
    paragraph: int


Block = list[Piece]
"""A paragraph, or a part of one that is too long."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces to read at once, marks included.

    Attributes:
        pieces: what the encoder reads.
        own: the part of the text whose cues are looked for in this window.
    """

    pieces: tuple[Piece, ...]
    own: Span


def blocks(tokenizer: Tokenizer, text: str) -> list[Block]:
    """Cut a text into paragraphs of word pieces.

    Args:
        tokenizer: returns word pieces with their places, without truncation or padding.
        text: the article.

    Returns:
        Its paragraphs in order; one too long for a window comes in several blocks.
    """
    places = list(segments.lines(text))
    encodings = tokenizer.encode_batch(
        [text[start:end] for start, end in places], add_special_tokens=False
    )
    found: list[Block] = []
    for number, ((offset, _), encoding) in enumerate(zip(places, encodings, strict=True)):
        words = encoding.word_ids
        pieces = [
            Piece(token, offset + start, offset + end, not at or words[at] != words[at - 1], number)
            for at, (token, (start, end)) in enumerate(
                zip(encoding.ids, encoding.offsets, strict=True)
            )
        ]
        if pieces:
            found.extend(_fitting(text, pieces))
    return found


def windows(found: Sequence[Block], *, overlap: int = 0, first: int | None = None) -> list[Window]:
    """Combine blocks to windows.

    Args:
        found: the text's blocks.
        overlap: how many blocks a window shares with the one before.
        first: the maximum number of blocks in the first window; None for as many as fit.

    Returns:
        The windows in order; together their own parts are the text.
    """
    stretches: list[tuple[int, int]] = []
    begin, end = 0, 0
    while end < len(found):
        least = end
        end = _fill(found, begin, first if first and not stretches else len(found))
        while end <= least:  # what is shared leaves no room for a new block
            begin += 1
            end = _fill(found, begin, len(found))
        stretches.append((begin, end))
        begin = max(end - overlap, begin + 1)
    return list(_owned(found, stretches))


def _fill(found: Sequence[Block], begin: int, most: int) -> int:
    size, end = 2, begin
    while end < len(found) and end - begin < most:
        size += len(found[end]) + (end > begin)
        if size > LIMIT:
            break
        end += 1
    return end


def _owned(found: Sequence[Block], stretches: list[tuple[int, int]]) -> Iterator[Window]:
    """Divide the blocks that two windows share: half of them to each, the odd one to the later."""
    begins = 0
    for number, (begin, end) in enumerate(stretches):
        last = number + 1 == len(stretches)
        shared = 0 if last else max(end - stretches[number + 1][0], 0)
        ends = found[-1][-1].end + 1 if last else found[end - (shared + 1) // 2 - 1][-1].end
        if not last and shared:
            ends = found[end - (shared + 1) // 2][0].start
        yield Window(tuple(_marked(found[begin:end])), (begins, ends))
        begins = ends


def _marked(found: Sequence[Block]) -> Iterator[Piece]:
    yield Piece(CLS, NOWHERE, NOWHERE, opens=True, paragraph=found[0][0].paragraph)
    for number, block in enumerate(found):
        if number and block[0].paragraph != found[number - 1][0].paragraph:
            yield Piece(SEP, NOWHERE, NOWHERE, opens=True, paragraph=block[0].paragraph)
        yield from block
    yield Piece(SEP, NOWHERE, NOWHERE, opens=True, paragraph=found[-1][0].paragraph)


def _fitting(text: str, pieces: Block) -> Iterator[Block]:
    """Cut a paragraph that does not fit into a window, after a sentence if there is one."""
    if len(pieces) <= LIMIT - 2:
        yield pieces
        return
    ends = {end for _, end in segments.sentences(text, pieces[0].start, pieces[-1].end)}
    block: Block = []
    cut = 0
    for piece in pieces:
        block.append(piece)
        if piece.end in ends:
            cut = len(block)
        if len(block) == _LONG:
            cut = cut or len(block)
            yield block[:cut]
            block, cut = block[cut:], 0
    if block:
        yield block
