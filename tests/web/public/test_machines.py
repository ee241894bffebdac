"""Public pages of several machines, each with a cache of its own and all with one database."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from claims.models import PublicClaim
from claims.queries.reports import public_version
from tests.web.public.pages import read
from tests.web.public.test_serving import told


@pytest.fixture
def at(settings, tmp_path, monkeypatch):
    # Nobody waits for a machine to ask again what has changed.
    monkeypatch.setattr(public_version, "_SECONDS", 0)

    def at(machine: str) -> None:
        backend = "django.core.cache.backends.filebased.FileBasedCache"
        cache = {"BACKEND": backend, "LOCATION": tmp_path / machine}
        settings.CACHES = settings.CACHES | {"public": cache}

    return at


def test_a_correction_is_read_on_the_one_where_nobody_made_it(at, everybody, chief, report, claim):
    page = reverse("public-claim", args=[claim.pk])
    for machine in "ab":
        at(machine)
        assert "We looked again." not in read(everybody, page)
    at("a")
    told(chief)
    for machine in "ab":
        at(machine)
        assert "We looked again." in read(everybody, page)


def test_lists_that_were_rebuilt_are_read_on_all(at, everybody, report, claim):
    page = reverse("public-source", args=[claim.source_id])
    PublicClaim.objects.filter(claim=claim).update(statement="Something wrong.")
    for machine in "ab":
        at(machine)
        assert "Something wrong." in read(everybody, page)
    at("a")
    call_command("rebuild_public_lists", verbosity=0)
    for machine in "ab":
        at(machine)
        assert "Something wrong." not in read(everybody, page)
