"""Invitations and forgotten passwords by e-mail, through a real mail server on this machine."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.access import Role, role_of
from claims.actions.accounts import links
from claims.actions.accounts.links import INVITATION, RESET, account_of, token_for
from claims.models import FailedLogin, Task
from tests.mail import Inbox, mail_server

RIGHT = "correct horse"
NEW = "a fresh horse in May"


def link_in(inbox: Inbox) -> str:
    """The link in the only message, without its host."""
    (message,) = inbox.messages
    return re.search(r"http://testserver(/\S+)", message.get_content())[1]


@pytest.fixture
def inbox(settings):
    with mail_server(settings) as inbox:
        yield inbox


@pytest.fixture
def boss(db) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("sam"))
    return client


def invite(boss: Client, capture, **given):
    data = {"email": "nina@ostrey.example", "role": "editor", "mail_link": "on", **given}
    with capture(execute=True):
        return boss.post(reverse("admin:auth_user_add"), data, follow=True)


def ask(address: str, client: Client | None = None, **more):
    client = client or Client()
    return client.post(reverse("forgotten-password"), {"email": address}, follow=True, **more)


def choose(link: str, password: str = NEW):
    return Client().post(link, {"new_password1": password, "new_password2": password}, follow=True)


def opens(name: str, password: str) -> bool:
    answer = Client().post(reverse("login"), {"username": name, "password": password})
    return answer.status_code == 302


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


class TestInvitations:
    def test_an_address_and_a_role_are_enough(self, inbox, boss, capture):
        answer = invite(boss, capture, first_name="Nina")
        assert "A link is on its way to nina@ostrey.example." in answer.content.decode()
        (message,) = inbox.messages
        assert (message["From"], message["To"]) == (
            "Desk <desk@example.org>",
            "nina@ostrey.example",
        )
        text = message.get_content()
        assert "Hello Nina" in text
        assert "Your user name is nina, your role: Editor." in text
        answer = choose(link_in(inbox))
        assert "Your password has been set." in answer.content.decode()
        assert opens("nina", NEW)
        assert role_of(User.objects.get(username="nina")) == Role.EDITOR
        told = LogEntry.objects.order_by("pk").values_list("user__username", "change_message")
        assert list(told) == [
            ("sam", "role editor"),
            ("sam", "invited by e-mail"),
            ("nina", "own password"),
        ]

    def test_the_password_is_not_shown_and_nobody_logs_in_before(self, inbox, boss, capture):
        page = invite(boss, capture).content.decode()
        assert "The password of" not in page

    def test_the_link_works_once(self, inbox, boss, capture):
        invite(boss, capture)
        choose(link_in(inbox))
        answer = choose(link_in(inbox), "another horse in June")
        assert answer.status_code == 410
        assert "does not work any more" in answer.content.decode()
        assert opens("nina", NEW)

    def test_it_is_in_the_language_of_whoever_invites(self, inbox, boss, capture):
        boss.cookies["django_language"] = "de"
        invite(boss, capture)
        (message,) = inbox.messages
        assert message["Subject"] == "Ihr Konto in Claim Workbench"

    def test_a_name_is_made_of_the_address_and_is_nobody_elses(self, inbox, boss, capture, editor):
        invite(boss, capture, email="edda@ostrey.example")
        assert User.objects.get(email="edda@ostrey.example").username != "edda"

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({"email": ""}, "A link needs an e-mail address."),
            ({"mail_link": ""}, "This field is required."),
        ],
    )
    def test_what_is_missing_is_named(self, inbox, boss, capture, given, told):
        assert told in invite(boss, capture, **given).content.decode()
        assert not User.objects.exclude(username="sam").exists()
        assert inbox.messages == []

    def test_somebody_with_an_account_is_sent_another_one(self, inbox, boss, capture, editor):
        page = reverse("admin:auth_user_change", args=[editor.pk])
        given = {"email": "edda@ostrey.example", "role": "editor", "is_active": "on"}
        with capture(execute=True):
            boss.post(page, {**given, "mail_link": "on"})
        assert opens("edda", RIGHT)
        assert account_of(link_in(inbox).split("/")[-2]) is None, (
            "a login shows that it is not needed"
        )


class TestForgotten:
    @pytest.fixture(autouse=True)
    def _address(self, editor):
        User.objects.filter(pk=editor.pk).update(email="Edda@ostrey.example")

    def test_the_login_page_leads_there(self):
        page = Client().get(reverse("login")).content.decode()
        assert f'href="{reverse("forgotten-password")}"' in page

    def test_a_link_sets_a_new_one_and_ends_every_session(self, inbox, desk):
        answer = ask("edda@ostrey.example")
        assert "If an account has this address" in answer.content.decode()
        assert "for the account edda" in inbox.messages[0].get_content()
        choose(link_in(inbox))
        assert opens("edda", NEW)
        assert not opens("edda", RIGHT)
        assert desk.get("/articles/").status_code == 302

    def test_a_second_factor_is_still_asked_for(self, inbox, editor):
        Authenticator.objects.create(user=editor, type="totp", data={"secret": ""})
        ask("edda@ostrey.example")
        choose(link_in(inbox))
        answer = Client().post(reverse("login"), {"username": "edda", "password": NEW})
        assert answer["Location"] == reverse("mfa_authenticate")

    def test_the_answer_does_not_tell_who_has_an_account(self, inbox):
        known, unknown = ask("edda@ostrey.example"), ask("nobody@ostrey.example")
        assert known.redirect_chain == unknown.redirect_chain
        strip = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        assert strip.sub("", known.content.decode()) == strip.sub("", unknown.content.decode())
        assert len(inbox.messages) == 1

    @pytest.mark.usefixtures("_queued")
    def test_it_is_looked_for_and_sent_by_a_worker_so_the_answer_takes_as_long(self, inbox):
        ask("edda@ostrey.example")
        ask("nobody@ostrey.example")
        assert inbox.messages == []
        assert Task.objects.filter(task_path=links.mail_resets.module_path).count() == 2

    @pytest.mark.parametrize("how", [{"is_active": False}, {"password": "!"}])
    def test_closed_accounts_and_those_of_a_provider_get_none(self, inbox, editor, how):
        User.objects.filter(pk=editor.pk).update(**how)
        ask("edda@ostrey.example")
        assert inbox.messages == []

    def test_it_is_braked_like_passwords(self, inbox):
        for _time in range(5):
            assert ask("edda@ostrey.example").status_code == 200
        answer = ask("edda@ostrey.example")
        assert (answer.status_code, "15 minutes" in answer.content.decode()) == (429, True)
        assert len(inbox.messages) == 5
        assert not FailedLogin.objects.filter(username__contains="@").exists()

    def test_the_password_must_be_hard_to_guess(self, inbox):
        ask("edda@ostrey.example")
        assert "errorlist" in choose(link_in(inbox), "12345").content.decode()
        assert opens("edda", RIGHT)

    def test_a_changed_address_or_a_closed_account_ends_the_link(self, inbox, editor):
        ask("edda@ostrey.example")
        User.objects.filter(pk=editor.pk).update(email="other@ostrey.example")
        assert choose(link_in(inbox)).status_code == 410
        User.objects.filter(pk=editor.pk).update(email="Edda@ostrey.example", is_active=False)
        assert choose(link_in(inbox)).status_code == 410

    def test_without_a_mail_server_neither_is_offered(self, settings, boss, editor):
        settings.SENDS_MAIL = False
        assert "forgotten" not in Client().get(reverse("login")).content.decode()
        assert Client().get(reverse("forgotten-password")).status_code == 404
        for page in (
            reverse("admin:auth_user_add"),
            reverse("admin:auth_user_change", args=[editor.pk]),
        ):
            assert "mail_link" not in boss.get(page).content.decode()


class TestTokens:
    @pytest.mark.parametrize(("purpose", "hours"), [(INVITATION, 7 * 24), (RESET, 1)])
    def test_an_invitation_is_valid_for_seven_days_and_a_reset_for_an_hour(
        self, editor, monkeypatch, purpose, hours
    ):
        token = token_for(editor, purpose)
        assert account_of(token) == editor
        valid = links.VALID_FOR[purpose]
        assert valid == timedelta(hours=hours)
        monkeypatch.setitem(links.VALID_FOR, purpose, timedelta(seconds=-1))
        assert account_of(token) is None

    def test_a_forged_one_belongs_to_nobody(self, editor):
        token = token_for(editor, RESET)
        assert account_of(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
        assert account_of("") is None

    def test_a_login_ends_it(self, editor):
        token = token_for(editor, RESET)
        User.objects.filter(pk=editor.pk).update(last_login=timezone.now())
        assert account_of(token) is None
