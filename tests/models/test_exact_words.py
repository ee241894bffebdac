"""Claims kept before what is left out between their places was marked are marked by the migration."""

from importlib import import_module

from django.apps import apps

from claims.models import Claim
from tests.conftest import BODY

MIGRATION = import_module("claims.migrations.0002_exact_words")


def test_words_joined_by_a_space_are_marked(claims):
    first, second, *_ = claims
    places = [
        [at, at + len(words)] for words in ("The bridge", "until May") for at in [BODY.index(words)]
    ]
    Claim.objects.filter(pk=first.pk).update(spans=places, quote="The bridge until May")
    MIGRATION.mark_what_is_left_out(apps, None)
    first.refresh_from_db()
    assert first.quote == "The bridge … until May"
    assert Claim.objects.get(pk=second.pk).quote == second.quote
    assert list(Claim.objects.search("bridge until may")) == [first]
