"""A text with characters of every kind, and claims of given words in it."""

import pytest

from claims.choices import Quotation
from claims.models import Claim, Revision
from tests.actions.claims.editing.texts import BODY, place
from tests.models import rows


@pytest.fixture
def revision(editor) -> Revision:
    return rows.revision(editor, body=BODY)


@pytest.fixture
def said(revision) -> Claim:
    """A claim of given words, as the splitter would propose it."""

    def said(words: str, **fields) -> Claim:
        fields = {"statement": words, "quotation": Quotation.NARRATION} | fields
        return rows.claim(revision, spans=[place(words)], quote=words, **fields)

    return said
