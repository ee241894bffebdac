"""Sessions listed and ended, and accounts closed."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions import assign_claims, change_password, end_sessions, undo_bulk_change
from claims.actions.accounts.links import RESET, account_of, token_for
from claims.actions.personal_data.retention import purge
from claims.errors import NotAllowedError
from claims.models import BulkChange, Claim
from claims.queries.accounts import browser_of, open_sessions
from tests.conftest import version_of

RIGHT = "correct horse"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0"
)


def log_in(name: str = "edda", browser: str = FIREFOX, address: str = "192.0.2.10") -> Client:
    client = Client(HTTP_USER_AGENT=browser, REMOTE_ADDR=address)
    client.post(reverse("login"), {"username": name, "password": RIGHT})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("articles")).status_code == 200


@pytest.fixture
def boss(db) -> Client:
    User.objects.create_superuser("sam", password=RIGHT)
    return log_in("sam")


def save(boss: Client, account: User, **given):
    page = reverse("admin:auth_user_change", args=[account.pk])
    return boss.post(page, {"role": "editor", "is_active": "on", **given}, follow=True)


class TestOnesOwn:
    def test_they_are_listed_with_browser_address_and_time(self, editor):
        client = log_in()
        log_in(browser=PHONE, address="198.51.100.7")
        page = client.get(reverse("account")).content.decode()
        assert "Firefox, Linux" in page
        assert "Safari, iOS" in page
        assert "198.51.100.7" in page
        assert page.count("this session") == 1
        assert page.count("last used") == 2

    def test_an_account_sees_only_its_own(self, editor, chief):
        log_in("carl", browser=PHONE)
        assert "Safari, iOS" not in log_in().get(reverse("account")).content.decode()

    def test_one_is_ended(self, editor):
        client, phone, other = log_in(), log_in(browser=PHONE), log_in(browser=EDGE)
        page = client.get(reverse("account")).content.decode()
        pk = UserSession.objects.get(user_agent=PHONE).pk
        assert f'action="{reverse("end-session", args=[pk])}"' in page
        answer = client.post(reverse("end-session", args=[pk]), follow=True)
        assert "1 session ended." in answer.content.decode()
        assert [is_in(each) for each in (client, phone, other)] == [True, False, True]

    def test_all_others_are_ended_and_that_is_logged(self, editor):
        client, phone, other = log_in(), log_in(browser=PHONE), log_in(browser=EDGE)
        client.post(reverse("end-sessions"))
        assert [is_in(each) for each in (client, phone, other)] == [True, False, False]
        entry = LogEntry.objects.get()
        assert (entry.user, entry.change_message) == (editor, "sessions ended: 2")

    def test_nobody_ends_somebody_elses(self, editor, chief):
        theirs = log_in("carl")
        client = log_in()
        pk = UserSession.objects.get(user=chief).pk
        client.post(reverse("end-session", args=[pk]))
        client.post(reverse("end-sessions"))
        assert is_in(theirs)

    def test_one_that_another_password_has_ended_is_not_listed(self, editor):
        log_in(browser=PHONE)
        change_password(actor=editor, password="a fresh horse in May")
        assert open_sessions(editor) == []

    def test_the_one_in_which_the_password_is_changed_stays_listed(self, editor):
        client = log_in()
        new = "a fresh horse in May"
        given = {"old_password": RIGHT, "new_password1": new, "new_password2": new}
        client.post(reverse("change-password"), given)
        (only,) = open_sessions(User.objects.get(pk=editor.pk), client.session.session_key)
        assert only.is_current

    def test_one_of_before_is_listed_when_its_page_is_looked_at(self, desk):
        assert "this session" in desk.get(reverse("account")).content.decode()

    def test_listing_many_takes_no_more_queries_than_listing_one(self, editor):
        def count() -> int:
            with CaptureQueriesContext(connection) as asked:
                open_sessions(editor)
            return len(asked)

        log_in()
        one = count()
        log_in(browser=PHONE)
        log_in(browser=EDGE)
        assert (len(open_sessions(editor)), count()) == (3, one)

    def test_what_is_kept_of_ended_ones_is_deleted_in_time(self, editor):
        client = log_in()
        log_in(browser=PHONE)
        client.post(reverse("logout"))
        Session.objects.create(session_key="old", session_data="", expire_date=timezone.now())
        purge()
        assert [one.user_agent for one in UserSession.objects.all()] == [PHONE]
        assert Session.objects.count() == 1

    @pytest.mark.parametrize(
        ("sent", "shown"),
        [
            (FIREFOX, "Firefox, Linux"),
            (PHONE, "Safari, iOS"),
            (EDGE, "Edge, Windows"),
            ("curl/8.5", ""),
            ("", ""),
        ],
    )
    def test_browsers_are_named(self, sent, shown):
        assert browser_of(sent) == shown


class TestAnAdministrator:
    def test_sees_and_ends_those_of_others(self, boss, editor):
        theirs = log_in(browser=PHONE)
        page = boss.get(reverse("admin:auth_user_change", args=[editor.pk])).content.decode()
        assert "Safari, iOS: " in page
        save(boss, editor, end_sessions="on")
        assert not is_in(theirs)
        assert is_in(boss)
        entry = LogEntry.objects.get(change_message="sessions ended: 1")
        assert (entry.user.username, entry.object_id) == ("sam", str(editor.pk))

    def test_is_not_logged_out_by_somebody_with_less_power(self, boss, chief):
        chief.user_permissions.add(Permission.objects.get(codename="change_user"))
        actor, account = User.objects.get(pk=chief.pk), User.objects.get(username="sam")
        with pytest.raises(NotAllowedError):
            end_sessions(actor=actor, account=account)
        assert is_in(boss)


class TestClosing:
    @pytest.fixture
    def assigned(self, editor, chief, claims) -> list[int]:
        """The editor's claims: three of those of the article."""
        for claim in claims[:3]:
            versions = {claim.pk: version_of(claim)["version"]}
            assign_claims(actor=chief, versions=versions, to=editor)
        return [claim.pk for claim in claims[:3]]

    def _of(self, account: User | None) -> list[int]:
        found = Claim.objects.filter(assigned_to=account).in_reading_order()
        return list(found.values_list("pk", flat=True))

    def test_it_ends_sessions_and_links_and_hands_over_the_claims(
        self, boss, editor, chief, assigned
    ):
        theirs, token = log_in(browser=PHONE), token_for(User.objects.get(pk=editor.pk), RESET)
        save(boss, editor, is_active="", hand_over_to=chief.pk)
        assert not is_in(theirs)
        assert account_of(token) is None
        assert (self._of(editor), self._of(chief)) == ([], assigned)
        answer = Client().post(reverse("login"), {"username": "edda", "password": RIGHT})
        assert answer.status_code == 200

    def test_to_nobody_unless_somebody_is_chosen(self, boss, editor, assigned):
        save(boss, editor, is_active="")
        assert self._of(editor) == []
        assert set(assigned) <= set(self._of(None))

    def test_it_is_logged_and_the_handing_over_can_be_undone(self, boss, editor, chief, assigned):
        save(boss, editor, is_active="", hand_over_to=chief.pk)
        entry = LogEntry.objects.get(change_message="closed")
        assert (entry.user.username, entry.object_id) == ("sam", str(editor.pk))
        (bulk_change,) = BulkChange.objects.all()
        assert (bulk_change.actor.username, bulk_change.changed) == ("sam", 3)
        undo_bulk_change(actor=User.objects.get(username="sam"), bulk_change_id=bulk_change.pk)
        assert self._of(editor) == assigned

    def test_nothing_happens_if_they_may_not_decide_claims_who_are_to_get_them(
        self, boss, editor, reader, assigned
    ):
        page = save(boss, editor, is_active="", hand_over_to=reader.pk).content.decode()
        assert "Select a valid choice" in page
        assert User.objects.get(pk=editor.pk).is_active
        assert self._of(editor) == assigned

    def test_opened_again_nobody_is_logged_in(self, boss, editor):
        theirs = log_in(browser=PHONE)
        save(boss, editor, is_active="")
        save(boss, editor)
        assert User.objects.get(pk=editor.pk).is_active
        assert not is_in(theirs)
        assert is_in(log_in())
