"""Claims of several articles that say the same."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from claims.actions import EvidenceDraft, decide_claim
from claims.choices import Verdict
from claims.models import Claim, ClaimMatch
from tests.conftest import version_of
from tests.models import match_rows, rows

REGISTER = EvidenceDraft(title="Bridge register", url="https://register.example.org/olm")


def claim_of(user: User, month: int, statement: str = "Ostrey has nine bridges") -> Claim:
    """A claim of an article of its own, published in a month of 2026."""
    at = datetime(2026, month, 1, 12, tzinfo=UTC)
    article = rows.article(user, published_at=at)
    return rows.claim(rows.revision(user, article=article), statement=statement)


@pytest.fixture
def earlier(editor, chief) -> Claim:
    """A claim of March that the chief editor has disputed, with evidence."""
    claim = claim_of(editor, 3)
    decide_claim(
        actor=chief,
        verdict=Verdict.DISPUTED,
        reason="The register names eight.",
        evidence=REGISTER,
        **version_of(claim),
    )
    claim.refresh_from_db()
    return claim


@pytest.fixture
def later(editor) -> Claim:
    """A claim of April that nobody has decided."""
    return claim_of(editor, 4)


@pytest.fixture
def match(earlier, later) -> ClaimMatch:
    """What the worker proposes: the two say the same."""
    return match_rows.match(earlier, later)
