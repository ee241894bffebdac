"""`manage.py index_claims`: an archive that was there before is prepared for matching."""

from io import StringIO

import pytest
from django.core.management import call_command

from claims.actions.matching import index
from claims.actions.matching.proposals import enqueue_matching
from claims.models import Claim, ClaimVector, StemFrequency
from tests.models import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(editor):
    revision = rows.revision(editor)
    statements = ["Nine bridges are shut", "The bridge is shut", "Milk is dear"]
    return [rows.claim(revision, statement=one) for one in statements]


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("index_claims", *arguments, stdout=out)
    return out.getvalue().splitlines()


def counted() -> dict[str, int]:
    return dict(StemFrequency.objects.values_list("stem", "claims"))


def test_it_goes_on_where_it_was_stopped(claims):
    assert index.index_some(2) == [claims[0].pk, claims[1].pk]
    assert run() == ["1 of 1", "All claims are prepared."]
    assert run() == ["All claims are prepared."]
    assert counted() == {"": 3, "nine": 1, "bridg": 2, "shut": 2, "milk": 1, "dear": 1}


def test_again_begins_from_the_start(claims):
    run()
    Claim.objects.filter(pk=claims[2].pk).update(statement="Bread is dear")
    run()
    assert counted()[""] == 4
    assert run("--again") == ["3 of 3", "All claims are prepared."]
    assert counted() == {"": 3, "nine": 1, "bridg": 2, "shut": 2, "bread": 1, "dear": 1}


def test_a_worker_does_it_too(claims):
    enqueue_matching()
    assert not ClaimVector.objects.waiting().exists()
