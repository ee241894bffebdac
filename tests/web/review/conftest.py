"""The forms of the panel, as most tests of review send them."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim


@pytest.fixture
def do(desk: Client, claim: Claim):
    """Send a action's form for the first claim, with the version that it has unless another is given."""

    def do(word: str, *, status: int = 302, **fields: object) -> str:
        claim.refresh_from_db()
        address = reverse("change-claim", args=[claim.pk, word])
        answer = desk.post(address, {"version": claim.version, **fields})
        assert answer.status_code == status, answer.content.decode()
        claim.refresh_from_db()
        return answer.content.decode()

    return do
