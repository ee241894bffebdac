"""A text with four claims, and its queue."""

from collections.abc import Callable
from functools import partial

import pytest

from claims.models import Claim, Revision
from claims.queries.review.queue import Queue
from claims.queries.review.rows import rows_of
from claims.queries.review.scopes import Scopes, scopes_of
from tests.models import rows


@pytest.fixture
def text(editor) -> Revision:
    return rows.revision(editor)


@pytest.fixture
def four(text) -> list[Claim]:
    """Four claims of the text, in its order."""
    return [rows.claim(text, start) for start in (0, 10, 20, 30)]


@pytest.fixture
def queue(editor, text, four):
    """Ask for the editor's queue of the text."""
    return partial(Queue.of, text.article, editor)


@pytest.fixture
def scopes_in_text(editor) -> Callable[[Claim], Scopes]:
    """What goes with a claim in its text as it is now."""

    def scopes(claim: Claim) -> Scopes:
        of_text = Claim.objects.filter(revision=claim.revision_id)
        return scopes_of(claim, rows_of(of_text, editor, (), ()))

    return scopes
