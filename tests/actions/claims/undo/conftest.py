"""Changes of a claim, to be undone and done again."""

from functools import partial

import pytest

from claims.actions import EvidenceDraft, decide_claim, next_steps, reword_claim, undo_change
from claims.choices import Verdict
from claims.models import Change, Claim
from tests.actions.database import everything
from tests.conftest import newest

DOCUMENT = EvidenceDraft(title="Bridge register", url="https://register.example.org/olm")


@pytest.fixture
def act(editor, claim):
    """Change the claim in its version of now, by the editor unless someone else is told."""

    def act(action, **keywords) -> Change:
        version = Claim.objects.get(pk=claim.pk).version
        action(**{"actor": editor, "claim_id": claim.pk, "version": version} | keywords)
        return newest(claim)

    return act


@pytest.fixture
def say(act):
    """Reword the claim."""
    return partial(act, reword_claim)


@pytest.fixture
def verify(act):
    """Verify the claim, unless another verdict is told."""

    def verify(reason: str = "", verdict: Verdict = Verdict.VERIFIED, **keywords) -> Change:
        return act(decide_claim, verdict=verdict, reason=reason, **keywords)

    return verify


@pytest.fixture
def steps(editor, article):
    """What the person's next undo takes back and what the next redo does again."""

    def steps(actor=editor) -> tuple[Change | None, Change | None]:
        return next_steps(actor=actor, article=article)

    return steps


def refused(error: type[Exception], actor, change: Change) -> None:
    """An undo that changes nothing."""
    before = everything()
    with pytest.raises(error):
        undo_change(actor=actor, change_id=change.pk)
    assert everything() == before
