"""Evidence from before there were keys of addresses has them, made as on the day of the migration."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from claims.models import Evidence
from tests.models import rows

MIGRATION = import_module("claims.migrations.0015_evidence_address")


def test_evidence_from_before_there_were_keys_is_given_them(editor, claim):
    here = rows.evidence(claim, editor, url="http://Desk.example/rain/?utm_source=feed")
    other = rows.evidence(claim, editor, url="https://desk.example/snow")
    kept = dict(Evidence.objects.values_list("pk", "address_key"))
    Evidence.objects.update(address_key="")
    MIGRATION.fill(apps, connection.schema_editor())
    assert dict(Evidence.objects.values_list("pk", "address_key")) == kept
    assert len({kept[here.pk], kept[other.pk], ""}) == 3


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (
            "HTTP://Desk.Example.:80/a/../b/./c/?utm_source=x&p=%41%2f%zz&fbclid=1#part",
            "https://desk.example/b/c?p=A%2F%25zz",
        ),
        (
            "https://bücher.example/straße?q=a b\\c",
            "https://xn--bcher-kva.example/stra%C3%9Fe?q=a%20b%5Cc",
        ),
        ("https://[::1]:8443/a/..", "https://[::1]:8443"),
        ("http://192.0.2.1/?", "https://192.0.2.1"),
        ("http://0x7f.1/", "http://0x7f.1/"),
        ("https://user:word@desk.example/", "https://user:word@desk.example/"),
        ("https://desk.example:99999/", "https://desk.example:99999/"),
        ("ftp://desk.example/", "ftp://desk.example/"),
        (" no address ", "no address"),
    ],
)
def test_the_form_of_an_address_is_that_of_its_day(address, form):
    assert MIGRATION.of_page(address) == form


def test_a_document_is_compared_with_confidential_ones_alone(editor):
    """However many claims cite its page: the plan of the query says which index it takes."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole")
    one = rows.evidence(rows.claim(rows.revision(editor)), editor)
    cited = {"claim": one.claim, "added_by": editor, "title": one.title, "url": one.url}
    Evidence.objects.bulk_create([Evidence(**cited) for _each in range(300)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = Evidence.objects.with_secrecy().explain()
    assert "U0 USING INDEX evidence_secret_page (address_key=?)" in plan
    assert "U0 USING INDEX evidence_secret_file (sha256=?)" in plan
