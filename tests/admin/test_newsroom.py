"""The newsroom's details in data entry: there is one record, and its logo is a picture."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Newsroom
from tests.ingest.pictures import SVG, png

pytestmark = pytest.mark.ignore_template_errors

LIST, ADDRESS = "admin:claims_newsroom_changelist", "admin:claims_newsroom_change"


@pytest.fixture
def send(admin):
    def send(**fields: object):
        kept = Newsroom.current()
        words = {"name": kept.name, "language": kept.language, "method": kept.method}
        return admin.post(reverse(ADDRESS, args=[kept.pk]), {**words, **fields}, follow=True)

    return send


def logo(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("logo.png", data)


def test_the_list_leads_to_the_only_record(admin, client, reader):
    assert admin.get(reverse(LIST))["Location"] == reverse(ADDRESS, args=[Newsroom.current().pk])
    reader.groups.clear()
    client.force_login(reader)
    assert client.get(reverse(LIST)).status_code == 403


def test_there_is_no_other_and_it_stays(client, admin_user):
    client.force_login(admin_user)
    assert client.get(reverse("admin:claims_newsroom_add")).status_code == 403
    remove = reverse("admin:claims_newsroom_delete", args=[Newsroom.current().pk])
    assert client.post(remove, {"post": "yes"}).status_code == 403


def test_who_only_views_it_changes_nothing(client, reader):
    reader.user_permissions.add(Permission.objects.get(codename="view_newsroom"))
    client.force_login(reader)
    page = client.get(reverse(ADDRESS, args=[Newsroom.current().pk]))
    assert page.status_code == 200
    assert 'name="method"' not in page.content.decode()


def test_its_words_change_and_its_logo_stays(send):
    send(logo=logo(png(30, 20)))
    kept = Newsroom.current()
    assert kept.logo_sha256
    send(method="Two editors check each claim.")
    changed = Newsroom.current()
    assert (changed.method, changed.logo_sha256) == (
        "Two editors check each claim.",
        kept.logo_sha256,
    )


def test_its_logo_is_replaced_and_removed(send):
    send(logo=logo(png(30, 20)))
    first = Newsroom.current().logo_sha256
    send(logo=logo(png(40, 20)))
    assert Newsroom.current().logo_sha256 not in {"", first}
    send(**{"logo-clear": "on"})
    assert Newsroom.current().logo_sha256 == ""


def test_a_file_that_is_not_a_picture_is_refused_beside_its_field(send):
    page = send(logo=logo(SVG))
    assert "logo" in page.context["adminform"].form.errors
    assert Newsroom.current().logo_sha256 == ""
