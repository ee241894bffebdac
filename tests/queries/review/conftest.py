"""A text with four claims, and its queue."""

from functools import partial

import pytest

from claims.models import Claim, Revision
from claims.queries.review.queue import Queue
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
