"""Links with which people choose a password: who gets one, and how long it works."""

import re

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.access import Role
from claims.actions import set_role
from claims.actions.accounts import links
from claims.actions.accounts.links import (
    INVITATION,
    RESET,
    TOKEN,
    account_of,
    choose_password,
    invite,
    request_reset,
    token_for,
)
from claims.actions.accounts.managing import WORKBENCH, workbench_account
from claims.errors import NotAllowedError, NotPossibleError
from tests.mail import mail_server

PAGE = {"page": f"https://desk.example.org/choose/{TOKEN}/", "language": "en"}
NEW = "a fresh horse in May"


@pytest.fixture
def inbox(settings):
    with mail_server(settings) as inbox:
        yield inbox


@pytest.fixture
def boss(db) -> User:
    return User.objects.create_superuser("sam")


@pytest.fixture
def edda(editor) -> User:
    editor.email, editor.first_name = "edda@ostrey.example", ""
    editor.save()
    return editor


def texts(inbox) -> list[str]:
    return [message.get_content() for message in inbox.messages]


@pytest.fixture
def invited(inbox, boss, django_capture_on_commit_callbacks):
    def invited(account: User, actor: User | None = None) -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            invite(actor=actor or boss, account=account, **PAGE)
        return texts(inbox)

    return invited


@pytest.mark.parametrize(
    ("role", "name", "words"),
    [
        (Role.EDITOR, "", ["Hello edda,", "your role: Editor."]),
        (None, "Edda Karn", ["Hello Edda Karn,", "your role: No role."]),
    ],
)
def test_an_invitation_says_to_whom_as_what_and_where(invited, boss, edda, role, name, words):
    edda.first_name = name
    edda.save()
    if role is None:
        edda.groups.clear()
    else:
        set_role(actor=boss, account=edda, role=role)
    (text,) = invited(User.objects.get(pk=edda.pk))
    for each in words:
        assert each in text
    token = re.search(r"https://desk.example.org/choose/(\S+)/", text)[1]
    assert account_of(token) == edda


@pytest.mark.parametrize("why", ["closed", "no address", "no mail"])
def test_who_cannot_be_invited(invited, edda, settings, why):
    if why == "no mail":
        settings.SENDS_MAIL = False
    edda.is_active = why != "closed"
    edda.email = "" if why == "no address" else edda.email
    edda.save()
    with pytest.raises(NotPossibleError):
        invited(edda)


def test_only_an_administrator_invites_one(invited, boss, chief):
    User.objects.filter(pk=boss.pk).update(email="sam@ostrey.example")
    boss.refresh_from_db()
    with pytest.raises(NotAllowedError):
        invited(boss, actor=chief)


def test_whoever_forgot_a_password_gets_a_link_for_each_open_account_with_one(
    inbox, edda, chief, reader, boss
):
    workbench_account()
    User.objects.filter(username=WORKBENCH).update(email=edda.email, password=edda.password)
    for account in (chief, reader, boss):
        account.email = edda.email.upper()
    chief.is_active = False
    reader.set_unusable_password()
    boss.set_password("correct horse")
    for account in (chief, reader, boss):
        account.save()
    request_reset(address=edda.email, **PAGE)
    said = [re.search(r"the account (\S+) in", text)[1] for text in texts(inbox)]
    assert said == ["edda", "sam"]
    request_reset(address="nobody@ostrey.example", **PAGE)
    assert len(inbox.messages) == 2


@pytest.mark.parametrize("purpose", [INVITATION, RESET])
def test_a_link_works_once_and_until_something_shows_that_it_is_not_needed(edda, purpose):
    token = token_for(edda, purpose)
    assert choose_password(token=token, password=NEW) == edda
    assert User.objects.get(pk=edda.pk).check_password(NEW)
    with pytest.raises(NotPossibleError, match="does not work any more"):
        choose_password(token=token, password="another horse in June")
    assert User.objects.get(pk=edda.pk).check_password(NEW)


@pytest.mark.parametrize(
    "change", [{"last_login": timezone.now()}, {"email": "e@ostrey.example"}, {"is_active": False}]
)
def test_what_ends_a_link(edda, change):
    token = token_for(edda, RESET)
    assert account_of(token) == edda
    User.objects.filter(pk=edda.pk).update(**change)
    assert account_of(token) is None


def test_a_link_that_is_too_old_or_forged_is_nobodys(edda, monkeypatch):
    token = token_for(edda, RESET)
    assert account_of(f"{token}x") is None
    monkeypatch.setitem(links.VALID_FOR, RESET, -links.VALID_FOR[RESET])
    assert account_of(token) is None
