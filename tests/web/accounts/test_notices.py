"""The page on which people have their notifications sent elsewhere."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.errors import NotDeliveredError, as_data
from claims.models import NoticeChannel
from tests.models import rows

TOKEN = "abcdefghijklmnopqrstuvwxyz"
CHAT = {"way": "chat", "address": f"mmosts://chat.example.org/{TOKEN}", "pace": "at-once"}


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.SENDS_MAIL = True


def add(browser: Client, **changed: str):
    return browser.post(reverse("notices"), CHAT | changed, follow=True)


def test_a_chat_is_added_and_its_address_not_shown_again(desk, editor):
    page = add(desk).content.decode()
    assert "Your notifications are sent there from now on." in page
    assert "Mattermost · chat.example.org" in page
    assert TOKEN not in page
    channel = NoticeChannel.objects.get()
    assert (channel.owner, channel.pace) == (editor, "at-once")


def test_mail_goes_to_the_address_of_the_account(desk, editor):
    editor.email = "edda@ostrey.example"
    editor.save()
    page = add(desk, way="mail", address="somebody@else.example", pace="daily").content.decode()
    assert "edda@ostrey.example" in page
    assert NoticeChannel.objects.get().read_address() == "edda@ostrey.example"


@pytest.mark.parametrize(
    "changed",
    [
        {"address": ""},
        {"address": "https://example.org/hook"},
        {"address": f"mmosts://chat.example.org:8065/{TOKEN}"},
        {"address": "matrixs://matrix.example.org"},
        {"way": "mail"},
        {"way": "owl"},
        {"pace": "slowly"},
    ],
    ids=str,
)
def test_what_is_not_valid_is_refused(desk, changed):
    answer = add(desk, **changed)
    assert answer.status_code == 400
    assert answer.context["form"].errors
    assert not NoticeChannel.objects.exists()


def test_without_a_mail_server_only_chats_are_offered(desk, settings):
    settings.SENDS_MAIL = False
    page = desk.get(reverse("notices")).content.decode()
    assert 'value="mail"' not in page
    assert 'value="chat"' in page


def test_a_failure_is_shown(desk, editor):
    problem = NotDeliveredError(host="Mattermost · chat.example.org", why="the connection was lost")
    rows.channel(editor, problem=as_data(problem))
    page = desk.get(reverse("notices")).content.decode()
    assert "has not accepted the message: the connection was lost. It will be tried again." in page


def test_it_can_be_removed_by_its_owner_alone(desk, editor, chief):
    own, others = rows.channel(editor), rows.channel(chief)
    assert desk.post(reverse("remove-notices", args=[others.pk])).status_code == 404
    answer = desk.post(reverse("remove-notices", args=[own.pk]), follow=True)
    assert "Nothing is sent there any more." in answer.content.decode()
    assert NoticeChannel.objects.get() == others


def test_the_page_of_the_account_leads_there(desk):
    assert reverse("notices") in desk.get(reverse("account")).content.decode()
