"""The page on which people agree to be named, and withdraw that."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.actions import agree_to_byline
from claims.errors import InvalidValueError
from claims.models import Byline
from tests.actions.at_once import at_once


@pytest.fixture
def desk(client, editor) -> Client:
    client.force_login(editor)
    return client


def test_agreeing_changing_and_withdrawing(desk, editor):
    address = reverse("byline")
    page = desk.get(address).content.decode()
    assert "frozen: they keep saying what they said" in page
    assert 'value="Edda"' in page
    words = {"name": " Quillon   Marr ", "about": "Reads court files."}
    page = desk.post(address, words, follow=True).content.decode()
    assert "Public pages name you as Quillon Marr." in page
    assert Byline.objects.get(person=editor).about == "Reads court files."
    page = desk.get(address).content.decode()
    assert 'value="Quillon Marr"' in page
    assert 'value="Reads court files."' in page
    desk.post(address, {"name": "Q. Marr"})
    assert (Byline.objects.get().name, Byline.objects.get().about) == ("Q. Marr", "")
    page = desk.post(reverse("withdraw-byline"), follow=True).content.decode()
    assert "Public pages do not name you. You can agree to be named." in page
    assert not Byline.objects.exists()
    desk.post(reverse("withdraw-byline"))
    # The log says that it was done, and no name that was withdrawn.
    assert {entry.object_repr for entry in LogEntry.objects.all()} == {str(editor)}
    assert LogEntry.objects.count() == 3


@pytest.mark.parametrize("name", ["", "  ", "x" * 151])
def test_a_name_is_needed(desk, editor, name):
    assert desk.post(reverse("byline"), {"name": name}).status_code == 400
    with pytest.raises(InvalidValueError):
        agree_to_byline(actor=editor, name=name)
    assert not Byline.objects.exists()


def test_whoever_only_reads_writes_nothing_on_public_pages(client, reader):
    client.force_login(reader)
    assert reverse("byline") not in client.get(reverse("account")).content.decode()
    assert client.post(reverse("byline"), {"name": "The editors"}).status_code == 403
    assert not Byline.objects.exists()


def test_whoever_has_become_a_reader_can_still_withdraw_it(client, reader):
    Byline.objects.create(person=reader, name="Quillon Marr")
    client.force_login(reader)
    page = client.get(reverse("byline")).content.decode()
    assert reverse("withdraw-byline") in page
    assert "I agree" not in page
    client.post(reverse("withdraw-byline"))
    assert not Byline.objects.exists()


@pytest.mark.usefixtures("shared_database")
def test_a_double_click_in_two_requests_makes_one_byline():
    person = User.objects.create_superuser("edda")

    def click() -> Byline:
        return agree_to_byline(actor=person, name="Quillon Marr")

    first, second = at_once(click, click)
    assert first == second == Byline.objects.get()
