"""Captures of evidence: what is known of each document, and whether an excerpt is in it."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from claims.anchoring.diff import side_by_side
from claims.anchoring.types import Side, Spans
from claims.capturing import find_excerpt
from claims.models import Capture, DueCapture, Evidence
from claims.models.claims.captures import keys_of

_SHOWN = 50
"""How many captures of a document are listed, the newest first."""

_COMPARED = 3_000
"""How many paragraphs two texts may have together to be shown side by side."""


@dataclass(frozen=True)
class DocumentState:
    """What is known of one document of a piece of evidence, its page or its file.

    Attributes:
        is_page: whether it is the page.
        newest: its newest capture, if there is one.
        kept: its newest capture of which something was kept, if there is one.
        is_due: whether a worker is to capture it now.
        is_due_again: whether an attempt has just failed, and a worker will try again later.
        excerpt_is_in: whether the evidence's excerpt is in what was kept; None without an excerpt, or without words.
    """

    is_page: bool
    newest: Capture | None = None
    kept: Capture | None = None
    is_due: bool = False
    is_due_again: bool = False
    excerpt_is_in: bool | None = None


@dataclass(frozen=True)
class EvidenceState:
    """What is known of the documents of a piece of evidence: its page, its file, or both."""

    documents: Sequence[DocumentState] = ()

    @property
    def is_due(self) -> bool:
        """Whether a worker is to capture something of it now."""
        return any(one.is_due for one in self.documents)

    @property
    def is_captured(self) -> bool:
        """Whether something was captured, or at least tried."""
        return any(one.newest for one in self.documents)


def evidence_states(pieces: Collection[Evidence]) -> dict[int, EvidenceState]:
    """Return what is known of the documents of some evidence, by its id. Two queries; none without evidence."""
    if not pieces:
        return {}
    captures: dict[str, list[Capture]] = defaultdict(list)
    for one in Capture.objects.of(pieces).newest().select_related("asked_by").order_by("-pk"):
        captures[one.key].append(one)
    due = {row.key: row for row in DueCapture.objects.of(pieces)}
    return {
        piece.pk: EvidenceState(
            [
                _state(piece, captures[key], due.get(key), is_page=key == piece.address_key)
                for key in keys_of(piece)
            ]
        )
        for piece in pieces
    }


def _state(
    piece: Evidence, captures: Sequence[Capture], due: DueCapture | None, *, is_page: bool
) -> DocumentState:
    kept = next((one for one in captures if one.is_kept), None)
    is_due = due is not None and not (
        captures and captures[0].fetched_at > due.asked_at and due.due_at > timezone.now()
    )
    return DocumentState(
        is_page=is_page,
        newest=captures[0] if captures else None,
        kept=kept,
        is_due=is_due,
        is_due_again=due is not None and not is_due,
        excerpt_is_in=excerpt_is_in(piece.excerpt, kept) if kept else None,
    )


def excerpt_is_in(excerpt: str, capture: Capture) -> bool | None:
    """Return whether an excerpt is in a capture's words; None if there is no excerpt, or there are no words."""
    if not excerpt.strip() or not capture.text:
        return None
    return any(find_excerpt(excerpt, words) for words in (capture.text, capture.beside))


Paragraph = list[tuple[str, bool]]
"""The words of a paragraph in pieces, each with whether it belongs to the excerpt."""


@dataclass(frozen=True)
class ShownCapture:
    """A capture as its page shows it, for one piece of evidence.

    Attributes:
        capture: the capture.
        text: its main text.
        beside: what stood beside it.
        excerpt_is_in: as in `DocumentState`.
        is_beside: whether the excerpt is only in what stood beside the main text.
        before: the capture before it, if that one has other words.
        sides: the two texts side by side, if there is one before; empty if they are too long for that.
    """

    capture: Capture
    text: list[Paragraph]
    beside: list[Paragraph]
    excerpt_is_in: bool | None
    is_beside: bool
    before: Capture | None = None
    sides: Sequence[Side] = field(default=())


def captures_of(piece: Evidence, *, words: bool = False) -> list[Capture]:
    """Return the captures of a piece of evidence's page and file, the newest first. One query.

    Args:
        piece: the evidence.
        words: whether their words are wanted, too.
    """
    found = Capture.objects.of([piece]).select_related("asked_by", "evidence")
    found = found if words else found.defer("text", "beside")
    return list(found.order_by("-pk")[:_SHOWN])


def kept_capture(pk: int) -> Capture | None:
    """Return a capture with a file, without its words, if its document is still evidence for some claim. Two queries."""
    found = Capture.objects.exclude(file="").defer("text", "beside").filter(pk=pk).first()
    if found is None:
        return None
    same = Q(address_key=found.key) | Q(sha256=found.key)
    return found if Evidence.objects.not_removed().filter(same).exists() else None


def shown_capture(capture: Capture, excerpt: str) -> ShownCapture:
    """Return a capture with the excerpt marked in it, beside the one before if its text has changed. At most one query more."""
    in_text = find_excerpt(excerpt, capture.text)
    in_beside = () if in_text else find_excerpt(excerpt, capture.beside)
    before = _before(capture) if capture.changed else None
    return ShownCapture(
        capture=capture,
        text=list(_marked(capture.text, in_text)),
        beside=list(_marked(capture.beside, in_beside)),
        excerpt_is_in=bool(in_text or in_beside) if excerpt.strip() and capture.text else None,
        is_beside=bool(in_beside),
        before=before,
        sides=compared(before.text, capture.text) if before else (),
    )


def _before(capture: Capture) -> Capture | None:
    """Return the capture before one, of the same document, that has words."""
    earlier = Capture.objects.filter(key=capture.key, pk__lt=capture.pk).exclude(text="")
    return earlier.order_by("-pk").first()


def compared(old: str, new: str) -> list[Side]:
    """Return two texts side by side; empty if they are too long for that."""
    return side_by_side(old, new) if old.count("\n") + new.count("\n") < _COMPARED else []


def _marked(text: str, spans: Spans) -> Iterable[Paragraph]:
    """Yield a text's paragraphs, with what lies in the spans marked."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield _pieces(line, at, spans)
        at += len(line) + 1


def _pieces(line: str, at: int, spans: Spans) -> Paragraph:
    edges = {0, len(line)}
    inside = [(start - at, end - at) for start, end in spans if start < at + len(line) and end > at]
    for span in inside:
        edges.update(min(max(edge, 0), len(line)) for edge in span)
    places = sorted(edges)
    return [
        (line[start:end], any(low <= start and end <= high for low, high in inside))
        for start, end in itertools.pairwise(places)
    ]
