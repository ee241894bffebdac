"""The page of notifications, and the bell at the head of every page."""

import json
import re

import pytest
from django.urls import reverse

from claims.actions import comment
from claims.models import Notification
from tests.models import rows

PART = {"HX-Request": "true"}


@pytest.fixture
def told(editor, claims):
    """Two unread notifications of the editor: of one claim, and of three."""
    one = rows.notification(editor, claims[0], actor_name="Carl")
    three = rows.notification(editor, claims[1], actor_name="Olga", claim=None, number=3)
    return one, three


def bell(client) -> tuple[str, str]:
    """The number beside the bell, and what is said of it."""
    page = client.get(reverse("search")).content.decode()
    number = re.search(r"data-bell-number[^>]*>([^<]*)<", page)[1]
    return number, re.search(r"data-bell-label>([^<]*)<", page)[1]


class TestBell:
    def test_it_counts_on_every_page(self, desk, told):
        assert bell(desk) == ("2", "2 unread notifications")

    def test_nothing_unread_is_no_number(self, desk):
        assert bell(desk) == ("", "Notifications")

    def test_many_are_not_all_counted(self, desk, editor, claim):
        for _one in range(101):
            rows.notification(editor, claim)
        assert bell(desk) == ("99+", "More than 99 unread notifications")

    def test_an_open_page_is_told_once_and_then_that_nothing_is_new(
        self, desk, told, claim, django_assert_num_queries
    ):
        first = desk.get(reverse("unread"), headers=PART)
        assert json.loads(first.content)["number"] == "2"
        assert json.loads(first.content)["claims"] == [claim.pk]
        with django_assert_num_queries(3):  # the session, the account, and one for the bell
            again = desk.get(reverse("unread"), headers={**PART, "If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        Notification.objects.filter(pk=told[0].pk).delete()
        third = desk.get(reverse("unread"), headers={**PART, "If-None-Match": first["ETag"]})
        assert json.loads(third.content)["number"] == "1"

    def test_an_open_page_does_not_keep_the_login_alive(self, desk, settings):
        session = desk.session
        session["active"] = 0
        session.save()
        desk.get(reverse("unread"), headers=PART)
        assert desk.session["active"] == 0


class TestPage:
    def test_it_says_who_did_what_and_to_which(self, desk, told, claim, article):
        page = desk.get(reverse("notifications")).content.decode()
        assert "Carl assigned a claim to you" in page
        assert claim.statement in page
        assert "Olga assigned 3 claims to you" in page
        assert page.count("notification--unread") == 2

    def test_opening_one_marks_it_read_and_leads_to_it(self, desk, told, claim):
        answer = desk.get(reverse("notification", args=[told[0].pk]))
        assert answer["Location"] == claim.get_absolute_url()
        assert bell(desk)[0] == "1"
        page = desk.get(reverse("notifications"), {"unread": "1"}).content.decode()
        assert "Carl" not in page
        assert "Olga" in page

    def test_several_lead_to_a_list(self, desk, told):
        listed = desk.get(reverse("notification", args=[told[1].pk]), follow=True)
        assert listed.status_code == 200
        assert "assigned=me" in listed.redirect_chain[0][0]

    def test_a_claim_that_is_opened_is_read(self, desk, told, claim):
        answer = desk.post(reverse("read-notifications"), {"claim": claim.pk}, headers=PART)
        assert json.loads(answer.content)["number"] == "1"

    def test_all_are_read_with_one_click(self, desk, told):
        desk.post(reverse("read-notifications"))
        assert bell(desk)[0] == ""
        assert "Mark all as read" not in desk.get(reverse("notifications")).content.decode()

    def test_those_of_others_are_not_there(self, client, chief, told):
        client.force_login(chief)
        assert client.get(reverse("notification", args=[told[0].pk])).status_code == 404
        client.post(reverse("read-notifications"))
        assert Notification.objects.unread().count() == 2

    def test_the_pages_go_on_by_key_at_the_same_cost(
        self, desk, editor, claim, django_assert_max_num_queries
    ):
        for _one in range(60):
            rows.notification(editor, claim)
        first = desk.get(reverse("notifications")).content.decode()
        following = reverse("notifications") + re.search(r'rel="next" href="([^"]+)"', first)[1]
        desk.get(following)
        with django_assert_max_num_queries(7):
            second = desk.get(following).content.decode()
        assert (first.count("notification--unread"), second.count("notification--unread")) == (
            50,
            10,
        )


class TestPeople:
    def test_a_comment_can_mention_whoever_may_read_it(self, desk, chief, reader):
        people = json.loads(desk.get(reverse("people")).content)["people"]
        assert {"word": "carl", "name": "Carl"} in people
        assert {one["word"] for one in people} == {"carl", "edda", "rita"}


def test_no_notification_holds_the_words_of_a_comment(desk, chief, editor, claim):
    comment(actor=chief, claim_id=claim.pk, text="@edda it is disputed for sure")
    page = desk.get(reverse("notifications")).content.decode()
    assert "Carl mentioned you in a comment" in page
    assert "for sure" not in page
