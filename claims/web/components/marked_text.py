"""Divides the article's text into runs, so that a page can mark every claim, and details that no claim covers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.extraction.text.details import Detail, uncovered
from claims.extraction.types import Span
from claims.queries.review.rows import QueuedClaim


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that the same claims cover.

    Attributes:
        text: the words.
        claims: the claims that cover it, the innermost (shortest) last.
        ends: those of them that end here: their state is shown after the run.
        unclaimed: if no claim covers it, the kind of detail that it is, or "".
    """

    text: str
    claims: tuple[QueuedClaim, ...]
    ends: tuple[QueuedClaim, ...]
    unclaimed: str = ""

    @property
    def claim(self) -> QueuedClaim | None:
        """The innermost claim, which a click selects."""
        return self.claims[-1] if self.claims else None

    @property
    def ids(self) -> str:
        """The claims' ids, separated by spaces."""
        return " ".join(str(claim.pk) for claim in self.claims)

    @property
    def marks(self) -> str:
        """The CSS classes for the state of the innermost claim."""
        claim = self.claims[-1]
        uncheckable = "" if claim.checkable else " mark--uncheckable"
        inner = " mark--inner" if len(self.claims) > 1 else ""
        return f"mark mark--{claim.state} mark--{claim.quotation}{uncheckable}{inner}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body: its number, its start (in code points), and its runs."""

    number: int
    start: int
    runs: tuple[Run, ...]


def unclaimed(
    body: str, claims: Sequence[QueuedClaim], language: str, within: Span | None = None
) -> list[Detail]:
    """Return the figures, dates, names and quotations that no claim covers, in the order of the text.

    Args:
        body: the article's text.
        claims: all its claims. Each covers its exact words and those of its source, even if it was dismissed
            or cannot be checked, because an editor has seen these words.
        language: the article's language code.
        within: the part of the body to search, or None for all of it.
    """
    covered = [(s, e) for claim in claims for s, e in (*claim.spans, *claim.source_spans)]
    names = {claim.source_name for claim in claims if claim.source_name}
    # Sources without a name ("officials") are not capitalized.
    known = [name for name in names if not name[0].islower()]
    return uncovered(body, covered, language=language, names=known, within=within)


def paragraphs(
    body: str,
    claims: Sequence[QueuedClaim],
    details: Sequence[Detail] = (),
    within: Span | None = None,
) -> list[Paragraph]:
    """Divide a body into paragraphs, and these into runs. The runs and the newlines together are the body.

    Args:
        body: the article's text.
        claims: the claims to mark.
        details: other details to mark; no claim covers any of them.
        within: the part of the body whose paragraphs are needed, or None for all of it.
    """
    low, high = within or (0, len(body))
    claimed = [(s, e, claim) for claim in claims for s, e in claim.spans if s < high and e > low]
    pieces: list[Piece] = sorted([*claimed, *details], key=lambda piece: piece[:2])
    last_ends = {claim.pk: claim.spans[-1][1] for _s, _e, claim in claimed}
    found = []
    first = 0
    for number, (start, end) in enumerate(_lines(body)):
        if end <= low or start >= high:
            continue
        while first < len(pieces) and pieces[first][1] <= start:
            first += 1
        inside = [piece for piece in pieces[first : _until(pieces, first, end)] if piece[1] > start]
        runs = tuple(_runs(body, start, end, inside, last_ends))
        found.append(Paragraph(number, start, runs))
    return found


def around(body: str, claim: QueuedClaim) -> Span:
    """Return the part of the body from the paragraph of a claim's first word to that of its last."""
    start, end = claim.spans[0][0], claim.spans[-1][1]
    behind = body.find("\n", end)
    return body.rfind("\n", 0, start) + 1, behind if behind >= 0 else len(body)


Piece = tuple[int, int, QueuedClaim | str]
"""A place in the text, and the claim that has it or the kind of detail that stands there."""


def _lines(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in body.split("\n"):
        if line:
            yield start, start + len(line)
        start += len(line) + 1


def _until(pieces: Sequence[Piece], first: int, end: int) -> int:
    """Return the index of the first piece that starts after `end`."""
    while first < len(pieces) and pieces[first][0] < end:
        first += 1
    return first


def _runs(
    body: str, start: int, end: int, pieces: Sequence[Piece], last_ends: dict[int, int]
) -> Iterator[Run]:
    cuts = {start, end}
    for s, e, _one in pieces:
        cuts.update((max(s, start), min(e, end)))
    points = sorted(cuts)
    for s, e in pairwise(points):
        covering = sorted(
            (piece for piece in pieces if piece[0] <= s and piece[1] >= e),
            key=lambda piece: piece[0] - piece[1],
        )
        over = tuple(one for _s, _e, one in covering if not isinstance(one, str))
        ends = tuple(claim for claim in over if last_ends[claim.pk] == e)
        kind = next((one for _s, _e, one in covering if isinstance(one, str)), "")
        yield Run(body[s:e], over, ends, kind)
