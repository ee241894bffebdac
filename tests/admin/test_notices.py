"""Channels of desks in data entry."""

import pytest
from django.urls import reverse

from claims.models import Desk, NoticeChannel
from tests.models import rows

pytestmark = pytest.mark.ignore_template_errors

TOKEN = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def root(client, admin_user, settings):
    settings.SENDS_MAIL = True
    client.force_login(admin_user)
    return client


def add(root, **changed):
    values = {
        "desk": Desk.objects.get_or_create(name="Economy")[0].pk,
        "way": "chat",
        "pace": "at-once",
        "sent_to": f"mmosts://chat.example.org/{TOKEN}",
    }
    return root.post(reverse("admin:claims_noticechannel_add"), values | changed, follow=True)


def test_a_chat_and_a_mailing_list(root):
    add(root)
    add(root, way="mail", sent_to="economy@ostrey.example")
    page = root.get(reverse("admin:claims_noticechannel_changelist")).content.decode()
    assert "Mattermost · chat.example.org" in page
    assert "economy@ostrey.example" in page
    for one in NoticeChannel.objects.all():
        address = reverse("admin:claims_noticechannel_change", args=[one.pk])
        assert TOKEN not in root.get(address).content.decode()


@pytest.mark.parametrize(
    "changed",
    [{"desk": ""}, {"sent_to": "https://example.org/"}, {"way": "mail", "sent_to": "nobody"}],
    ids=str,
)
def test_what_is_not_valid_is_refused_beside_its_field(root, changed):
    answer = add(root, **changed)
    assert answer.context["adminform"].form.errors
    assert not NoticeChannel.objects.exists()


def test_those_of_people_are_not_there_and_others_can_be_removed(root, editor):
    add(root)
    rows.channel(editor, shown="Matrix of Edda")
    page = root.get(reverse("admin:claims_noticechannel_changelist")).content.decode()
    assert "Matrix of Edda" not in page
    (made,) = NoticeChannel.objects.exclude(desk=None)
    root.post(reverse("admin:claims_noticechannel_delete", args=[made.pk]), {"post": "yes"})
    assert [one.shown for one in NoticeChannel.objects.all()] == ["Matrix of Edda"]
