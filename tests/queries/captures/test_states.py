"""What is known of the documents of evidence, and how a capture is shown for a piece of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Capture, DueCapture, Evidence
from claims.queries.captures import states
from claims.queries.captures.states import (
    captures_of,
    compared,
    evidence_states,
    excerpt_is_in,
    shown_capture,
)
from tests.models import rows

FAILED = {"text": "", "error": {"code": "too-slow"}}
HOUR = timedelta(hours=1)


@pytest.fixture
def piece(editor) -> Evidence:
    """A page that says "nine bridges"."""
    return rows.evidence(rows.claim(rows.revision(editor)), editor, excerpt="nine bridges")


def state_of(piece: Evidence) -> states.DocumentState:
    """What is known of a piece of evidence with one document."""
    (found,) = evidence_states([piece])[piece.pk].documents
    return found


def due(piece: Evidence, editor, *, asked_at, due_at) -> None:
    DueCapture.objects.create(
        key=piece.address_key,
        evidence=piece,
        reason="asked",
        asked_by=editor,
        asked_at=asked_at,
        due_at=due_at,
    )


class TestStates:
    def test_no_evidence_takes_no_query(self, db, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert evidence_states([]) == {}

    def test_one_that_was_never_captured(self, piece):
        assert state_of(piece) == states.DocumentState(is_page=True)
        whole = evidence_states([piece])[piece.pk]
        assert (whole.is_due, whole.is_captured) == (False, False)

    def test_its_page_and_its_file_have_their_own(self, editor, piece):
        Evidence.objects.filter(pk=piece.pk).update(file="a", sha256="a" * 64)
        piece.refresh_from_db()
        page = rows.capture(piece, editor)
        pair = evidence_states([piece])[piece.pk]
        assert [(one.is_page, one.newest) for one in pair.documents] == [
            (True, page),
            (False, None),
        ]
        assert pair.is_captured

    def test_the_newest_and_the_newest_of_which_something_is_kept(self, editor, piece):
        rows.capture(piece, editor)
        kept = rows.capture(piece, editor, text="Ostrey has nine bridges.")
        failed = rows.capture(piece, editor, **FAILED)
        found = state_of(piece)
        assert (found.newest, found.kept, found.excerpt_is_in) == (failed, kept, True)

    @pytest.mark.parametrize(
        ("captured", "due_at", "is_due", "again"),
        [
            (None, -HOUR, True, False),
            (None, HOUR, True, False),
            (-2 * HOUR, HOUR, True, False),
            (-HOUR / 2, HOUR, False, True),
            (-HOUR / 2, -HOUR / 4, True, False),
        ],
        ids=["never", "never yet", "before it was asked for", "failed since", "its time has come"],
    )
    def test_a_worker_captures_it_now_or_tries_again(
        self, editor, piece, captured, due_at, is_due, again
    ):
        now = timezone.now()
        due(piece, editor, asked_at=now - HOUR, due_at=now + due_at)
        if captured:
            rows.capture(piece, editor, fetched_at=now + captured, **FAILED)
        found = state_of(piece)
        assert (found.is_due, found.is_due_again) == (is_due, again)

    def test_a_capture_of_the_moment_it_was_asked_for_is_not_of_that_request(self, editor, piece):
        now = timezone.now()
        due(piece, editor, asked_at=now, due_at=now + HOUR)
        rows.capture(piece, editor, fetched_at=now, **FAILED)
        assert state_of(piece).is_due

    def test_without_a_request_nothing_is_due(self, editor, piece):
        rows.capture(piece, editor, **FAILED)
        found = state_of(piece)
        assert (found.is_due, found.is_due_again, found.kept) == (False, False, None)


@pytest.mark.parametrize(
    ("excerpt", "text", "beside", "found"),
    [
        ("nine bridges", "Nine bridges.", "", True),
        ("nine bridges", "The register.", "Nine bridges", True),
        ("nine bridges", "The register.", "", False),
        ("nine bridges", "", "Nine bridges", None),
        (" ", "Nine bridges.", "", None),
    ],
)
def test_an_excerpt_is_in_a_capture_or_not(excerpt, text, beside, found):
    capture = Capture(text=text, beside=beside)
    assert excerpt_is_in(excerpt, capture) is found
    shown = shown_capture(capture, excerpt)
    assert shown.excerpt_is_in is found
    assert shown.is_beside == bool(beside)


class TestShown:
    def test_the_excerpt_is_marked_in_its_paragraphs_and_no_others(self):
        text = "Ostrey has nine\n\n \nbridges, all of them nine. Nine\nThe end."
        found = shown_capture(Capture(text=text, beside="Nine bridges"), "NINE bridges,")
        assert found.text == [
            [("Ostrey has ", False), ("nine", True)],
            [("bridges,", True), (" all of them nine. Nine", False)],
            [("The end.", False)],
        ]
        assert found.beside == [[("Nine bridges", False)]]
        assert not found.is_beside

    def test_two_pieces_of_it_that_touch_the_ends_of_lines(self):
        found = shown_capture(Capture(text="one two\nthree four"), "one two … three")
        assert found.text == [[("one two", True)], [("three", True), (" four", False)]]

    def test_the_one_before_is_beside_it_only_where_the_text_changed(self, editor, piece):
        old = rows.capture(piece, editor, text="Nine.")
        rows.capture(piece, editor, **FAILED)
        same = rows.capture(piece, editor, text="Nine.", changed=False)
        new = rows.capture(piece, editor, text="Eight.", changed=True)
        found = shown_capture(new, "")
        assert found.before == same
        assert found.sides
        unchanged = shown_capture(same, "")
        assert (unchanged.before, unchanged.sides) == (None, ())
        assert captures_of(piece) == [new, same, *Capture.objects.filter(text=""), old]

    def test_texts_of_too_many_paragraphs_are_not_compared(self, monkeypatch):
        monkeypatch.setattr(states, "_COMPARED", 3)
        assert compared("a\nb", "a\nc")
        assert compared("a\nb\nc", "a\nc") == []
